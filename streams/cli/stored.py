"""Raw articles as they are stored, for `backtest` and `replay`: those of the topic, or of files."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from streams.cli.inputs import STDIN, Refused, article_files, missing_files
from streams.cli.output import complain_of, progress
from streams.cli.stream import received
from streams.kafka.partitioning import partition_of
from streams.kafka.reading import count_range, read_range
from streams.news.fingerprint import article_id
from streams.settings import Settings
from streams.wire.message import Record
from streams.wire.raw import encode_raw
from streams.wire.topics import RAW, full_name

Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Which stored articles are meant.

    Args:
        paths: Files instead of the topic; () for the topic.
        source: The source of articles of files that name none.
        since: Received then or later; None for all.
        until: Received earlier; None for all there are now.
        warm_up: So long before `since` articles are taken, too.
    """

    paths: Sequence[Path] = ()
    source: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    warm_up: timedelta = timedelta(0)

    @property
    def begin(self) -> datetime | None:
        """When the first that is taken was received; None for the first there is."""
        return self.since - self.warm_up if self.since else None


class Reader:
    """Reads stored articles as raw records, in the order in which they were received.

    Args:
        stored: Which.
        settings: How to reach the broker, what its topics are called, and how long an article may be.

    Attributes:
        refused: How many of files are no articles; each was told of.
    """

    def __init__(self, stored: Stored, settings: Settings) -> None:
        self.stored, self._settings = stored, settings
        self.refused = 0

    async def records(self, advance: Advance) -> AsyncGenerator[Record, None]:
        """Yield the records; `advance` is told how much more was read, in the units of `bar`."""
        if self.stored.paths:
            for record in self._of_files(advance):
                yield record
            return
        topic = full_name(RAW, self._settings.prefix)
        reading = read_range(self._settings, topic, since=self.stored.begin, until=self.stored.until)
        async with aclosing(reading) as records:
            async for record in records:
                advance(1)
                yield record

    async def total(self) -> int | None:
        """Return how much there is to read: records of the topic, bytes of files; None where unknown."""
        stored = self.stored
        if not stored.paths:
            topic = full_name(RAW, self._settings.prefix)
            return await count_range(self._settings, topic, since=stored.begin, until=stored.until)
        files = list(article_files(stored.paths))
        if STDIN in files or missing_files(files):
            return None
        return sum(file.stat().st_size for file in files)

    @contextmanager
    def bar(self, what: str, total: int | None) -> Iterator[Any]:
        """Show progress, as `output.progress` does."""
        with progress(what, total, in_bytes=bool(self.stored.paths)) as advance:
            yield advance

    def _of_files(self, advance: Advance) -> Iterator[Record]:
        stored, settings = self.stored, self._settings
        offsets: Counter[int] = Counter()
        files = article_files(stored.paths)
        for unit, received_at in received(
            files, stored.source, settings.max_article_bytes, by_published=True
        ):
            advance(unit.size_bytes)
            if isinstance(unit, Refused):
                self.refused += 1
                complain_of(unit.error, of=unit.name)
                continue
            # As `ingest` would key it: versions of one article stay in order.
            key = article_id(unit.raw).encode()
            partition = partition_of(key, settings.partitions)
            offset = offsets[partition]
            offsets[partition] += 1
            if (stored.begin and received_at < stored.begin) or (
                stored.until and received_at >= stored.until
            ):
                continue
            yield Record(
                topic=unit.path,
                partition=partition,
                offset=offset,
                timestamp_ms=int(received_at.timestamp() * 1000),
                key=key,
                value=encode_raw(unit.raw),
            )

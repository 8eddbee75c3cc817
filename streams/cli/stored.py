"""Raw articles as they are stored, for `backtest` and `replay`: those of the topic, or of files."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from streams.alerts.silence import Silence
from streams.alerts.subscription import Subscription
from streams.cli.holding import read_held
from streams.cli.inputs import STDIN, Refused, article_files, missing_files
from streams.cli.master import read_said, said_where_asked
from streams.cli.output import complain_of, note, progress
from streams.cli.since import Span
from streams.cli.stream import received
from streams.enrichment.security import Security
from streams.kafka.admin import existing_topics
from streams.kafka.partitioning import partition_of
from streams.kafka.reading import count_range, read_range
from streams.news.fingerprint import article_id
from streams.replay.plan import Plan
from streams.replay.running import Part
from streams.settings import Settings
from streams.wire.control import SILENCE, SUBSCRIPTION
from streams.wire.message import Record
from streams.wire.raw import encode_raw
from streams.wire.topics import MENTIONS, RAW, full_name

Advance = Callable[[int], None]

source_option = click.option("--source", help="The source of articles of files that name none.")
workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=lambda: len(os.sched_getaffinity(0)),
    help="Processes that share the work; one for each core where not given. The outcome is the same.",
)
warm_up_option = click.option(
    "--warm-up",
    type=Span(),
    default=timedelta(0),
    help="So long before the first, articles are remembered, and nothing is told of them: 3d.",
)
paths_argument = click.argument("paths", metavar="[FILE|DIR|-]...", nargs=-1, type=click.Path(path_type=Path))


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


def plan_of(
    settings: Settings,
    stored: Stored,
    held: Sequence[Subscription] | None,
    muted: Sequence[Silence] | None,
    **fields: Any,
) -> Plan:
    """Return the plan to replay stored articles with.

    For the topic's articles partitions, names and, where none are given, subscriptions and silences are the
    broker's as they are now. For those of files names are the shipped ones, and the broker's where one is
    named.

    Args:
        settings: How to reach the broker, and what the workers would remember.
        stored: Which articles.
        held: Who wants what; None for whoever the broker knows of.
        muted: What is muted; None for what the broker knows of.
        fields: Others of the plan.
    """
    if stored.paths:
        said = said_where_asked(settings)
    else:
        there = asyncio.run(_at_the_broker(settings, held, muted))
        said, held, muted, fields["partitions"] = there
    return Plan.of(
        settings,
        subscriptions=tuple(held or ()),
        silences=tuple(muted or ()),
        said=tuple(said.values()),
        tell_from=stored.since,
        **fields,
    )


async def _at_the_broker(
    settings: Settings, held: Sequence[Subscription] | None, muted: Sequence[Silence] | None
) -> tuple[dict[str, Security], Sequence[Subscription], Sequence[Silence], int]:
    said, bad = await read_said(settings)
    if held is None:
        wishes, refused = await read_held(settings, SUBSCRIPTION)
        bad |= refused
        held = list(wishes.values())
    if muted is None:
        silences, refused = await read_held(settings, SILENCE)
        bad |= refused
        muted = list(silences.values())
    for key, error in bad.items():
        note(f"not held: {key}: {error}")
    partitions = (await existing_topics(settings)).get(full_name(MENTIONS, settings.prefix))
    return said, held, muted, partitions or settings.partitions


def note_refused(part: Part) -> None:
    """Tell of the articles of a part that cannot be worked on."""
    for refusal in part.refused:
        note(f"not read: {refusal.record}: {refusal.error}")

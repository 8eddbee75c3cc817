"""`news-alerts ingest`: articles from files into the raw topic, acknowledged, safe to repeat."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from errno import ENOENT
from pathlib import Path
from typing import Any

import click

from streams.cli.exits import Exit
from streams.cli.inputs import (
    STDIN,
    Refused,
    Unit,
    article_files,
    missing_files,
    read_units,
    too_large,
    unreadable,
)
from streams.cli.options import CONNECTION, json_option, settings_options
from streams.cli.output import complain_of, note, progress, say, say_json
from streams.errors import BadArticle, BrokerFault
from streams.kafka.publisher import Publisher, open_publisher
from streams.news.fingerprint import article_id
from streams.settings import Settings
from streams.wire.message import Message
from streams.wire.raw import encode_raw
from streams.wire.topics import RAW, full_name

CHUNK_ARTICLES = 500
CHUNK_BYTES = 4_000_000
# Articles read ahead of the broker; bounds the memory.
_AHEAD = 1_000


@dataclass(slots=True)
class Counts:
    """How many articles went which way."""

    published: int = 0
    refused: int = 0


@click.command("ingest")
@settings_options(*CONNECTION, "max_article_bytes")
@click.argument("paths", metavar="FILE|DIR|-...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", help="The source of articles that name none.")
@json_option
def command(settings: Settings, *, paths: tuple[Path, ...], source: str | None, as_json: bool) -> int:
    """Publish articles: posts (.md), pages (.html), text (.txt), JSON (.json), NDJSON (.ndjson, .jsonl, -).

    Ids are derived, so that doing it again changes nothing. What is no article is named and not
    published, the others are, and the exit code is 5.
    """
    files = list(article_files(paths))
    counts = Counts()
    for file in missing_files(files):  # before the broker is asked for anything
        counts.refused += 1
        complain_of(unreadable(FileNotFoundError(ENOENT, os.strerror(ENOENT))), of=str(file))
        files.remove(file)
    total = None if STDIN in files else sum(file.stat().st_size for file in files)
    units = (
        unit
        for file in files
        for unit in read_units(file, source=source, max_bytes=settings.max_article_bytes)
    )
    with progress("publishing", total, in_bytes=True) as advance:
        try:
            if files:
                asyncio.run(_ingest(settings, units, counts, advance))
        except BrokerFault:
            if counts.published:
                note(f"{counts.published:,} articles were published; it is safe to do all of it again")
            raise
    if as_json:
        say_json({"published": counts.published, "refused": counts.refused})
    else:
        say(f"{counts.published:,} published, {counts.refused:,} refused")
    return Exit.BAD_INPUT if counts.refused else Exit.DONE


async def _ingest(settings: Settings, units: Iterable[Unit | Refused], counts: Counts, advance: Any) -> None:
    topic = full_name(RAW, settings.prefix)
    async with open_publisher(settings) as publisher:
        async for chunk in _chunks(units):
            messages: list[Message] = []
            for unit in chunk:
                message = _message(unit, topic, settings.max_article_bytes)
                if isinstance(message, BadArticle):
                    counts.refused += 1
                    complain_of(message, of=unit.name)
                else:
                    messages.append(message)
            await _publish(publisher, messages, counts)
            advance(sum(unit.size_bytes for unit in chunk))


async def _publish(publisher: Publisher, messages: list[Message], counts: Counts) -> None:
    part: list[Message] = []
    size = 0
    for message in messages:
        part.append(message)
        size += len(message.value or b"")
        if size > CHUNK_BYTES:
            await publisher.publish(part)
            counts.published += len(part)
            part, size = [], 0
    await publisher.publish(part)
    counts.published += len(part)


def _message(unit: Unit | Refused, topic: str, max_bytes: int) -> Message | BadArticle:
    if isinstance(unit, Refused):
        return unit.error
    value = encode_raw(unit.raw)
    if len(value) > max_bytes:
        return too_large(f"has {len(value):,} bytes, more than {max_bytes:,}")
    return Message(topic=topic, key=article_id(unit.raw).encode(), value=value)


async def _chunks(units: Iterable[Unit | Refused]) -> AsyncIterator[list[Unit | Refused]]:
    """Yield what was read meanwhile, at least one: a slow stdin is published as it comes.

    Reading is done by a thread that does not outlive the process, as stdin may never end.
    """
    loop, queue = asyncio.get_running_loop(), asyncio.Queue[Unit | Refused | BaseException | None]()
    ahead = threading.Semaphore(_AHEAD)

    def put(item: Unit | Refused | BaseException | None) -> None:
        # A loop that was closed has had enough: the broker failed, or Ctrl-C.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(queue.put_nowait, item)

    def read() -> None:
        last: BaseException | None = None
        try:
            for unit in units:
                ahead.acquire()
                put(unit)
        except BaseException as error:  # noqa: BLE001 raised again by the reader of the queue
            last = error
        put(last)

    threading.Thread(target=read, daemon=True).start()
    while True:
        first = await queue.get()
        chunk: list[Unit | Refused] = []
        for item in _drain(first, queue):
            if not isinstance(item, Unit | Refused):
                if chunk:
                    yield chunk
                if item is not None:
                    raise item
                return
            ahead.release()
            chunk.append(item)
        yield chunk


def _drain(first: Any, queue: asyncio.Queue[Any]) -> Iterator[Any]:
    yield first
    for _ in range(min(queue.qsize(), CHUNK_ARTICLES - 1)):
        yield queue.get_nowait()

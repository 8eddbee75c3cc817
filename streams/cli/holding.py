"""The control topics as the commands use them: read what is held, take files, make subscribers' topics."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from contextlib import aclosing
from itertools import islice
from typing import Protocol, TypeVar

from streams.cli.exits import Exit
from streams.cli.inputs import open_input
from streams.cli.output import complain_of, note, progress, say
from streams.cli.strangers import Asking, Strangers
from streams.errors import BadInput, ErrorCode, Fault, NotPermitted
from streams.kafka.admin import ensure_topics, existing_topics
from streams.kafka.publisher import open_publisher
from streams.kafka.reading import read_range
from streams.settings import Settings
from streams.wire.control import Control, Identified
from streams.wire.control_files import read_records
from streams.wire.message import Message
from streams.wire.topics import full_name, subscriber_topic


class Record(Identified, Asking, Protocol):
    """A record of a control topic: a subscription or a silence."""


T = TypeVar("T", bound=Record)

CHUNK = 2_000


async def read_held(settings: Settings, control: Control[T]) -> tuple[dict[str, T], dict[str, BadInput]]:
    """Return all records by id, and what is wrong with those that workers refuse, by key."""
    last: dict[bytes, bytes | None] = {}
    topic = full_name(control.topic, settings.prefix)
    async with aclosing(read_range(settings, topic)) as records:
        async for record in records:
            last[record.key or b""] = record.value
    held: dict[str, T] = {}
    bad: dict[str, BadInput] = {}
    for key, value in last.items():
        name = key.decode("utf-8", "replace")
        if value is not None:
            try:
                held[name] = control.read(value, name)
            except BadInput as error:
                bad[name] = error
    return held, bad


def list_held(settings: Settings, control: Control[T]) -> list[T]:
    """Return all records in order of id; those that workers refuse are named on stderr."""
    held, bad = asyncio.run(read_held(settings, control))
    for key, error in bad.items():
        note(f"not held: {key}: {error}")
    return [held[id_] for id_ in sorted(held)]


async def find_held(settings: Settings, control: Control[T], id_: str) -> T:
    """Return a record.

    Raises:
        BadInput: When there is none of that id, or it is faulty.
    """
    held, bad = await read_held(settings, control)
    if id_ in held:
        return held[id_]
    raise bad.get(id_) or _not_held(control, id_)


async def remove_held(settings: Settings, control: Control[T], id_: str) -> None:
    """Remove a record, be it one that workers refuse.

    Raises:
        BadInput: When there is none of that id.
    """
    held, bad = await read_held(settings, control)
    if id_ not in held and id_ not in bad:
        raise _not_held(control, id_)
    await publish_all(settings, [control.tombstone(id_, settings.prefix)])


def _not_held(control: Control[T], id_: str) -> BadInput:
    fault = Fault("id", ErrorCode.UNKNOWN_VALUE, f"{id_!r} is not held")
    return control.error(fault, hint=f"`news-alerts {control.topic.name} list` shows all")


def check_file(control: Control[T], path: str) -> int:
    """Check a file of records (`-`: stdin), say how many are valid, and return the exit code."""
    valid = faulty = 0
    strangers = Strangers()
    for record in _read_file(control, path, strangers):
        valid += record is not None
        faulty += record is None
    strangers.tell()
    say(f"{valid:,} valid, {faulty:,} faulty")
    return Exit.BAD_INPUT if faulty else Exit.DONE


def import_file(
    settings: Settings, control: Control[T], path: str, publish: Callable[[list[T]], Awaitable[None]]
) -> int:
    """Publish the valid records of a file (`-`: stdin), say how many, and return the exit code."""
    strangers = Strangers(settings)
    added, faulty = asyncio.run(_publish_file(_read_file(control, path, strangers), publish))
    say(f"{added:,} added, {faulty:,} refused")
    strangers.tell()
    return Exit.BAD_INPUT if faulty else Exit.DONE


async def _publish_file(
    records: Iterator[T | None], publish: Callable[[list[T]], Awaitable[None]]
) -> tuple[int, int]:
    added = faulty = 0
    with progress("adding", None) as advance:
        while chunk := list(islice(records, CHUNK)):
            valid = [record for record in chunk if record is not None]
            await publish(valid)
            added += len(valid)
            faulty += len(chunk) - len(valid)
            advance(len(valid))
    return added, faulty


def _read_file(control: Control[T], path: str, strangers: Strangers) -> Iterator[T | None]:
    """Yield the records of a file; None for a faulty one, which is complained of."""
    with open_input(path) as file:
        for line, record in read_records(control, file):
            if isinstance(record, BadInput):
                complain_of(record, of=f"{path}:{line}")
                yield None
            else:
                strangers.meet(record, of=f"{path}:{line}")
                yield record


def held_in_file(control: Control[T], path: str) -> list[T]:
    """Return the records of a file (`-`: stdin), all of which must be valid.

    Raises:
        BadInput: With every fault and its line; also when the file holds none, or cannot be read.
    """
    faults: list[Fault] = []
    held = []
    with open_input(path) as file:
        for line, found in read_records(control, file):
            if isinstance(found, BadInput):
                faults += [Fault(f"line {line}, {f.field}", f.code, f.message) for f in found.faults]
            else:
                held.append(found)
    if not faults and not held:
        faults.append(Fault(control.topic.name, ErrorCode.EMPTY, f"{path} holds none"))
    if faults:
        raise control.error(*faults)
    return held


async def publish_all(
    settings: Settings, messages: Sequence[Message], *, subscribers: Collection[str] = ()
) -> list[str]:
    """Publish to a control topic, with the subscribers' topics made before.

    Args:
        settings: How to reach the broker.
        messages: All for that topic.
        subscribers: Whose topics are to be there.

    Returns:
        Full names of subscribers' topics that are missing and that this user may not make.
    """
    missing: list[str] = []
    if subscribers:
        topics = {full_name(topic, settings.prefix): topic for topic in map(subscriber_topic, subscribers)}
        there = await existing_topics(settings)
        wanted = sorted(topics.keys() - there.keys())
        try:
            await ensure_topics(settings, [topics[name] for name in wanted])
        except NotPermitted:
            missing = wanted
    async with open_publisher(settings) as publisher:
        await publisher.publish(messages)
    return missing

"""Compacted control topics, kept live: every worker holds all that they say.

Two readers share the work. Each worker follows such a topic without a group and holds what is valid; a
bad record is logged and counted there, and changes nothing else. One worker of the group (a
`ControlAgent`) reads the same topic with committed offsets and writes what the follower refused to the
dead-letter topic, so that it stands there once, whatever the number of workers and restarts.
"""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from streams.agents.lanes import Lane
from streams.agents.outbox import Outbox
from streams.agents.ports import Ports
from streams.errors import BadInput
from streams.wire.message import Record

log = logging.getLogger(__name__)

T = TypeVar("T")


class Topic(Protocol):
    """A compacted topic: read to its end, then followed."""

    caught_up: asyncio.Event

    def batches(self) -> AsyncIterator[Sequence[Record]]:
        """Yield its records, from the beginning and on and on."""
        ...


class Follower(ABC, Generic[T]):
    """What a compacted topic says, by key; what it says wrongly is refused and changes nothing.

    Args:
        what: One record of it, for the log: `subscription`.
        read: Returns what stands under a key in bytes; raises BadInput with every fault.
        count_refused: Called for each bad record.

    Attributes:
        caught_up: Set once all that the topic held at the start counts.
    """

    def __init__(self, what: str, read: Callable[[bytes, str], T], count_refused: Callable[[], None]) -> None:
        self.caught_up = asyncio.Event()
        self._what = what
        self._read = read
        self._count_refused = count_refused
        self._refused: set[tuple[int, int]] = set()
        self._passed: dict[int, int] = {}
        self._went_on = asyncio.Event()

    @abstractmethod
    async def take(self, found: Sequence[tuple[str, T | None]]) -> None:
        """Hold what valid records say under their keys, in order; None is no more."""

    @abstractmethod
    async def settle(self, topic: Topic) -> None:
        """Once the topic was read to its end, have it count, and set `caught_up`; may go on for ever."""

    @abstractmethod
    def __len__(self) -> int:
        """How many records are held."""

    async def follow(self, topic: Topic) -> None:
        """Hold what the topic says, for ever."""
        async for batch in topic.batches():
            await self.take([one for record in batch for one in self._judge(record)])
            for record in batch[-1:]:
                self._passed[record.partition] = record.offset
            self._went_on.set()

    def read(self, record: Any) -> tuple[str, T | None]:
        """Return a record's key and what it says; None for a tombstone.

        Raises:
            BadInput: With every fault of it.
        """
        key = (record.key or b"").decode("utf-8", "replace")
        return key, None if record.value is None else self._read(record.value, key)

    async def judged(self, partition: int, offset: int) -> None:
        """Wait until a record of the topic, and those before it in its partition, was taken or refused."""
        while self._passed.get(partition, -1) < offset:
            self._went_on.clear()
            await self._went_on.wait()

    def refused(self, partition: int, offset: int) -> bool:
        """Say whether a record was refused. One that compaction took before it was read was replaced."""
        return (partition, offset) in self._refused

    def _judge(self, record: Record) -> Sequence[tuple[str, T | None]]:
        try:
            return [self.read(record)]
        except BadInput as error:
            self._count_refused()
            self._refused.add((record.partition, record.offset))
            place = f"{record.topic}/{record.partition}@{record.offset}"
            log.warning("%s refused, %s: %s", self._what, place, error)
            return []


class ControlAgent:
    """Writes bad records of a control topic to the dead-letter topic, once.

    Args:
        ports: The edges.
        follower: What this worker holds of it; it has read every record anyway.
    """

    def __init__(self, ports: Ports, follower: Follower[Any]) -> None:
        self.ports = ports
        self.follower = follower

    async def handle(self, lane: Lane, records: list[Any]) -> None:
        """Work one batch off; return when its dead letters are acknowledged."""
        await self.follower.judged(records[-1].partition, records[-1].offset)
        outbox = Outbox(self.ports.publish, lane)
        for record in records:
            await outbox.breathe()
            if self.follower.refused(record.partition, record.offset):
                try:
                    self.follower.read(record)
                except BadInput as error:
                    self.ports.refuse(outbox, record, error)
        await outbox.flush()

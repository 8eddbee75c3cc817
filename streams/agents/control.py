"""Subscriptions, kept live: every worker holds all of them, read from their compacted topic.

Two readers share the work. Each worker follows the topic without a group and holds what is valid; a
bad record is logged and counted there, and changes nothing else. One worker of the group (agent
`control`) reads the same topic with committed offsets and writes what the view refused to the
dead-letter topic, so that it stands there once, whatever the number of workers and restarts.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from typing import Any, Protocol

from streams.agents.lanes import Lane
from streams.agents.ports import Ports
from streams.alerts.matching import Subscriptions
from streams.alerts.subscribing import parse_subscription
from streams.alerts.subscription import Subscription
from streams.errors import BadInput, BrokerFault
from streams.wire.faults import load_object
from streams.wire.message import Message, Record

log = logging.getLogger(__name__)

# Seconds between two looks for the topics of subscribers that have none.
RETRY_S = 10.0
# Seconds between two questions to a broker that does not answer.
ASK_AGAIN_S = 1.0

# Makes or finds the topics of subscribers; returns those that exist now.
FindTopics = Callable[[Iterable[str]], Awaitable[set[str]]]


class Followed(Protocol):
    """A compacted topic: read to its end, then followed."""

    caught_up: asyncio.Event

    def batches(self) -> AsyncIterator[Sequence[Record]]:
        """Yield its records, from the beginning and on and on."""
        ...


def read_subscription(record: Any) -> Subscription | None:
    """Return the subscription in a record of their topic; None for a tombstone.

    Raises:
        BadInput: With every fault of it.
    """
    if record.value is None:
        return None
    key = (record.key or b"").decode("utf-8", "replace")
    return parse_subscription(load_object(record.value), key=key)


class SubscriptionView:
    """All subscriptions of the topic, indexed, live.

    Args:
        ports: The edges.
        find_topics: Makes or finds the topics of subscribers.
    """

    def __init__(self, ports: Ports, find_topics: FindTopics) -> None:
        self.subscriptions = Subscriptions()
        self.caught_up = asyncio.Event()
        self._ports = ports
        self._find_topics = find_topics
        self._reachable: set[str] = set()
        self._refused: set[tuple[int, int]] = set()
        self._passed: dict[int, int] = {}
        self._went_on = asyncio.Event()

    async def follow(self, topic: Followed) -> None:
        """Hold what the topic says, for ever."""
        async for batch in topic.batches():
            await self._apply(batch)
            for record in batch[-1:]:
                self._passed[record.partition] = record.offset
            self._went_on.set()

    async def judged(self, partition: int, offset: int) -> None:
        """Wait until a record of the topic, and those before it in its partition, was taken or refused."""
        while self._passed.get(partition, -1) < offset:
            self._went_on.clear()
            await self._went_on.wait()

    def refused(self, partition: int, offset: int) -> bool:
        """Say whether a record was refused. One that compaction took before it was read was replaced."""
        return (partition, offset) in self._refused

    async def settle(self, topic: Followed) -> None:
        """Once the topic was read to its end, find the subscribers' topics; then look again, for ever."""
        await topic.caught_up.wait()
        await self.look_for_topics()
        self.caught_up.set()
        log.info("%d subscriptions read", len(self.subscriptions))
        while True:
            await asyncio.sleep(RETRY_S)
            await self.look_for_topics()

    async def _apply(self, batch: Sequence[Record]) -> None:
        found: list[tuple[str, Subscription | None]] = []
        for record in batch:
            key = (record.key or b"").decode("utf-8", "replace")
            try:
                found.append((key, read_subscription(record)))
            except BadInput as error:
                self._ports.metrics.refused.inc()
                self._refused.add((record.partition, record.offset))
                log.warning(
                    "subscription refused, %s/%d@%d: %s", record.topic, record.partition, record.offset, error
                )
        new = {held.subscriber for _, held in found if held} - self._reachable - self.subscriptions.closed
        if new and self.caught_up.is_set():
            await self.look_for_topics(
                new
            )  # before they are held: a match must never be suppressed for haste
        else:
            for subscriber in new:
                self.subscriptions.close(subscriber)
        for key, held in found:
            if held is None:
                self.subscriptions.remove(key)
            else:
                self.subscriptions.put(held)
        self._ports.metrics.subscriptions.set(len(self.subscriptions))

    async def look_for_topics(self, subscribers: Iterable[str] = ()) -> None:
        """Open the subscribers that have a topic, close those that have none; both aloud."""
        wanted = set(subscribers) or set(self.subscriptions.closed)
        if not wanted:
            return
        found = await self._ask(wanted)
        self._reachable |= found
        for subscriber in sorted(found):
            self.subscriptions.open(subscriber)
        for subscriber in sorted(wanted - found):
            if subscriber not in self.subscriptions.closed:
                log.error(
                    "subscriber %s has no topic: its alerts are suppressed until it is made", subscriber
                )
            self.subscriptions.close(subscriber)
        self._ports.metrics.topicless.set(len(self.subscriptions.closed))

    async def _ask(self, wanted: set[str]) -> set[str]:
        """Ask until there is an answer: a broker that is silent does not say that topics are missing."""
        while True:
            try:
                return await self._find_topics(wanted)
            except BrokerFault as error:
                log.warning("topics of %d subscribers not looked for: %s", len(wanted), error)
                await asyncio.sleep(ASK_AGAIN_S)


class ControlAgent:
    """Writes bad records of the subscriptions topic to the dead-letter topic, once.

    Args:
        ports: The edges.
        view: What this worker holds; it has read every record anyway.
    """

    def __init__(self, ports: Ports, view: SubscriptionView) -> None:
        self.ports = ports
        self.view = view

    async def handle(self, lane: Lane, records: list[Any]) -> None:
        """Work one batch off; return when its dead letters are acknowledged."""
        await self.view.judged(records[-1].partition, records[-1].offset)
        letters: list[Message] = []
        for record in records:
            if self.view.refused(record.partition, record.offset):
                try:
                    read_subscription(record)
                except BadInput as error:
                    letters.append(self.ports.refuse(record, error))
        lane.check_open()
        await self.ports.publish(letters)

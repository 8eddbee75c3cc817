"""Subscriptions, kept live: every worker holds all of them, and knows which subscribers have a topic."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence

from streams.agents.control import Follower, Topic
from streams.agents.ports import Ports
from streams.alerts.matching import Subscriptions
from streams.alerts.subscribing import parse_subscription
from streams.alerts.subscription import Subscription
from streams.errors import BrokerFault
from streams.wire.faults import load_object

log = logging.getLogger(__name__)

# Seconds between two looks for the topics of subscribers that have none.
RETRY_S = 10.0
# Seconds between two questions to a broker that does not answer.
ASK_AGAIN_S = 1.0

# Makes or finds the topics of subscribers; returns those that exist now.
FindTopics = Callable[[Iterable[str]], Awaitable[set[str]]]


def read_subscription(value: bytes, key: str) -> Subscription:
    """Return the subscription in a record of their topic.

    Raises:
        BadInput: With every fault of it.
    """
    return parse_subscription(load_object(value), key=key)


class SubscriptionView(Follower[Subscription]):
    """All subscriptions of the topic, indexed, live.

    Args:
        ports: The edges.
        find_topics: Makes or finds the topics of subscribers.
    """

    def __init__(self, ports: Ports, find_topics: FindTopics) -> None:
        super().__init__("subscription", read_subscription, ports.metrics.refused.inc)
        self.subscriptions = Subscriptions()
        self._ports = ports
        self._find_topics = find_topics
        self._reachable: set[str] = set()

    async def settle(self, topic: Topic) -> None:
        """Once the topic was read to its end, find the subscribers' topics; then look again, for ever."""
        await topic.caught_up.wait()
        await self.look_for_topics()
        self.caught_up.set()
        log.info("%d subscriptions read", len(self.subscriptions))
        while True:
            await asyncio.sleep(RETRY_S)
            await self.look_for_topics()

    async def take(self, found: Sequence[tuple[str, Subscription | None]]) -> None:
        """Hold what changed, once the topics of new subscribers are looked for."""
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

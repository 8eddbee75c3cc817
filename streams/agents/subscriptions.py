"""Subscriptions, kept live: every worker holds all of them, and knows which subscribers have a topic."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from streams.agents.control import Follower, Topic
from streams.agents.ports import Ports
from streams.agents.subscriber_topics import FindFaults, SubscriberTopics
from streams.alerts.routing.matching import Subscriptions
from streams.alerts.routing.subscription import Subscription
from streams.wire.control import SUBSCRIPTION

log = logging.getLogger(__name__)


class SubscriptionView(Follower[Subscription]):
    """All subscriptions of the topic, indexed, live.

    Args:
        ports: The edges.
        find_faults: Makes or finds the topics of subscribers.

    Attributes:
        subscriptions: What is held.
        topics: Whose alerts can be delivered.
    """

    def __init__(self, ports: Ports, find_faults: FindFaults) -> None:
        super().__init__(SUBSCRIPTION.what, SUBSCRIPTION.read, ports.metrics.refused.inc)
        self.subscriptions = Subscriptions()
        self._ports = ports
        self.topics = SubscriberTopics(ports, self.subscriptions, find_faults)

    async def settle(self, topic: Topic) -> None:
        """Once the topic was read to its end, find the subscribers' topics; then look again, for ever."""
        await topic.caught_up.wait()
        await self.topics.look(self.subscriptions.closed)
        self.caught_up.set()
        log.info("%d subscriptions read", len(self.subscriptions))
        await self.topics.keep_looking()

    async def take(self, found: Sequence[tuple[str, Subscription | None]]) -> None:
        """Hold what changed, once the topics of new subscribers are looked for."""
        new = self.topics.unknown(held.subscriber for _, held in found if held)
        if self.caught_up.is_set():
            await self.topics.look(new)  # before they are held: a match must never be suppressed for haste
        else:
            for subscriber in new:
                self.subscriptions.close(subscriber)
        for key, held in found:
            if held is None:
                self.subscriptions.remove(key)
            else:
                self.subscriptions.put(held)
        self._ports.metrics.subscriptions.set(len(self.subscriptions))

    def __len__(self) -> int:
        return len(self.subscriptions)

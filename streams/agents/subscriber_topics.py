"""Subscribers' topics: one that is missing or refuses what is written closes, aloud, and opens again.

The alerts of a closed one are suppressed as `no_topic`, so that one subscriber never makes others wait.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NoReturn

from streams.agents.ports import Ports
from streams.alerts.routing.matching import Subscriptions
from streams.errors import BrokerFault, BrokerUnreachable, NotDelivered, NotPermitted
from streams.wire.topics import subscriber_of

log = logging.getLogger(__name__)

# Seconds between two looks at the topics that are closed.
RETRY_S = 10.0
# Seconds between two questions to a broker that does not answer, or that answers that a right is missing.
ASK_AGAIN_S = 1.0
# Seconds for which a right may be away before the topic closes: whoever changes rights takes some first.
PATIENCE_S = 6.0
# Seconds after which a topic that refuses again and again, which nothing but writing tells, is tried again.
LONGEST_REST_S = 640.0

# Makes or finds the topics of subscribers; says of those that take no alerts what is wrong, one clause.
# Raises NotPermitted when the tape may not be written: then it is not for them.
FindFaults = Callable[[Iterable[str]], Awaitable[Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class _Rest:
    """How long a topic that refused is left alone, in seconds, and until when by the loop's clock."""

    seconds: float
    until: float


class SubscriberTopics:
    """Which subscribers have a topic that takes their alerts.

    Args:
        ports: The edges.
        subscriptions: Where subscribers are closed and opened.
        find_faults: Looks at topics.
    """

    def __init__(self, ports: Ports, subscriptions: Subscriptions, find_faults: FindFaults) -> None:
        self._ports = ports
        self._subscriptions = subscriptions
        self._find_faults = find_faults
        self._open: set[str] = set()
        self._told: set[str] = set()  # closed, and that was logged
        self._rests: dict[str, _Rest] = {}
        self._parting = asyncio.Lock()

    def unknown(self, subscribers: Iterable[str]) -> set[str]:
        """Return those that were not looked for yet."""
        return set(subscribers) - self._open - self._subscriptions.closed

    async def keep_looking(self) -> NoReturn:
        """Look again at those that are closed, for ever."""
        while True:
            await asyncio.sleep(RETRY_S)
            now = asyncio.get_running_loop().time()
            rested = {name for name, rest in self._rests.items() if rest.until <= now}
            await self.look(self._subscriptions.closed - (self._rests.keys() - rested))

    async def look(self, subscribers: Iterable[str]) -> None:
        """Open the subscribers that have a topic which takes alerts, close the others; both aloud.

        Raises:
            NotPermitted: When the tape may not be written.
        """
        wanted = set(subscribers)
        if wanted:
            self._note(wanted, await self._ask(wanted))

    async def part_with(self, error: BrokerFault) -> None:
        """Close the subscribers whose topics refused an output, and whoever else's would.

        A right that is away is waited for, `PATIENCE_S` at most. Afterwards the lane can begin anew.

        Args:
            error: What the publishing of outputs raised.

        Raises:
            BrokerFault: When it is not for the subscribers: other topics failed, too, or the tape may not be
                written, or no broker answers.
        """
        owners = {topic: subscriber_of(topic, self._ports.settings.prefix) for topic in error.topics}
        refused = {owner for owner in owners.values() if owner}
        if isinstance(error, BrokerUnreachable) or len(refused) < max(len(owners), 1):
            raise error
        async with self._parting:
            refused -= self._subscriptions.closed  # the others were parted with for another lane
            if not refused:
                return
            everyone = self._open | refused
            faults = await self._find_faults(everyone)
            give_up_at = self._now() + (PATIENCE_S if isinstance(error, NotPermitted) else 0)
            while refused & faults.keys() and self._now() < give_up_at:
                await asyncio.sleep(ASK_AGAIN_S)
                faults = await self._find_faults(everyone)
            if isinstance(error, NotDelivered):
                self._rest(refused - faults.keys())
                faults = {name: str(error) for name in refused} | dict(faults)
            self._note(everyone, faults)

    def _note(self, looked_for: set[str], faults: Mapping[str, str]) -> None:
        for subscriber in sorted(looked_for - faults.keys()):
            self._open.add(subscriber)
            self._subscriptions.open(subscriber)
            if subscriber in self._told:
                self._told.remove(subscriber)
                log.info("subscriber %s gets alerts again", subscriber)
        for subscriber, fault in sorted(faults.items()):
            self._open.discard(subscriber)
            self._subscriptions.close(subscriber)
            if subscriber not in self._told:
                self._told.add(subscriber)
                log.error("subscriber %s: %s; its alerts are suppressed meanwhile", subscriber, fault)
        self._ports.metrics.topicless.set(len(self._subscriptions.closed))

    def _rest(self, subscribers: Iterable[str]) -> None:
        """Leave topics alone, twice as long where one refuses again soon after it was tried again."""
        now = self._now()
        for subscriber in subscribers:
            last = self._rests.get(subscriber)
            again = last is not None and now < last.until + last.seconds
            seconds = min(2 * last.seconds, LONGEST_REST_S) if last and again else RETRY_S
            self._rests[subscriber] = _Rest(seconds, now + seconds)

    async def _ask(self, wanted: set[str]) -> Mapping[str, str]:
        """Ask until there is an answer: a broker that is silent does not say that topics are missing."""
        while True:
            try:
                return await self._find_faults(wanted)
            except NotPermitted:
                raise
            except BrokerFault as error:
                log.warning("topics of %d subscribers not looked for: %s", len(wanted), error)
                await asyncio.sleep(ASK_AGAIN_S)

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()

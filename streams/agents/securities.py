"""The security master, kept live: the shipped one, and what its topic adds or corrects."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from streams.agents.control import Follower, Topic
from streams.agents.ports import Ports
from streams.enrichment.linking.amended import Register
from streams.enrichment.linking.securities import Master
from streams.enrichment.security import Security
from streams.wire.securities import read_security

log = logging.getLogger(__name__)


class SecurityView(Follower[Security]):
    """The master in force.

    Args:
        ports: The edges.
        shipped: What counts where the topic says nothing.

    Attributes:
        master: Of this day; it knows those of others.
    """

    def __init__(self, ports: Ports, shipped: Master) -> None:
        super().__init__("security", read_security, ports.metrics.securities_refused.inc)
        self.master = shipped
        self._ports = ports
        self._shipped = shipped
        self._said: dict[str, Security] = {}
        self._changed = asyncio.Event()

    async def take(self, found: Sequence[tuple[str, Security | None]]) -> None:
        """Hold what changed; `settle` makes it count."""
        for ticker, security in found:
            if security is None:
                self._said.pop(ticker, None)
            else:
                self._said[ticker] = security
        self._changed.set()

    async def settle(self, topic: Topic) -> None:
        """Once the topic was read to its end, and with every change from then on, make a master of it.

        Beside the event loop: thousands of names of a user's own take a while. Changes that come meanwhile
        count together.
        """
        await topic.caught_up.wait()
        while True:
            self._changed.clear()
            count = len(self._said)
            register = Register(self._shipped, self._said.values())
            self.master = await asyncio.to_thread(register.on, self._ports.clock().date())
            self._ports.metrics.securities.set(count)
            if not self.caught_up.is_set():
                self.caught_up.set()
                log.info("%d changed securities read", count)
            await self._changed.wait()

    def __len__(self) -> int:
        return len(self._said)

"""Silences, kept live: every worker holds all of them."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from streams.agents.control import Follower, Topic
from streams.agents.ports import Ports
from streams.alerts.routing.silence import Silence
from streams.alerts.routing.silences import Silences
from streams.wire.control import SILENCE

log = logging.getLogger(__name__)


class SilenceView(Follower[Silence]):
    """All silences of the topic, indexed, live.

    Args:
        ports: The edges.
    """

    def __init__(self, ports: Ports) -> None:
        super().__init__(SILENCE.what, SILENCE.read, ports.metrics.silences_refused.inc)
        self.silences = Silences()
        self._ports = ports

    async def take(self, found: Sequence[tuple[str, Silence | None]]) -> None:
        """Hold what changed."""
        for key, silence in found:
            if silence is None:
                self.silences.remove(key)
            else:
                self.silences.put(silence)
        self._ports.metrics.silences.set(len(self.silences))

    async def settle(self, topic: Topic) -> None:
        """Once the topic was read to its end, all that it held counts."""
        await topic.caught_up.wait()
        self.caught_up.set()
        log.info("%d silences read", len(self.silences))

    def __len__(self) -> int:
        return len(self.silences)

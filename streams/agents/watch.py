"""Keeps health and lag true, and says in the log when the worker is ready, and what it holds."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from typing import Any, NoReturn

from streams.agents.control import Follower
from streams.observe.health import Health
from streams.observe.metrics import Metrics

log = logging.getLogger(__name__)

TICK_S = 0.2


class Watch:
    """Looks at the parts of a worker.

    Args:
        health: Told what is ready and what is waited for.
        metrics: Told the lag.
        consumer: Holds the partitions; a `batch.Consumer`.
        followers: What is followed, by the name of its part: `subscriptions`.
        started_at: When the worker began to start, in seconds of the monotonic clock.
    """

    def __init__(
        self,
        health: Health,
        metrics: Metrics,
        consumer: Any,
        followers: Mapping[str, Follower[Any]],
        started_at: float,
    ) -> None:
        self._health, self._metrics = health, metrics
        self._consumer, self._followers = consumer, followers
        self._waiting_since: float | None = started_at

    async def run(self) -> NoReturn:
        """Look again and again, for ever."""
        while True:
            self.look(time.monotonic())
            await asyncio.sleep(TICK_S)

    def look(self, now: float) -> None:
        """Look once.

        Args:
            now: Seconds of the monotonic clock.
        """
        self._health.beat(now)
        for part, follower in self._followers.items():
            if follower.caught_up.is_set():
                self._health.done(part)
        self._look_at_partitions()
        if not self._health.ready().ok:
            self._waiting_since = self._waiting_since or now
        elif self._waiting_since is not None:
            log.info("ready after %.1f s: %s", now - self._waiting_since, ", ".join(self._held()))
            self._waiting_since = None

    def _look_at_partitions(self) -> None:
        consumer = self._consumer
        if consumer.joined:
            self._health.done("assignment")
        else:
            self._health.expect("assignment", "the group is rebalancing")
        reading = [lane for lane in consumer.lanes.values() if lane.memory and not lane.memory.done()]
        if reading or not consumer.joined:
            self._health.expect("memory", f"reading back {len(reading)} partitions")
        else:
            self._health.done("memory")
        self._metrics.lag.clear()  # partitions that moved away
        for tp, records in consumer.lag().items():
            self._metrics.lag.labels(tp.topic, tp.partition).set(records)

    def _held(self) -> list[str]:
        memories = [lane.memory for lane in self._consumer.lanes.values() if lane.memory and not lane.closed]
        return [
            *(f"{len(follower):,} {part}" for part, follower in self._followers.items()),
            f"{len(self._consumer.lanes)} partitions",
            f"{sum(len(memory.result()) for memory in memories):,} entries of memory",
        ]

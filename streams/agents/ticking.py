"""Ticks by the worker's clock, where no article comes that would tell that a minute is over.

A digest of storm control goes out with the first record of a later minute. An article gives a tick for that;
after the last one for a while, a worker does, with the minute in it by record time: the clock says only when
the tick is written, never what it tells.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, NoReturn

from streams.agents.lanes import Lane, LaneClosed
from streams.agents.ports import Ports
from streams.enrichment.article import Origin, SubjectKind
from streams.enrichment.ticks import minute_after, tick
from streams.errors import BrokerFault
from streams.wire.envelope import mention_messages
from streams.wire.topics import RAW, full_name

log = logging.getLogger(__name__)

# Seconds without a raw record after which none of the minute that is over is expected. Shorter, a source that
# halts for a moment in the middle of old articles would have its minutes cut in two.
QUIET_S = 15.0
LOOK_S = 1.0


class Ticking:
    """Ticks for the partitions of raw articles that this worker has.

    Args:
        ports: The edges.
        consumer: Holds the lanes; a `batch.Consumer`.
    """

    def __init__(self, ports: Ports, consumer: Any) -> None:
        self._ports, self._consumer = ports, consumer
        self._topic = full_name(RAW, ports.settings.prefix)
        self._seen: Mapping[Any, int | None] = {}
        self._quiet_since: float | None = None  # None once it was ticked for what came last

    async def run(self) -> NoReturn:
        """Look again and again, for ever."""
        while True:
            await self.look(time.monotonic(), self._ports.clock())
            await asyncio.sleep(LOOK_S)

    async def look(self, now: float, clock: datetime) -> None:
        """Look once, and write a tick where it is time.

        Args:
            now: Seconds of the monotonic clock.
            clock: The wall clock.
        """
        lanes = {tp: lane for tp, lane in self._consumer.lanes.items() if tp.topic == self._topic}
        seen = {tp: lane.next for tp, lane in lanes.items()}
        if seen != self._seen:
            self._seen, self._quiet_since = seen, now
        if self._quiet_since is None or now - self._quiet_since < QUIET_S:
            return
        if not all(map(_is_idle, lanes.values())):
            return
        times = {tp: newest for tp, lane in lanes.items() if (newest := lane.memory.result().newest)}
        latest = max(times, key=times.__getitem__, default=None)
        minute = None if latest is None else minute_after(times[latest], clock)
        if latest is not None and minute is not None and await self._write(lanes[latest], minute):
            self._quiet_since = None

    async def _write(self, lane: Lane, minute: datetime) -> bool:
        """Write a tick; return whether it stands there. It is missed for a while, and no more."""
        origin = Origin(topic=lane.tp.topic, partition=lane.tp.partition, offset=max(0, (lane.done or 0) - 1))
        messages = mention_messages([tick(minute, origin)], self._ports.settings.prefix, {})
        try:
            await lane.write(partial(self._ports.publish, messages))
        except LaneClosed:
            return False
        except BrokerFault as error:
            log.warning("no tick for a minute that is over: %s", error)
            return False
        self._ports.metrics.mentions.labels(SubjectKind.TICK).inc()
        return True


def _is_idle(lane: Lane) -> bool:
    """Say whether a lane's memory is read, and nothing that came is being worked on."""
    memory = lane.memory
    return memory is not None and memory.done() and not memory.cancelled() and not lane.flight

"""What a batch leads to, on its way out in slices: outputs acknowledged first, then the memory's changes.

Published in one piece, a thousand records would be hundreds of megabytes. So a slice goes out as soon
as it is the lane's share, and a record is in one slice whole.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Protocol

from streams.agents.lanes import Lane
from streams.wire.message import Message

# Seconds of work after which the other lanes, the broker's answers and the heartbeat get their turn.
BREATH_S = 0.005

Publish = Callable[[Sequence[Message]], Awaitable[None]]


class Counting(Protocol):
    """A metric that counts."""

    def inc(self, amount: float = 1) -> None:
        """Count so many more."""
        ...


class Observing(Protocol):
    """A metric that tells how values are spread."""

    def observe(self, amount: float) -> None:
        """Take a value."""
        ...


class Outbox:
    """Collects what records lead to, and publishes it slice by slice.

    What is counted of a record counts when its slice is acknowledged: a batch that begins anew, or that a new
    owner gets, is not counted twice.

    Args:
        publish: Returns when every message is acknowledged; raises a BrokerFault otherwise.
        lane: Whose records are worked on.
    """

    def __init__(self, publish: Publish, lane: Lane) -> None:
        self._publish = publish
        self._lane = lane
        self._outputs: list[Message] = []
        self._state: dict[str, Message] = {}
        self._counted: Counter[Counting] = Counter()
        self._observed: list[tuple[Observing, float]] = []
        self._bytes = 0
        self._breathed_at = time.monotonic()

    def add(self, outputs: Iterable[Message], state: Mapping[str, Message] | None = None) -> None:
        """Take all that one record leads to.

        Args:
            outputs: In order.
            state: How the memory changed, by what is remembered; the last change of it is what counts.
        """
        before = len(self._outputs)
        self._outputs += outputs
        for message in self._outputs[before:]:
            self._bytes += message.size_bytes
        for of, message in (state or {}).items():
            # In the order of the last changes, so that a memory read back is in the order of the one lost.
            self._state.pop(of, None)
            self._state[of] = message
            self._bytes += message.size_bytes

    def count(self, metric: Counting, amount: int = 1) -> None:
        """Count so many more, of the record in hand."""
        self._counted[metric] += amount

    def observe(self, metric: Observing, amount: float) -> None:
        """Take a value, of the record in hand."""
        self._observed.append((metric, amount))

    async def breathe(self) -> None:
        """Publish a full slice, or let others work when it is time; call it before every record.

        Raises:
            LaneClosed: When the partition was taken away; what was collected is dropped.
            BrokerFault: As `publish`.
        """
        if self._bytes >= self._lane.share_bytes:
            await self.flush()
        elif time.monotonic() - self._breathed_at >= BREATH_S:
            await asyncio.sleep(0)
        else:
            return
        self._breathed_at = time.monotonic()

    async def flush(self) -> None:
        """Publish what is left; the source offset may be committed afterwards. Errors as `breathe`."""
        outputs, state = self._outputs, list(self._state.values())
        counted, observed = self._counted, self._observed
        self._outputs, self._state, self._bytes = [], {}, 0
        self._counted, self._observed = Counter(), []
        for messages in (outputs, state):
            await self._lane.write(partial(self._publish, messages))
        for counter, amount in counted.items():
            counter.inc(amount)
        for histogram, value in observed:
            histogram.observe(value)

"""What a batch leads to, on its way out in slices: outputs acknowledged first, then the memory's changes.

Published in one piece, a thousand records would be hundreds of megabytes. So a slice goes out as soon
as it is the lane's share, and a record is in one slice whole.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial

from streams.agents.lanes import Lane
from streams.wire.message import Message

# Seconds of work after which the other lanes, the broker's answers and the heartbeat get their turn.
BREATH_S = 0.005

Publish = Callable[[Sequence[Message]], Awaitable[None]]


class Outbox:
    """Collects what records lead to, and publishes it slice by slice.

    Args:
        publish: Returns when every message is acknowledged; raises a BrokerFault otherwise.
        lane: Whose records are worked on.
    """

    def __init__(self, publish: Publish, lane: Lane) -> None:
        self._publish = publish
        self._lane = lane
        self._outputs: list[Message] = []
        self._state: dict[str, Message] = {}
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
        self._outputs, self._state, self._bytes = [], {}, 0
        for messages in (outputs, state):
            await self._lane.write(partial(self._publish, messages))

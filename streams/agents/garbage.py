"""The garbage collector, kept off what is held for days.

Subscriptions, securities and stories are millions of objects without a cycle among them: counting references
frees them. Yet a full collection looks at each, and stops the worker meanwhile: 0.6 s with 225,000
subscriptions, or with the stories of 12,000 articles (measured). So what has lived for a while is frozen:
freed as ever when nobody refers to it, but no longer looked at. What is lost by that: cycles that are alive
at that moment and garbage later. Those are 10 objects after 8,400 articles in seven minutes, and 1,400 small
ones of the client, below 0.2 MB, for each rebalance (measured: all unfrozen, then collected). So memories,
which go at a rebalance, must lie in no cycle; see `Lane.close` and `Stories`.
"""

from __future__ import annotations

import asyncio
import gc

# Records make hardly any cycles, and live for a batch. At 50,000 objects a collection of the youngest stopped
# the worker for 0.1 s.
THRESHOLDS = (5_000, 10, 100)
# Seconds between two times: so much is new by then that looking at it takes some milliseconds.
FREEZE_S = 1.0


async def spare_what_is_held() -> None:
    """Freeze what is held, again and again; runs until it is cancelled."""
    gc.set_threshold(*THRESHOLDS)
    while True:
        gc.collect(1)  # or the cycles of the last second would be frozen, too
        gc.freeze()
        await asyncio.sleep(FREEZE_S)

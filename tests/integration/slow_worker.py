"""A worker whose every write takes a while; prints when each begins and ends, until SIGTERM.

    python -m tests.integration.slow_worker BROKER PREFIX SECONDS

One line each, as `begins 1 42.0`: what, the partition, when by the machine's monotonic clock.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from typing import Any

from streams.agents.app import create_app
from streams.agents.lanes import Lane
from streams.settings import Settings

DRAIN_S = 0.5


class Writer:
    """An agent that writes nothing, slowly."""

    def __init__(self, takes_s: float) -> None:
        self.takes_s = takes_s

    async def load(self, tp: Any) -> None:
        """Remember nothing."""

    async def handle(self, lane: Lane, records: list[Any]) -> None:
        """Write once for a batch."""
        await lane.write(lambda: self._write(lane.tp.partition))

    async def _write(self, partition: int) -> None:
        print("begins", partition, time.monotonic(), flush=True)
        await asyncio.sleep(self.takes_s)
        print("ends", partition, time.monotonic(), flush=True)


async def main(broker: str, prefix: str, takes_s: float) -> None:
    """Work until told to stop."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    settings = Settings.from_mapping(
        {"broker": broker, "prefix": prefix, "group": prefix, "drain_timeout_s": DRAIN_S}
    )
    writer = Writer(takes_s)
    app = create_app(settings, extract=writer, alert=writer, controls={})
    start = asyncio.ensure_future(app.start())
    await stop.wait()
    await app.stop()
    await start


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3])))

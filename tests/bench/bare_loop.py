"""The floor: aiokafka reads the raw topic, nothing is done with it, offsets are committed once a second.

Prints the moments (epoch seconds) of the first record and of the last commit when it has read BENCH_COUNT
records, as one line of JSON, and goes on until SIGTERM.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time

import uvloop
from aiokafka import AIOKafkaConsumer

COMMIT_INTERVAL_S = 1.0


async def main() -> None:
    """Consume until told to stop."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    consumer = AIOKafkaConsumer(
        os.environ["BENCH_RAW"],
        bootstrap_servers=os.environ["BENCH_BROKER"],
        group_id=os.environ["BENCH_GROUP"],
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    await consumer.start()
    try:
        await consume(consumer, stop, int(os.environ["BENCH_COUNT"]))
    finally:
        await consumer.stop()


async def consume(consumer: AIOKafkaConsumer, stop: asyncio.Event, count: int) -> None:
    """Read and commit; the last record of the count is committed at once."""
    read, first, committed_at = 0, 0.0, time.monotonic()
    while not stop.is_set():
        fetched = await consumer.getmany(timeout_ms=200, max_records=500)
        records = sum(len(batch) for batch in fetched.values())
        if not records:
            continue
        first = first or time.time()
        done = read < count <= read + records
        read += records
        if done or time.monotonic() - committed_at >= COMMIT_INTERVAL_S:
            await consumer.commit()
            committed_at = time.monotonic()
        if done:
            print(json.dumps({"first": first, "last": time.time()}), flush=True)


if __name__ == "__main__":
    uvloop.run(main())

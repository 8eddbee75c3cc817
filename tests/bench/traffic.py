"""Articles in, alerts out: filling a topic, and the latency of a steady flow; by plain clients."""

from __future__ import annotations

import asyncio
import gc
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from streams.kafka.publisher import open_publisher
from streams.settings import Settings
from streams.wire.message import Message
from tests.bench.material import Body
from tests.bench.processes import BenchFailure

RATE = 50
WARM_UP_S = 3.0
# Time for the last alerts to come in after the last article was sent.
TAIL_S = 10.0
CHUNK = 2000


async def fill(settings: Settings, topic: str, bodies: Sequence[Body]) -> None:
    """Publish articles as fast as the broker takes them."""
    await pour(settings, [Message(topic=topic, key=body.key, value=body.value) for body in bodies])


async def pour(settings: Settings, messages: Sequence[Message]) -> None:
    """Publish messages in bulk."""
    async with open_publisher(settings) as publisher:
        for start in range(0, len(messages), CHUNK):
            await publisher.publish(messages[start : start + CHUNK])


async def latencies(broker: str, raw: str, told: str, bodies: Sequence[Body]) -> list[float]:
    """Send articles at `RATE` a second and time each record that tells of one.

    Args:
        broker: Where.
        raw: Topic that the articles go to.
        told: Topic whose records carry the article's `url`: the tape, or `raw` itself for the hop alone.
        bodies: The articles; those of the first `WARM_UP_S` seconds do not count.

    Returns:
        Milliseconds from the send of the article to the receipt, one for every record of `told`.

    Raises:
        BenchFailure: When an article is told of by no record.
    """
    sent: dict[str, float] = {}
    found: list[float] = []
    missing = {body.url for body in bodies}
    counted = {body.url for body in bodies[int(RATE * WARM_UP_S) :]}

    async def receive(consumer: AIOKafkaConsumer) -> None:
        async for record in consumer:
            moment = time.perf_counter()
            url = json.loads(record.value)["url"]
            missing.discard(url)
            if url in counted:
                found.append((moment - sent[url]) * 1000)

    gc.collect()
    gc.freeze()  # our own pauses are no latency of theirs
    async with receiver(broker, told) as consumer, sender(broker) as producer:
        receiving = asyncio.ensure_future(receive(consumer))
        await pace(producer, raw, bodies, sent)
        end = time.monotonic() + TAIL_S
        while missing and time.monotonic() < end and not receiving.done():
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)  # an article's further alerts
        receiving.cancel()
        await asyncio.gather(receiving, return_exceptions=True)
    gc.unfreeze()
    if missing:
        raise BenchFailure(f"{len(missing)} of {len(bodies)} articles led to no record of {told}")
    return found


async def pace(
    producer: AIOKafkaProducer, topic: str, bodies: Sequence[Body], sent: dict[str, float]
) -> None:
    """Send articles at `RATE` a second by the clock, whatever comes back; note when each was sent."""
    start = time.perf_counter()
    for number, body in enumerate(bodies):
        await asyncio.sleep(max(0.0, start + number / RATE - time.perf_counter()))
        sent[body.url] = time.perf_counter()
        await producer.send(topic, key=body.key, value=body.value)
    await producer.flush()


@asynccontextmanager
async def receiver(broker: str, topic: str) -> AsyncIterator[AIOKafkaConsumer]:
    """Read a topic from its present end, answers at most 10 ms late."""
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=broker, group_id=None, enable_auto_commit=False, fetch_max_wait_ms=10
    )
    await consumer.start()
    try:
        await consumer.seek_to_end()
        yield consumer
    finally:
        await consumer.stop()


@asynccontextmanager
async def sender(broker: str) -> AsyncIterator[AIOKafkaProducer]:
    """Send records as soon as they come, acknowledged by all replicas."""
    producer = AIOKafkaProducer(bootstrap_servers=broker, acks="all", linger_ms=0)
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()

"""Messages out: published when every one of them is acknowledged by all replicas in sync, never before.

Messages of one call and partition travel as batches built here, because aiokafka's one future and one
lookup a message cost more than the rest (see `Publisher.publish`). The producer is not idempotent: a
retry may repeat messages, which at-least-once delivery has to stand anyway, and gives up in time.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaProducer, TopicPartition

from streams.errors import ErrorCode, NotDelivered, TopicFault
from streams.kafka.answers import Sent, await_answers, raise_first_failure
from streams.kafka.connection import connection
from streams.kafka.failures import translating
from streams.kafka.metadata import describe, find_partitions, require_partitions
from streams.kafka.partitioning import partition_of
from streams.kafka.rights import unwritable
from streams.settings import Settings
from streams.wire.message import EVERY_PARTITION, Message
from streams.wire.topics import DEAD_LETTER

# Below a broker's default limit for a batch, max.message.bytes = 1,048,588. A longer message travels alone.
BATCH_BYTES = 512 * 1024
# The longest that any topic of the catalogue takes.
MESSAGE_BYTES = DEAD_LETTER.max_bytes or BATCH_BYTES


def make_producer(settings: Settings) -> AIOKafkaProducer:
    """Return a producer that is not started: acks from all replicas, nothing lingers."""
    return AIOKafkaProducer(
        **connection(settings),
        acks="all",
        linger_ms=0,
        max_batch_size=BATCH_BYTES,
        max_request_size=MESSAGE_BYTES,
    )


@asynccontextmanager
async def open_publisher(settings: Settings) -> AsyncIterator[Publisher]:
    """Connect, give a publisher, and close the connection afterwards.

    Raises:
        BrokerUnreachable: When no broker answers.
    """
    producer = make_producer(settings)
    try:
        with translating(settings=settings):
            await producer.start()
        yield Publisher(producer)
    finally:
        await producer.stop()


class Publisher:
    """Publishes messages; may be used by many tasks at once.

    Args:
        producer: Started, made by `make_producer`; whoever started it stops it.
    """

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer
        self._client = producer.client
        self._turn = itertools.count()
        # One waits at a time: aiokafka gives a partition's free place to whoever comes first, so that others
        # starve, and its wait counts the time passed again in each round, so that 0.5 s is found to be 30.
        self._places: dict[TopicPartition, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def publish(self, messages: Sequence[Message]) -> None:
        """Publish messages and wait until the broker has all of them.

        Messages of one partition keep their order, within a call and over calls that follow each other.
        Without a partition of its own a message goes where Kafka's Java client puts its key.

        Args:
            messages: Of any topics. () is done at once.

        Raises:
            TopicFault: When a topic is missing, or has no such partition. Nothing was published.
            NotDelivered: When a message is too large (nothing was published), or was not acknowledged in
                `REQUEST_TIMEOUT_S` (others may have been published).
            NotPermitted: When a topic may not be written.
            BrokerUnreachable: When the broker does not answer.
            Each names all topics that failed.
        """
        groups = await self._by_partition(messages)
        batches = [self._batches(group) for group in groups.values()]
        sent: list[Sent] = []
        try:
            # Round by round, so that the second batch of one partition does not hold up the first of another.
            for batches_of_round in itertools.zip_longest(*batches):
                for partition, batch in zip(groups, batches_of_round, strict=True):
                    if batch is not None:
                        sent.append((partition, await self._send(partition, batch)))
        finally:  # nothing is under way when this returns, however it does
            deleted = await await_answers(self._producer, sent)
        raise_first_failure(sent, deleted)

    async def partition_count(self, topic: str) -> int | None:
        """Return how many partitions a topic has by now, None when it is missing; asks the broker.

        Raises:
            NotPermitted: When the topic may not be described.
            BrokerUnreachable: When the broker does not answer.
        """
        if await find_partitions(self._client, topic) is None:
            return None
        found = (await describe(self._client, [topic])).get(topic)  # what is known may be minutes old
        return found if isinstance(found, int) else None

    async def unwritable(self, topics: Sequence[str]) -> set[str]:
        """Return those of some topics (full names) that may not be written; a missing one is none of them.

        Raises:
            BrokerUnreachable: When the broker does not answer.
        """
        with translating():
            return await unwritable(self._client, topics)

    async def _by_partition(self, messages: Iterable[Message]) -> dict[TopicPartition, list[Message]]:
        counts: dict[str, int] = {}
        groups: dict[TopicPartition, list[Message]] = {}
        for message in messages:
            topic = message.topic
            if topic not in counts:
                counts[topic] = await require_partitions(self._client, topic)
            _check_size(message)
            for number in self._numbers(message, counts[topic]):
                groups.setdefault(TopicPartition(topic, number), []).append(message)
        return groups

    def _numbers(self, message: Message, count: int) -> Iterable[int]:
        return range(count) if message.partition == EVERY_PARTITION else (self._partition(message, count),)

    def _partition(self, message: Message, count: int) -> int:
        if message.partition is not None:
            if message.partition >= count:
                raise TopicFault(
                    f"topic {message.topic} has {count} partitions, none with number {message.partition}",
                    code=ErrorCode.TOPIC_DIFFERS,
                )
            return message.partition
        if message.key is None:
            return next(self._turn) % count
        return partition_of(message.key, count)

    def _batches(self, messages: Iterable[Message]) -> list[Any]:
        batches = [self._producer.create_batch()]
        for message in messages:
            if not _append(batches[-1], message):  # full, and closed by that
                batches.append(self._producer.create_batch())
                _append(batches[-1], message)
        return batches

    async def _send(self, partition: TopicPartition, batch: Any) -> asyncio.Future[Any]:
        topic, number = partition
        with translating(topic):
            async with self._places[partition]:
                future: asyncio.Future[Any] = await self._producer.send_batch(batch, topic, partition=number)
        return future


def _append(batch: Any, message: Message) -> bool:
    """Put a message into a batch; a batch takes its first message whatever its size."""
    appended = batch.append(
        timestamp=None, key=message.key, value=message.value, headers=list(message.headers)
    )
    return appended is not None


def _check_size(message: Message) -> None:
    size_bytes = len(message.value or b"") + len(message.key or b"")
    if size_bytes > MESSAGE_BYTES:
        raise NotDelivered(
            f"a message of {size_bytes:,} bytes is too large for topic {message.topic}",
            hint=f"no topic takes more than {MESSAGE_BYTES:,} bytes",
        )

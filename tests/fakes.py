"""A broker in memory, for tests of what stands on Kafka's ports without Kafka.

Same promises as `streams.kafka`, held to them by tests/contract: order by partition, keys to partitions as
Kafka's Java client, bytes and headers untouched, an unknown topic refused before anything is published.
Not there: compaction, retention, rights, outages.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from datetime import datetime

from streams.errors import ErrorCode, NotDelivered, TopicFault
from streams.kafka.partitioning import partition_of
from streams.kafka.publisher import MESSAGE_BYTES
from streams.wire.message import EVERY_PARTITION, Message, Record


class MemoryBroker:
    """Topics in memory, with the ports of a publisher and of the readers.

    Args:
        topics: Name to number of partitions.
        clock: Returns the timestamp of the next record, epoch milliseconds; counts up by default.
    """

    def __init__(self, topics: Mapping[str, int], clock: Callable[[], int] | None = None) -> None:
        self.logs: dict[str, list[list[Record]]] = {
            name: [[] for _ in range(partitions)] for name, partitions in topics.items()
        }
        self._clock = clock or itertools.count(1_700_000_000_000).__next__
        self._turn = itertools.count()
        self._grown = asyncio.Condition()

    # -- the port of Publisher

    async def publish(self, messages: Sequence[Message]) -> None:
        """Append all messages, or none; see `Publisher.publish`."""
        placed = [(place, message) for message in messages for place in self._logs(message)]
        for (number, log), message in placed:
            log.append(Record(
                topic=message.topic, partition=number, offset=len(log), timestamp_ms=self._clock(),
                value=message.value, key=message.key, headers=message.headers,
            ))  # fmt: skip
        async with self._grown:
            self._grown.notify_all()

    async def partition_count(self, topic: str) -> int | None:
        """See `Publisher.partition_count`."""
        return len(self.logs[topic]) if topic in self.logs else None

    async def unwritable(self, topics: Sequence[str]) -> set[str]:
        """See `Publisher.unwritable`; everybody may write everything here."""
        return set()

    # -- the ports of the readers, without their settings

    async def read_partition(self, topic: str, partition: int) -> AsyncGenerator[list[Record], None]:
        """See `streams.kafka.reading.read_partition`."""
        records = list(self._partition(topic, partition))
        if records:
            yield records

    async def read_range(
        self,
        topic: str,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        follow: bool = False,
    ) -> AsyncGenerator[Record, None]:
        """See `streams.kafka.reading.read_range`."""
        if until is not None and follow:
            raise ValueError("a stretch that ends cannot be followed")
        seen = [len(log) for log in self._partitions(topic)]
        found = [record for log in self.logs[topic] for record in _between(log, since, until)]
        for record in sorted(found, key=lambda record: record.timestamp_ms):
            yield record
        while follow:
            for records in await self._await_more(topic, seen):
                for record in records:
                    yield record

    def compacted_topic(self, topic: str) -> MemoryTopic:
        """See `streams.kafka.reading.CompactedTopic`."""
        return MemoryTopic(self, topic)

    def _logs(self, message: Message) -> list[tuple[int, list[Record]]]:
        if message.partition == EVERY_PARTITION:
            return list(enumerate(self._partitions(message.topic)))
        return [self._log(message)]

    def _log(self, message: Message) -> tuple[int, list[Record]]:
        count = len(self._partitions(message.topic))
        if len(message.value or b"") + len(message.key or b"") > MESSAGE_BYTES:
            raise NotDelivered(f"a message is too large for topic {message.topic}")
        if message.partition is not None:
            number = message.partition
        elif message.key is not None:
            number = partition_of(message.key, count)
        else:
            number = next(self._turn) % count
        return number, self._partition(message.topic, number)

    def _partitions(self, topic: str) -> list[list[Record]]:
        if topic not in self.logs:
            raise TopicFault(f"topic {topic} is not there", topics=(topic,))
        return self.logs[topic]

    def _partition(self, topic: str, partition: int) -> list[Record]:
        logs = self._partitions(topic)
        if partition >= len(logs):
            raise TopicFault(f"topic {topic} has no partition {partition}", code=ErrorCode.TOPIC_DIFFERS)
        return logs[partition]

    async def _await_more(self, topic: str, seen: list[int]) -> list[list[Record]]:
        """Wait for records behind those seen, one list for each partition that has some."""
        logs = self.logs[topic]
        async with self._grown:
            await self._grown.wait_for(
                lambda: any(len(log) > had for log, had in zip(logs, seen, strict=True))
            )
        more = [log[had:] for log, had in zip(logs, seen, strict=True)]
        seen[:] = [len(log) for log in logs]
        return [records for records in more if records]


class MemoryTopic:
    """A topic of a MemoryBroker that is read to its end, and followed from then on."""

    def __init__(self, broker: MemoryBroker, topic: str) -> None:
        self._broker = broker
        self._topic = topic
        self.caught_up = asyncio.Event()

    async def batches(self) -> AsyncGenerator[list[Record], None]:
        """See `streams.kafka.reading.CompactedTopic.batches`."""
        logs = self._broker._partitions(self._topic)
        seen = [len(log) for log in logs]
        for records in [list(log) for log in logs if log]:
            yield records
        self.caught_up.set()
        while True:
            for records in await self._broker._await_more(self._topic, seen):
                yield records


def _between(log: list[Record], since: datetime | None, until: datetime | None) -> list[Record]:
    """Return a log from its first record at `since` or later to before its first at `until` or later."""
    begin = _first_at(log, since, 0)
    return log[begin : max(begin, _first_at(log, until, len(log)))]


def _first_at(log: list[Record], time: datetime | None, otherwise: int) -> int:
    if time is None:
        return otherwise
    time_ms = int(time.timestamp() * 1000)
    return next((index for index, record in enumerate(log) if record.timestamp_ms >= time_ms), len(log))

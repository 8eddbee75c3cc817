"""What some partitions hold at the moment when reading begins, and reading just that."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from streams.errors import ErrorCode, TopicFault
from streams.kafka.connection import connection
from streams.kafka.failures import translating
from streams.kafka.metadata import require_partitions
from streams.settings import Settings
from streams.wire.message import Record

# The longest that one poll waits for records; bounds how late the end of a partition with holes is seen.
_POLL_MS = 500
# Answers without a record, at one position, after which a hole is believed. The first may stand for one that
# came in with records between the poll and the look at it.
_EMPTY_ANSWERS = 2


@asynccontextmanager
async def open_consumer(
    settings: Settings, topic: str, partition: int | None = None
) -> AsyncIterator[tuple[Any, list[TopicPartition]]]:
    """Connect a consumer without a group, which knows of a topic; aiokafka's errors inside are translated.

    Args:
        settings: How to reach the broker.
        topic: Full name.
        partition: The only one to read, None for all there are now.

    Yields:
        The consumer and the topic's partitions. None is assigned: at once the client would look for offsets
        to begin at by itself, and complain where a topic that was just made has no leader yet.

    Raises:
        TopicFault: When topic or partition are missing.
        NotPermitted: When the topic may not be described or read.
        BrokerUnreachable: When the broker does not answer.
    """
    consumer = AIOKafkaConsumer(
        **connection(settings), group_id=None, enable_auto_commit=False, auto_offset_reset="earliest"
    )
    try:
        with translating(topic, settings):
            await consumer.start()
            count = await require_partitions(consumer._client, topic)  # noqa: SLF001 no public way for one topic
            if partition is not None and partition >= count:
                raise TopicFault(
                    f"topic {topic} has {count} partitions, none with number {partition}",
                    code=ErrorCode.TOPIC_DIFFERS,
                )
            numbers = range(count) if partition is None else [partition]
            yield consumer, [TopicPartition(topic, number) for number in numbers]
    finally:
        await consumer.stop()


async def poll(consumer: Any, places: Iterable[TopicPartition]) -> dict[TopicPartition, list[Record]]:
    """Wait a moment for records; {} when none came. One partition's records are in order."""
    found = await consumer.getmany(*places, timeout_ms=_POLL_MS)
    return {place: [as_record(message) for message in messages] for place, messages in found.items()}


class Stretch:
    """The part of each partition that is to be read; partitions leave `open` as they are done.

    Args:
        consumer: Of `open_consumer`; the partitions are assigned to it, each at its begin.
        begins: First offset of each partition.
        ends: Offset behind the last one.

    Attributes:
        size: How many offsets it has.
    """

    def __init__(
        self, consumer: Any, begins: Mapping[TopicPartition, int], ends: Mapping[TopicPartition, int]
    ) -> None:
        self._consumer = consumer
        self._ends = ends
        self._quiet: dict[TopicPartition, tuple[int, int, int]] = {}
        self.open = {place for place in ends if begins[place] < ends[place]}
        self.size = sum(ends[place] - begins[place] for place in self.open)
        consumer.assign(list(begins))
        for place, begin in begins.items():
            consumer.seek(place, min(begin, ends[place]))

    @classmethod
    async def measure(
        cls,
        consumer: Any,
        places: Sequence[TopicPartition],
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Stretch:
        """Ask the broker for the offsets of a stretch of time.

        Args:
            consumer: Of `open_consumer`.
            places: The partitions that are to be read.
            since: None for the beginning.
            until: None for the present end.
        """
        begins = await consumer.beginning_offsets(places)
        ends = await consumer.end_offsets(places)
        if since is not None:
            begins = await offsets_at(consumer, since, ends)
        if until is not None:
            ends = await offsets_at(consumer, until, ends)
        return cls(consumer, begins, ends)

    async def poll(
        self, places: Iterable[TopicPartition] | None = None, *, keep_later: bool = False
    ) -> dict[TopicPartition, list[Record]]:
        """Wait a moment for records of partitions that are not done.

        Args:
            places: Some of `open`; None for all of them.
            keep_later: Whether to keep what was written after the measuring and came along.
        """
        asked = set(self.open if places is None else places)
        found = await poll(self._consumer, asked)
        for place in asked:
            if await self._is_done(place, quiet=not found):
                self.open.discard(place)
        if not keep_later:
            found = {
                place: [record for record in records if record.offset < self._ends[place]]
                for place, records in found.items()
            }
        return found

    async def _is_done(self, place: TopicPartition, *, quiet: bool) -> bool:
        """Tell whether a partition was read to its end.

        The position reaches the end also where the last records of a batch were compacted away. Where all
        that stood before the end is gone it never does: then answers come that hold nothing, from a broker
        that knows of the end.
        """
        end, position = self._ends[place], await self._consumer.position(place)
        if position >= end:
            return True
        answered_ms = self._consumer.last_poll_timestamp(place)
        if not quiet or answered_ms is None or (self._consumer.highwater(place) or 0) < end:
            self._quiet.pop(place, None)
            return False
        before, last_ms, answers = self._quiet.get(place, (position, -1, 0))
        answers = 0 if before != position else answers + (answered_ms > last_ms)
        self._quiet[place] = (position, answered_ms, answers)
        return answers > _EMPTY_ANSWERS


async def offsets_at(
    consumer: Any, time: datetime, ends: Mapping[TopicPartition, int]
) -> dict[TopicPartition, int]:
    """Return each partition's first offset of a time or later; its end where there is none."""
    time_ms = int(time.timestamp() * 1000)
    found = await consumer.offsets_for_times(dict.fromkeys(ends, time_ms))
    return {place: found[place].offset if found.get(place) else end for place, end in ends.items()}


def as_record(message: Any) -> Record:
    """Return a record of the client library as a value."""
    return Record(
        message.topic,
        message.partition,
        message.offset,
        message.timestamp,
        message.value,
        message.key,
        message.headers,
    )

"""What an agent needs of the outside, as one value; on Kafka in `worker`, in memory in the tests."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from streams.errors import BadRecord, ErrorCode, Fault, InternalFault, NewsAlertsError, TopicFault
from streams.kafka.failures import MAKE_TOPICS, START_ANEW
from streams.observe.clock import now
from streams.observe.metrics import Metrics
from streams.settings import Settings
from streams.wire.codec import decode
from streams.wire.envelope import PARTITIONS, dead_letter_message, was_written_among
from streams.wire.message import Message, Record

log = logging.getLogger(__name__)

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The edges an agent works with.

    Args:
        settings: The worker's.
        metrics: The process's.
        publish: Returns when every message is acknowledged; raises a BrokerFault otherwise.
        partition_count: Returns how many partitions a topic has by now; None when it is missing.
        read_partition: Yields a partition's records from its beginning to its end as of the call.
        clock: The wall clock, for stamps and latencies only; no decision looks at it.
    """

    settings: Settings
    metrics: Metrics
    publish: Callable[[Sequence[Message]], Awaitable[None]]
    partition_count: Callable[[str], Awaitable[int | None]]
    read_partition: Callable[[str, int], AsyncIterator[Sequence[Record]]]
    clock: Callable[[], datetime] = now

    def refuse(self, fetched: Any, error: NewsAlertsError) -> Message:
        """Return the dead letter of a record that cannot be worked on; logged and counted.

        Args:
            fetched: The record, as the client library gave it.
            error: Why.
        """
        log.warning(
            "dead letter %s/%d@%d: %s: %s",
            fetched.topic,
            fetched.partition,
            fetched.offset,
            error.code,
            error,
        )
        self.metrics.dead_letters.labels(error.code).inc()
        return dead_letter_message(as_record(fetched), error, self.settings.prefix)


async def restore(
    ports: Ports,
    topic: str,
    partition: int,
    cls: type[R],
    keep: Callable[[R], None],
    *,
    forget: Callable[[bytes], None] | None = None,
) -> int:
    """Read a partition's memory back.

    What is no record of ours (someone wrote into the topic by hand) is logged and passed over, so that it
    cannot stop the partition for every worker.

    Args:
        ports: The edges.
        topic: Full name.
        partition: Its number.
        cls: What its records are.
        keep: Called with each, in order; raises BadRecord for what is none of ours.
        forget: Called with the key of each tombstone, in the same order.

    Returns:
        How many partitions the topic has; what is written to it from now on has to say so.

    Raises:
        BadRecord: Naming its place, when a record was written by another version: guessing would be worse.
        TopicFault: Naming the first record that was written when the topic had another number of partitions:
            articles and subjects come to other partitions now, and would not find what is remembered of them.
    """
    partitions = await ports.partition_count(topic)
    if partitions is None:
        raise TopicFault(f"topic {topic} is not there", hint=MAKE_TOPICS)
    count = 0
    async for batch in ports.read_partition(topic, partition):
        for record in batch:
            if not was_written_among(record.headers, partitions):
                raise _moved(record, partitions)
            if record.value is None:
                if forget is not None and record.key is not None:
                    forget(record.key)
                continue
            try:
                keep(decode(record.value, cls))
            except BadRecord as error:
                place = f"{topic}/{partition}@{record.offset}"
                if error.code is ErrorCode.UNKNOWN_SCHEMA:
                    raise BadRecord(Fault(place, error.code, str(error))) from error
                log.error("memory passed over, %s: %s", place, error)  # noqa: TRY400 the bytes are to blame
        count += len(batch)
    ports.metrics.restored.labels(topic, partition).set(count)
    return partitions


def _moved(record: Record, partitions: int) -> TopicFault:
    was = (dict(record.headers)[PARTITIONS] or b"").decode("ascii", "replace")
    place = f"{record.topic}/{record.partition}@{record.offset}"
    return TopicFault(
        f"{place} was written when the topic had {was} partitions, and it has {partitions}: {START_ANEW}",
        code=ErrorCode.TOPIC_DIFFERS,
    )


def as_record(fetched: Any) -> Record:
    """Return a record of the client library as a value."""
    return Record(
        topic=fetched.topic,
        partition=fetched.partition,
        offset=fetched.offset,
        timestamp_ms=fetched.timestamp,
        value=fetched.value,
        key=fetched.key,
        headers=tuple(fetched.headers),
    )


def bug(fetched: Any, error: Exception) -> InternalFault:
    """Return what a bug of ours is to the record that met it; its trace is logged."""
    log.error("bug met by %s/%d@%d", fetched.topic, fetched.partition, fetched.offset, exc_info=error)
    return InternalFault(f"{type(error).__name__}: {error}")

"""Memory read back: a partition's records of a compacted topic, and stories that stand as their records."""

from __future__ import annotations

import logging
from collections.abc import Callable

from streams.agents.ports import Ports
from streams.alerts.stories.shelf import Packing
from streams.alerts.stories.story import Story, StoryHead
from streams.errors import BadRecord, ErrorCode, Fault, TopicFault
from streams.kafka.failures import MAKE_TOPICS, START_ANEW
from streams.wire.codec import decode
from streams.wire.envelope import PARTITIONS, was_written_among
from streams.wire.message import Record

log = logging.getLogger(__name__)


async def restore(
    ports: Ports,
    topic: str,
    partition: int,
    recall: Callable[[bytes], None],
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
        recall: Called with the value of each, in order; raises BadRecord for what is none of ours.
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
                recall(record.value)
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


def _story(record: bytes) -> Story | None:
    try:
        return decode(record, Story)
    except BadRecord as error:
        log.error("memory passed over, a story: %s", error)  # noqa: TRY400 the bytes are to blame
        return None


PACKING = Packing(head=lambda record: decode(record, StoryHead), story=_story)

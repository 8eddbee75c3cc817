"""Messages in, without a consumer group: a partition's memory, a stretch of time, a topic that is followed.

Nothing is committed. While the broker is away reading waits, and goes on where it was. Partitions that are
added to a topic are seen by the next reading. Close a generator that is left early (`contextlib.aclosing`),
so that its connection does not wait for the garbage collector.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import datetime

from streams.kafka.merging import Merge
from streams.kafka.stretch import Stretch, open_consumer, poll
from streams.settings import Settings
from streams.wire.message import Record


async def read_partition(
    settings: Settings, topic: str, partition: int
) -> AsyncGenerator[list[Record], None]:
    """Read one partition from its beginning to where it ended when the reading began.

    Args:
        settings: How to reach the broker.
        topic: Full name.
        partition: Its number.

    Yields:
        Records in order; nothing for an empty partition. Ends also where compaction left a hole at the end.

    Raises:
        TopicFault: When topic or partition are missing.
        NotPermitted: When the topic may not be read.
        BrokerUnreachable: When the broker does not answer at the start.
    """
    async with open_consumer(settings, topic, partition) as (consumer, places):
        stretch = await Stretch.measure(consumer, places)
        while stretch.open:
            for records in (await stretch.poll()).values():
                if records:
                    yield records


async def read_before(
    settings: Settings, topic: str, partition: int, offset: int, most: int
) -> AsyncGenerator[list[Record], None]:
    """Read what stands in one partition right before an offset.

    Args:
        settings: How to reach the broker.
        topic: Full name.
        partition: Its number.
        offset: Where the reading ends; it is not read.
        most: How many offsets before it the reading begins.

    Yields:
        Records in order.

    Raises:
        TopicFault, NotPermitted, BrokerUnreachable: As `read_partition`.
    """
    async with open_consumer(settings, topic, partition) as (consumer, places):
        (first,) = (await consumer.beginning_offsets(places)).values()
        begins = dict.fromkeys(places, max(first, offset - most))
        stretch = Stretch(consumer, begins, dict.fromkeys(places, offset))
        while stretch.open:
            for records in (await stretch.poll()).values():
                if records:
                    yield records


async def read_range(
    settings: Settings,
    topic: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    follow: bool = False,
) -> AsyncGenerator[Record, None]:
    """Read a topic's records of a stretch of time, those of all partitions in the order of their timestamps.

    Args:
        settings: How to reach the broker.
        topic: Full name.
        since: Starts each partition at its first record of this time or later; None for the beginning.
        until: Ends each partition before its first record of this time or later; None for its present end.
        follow: Goes on with what comes later, nearly in the order of time; never ends.

    Yields:
        One record at a time.

    Raises:
        ValueError: When `until` and `follow` are both given.
        TopicFault, NotPermitted, BrokerUnreachable: As `read_partition`.
    """
    if until is not None and follow:
        raise ValueError("a stretch that ends cannot be followed")
    async with open_consumer(settings, topic) as (consumer, places):
        stretch = await Stretch.measure(consumer, places, since, until)
        merge = Merge()
        while stretch.open:
            merge.add(await stretch.poll(merge.hungry(stretch.open), keep_later=follow))
            for record in merge.ready(stretch.open):
                yield record
        for record in merge.ready(()):
            yield record
        while follow:
            merge.add(await poll(consumer, places))
            for record in merge.ready(()):
                yield record


async def count_range(
    settings: Settings, topic: str, *, since: datetime | None = None, until: datetime | None = None
) -> int:
    """Return how many records `read_range` yields at most; compaction leaves fewer than there are offsets."""
    async with open_consumer(settings, topic) as (consumer, places):
        return (await Stretch.measure(consumer, places, since, until)).size


class CompactedTopic:
    """A topic that is read to its end, and followed from then on.

    Args:
        settings: How to reach the broker.
        topic: Full name.

    Attributes:
        caught_up: Set once all that the topic held at the start was taken, and the reader asked for more.
    """

    def __init__(self, settings: Settings, topic: str) -> None:
        self._settings = settings
        self._topic = topic
        self.caught_up = asyncio.Event()

    async def batches(self) -> AsyncGenerator[list[Record], None]:
        """Read on and on.

        Yields:
            Records of one partition, in order.

        Raises:
            TopicFault, NotPermitted, BrokerUnreachable: As `read_partition`.
        """
        async with open_consumer(self._settings, self._topic) as (consumer, places):
            stretch = await Stretch.measure(consumer, places)
            while stretch.open:
                for records in (await stretch.poll(keep_later=True)).values():
                    yield records
            self.caught_up.set()
            while True:
                for records in (await poll(consumer, places)).values():
                    yield records

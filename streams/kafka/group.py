"""A topic that the members of a group share, record by record; what is committed is for the caller to say.

Reading waits while the broker is away or the group rebalances. A record of a partition that moved away is
not handed out, and what was marked as done is committed before it moves.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition, errors

from streams.kafka.connection import REQUEST_TIMEOUT_S, connection
from streams.kafka.failures import translating
from streams.kafka.metadata import require_partitions
from streams.kafka.stretch import as_record, offsets_at
from streams.settings import Settings
from streams.wire.message import Record

log = logging.getLogger(__name__)

# The longest that one poll waits; bounds how late a change of the group is seen.
_POLL_MS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a reader stands in one partition.

    Args:
        partition: Its number.
        position: Offset of the record that is handed out next.
        committed: Offset at which the group goes on after a restart; None before the first commit.
        lag: Records that were not handed out yet.
    """

    partition: int
    position: int
    committed: int | None
    lag: int


@asynccontextmanager
async def open_group(
    settings: Settings, topic: str, since: datetime | None = None
) -> AsyncIterator[GroupReader]:
    """Join the group `settings.group` on a topic, and leave it afterwards; done records are committed then.

    Args:
        settings: Connection, group and its times.
        topic: Full name.
        since: Where a group that has committed nothing begins; None for the oldest record.

    Raises:
        TopicFault: When the topic is missing.
        NotPermitted: When the topic may not be seen.
        BrokerUnreachable: When no broker answers.
    """
    consumer = AIOKafkaConsumer(
        **connection(settings),
        group_id=settings.group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        session_timeout_ms=int(settings.session_timeout_s * 1000),
        heartbeat_interval_ms=int(settings.heartbeat_s * 1000),
    )
    reader = GroupReader(consumer, topic, since)
    try:
        with translating(topic, settings):
            await consumer.start()
            reader.partitions = await require_partitions(consumer._client, topic)  # noqa: SLF001 no public way for one topic
            consumer.subscribe([topic], listener=reader)
        yield reader
        await reader.commit()
    finally:
        await consumer.stop()


class GroupReader(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka ships no types
    """One member of a group; made by `open_group`.

    Attributes:
        partitions: How many the topic has.
        joined: Whether the group has given this member its share, be it none.
        generation: Counts the times that the share was taken away; what was read before is another's by now.
    """

    def __init__(self, consumer: Any, topic: str, since: datetime | None) -> None:
        self.partitions = 0
        self.joined = False
        self.generation = 0
        self._consumer = consumer
        self._topic = topic
        self._since = since
        self._done: dict[TopicPartition, int] = {}

    @property
    def share(self) -> list[int]:
        """The numbers of this member's partitions."""
        return sorted(place.partition for place in self._consumer.assignment()) if self.joined else []

    async def poll(self, *, wait: bool = True) -> Record | None:
        """Return the next record; None when there is none at hand, or for half a second.

        Raises:
            NotPermitted: When topic or group may not be read.
            BrokerFault: When the broker refuses for good.
        """
        with translating(self._topic):
            found = await self._consumer.getmany(timeout_ms=_POLL_MS if wait else 0, max_records=1)
        return next((as_record(messages[0]) for messages in found.values()), None)

    async def begin(self, partition: int) -> int | None:
        """Return the offset at which reading a partition begins; None when it is not this member's any more.

        Raises:
            BrokerFault: As `poll`.
        """
        place = TopicPartition(self._topic, partition)
        with translating(self._topic):
            try:
                if self._since is not None and await self._consumer.committed(place) is None:
                    ends = await self._consumer.end_offsets([place])
                    self._consumer.seek(place, (await offsets_at(self._consumer, self._since, ends))[place])
                return int(await self._consumer.position(place))
            except errors.IllegalStateError:
                return None

    def put_back(self, record: Record) -> None:
        """Have a record handed out again."""
        place = TopicPartition(record.topic, record.partition)
        if place in self._consumer.assignment():
            self._consumer.seek(place, record.offset)

    def done(self, record: Record) -> None:
        """Mark a record as done, and those before it in its partition: the next commit passes them."""
        self._done[TopicPartition(record.topic, record.partition)] = record.offset + 1

    async def commit(self) -> None:
        """Commit what is done. Where the broker does not take it, it is handed out again after a restart."""
        share = self._consumer.assignment()
        done = {place: offset for place, offset in self._done.items() if place in share}
        if not done:
            return
        try:
            async with asyncio.timeout(REQUEST_TIMEOUT_S):
                await self._consumer.commit(done)
        except (errors.KafkaError, TimeoutError) as error:
            log.warning(
                "%s: not committed, comes again unless a later commit succeeds: %r", self._topic, error
            )
            return
        self._done = {place: offset for place, offset in self._done.items() if offset != done.get(place)}

    async def standing(self) -> tuple[Standing, ...]:
        """Return where this member stands, by partition; () while the group rebalances.

        Raises:
            BrokerFault: As `poll`.
        """
        places = [TopicPartition(self._topic, number) for number in self.share]
        with translating(self._topic):
            ends = await self._consumer.end_offsets(places) if places else {}
            try:
                return tuple([await self._stand(place, ends[place]) for place in places])
            except errors.IllegalStateError:
                return ()

    async def _stand(self, place: TopicPartition, end: int) -> Standing:
        position = await self._consumer.position(place)
        committed = await self._consumer.committed(place)
        return Standing(
            partition=place.partition, position=position, committed=committed, lag=max(0, end - position)
        )

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        """Commit what is done before the share goes to others; called by aiokafka."""
        if revoked:
            await self.commit()
        self.joined = False
        self.generation += 1
        self._done.clear()

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:  # noqa: ARG002 asked for by `share`
        """Note that the share is known; called by aiokafka."""
        self.joined = True

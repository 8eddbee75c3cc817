"""How far things are: ends of topics, committed offsets, records at a topic's edges; by a plain client."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from tests.bench.processes import BenchFailure

POLL_S = 0.05


async def until(done: Callable[[], Awaitable[bool]], words: str, within_s: float) -> float:
    """Wait until something is so; return the moment (epoch seconds).

    Raises:
        BenchFailure: When it is not within the time; `words` say what was waited for.
    """
    end = time.monotonic() + within_s
    while not await done():
        if time.monotonic() > end:
            raise BenchFailure(f"not within {within_s:g} s: {words}")
        await asyncio.sleep(POLL_S)
    return time.time()


class Offsets:
    """Looks at a broker's offsets; make one with `look`."""

    def __init__(self, consumer: AIOKafkaConsumer, admin: AIOKafkaAdminClient) -> None:
        self._consumer, self._admin = consumer, admin

    async def places(self, topic: str) -> list[TopicPartition]:
        """Return a topic's partitions."""
        for _ in range(100):
            self._consumer._client.add_topic(topic)
            await self._consumer._client.force_metadata_update()
            if found := self._consumer.partitions_for_topic(topic):
                return [TopicPartition(topic, number) for number in sorted(found)]
            await asyncio.sleep(POLL_S)
        raise BenchFailure(f"topic {topic} is not there")

    async def ends(self, topic: str) -> dict[TopicPartition, int]:
        """Return where each partition of a topic ends."""
        found: dict[TopicPartition, int] = await self._consumer.end_offsets(await self.places(topic))
        return found

    async def count(self, topic: str) -> int:
        """Return how many records were ever written to a topic."""
        return sum((await self.ends(topic)).values())

    async def lag(self, group: str, *topics: str) -> int:
        """Return how many records of the topics a group has not committed yet."""
        places = [place for topic in topics for place in await self.places(topic)]
        ends = await self._consumer.end_offsets(places)
        try:
            committed = await self._admin.list_consumer_group_offsets(group, partitions=places)
        except KafkaError:  # no such group yet
            return sum(ends.values())
        done = sum(max(0, offset.offset) for offset in committed.values())  # -1 for none yet
        return sum(ends.values()) - done

    async def edge(
        self, topic: str, *, last: bool = False, since: dict[TopicPartition, int] | None = None
    ) -> list[ConsumerRecord]:
        """Return the first record (from `since` on), or the last, of every partition that has one."""
        ends = await self.ends(topic)
        begins = since or dict.fromkeys(ends, 0)
        places = [place for place, end in ends.items() if end > begins[place]]
        self._consumer.assign(places)
        for place in places:
            self._consumer.seek(place, ends[place] - 1 if last else begins[place])
        found = [await asyncio.wait_for(self._consumer.getone(place), 20) for place in places]
        self._consumer.unsubscribe()
        return found


@asynccontextmanager
async def look(broker: str) -> AsyncIterator[Offsets]:
    """Connect to a broker to look at its offsets."""
    consumer = AIOKafkaConsumer(bootstrap_servers=broker, group_id=None, enable_auto_commit=False)
    admin = AIOKafkaAdminClient(bootstrap_servers=broker)
    await consumer.start()
    try:
        await admin.start()
        yield Offsets(consumer, admin)
    finally:
        await admin.close()
        await consumer.stop()

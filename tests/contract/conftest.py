"""One broker's ports, in memory and on a real Kafka; every test here runs on both."""

from __future__ import annotations

from functools import partial

import pytest

from streams.kafka.admin import ensure_topics
from streams.kafka.publisher import open_publisher
from streams.kafka.reading import CompactedTopic, read_partition, read_range
from streams.settings import Settings
from streams.wire.topics import Topic
from tests.fakes import MemoryBroker

PARTITIONS = 4


class Ports:
    """What the suite needs of a broker."""

    def __init__(self, topic, publisher, read_partition, read_range, compacted_topic) -> None:
        self.topic = topic
        self.publish = publisher.publish
        self.unwritable = publisher.unwritable
        self.partition_count = publisher.partition_count
        self.read_partition = read_partition
        self.read_range = read_range
        self.compacted_topic = compacted_topic

    async def everything(self, partition: int) -> list:
        return [record async for batch in self.read_partition(self.topic, partition) for record in batch]


@pytest.fixture
async def in_memory(prefix):
    memory = MemoryBroker({f"{prefix}.things": PARTITIONS})
    return Ports(f"{prefix}.things", memory, memory.read_partition, memory.read_range, memory.compacted_topic)


@pytest.fixture
async def on_kafka(broker, prefix):
    settings = Settings.from_mapping({"broker": broker, "prefix": prefix})
    await ensure_topics(settings, [Topic(name="things", key="any", role="test", partitions=PARTITIONS)])
    async with open_publisher(settings) as publisher:
        readers = [partial(read, settings) for read in (read_partition, read_range, CompactedTopic)]
        yield Ports(f"{prefix}.things", publisher, *readers)


@pytest.fixture(params=["in_memory", pytest.param("on_kafka", marks=pytest.mark.connected)])
def ports(request):
    return request.getfixturevalue(request.param)

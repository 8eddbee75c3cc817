"""Reading and publishing while the broker is away, and partitions that end in no record, on a real Kafka."""

import asyncio
from contextlib import aclosing
from dataclasses import replace

import pytest
from aiokafka import AIOKafkaProducer

from streams.client import Alerts
from streams.errors import TopicFault
from streams.kafka.admin import ensure_topics, open_admin
from streams.kafka.publisher import open_publisher
from streams.kafka.reading import CompactedTopic, read_partition
from streams.settings import Settings
from streams.wire.codec import encode
from streams.wire.message import Message
from streams.wire.topics import ALERTS, Topic
from tests.unit.alerts.builders import Desk

pytestmark = pytest.mark.connected


def message(topic: str, number: int) -> Message:
    return Message(topic=topic, key=b"k", value=b"%d" % number)


async def test_what_is_published_while_the_broker_is_away_arrives_when_it_is_back(own_cluster, prefix):
    settings, topic = (
        Settings.from_mapping({"broker": own_cluster.bootstrap, "prefix": prefix}),
        f"{prefix}.a",
    )
    await ensure_topics(settings, [Topic(name="a", key="any", role="test", partitions=1)])
    following, seen = CompactedTopic(settings, topic), []

    async def follow() -> None:
        async with aclosing(following.batches()) as batches:
            async for batch in batches:
                seen.extend(int(record.value) for record in batch)
                if seen[-1] == 2:
                    return

    async with open_publisher(settings) as publisher:
        await publisher.publish([message(topic, 0)])
        reader = asyncio.create_task(follow())
        await following.caught_up.wait()
        own_cluster.kill()
        late = asyncio.create_task(publisher.publish([message(topic, 1), message(topic, 2)]))
        await asyncio.to_thread(own_cluster.restart)
        await late
        await asyncio.wait_for(reader, 30)

    assert sorted(set(seen)) == [0, 1, 2]


async def test_a_topic_that_is_deleted_while_it_is_written_is_told_missing_and_the_others_are_written(
    broker, prefix
):
    settings = Settings.from_mapping({"broker": broker, "prefix": prefix})
    names = [f"{prefix}.{name}" for name in "ab"]
    await ensure_topics(settings, [Topic(name=name, key="any", role="test", partitions=1) for name in "ab"])
    async with open_publisher(settings) as publisher:
        await publisher.publish([message(name, 0) for name in names])
        async with open_admin(settings) as admin:
            await admin.delete_topics(names[:1])
        with pytest.raises(TopicFault, match="is not there") as told:
            await publisher.publish([message(name, 1) for name in names])

    assert told.value.topics == (names[0],)
    batches = [batch async for batch in read_partition(settings, names[1], 0)]
    assert [record.value for batch in batches for record in batch] == [b"0", b"1"]


async def test_all_who_write_a_topic_that_is_deleted_are_told_that_it_is_missing(broker, prefix):
    settings, topic = Settings.from_mapping({"broker": broker, "prefix": prefix}), f"{prefix}.a"
    await ensure_topics(settings, [Topic(name="a", key="any", role="test", partitions=1)])

    async def write(number: int) -> None:
        await asyncio.sleep(number * 0.06)  # so that they do not look for it at one time
        await publisher.publish([message(topic, number)])

    async with open_publisher(settings) as publisher:
        await write(0)
        async with open_admin(settings) as admin:
            await admin.delete_topics([topic])
        told = await asyncio.gather(*(write(number) for number in range(10)), return_exceptions=True)

    assert [(type(error), str(error)) for error in told] == [
        (TopicFault, f"topic {topic} is not there")
    ] * len(told)


@pytest.mark.parametrize("end", ["commit_transaction", "abort_transaction"])
async def test_a_partition_that_ends_in_a_marker_of_a_transaction_ends(broker, prefix, end):
    settings, topic = Settings.from_mapping({"broker": broker, "prefix": prefix}), f"{prefix}.a"
    await ensure_topics(settings, [Topic(name="a", key="any", role="test", partitions=1)])
    async with AIOKafkaProducer(bootstrap_servers=broker, transactional_id=prefix) as producer:
        await producer.begin_transaction()
        await producer.send_and_wait(topic, b"x")
        await getattr(producer, end)()

    batches = [batch async for batch in read_partition(settings, topic, 0)]

    assert [record.offset for batch in batches for record in batch] == [0]  # the marker stands at offset 1


async def test_a_reader_of_alerts_waits_while_the_broker_is_away_and_hears_each_once(own_cluster, prefix):
    settings = Settings.from_mapping({"broker": own_cluster.bootstrap, "prefix": prefix, "partitions": 1})
    await ensure_topics(settings, [ALERTS])
    first = Desk().told().outcomes[0].alert
    lines = [encode(replace(first, version=number)) for number in (1, 2, 3)]
    told = [Message(topic=f"{prefix}.alerts", key=b"k", value=line) for line in lines]

    async with (
        Alerts(own_cluster.bootstrap, group="desk", prefix=prefix) as alerts,
        open_publisher(settings) as publisher,
    ):
        await publisher.publish(told[:2])
        heard = [(await asyncio.wait_for(anext(alerts), 20)).version for _ in range(2)]
        waiting = asyncio.ensure_future(anext(alerts))
        await asyncio.sleep(0.5)
        own_cluster.kill()
        await asyncio.sleep(1)
        assert not waiting.done()
        await asyncio.to_thread(own_cluster.restart)
        await publisher.publish([*told[1:2], *told[2:]])
        heard.append((await asyncio.wait_for(waiting, 60)).version)
        await alerts.commit()
        (standing,) = await alerts.standing()

    assert heard == [1, 2, 3]
    assert (standing.committed, standing.lag) == (standing.position, 0)

"""What holds of publishing, whatever the broker."""

import asyncio

import pytest

from streams.errors import ErrorCode, NotDelivered, TopicFault
from streams.kafka.partitioning import partition_of
from streams.wire.message import EVERY_PARTITION, Message
from tests.contract.conftest import PARTITIONS

KEYS = [f"{number:06d}.SH".encode() for number in range(40)]


async def test_what_was_published_is_there_when_publish_returns(ports):
    await ports.publish([Message(topic=ports.topic, partition=2, value=b"x")])

    assert [record.value for record in await ports.everything(2)] == [b"x"]


async def test_bytes_keys_and_headers_come_back_as_they_were_sent(ports):
    headers = (("content-type", b"application/json"), ("twice", b"1"), ("twice", b"2"), ("raw", b"\x00\xff"))
    await ports.publish(
        [Message(topic=ports.topic, partition=0, key=b"\xfe", value=b"\x00\xff{", headers=headers)]
    )

    (record,) = await ports.everything(0)

    assert (record.key, record.value, record.headers) == (b"\xfe", b"\x00\xff{", headers)
    assert (record.topic, record.partition, record.offset) == (ports.topic, 0, 0)


async def test_equal_keys_meet_in_the_partition_of_kafkas_java_client(ports):
    await ports.publish([Message(topic=ports.topic, key=key, value=b"x") for key in KEYS])

    found = {record.key: number for number in range(PARTITIONS) for record in await ports.everything(number)}

    assert found == {key: partition_of(key, PARTITIONS) for key in KEYS}


async def test_a_partition_of_its_own_wins_over_the_key(ports):
    elsewhere = (partition_of(b"k", PARTITIONS) + 1) % PARTITIONS
    await ports.publish([Message(topic=ports.topic, key=b"k", value=b"x", partition=elsewhere)])

    assert len(await ports.everything(elsewhere)) == 1


async def test_a_message_for_every_partition_is_in_each_once_in_order(ports):
    await ports.publish(
        [
            Message(topic=ports.topic, key=b"k", value=b"1", partition=EVERY_PARTITION),
            *(Message(topic=ports.topic, value=b"2", partition=number) for number in range(PARTITIONS)),
        ]
    )

    for number in range(PARTITIONS):
        assert [record.value for record in await ports.everything(number)] == [b"1", b"2"]


async def test_messages_without_a_key_are_spread(ports):
    await ports.publish([Message(topic=ports.topic, value=b"x") for _ in range(PARTITIONS)])

    assert [len(await ports.everything(number)) for number in range(PARTITIONS)] == [1] * PARTITIONS


async def test_a_key_keeps_its_order_over_calls_and_over_more_than_one_batch(ports):
    # 3 MB for one partition: several batches of half a megabyte, in one call.
    first = [Message(topic=ports.topic, key=b"k", value=b"%06d" % n + b"." * 2994) for n in range(1000)]
    second = [Message(topic=ports.topic, key=b"k", value=b"%06d" % n) for n in range(1000, 1010)]
    await ports.publish(first)
    await ports.publish(second)

    found = await ports.everything(partition_of(b"k", PARTITIONS))

    assert [int(record.value[:6]) for record in found] == list(range(1010))


async def test_many_tasks_may_publish_at_once(ports):
    async def publish(task: int) -> None:
        for number in range(20):
            await ports.publish(
                [Message(topic=ports.topic, partition=1, key=b"%d" % task, value=b"%d" % number)]
            )

    await asyncio.gather(*(publish(task) for task in range(8)))
    found = await ports.everything(1)

    for task in range(8):
        assert [int(record.value) for record in found if record.key == b"%d" % task] == list(range(20))


async def test_a_tombstone_has_a_key_and_no_value(ports):
    await ports.publish([Message(topic=ports.topic, partition=0, key=b"k", value=None)])

    (record,) = await ports.everything(0)

    assert (record.key, record.value) == (b"k", None)


async def test_nothing_to_publish_is_done_at_once(ports):
    await ports.publish([])


async def test_an_unknown_topic_is_refused_by_name_before_anything_is_published(ports):
    good = Message(topic=ports.topic, partition=0, value=b"x")
    with pytest.raises(TopicFault, match="no-such-topic") as refused:
        await ports.publish([good, Message(topic="no-such-topic", value=b"x")])

    assert refused.value.code is ErrorCode.TOPIC_MISSING
    assert refused.value.topics == ("no-such-topic",)
    assert await ports.everything(0) == []


async def test_an_unknown_partition_is_refused_before_anything_is_published(ports):
    good = Message(topic=ports.topic, partition=0, value=b"x")
    with pytest.raises(TopicFault) as refused:
        await ports.publish([good, Message(topic=ports.topic, partition=PARTITIONS, value=b"x")])

    assert refused.value.code is ErrorCode.TOPIC_DIFFERS
    assert await ports.everything(0) == []


async def test_a_message_that_no_topic_takes_is_refused_by_topic_and_size(ports):
    with pytest.raises(NotDelivered, match=f"too large for topic {ports.topic}"):
        await ports.publish([Message(topic=ports.topic, value=b"x" * 11_000_000)])


async def test_where_everything_may_be_written_no_topic_is_told_and_nothing_published(ports):
    assert await ports.unwritable([ports.topic, "no-such-topic"]) == set()
    assert await ports.everything(0) == []


async def test_partitions_are_counted_and_a_missing_topic_has_none(ports):
    assert await ports.partition_count(ports.topic) == PARTITIONS
    assert await ports.partition_count("no-such-topic") is None

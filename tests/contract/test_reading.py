"""What holds of reading, whatever the broker."""

import asyncio
from contextlib import aclosing
from datetime import UTC, datetime

import pytest

from streams.errors import ErrorCode, TopicFault
from streams.wire.message import Message
from tests.contract.conftest import PARTITIONS


def thing(ports, number: int, partition: int = 0) -> Message:
    return Message(topic=ports.topic, partition=partition, key=b"k", value=b"%d" % number)


def time_of(record) -> datetime:
    return datetime.fromtimestamp(record.timestamp_ms / 1000, UTC)


async def test_an_empty_partition_ends_at_once(ports):
    assert await ports.everything(3) == []


async def test_a_partition_is_read_in_order_to_where_it_ended(ports):
    await ports.publish([thing(ports, number) for number in range(2000)])
    seen = []

    async for batch in ports.read_partition(ports.topic, 0):
        await ports.publish([thing(ports, 9999)])  # later: not part of this reading
        seen += [int(record.value) for record in batch]

    assert seen == list(range(2000))


async def test_reading_again_reads_the_same(ports):
    await ports.publish([thing(ports, number) for number in range(10)])

    assert await ports.everything(0) == await ports.everything(0)


@pytest.mark.parametrize(
    ("topic", "partition", "code"),
    [(None, PARTITIONS, ErrorCode.TOPIC_DIFFERS), ("no-such-topic", 0, ErrorCode.TOPIC_MISSING)],
    ids=["partition", "topic"],
)
async def test_what_is_not_there_cannot_be_read(ports, topic, partition, code):
    with pytest.raises(TopicFault) as refused:
        async for _ in ports.read_partition(topic or ports.topic, partition):
            pass

    assert refused.value.code is code


async def test_a_range_holds_all_partitions_in_the_order_of_time(ports):
    for number in range(30):
        await ports.publish([thing(ports, number, number % PARTITIONS)])

    found = [record async for record in ports.read_range(ports.topic)]

    assert sorted(int(record.value) for record in found) == list(range(30))
    assert [record.timestamp_ms for record in found] == sorted(record.timestamp_ms for record in found)


async def test_a_range_begins_at_since_and_ends_before_until(ports):
    for number in range(20):
        await ports.publish([thing(ports, number)])
    written = await ports.everything(0)
    since, until = time_of(written[5]), time_of(written[15])

    found = [record async for record in ports.read_range(ports.topic, since=since, until=until)]

    assert found == [record for record in written if since <= time_of(record) < until]


async def test_a_range_that_begins_after_the_last_record_is_empty(ports):
    await ports.publish([thing(ports, 1)])

    assert [r async for r in ports.read_range(ports.topic, since=datetime(2100, 1, 1, tzinfo=UTC))] == []


async def test_a_range_that_is_followed_goes_on_with_what_comes_later(ports):
    await ports.publish([thing(ports, 0)])
    seen = []

    async with aclosing(ports.read_range(ports.topic, follow=True)) as records:
        async for record in records:
            seen.append(int(record.value))
            if len(seen) == 4:
                break
            await ports.publish([thing(ports, len(seen), len(seen) % PARTITIONS)])

    assert seen == [0, 1, 2, 3]


async def test_a_range_that_ends_cannot_be_followed(ports):
    with pytest.raises(ValueError, match="cannot be followed"):
        await anext(ports.read_range(ports.topic, until=datetime(2026, 1, 1, tzinfo=UTC), follow=True))


async def test_a_compacted_topic_has_caught_up_once_all_that_it_held_was_taken(ports):
    await ports.publish([thing(ports, number, number % PARTITIONS) for number in range(100)])
    topic, seen = ports.compacted_topic(ports.topic), []

    async with aclosing(topic.batches()) as batches:
        async for batch in batches:
            assert not topic.caught_up.is_set()
            seen += batch
            if len(seen) == 100:
                break

    assert sorted(int(record.value) for record in seen) == list(range(100))


async def test_an_empty_topic_has_caught_up_at_once_and_is_followed(ports):
    topic = ports.compacted_topic(ports.topic)
    async with aclosing(topic.batches()) as batches:
        first = asyncio.ensure_future(anext(batches))
        await asyncio.wait_for(topic.caught_up.wait(), 10)
        await ports.publish([thing(ports, 7)])

        assert [int(record.value) for record in await asyncio.wait_for(first, 10)] == [7]


async def test_a_missing_topic_cannot_be_followed(ports):
    with pytest.raises(TopicFault, match="no-such-topic"):
        await anext(ports.compacted_topic("no-such-topic").batches())

"""Making topics and checking them, on a real Kafka."""

import time
from dataclasses import replace

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from streams.agents.topics import require_topics
from streams.alerts.stories.story import Story
from streams.errors import BrokerFault, ErrorCode, TopicFault
from streams.kafka.admin import State, ensure_topics, existing_topics
from streams.kafka.checks import check
from streams.kafka.publisher import open_publisher
from streams.kafka.reading import read_partition
from streams.settings import Settings
from streams.wire.codec import decode
from streams.wire.envelope import story_message
from streams.wire.topics import (
    ARTICLES,
    CATALOGUE,
    MENTIONS,
    RAW,
    STORIES,
    STORY_BYTES,
    Topic,
    subscriber_topic,
)

pytestmark = pytest.mark.connected


@pytest.fixture
def settings(broker, prefix):
    return Settings.from_mapping({"broker": broker, "prefix": prefix, "partitions": 3})


def with_partitions(settings: Settings, partitions: int) -> Settings:
    return Settings.from_mapping(
        {"broker": settings.broker, "prefix": settings.prefix, "partitions": partitions}
    )


async def test_topics_are_made_once_and_the_same_from_then_on(settings):
    first = await ensure_topics(settings, CATALOGUE)
    second = await ensure_topics(settings, CATALOGUE)

    assert {topic.state for topic in first} == {State.MADE}
    assert {topic.state for topic in second} == {State.SAME}
    assert [topic.name for topic in second] == [f"{settings.prefix}.{topic.name}" for topic in CATALOGUE]


async def test_what_is_made_is_there_at_once_with_its_partitions(settings):
    await ensure_topics(settings, [*CATALOGUE, subscriber_topic("desk-a")])

    there = await existing_topics(settings)

    assert there == {
        f"{settings.prefix}.{topic.name}": topic.partitions or 3
        for topic in [*CATALOGUE, subscriber_topic("desk-a")]
    }


async def test_what_differs_is_told_and_left_as_it_is(settings):
    await ensure_topics(settings, [Topic(name="stories", key="any", role="test", retention_ms=1000)])

    (found,) = await ensure_topics(with_partitions(settings, 4), [STORIES])

    assert found.state is State.DIFFERS
    assert found.partitions == 3
    assert found.differences == (
        "has 3 partitions, not 4",
        "has cleanup.policy delete, not compact,delete",
        "has retention.ms 1000, not 691200000",
        "has max.message.bytes 1048588, not 4000000",
    )


async def test_only_what_is_missing_is_made(settings):
    await ensure_topics(settings, [RAW])

    states = await ensure_topics(settings, [RAW, ARTICLES])

    assert [topic.state for topic in states] == [State.SAME, State.MADE]


async def test_a_broker_that_cannot_make_a_topic_says_why(settings):
    greedy = Settings.from_mapping({"broker": settings.broker, "prefix": settings.prefix, "replication": 3})

    with pytest.raises(BrokerFault, match=r"cannot be made: .*replication factor of 3"):
        await ensure_topics(greedy, [RAW])


async def test_topics_of_other_prefixes_are_not_ours(settings):
    await ensure_topics(settings, [RAW])
    other = Settings.from_mapping({"broker": settings.broker, "prefix": settings.prefix[:-1]})

    assert f"{settings.prefix}.raw" not in await existing_topics(other)


async def test_check_finds_nothing_where_all_is_well(settings):
    await ensure_topics(settings, CATALOGUE)

    assert await check(settings) == []


async def test_check_names_every_missing_topic(settings):
    await ensure_topics(settings, CATALOGUE[2:])

    found = await check(settings)

    assert [str(finding) for finding in found] == [
        f"topic {settings.prefix}.raw is not there",
        f"topic {settings.prefix}.articles is not there",
    ]
    assert {finding.code for finding in found} == {ErrorCode.TOPIC_MISSING}
    assert all(finding.hint for finding in found)


async def test_check_wants_memory_to_stand_beside_its_input(settings):
    await ensure_topics(settings, CATALOGUE[:2])
    await ensure_topics(settings, [MENTIONS, *CATALOGUE[4:]])
    await ensure_topics(with_partitions(settings, 5), [STORIES])

    (found,) = await check(settings)

    assert str(found) == (
        f"topic {settings.prefix}.stories has 5 partitions, but {settings.prefix}.mentions has 3"
    )


async def test_check_wants_memory_to_be_compacted(settings):
    await ensure_topics(settings, [Topic(name="stories", key="any", role="test", max_bytes=STORY_BYTES)])
    await ensure_topics(settings, CATALOGUE)

    (found,) = await check(settings)

    assert (found.subject, found.code) == (f"topic {settings.prefix}.stories", ErrorCode.TOPIC_DIFFERS)
    assert "forgets what must be remembered" in found.message


async def test_a_worker_is_refused_topics_that_would_lose_or_refuse_what_is_to_be_kept(settings):
    small = Topic(name="mentions", key="any", role="test", max_bytes=1_000_000)
    brief = Topic(name="stories", key="any", role="test", cleanup="compact,delete", max_bytes=STORY_BYTES)
    await ensure_topics(settings, [small, brief])
    await ensure_topics(settings, CATALOGUE)
    month = replace(settings, memory_days=30)

    with pytest.raises(TopicFault) as refused:
        await require_topics(month)
    found = await check(month)

    faults = {
        f"{settings.prefix}.mentions has max.message.bytes 1000000, and must take 4000000",
        f"{settings.prefix}.stories has retention.ms 604800000, which is 7 days, and memory_days is 30",
        f"{settings.prefix}.articles has retention.ms 691200000, which is 8 days, and memory_days is 30",
    }
    assert set(str(refused.value).split("; ")) == faults
    assert refused.value.code is ErrorCode.TOPIC_DIFFERS
    assert {str(finding) for finding in found} == {f"topic {fault}" for fault in faults}


async def test_memory_is_made_for_the_days_that_are_set(settings):
    month = replace(settings, memory_days=30)
    await ensure_topics(month, CATALOGUE)

    await require_topics(month)
    await require_topics(settings)


async def test_a_story_that_forty_thousand_were_told_of_is_kept(settings):
    await ensure_topics(settings, CATALOGUE)
    receivers = tuple(f"{number:060d}" for number in range(40_000))
    story = Story(
        subject="601398.SH", id="story_1", alert="alert_1", version=1, takes=(), receivers=receivers
    )

    async with open_publisher(settings) as publisher:
        await publisher.publish([story_message(story, settings.prefix, 1, 3)])

    batches = [batch async for batch in read_partition(settings, f"{settings.prefix}.stories", 1)]
    assert decode(batches[0][0].value, Story) == story


async def test_a_raw_record_of_a_time_to_come_is_refused_to_its_producer(settings):
    await ensure_topics(settings, CATALOGUE)
    tomorrow_ms = int((time.time() + 86_400) * 1000)

    async with AIOKafkaProducer(bootstrap_servers=settings.broker) as producer:
        with pytest.raises(KafkaError, match="InvalidTimestamp"):
            await producer.send_and_wait(f"{settings.prefix}.raw", b"{}", timestamp_ms=tomorrow_ms)


async def test_check_says_that_there_is_no_broker():
    (found,) = await check(Settings.from_mapping({"broker": "127.0.0.1:1"}))

    assert (found.subject, found.code) == ("broker", ErrorCode.BROKER_UNREACHABLE)
    assert "password" in found.hint
    assert "ca_file" in found.hint
    assert "TLS" in found.hint

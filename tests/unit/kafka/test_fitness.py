"""What of a topic's configuration would lose or refuse records of ours."""

import pytest

from streams.kafka.fitness import unfit
from streams.kafka.publisher import BATCH_BYTES
from streams.wire.topics import (
    ALERTS,
    ARTICLES,
    CATALOGUE,
    DAY_MS,
    MENTIONS,
    STORIES,
    SUBSCRIPTIONS,
    subscriber_topic,
)


@pytest.mark.parametrize("topic", [*CATALOGUE, subscriber_topic("desk")], ids=lambda topic: topic.name)
def test_what_topics_create_makes_does(topic):
    assert list(unfit(topic, topic.config(7), 7)) == []


@pytest.mark.parametrize("memory_days", [1, 7, 30, 1.5])
def test_memory_is_kept_a_day_longer_than_it_is_asked_for(memory_days):
    assert int(STORIES.config(memory_days)["retention.ms"]) == (memory_days + 1) * DAY_MS


@pytest.mark.parametrize("topic", [ARTICLES, STORIES], ids=lambda topic: topic.name)
def test_memory_that_the_broker_deletes_before_its_time_is_told(topic):
    made_for_a_week = topic.config(7)

    assert list(unfit(topic, made_for_a_week, 8)) == []
    assert list(unfit(topic, made_for_a_week, 14)) == [
        "has retention.ms 691200000, which is 8 days, and memory_days is 14"
    ]


@pytest.mark.parametrize(
    "config", [{"retention.ms": "-1"}, {"retention.ms": "1000", "cleanup.policy": "compact"}]
)
def test_memory_that_is_never_deleted_by_time_does(config):
    assert list(unfit(STORIES, STORIES.config(7) | config, 30)) == []


@pytest.mark.parametrize("topic", [ARTICLES, STORIES, SUBSCRIPTIONS], ids=lambda topic: topic.name)
def test_what_is_not_compacted_forgets(topic):
    (fault,) = unfit(topic, topic.config(7) | {"cleanup.policy": "delete"}, 7)

    assert fault == "has cleanup.policy delete, and forgets what must be remembered"


@pytest.mark.parametrize(
    ("topic", "needed"),
    [
        (MENTIONS, 4_000_000),
        (STORIES, 4_000_000),
        (ALERTS, BATCH_BYTES),
        (subscriber_topic("x"), BATCH_BYTES),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_topic_that_takes_too_little_is_told(topic, needed):
    config = topic.config(7) | {"max.message.bytes": str(needed - 1)}

    assert list(unfit(topic, config, 7)) == [f"has max.message.bytes {needed - 1}, and must take {needed}"]


def test_more_than_is_needed_and_what_the_broker_does_not_tell_is_not_wrong():
    generous = {"retention.ms": str(99 * DAY_MS), "max.message.bytes": "99000000"}

    assert list(unfit(STORIES, STORIES.config(7) | generous, 7)) == []
    assert list(unfit(STORIES, {}, 7)) == []

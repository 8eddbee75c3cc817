"""Names of topics: whose a subscriber's topic is can be told from its name."""

import pytest

from streams.wire.topics import CATALOGUE, full_name, subscriber_of, subscriber_topic


@pytest.mark.parametrize("prefix", ["news", "a.alerts.b"])
@pytest.mark.parametrize("subscriber", ["desk-a", "alerts.x", "suppressed.too"])
def test_a_subscriber_is_told_from_the_name_of_its_topic(subscriber, prefix):
    assert subscriber_of(full_name(subscriber_topic(subscriber), prefix), prefix) == subscriber


@pytest.mark.parametrize("topic", CATALOGUE, ids=lambda topic: topic.name)
def test_a_topic_of_the_catalogue_is_no_subscriber_s(topic):
    assert subscriber_of(full_name(topic, "news"), "news") is None


def test_a_topic_of_another_prefix_is_no_subscriber_s():
    assert subscriber_of("other.alerts.desk", "news") is None

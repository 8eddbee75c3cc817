"""aiokafka's errors in our words."""

import pytest
from aiokafka import errors

from streams.errors import BrokerFault, BrokerUnreachable, NotDelivered, NotPermitted, TopicFault
from streams.kafka.failures import translate, translating


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (errors.TopicAuthorizationFailedError("news.raw"), NotPermitted, "no right on topic news.raw"),
        (errors.TopicAuthorizationFailedError({"b", "a"}), NotPermitted, "no right on topic a, b"),
        (errors.TopicAuthorizationFailedError(), NotPermitted, "no right on topic t"),
        (errors.GroupAuthorizationFailedError("workers"), NotPermitted, "no right on group workers"),
        (errors.GroupAuthorizationFailedError(), NotPermitted, "no right on the group"),
        (errors.ClusterAuthorizationFailedError(), NotPermitted, "no right on the cluster"),
        (errors.UnknownTopicOrPartitionError(), TopicFault, "topic t is not there"),
        (errors.MessageSizeTooLargeError(), NotDelivered, "topic t takes no message so large"),
        (errors.KafkaConnectionError("Unable to bootstrap from [x]"), BrokerUnreachable, "no broker answers"),
        (errors.RequestTimedOutError(), BrokerUnreachable, "does not answer for topic t"),
        (errors.NotEnoughReplicasError(), BrokerUnreachable, "does not answer for topic t"),
        (TimeoutError(), BrokerUnreachable, "does not answer for topic t"),
        (ConnectionResetError("reset"), BrokerUnreachable, "does not answer for topic t"),
        (errors.CorruptRecordException(), BrokerFault, "the broker refused topic t"),
    ],
    ids=lambda value: repr(value)[:40] if isinstance(value, Exception) else "",
)
def test_each_error_has_a_place_in_our_tree(error, kind, words):
    meaning = translate(error, topic="t")

    assert type(meaning) is kind
    assert words in str(meaning)
    assert meaning.topics == ("t",)


def test_an_error_of_our_own_stays_what_it_is():
    own = NotPermitted("x")

    assert translate(own) is own


def test_inside_translating_the_original_is_kept_as_the_cause():
    original = errors.UnknownTopicOrPartitionError()
    with pytest.raises(TopicFault) as raised, translating("t"):
        raise original

    assert raised.value.__cause__ is original


def test_what_is_no_fault_of_the_broker_passes_through():
    with pytest.raises(KeyError), translating("t"):
        raise KeyError("bug")

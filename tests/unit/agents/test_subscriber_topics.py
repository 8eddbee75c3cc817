"""Subscribers' topics: only an answer closes anyone; a refused output closes those whose topics refuse."""

import pytest

from streams.agents import subscriber_topics as module
from streams.agents.subscriber_topics import SubscriberTopics
from streams.alerts.routing.matching import Subscriptions
from streams.errors import BrokerUnreachable, NewsAlertsError, NotDelivered, NotPermitted, TopicFault
from tests.unit.agents.test_memory import ports_reading

DESK, TAPE = "news.alerts.desk", "news.alerts"
Answer = dict[str, str] | NewsAlertsError


class Answers:
    """Answers questions for faults with what is given, the last answer for ever; raises what is an error."""

    def __init__(self, *answers: Answer) -> None:
        self.answers, self.asked = list(answers), 0

    async def __call__(self, subscribers) -> dict[str, str]:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        if isinstance(answer, NewsAlertsError):
            raise answer
        return {name: fault for name, fault in answer.items() if name in subscribers}


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(module, "ASK_AGAIN_S", 0)
    monkeypatch.setattr(module, "RETRY_S", 0)


async def of_two(*answers: Answer) -> tuple[SubscriberTopics, Subscriptions, Answers]:
    """Return the topics of `desk` and `other`, both found well before what is answered from now on."""
    subscriptions, found = Subscriptions(), Answers({}, *answers)
    topics = SubscriberTopics(ports_reading(), subscriptions, found)
    await topics.look({"desk", "other"})
    return topics, subscriptions, found


async def test_a_silent_broker_is_asked_again_before_anyone_counts_as_without_topic():
    silent = BrokerUnreachable("away")
    topics, subscriptions, found = await of_two(silent, silent, {"desk": "is not there"})

    await topics.look({"desk", "other"})

    assert (found.asked, set(subscriptions.closed)) == (4, {"desk"})


async def test_a_topic_that_is_mended_opens():
    topics, subscriptions, _ = await of_two({"desk": "is not there"}, {})
    await topics.look({"desk"})
    await topics.look({"desk"})
    assert set(subscriptions.closed) == set()


async def test_who_was_looked_for_is_known_open_or_closed():
    topics, _, _ = await of_two({"desk": "is not there"})
    await topics.look({"desk"})
    assert topics.unknown(["desk", "other", "new"]) == {"new"}


async def test_a_tape_that_may_not_be_written_closes_nobody():
    topics, subscriptions, _ = await of_two(NotPermitted("no right on topic news.alerts"))
    with pytest.raises(NotPermitted):
        await topics.look({"desk"})
    assert set(subscriptions.closed) == set()


async def test_a_right_that_comes_back_soon_closes_nobody():
    topics, subscriptions, found = await of_two({"desk": "no right"}, {"desk": "no right"}, {})
    await topics.part_with(NotPermitted("no right", topics=(DESK,)))
    assert (found.asked, set(subscriptions.closed)) == (4, set())


async def test_a_right_that_stays_away_closes_all_who_lack_it(monkeypatch):
    monkeypatch.setattr(module, "PATIENCE_S", 0)
    topics, subscriptions, _ = await of_two({"desk": "no right", "other": "no right"})
    await topics.part_with(NotPermitted("no right", topics=(DESK,)))
    assert set(subscriptions.closed) == {"desk", "other"}


@pytest.mark.parametrize("made", [True, False])
async def test_a_topic_that_is_gone_closes_unless_it_could_be_made(made):
    topics, subscriptions, found = await of_two({} if made else {"desk": "is not there"})
    await topics.part_with(TopicFault("is not there", topics=(DESK,)))
    assert (found.asked, set(subscriptions.closed)) == (2, set() if made else {"desk"})


async def test_a_topic_that_refuses_for_a_reason_that_only_writing_tells_closes():
    topics, subscriptions, _ = await of_two({})
    await topics.part_with(NotDelivered("takes no message so large", topics=(DESK,)))
    assert set(subscriptions.closed) == {"desk"}


async def test_what_another_lane_has_closed_is_not_asked_about_again():
    topics, _, found = await of_two({})
    error = NotDelivered("takes no message so large", topics=(DESK,))
    await topics.part_with(error)
    await topics.part_with(error)
    assert found.asked == 2


@pytest.mark.parametrize(
    "error",
    [
        NotPermitted("no right", topics=(DESK, TAPE)),
        NotPermitted("no right", topics=("news.alerts.suppressed",)),
        NotDelivered("too large", topics=("news.stories",)),
        NotDelivered("not acknowledged"),
        BrokerUnreachable("away", topics=(DESK,)),
    ],
    ids=["tape", "suppressed", "stories", "unnamed", "unreachable"],
)
async def test_what_is_not_for_the_subscribers_alone_is_raised_again(error):
    topics, subscriptions, found = await of_two({"desk": "no right"})
    with pytest.raises(type(error)) as raised:
        await topics.part_with(error)
    assert raised.value is error
    assert (found.asked, set(subscriptions.closed)) == (1, set())


@pytest.mark.parametrize("answer", [BrokerUnreachable("away"), NotPermitted("no right on topic news.alerts")])
async def test_without_broker_or_tape_nobody_is_parted_with(answer):
    topics, subscriptions, _ = await of_two(answer)
    with pytest.raises(type(answer)):
        await topics.part_with(NotPermitted("no right", topics=(DESK,)))
    assert set(subscriptions.closed) == set()

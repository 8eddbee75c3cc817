"""Subscribers' topics: a broker that does not answer is asked again; only an answer closes anyone."""

from streams.agents import control
from streams.agents.control import SubscriptionView
from streams.alerts.subscription import Subscription
from streams.errors import BrokerUnreachable
from tests.unit.agents.test_ports import ports_reading


class Topics:
    """Finds topics after failing so many times."""

    def __init__(self, failures: int, found: set[str]) -> None:
        self.failures, self.found, self.asked = failures, found, 0

    async def __call__(self, _) -> set[str]:
        self.asked += 1
        if self.asked <= self.failures:
            raise BrokerUnreachable("away")
        return self.found


def a_view(topics: Topics) -> SubscriptionView:
    view = SubscriptionView(ports_reading(), topics)
    view.subscriptions.put(Subscription(id="1", subscriber="desk", market=True))
    view.subscriptions.close("desk")
    return view


async def test_a_silent_broker_is_asked_again_before_anyone_counts_as_without_topic(monkeypatch):
    monkeypatch.setattr(control, "ASK_AGAIN_S", 0)
    topics = Topics(failures=3, found={"desk"})
    view = a_view(topics)

    await view.look_for_topics()

    assert (topics.asked, set(view.subscriptions.closed)) == (4, set())


async def test_who_has_no_topic_by_the_broker_s_answer_is_closed():
    view = a_view(Topics(failures=0, found=set()))
    await view.look_for_topics()
    assert set(view.subscriptions.closed) == {"desk"}

"""Subscribers' topics: a broker that does not answer is asked again; only an answer closes anyone.

Bad records: the view refuses them, and the control agent waits for its word.
"""

import asyncio
from collections.abc import Sequence

from streams.agents import subscriptions
from streams.agents.subscriptions import SubscriptionView
from streams.alerts.subscription import Subscription
from streams.errors import BrokerUnreachable
from streams.wire.message import Record
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
    monkeypatch.setattr(subscriptions, "ASK_AGAIN_S", 0)
    topics = Topics(failures=3, found={"desk"})
    view = a_view(topics)

    await view.look_for_topics()

    assert (topics.asked, set(view.subscriptions.closed)) == (4, set())


async def test_who_has_no_topic_by_the_broker_s_answer_is_closed():
    view = a_view(Topics(failures=0, found=set()))
    await view.look_for_topics()
    assert set(view.subscriptions.closed) == {"desk"}


class Told:
    """A topic whose batches are given; it ends after them."""

    def __init__(self, *batches: Sequence[Record]) -> None:
        self.caught_up, self._batches = asyncio.Event(), batches

    async def batches(self):
        for batch in self._batches:
            yield batch


def a_record(offset: int, value: bytes, partition: int = 0) -> Record:
    return Record(
        topic="news.subscriptions", partition=partition, offset=offset, timestamp_ms=0, key=b"1", value=value
    )


async def test_a_record_is_judged_once_the_view_has_passed_it_and_only_bad_ones_are_refused():
    view = a_view(Topics(failures=0, found={"desk"}))
    good = b'{"id":"1","subscriber":"desk","market":true}'
    waiting = asyncio.ensure_future(view.judged(0, 1))
    elsewhere = asyncio.ensure_future(view.judged(1, 0))

    await view.follow(Told([a_record(0, good)]))
    await asyncio.sleep(0)
    assert not waiting.done()
    await view.follow(Told([a_record(1, b"nonsense"), a_record(2, good)], [], [a_record(0, good, 1)]))

    await asyncio.wait_for(asyncio.gather(waiting, elsewhere), 5)
    assert [view.refused(0, offset) for offset in range(3)] == [False, True, False]
    assert not view.refused(1, 0)

"""What a batch leads to goes out in slices: outputs before memory, a record whole, nothing of a lost lane."""

import asyncio

import pytest

from streams.agents import outbox as module
from streams.agents.lanes import LEAST_SHARE_BYTES, SHARED_BYTES, Lane, LaneClosed
from streams.agents.outbox import Outbox
from streams.errors import NotDelivered
from streams.wire.message import Message

HALF = SHARED_BYTES // 2


class Broker:
    """Takes what is published; closes a lane or fails when it comes to a topic."""

    def __init__(self, *, closes: Lane | None = None, refuses: str | None = None) -> None:
        self.calls: list[list[str]] = []
        self._closes, self._refuses = closes, refuses

    async def publish(self, messages) -> None:
        topics = [message.topic for message in messages]
        if self._refuses in topics:
            raise NotDelivered(f"topic {self._refuses} takes nothing")
        if topics:
            self.calls.append(topics)
        if self._closes:
            self._closes.close()


def out(name: str, size: int = 1) -> Message:
    return Message(topic=name, value=b"x" * size)


async def test_outputs_go_before_the_memory_s_changes():
    broker = Broker()
    outbox = Outbox(broker.publish, Lane("p0", 0))
    outbox.add([out("a1"), out("a2")], {"s1": out("s1")})
    outbox.add([out("b1")], {"s2": out("s2")})

    await outbox.flush()

    assert broker.calls == [["a1", "a2", "b1"], ["s1", "s2"]]


async def test_a_slice_goes_out_as_soon_as_it_is_the_lane_s_share_and_holds_whole_records():
    broker = Broker()
    outbox = Outbox(broker.publish, Lane("p0", 0))
    for name in "abc":
        await outbox.breathe()
        outbox.add([out(f"{name}1", HALF), out(f"{name}2", HALF)], {name: out(f"s{name}")})
    await outbox.flush()

    assert broker.calls == [["a1", "a2"], ["sa"], ["b1", "b2"], ["sb"], ["c1", "c2"], ["sc"]]


async def test_the_memory_s_changes_fill_a_slice_too():
    broker = Broker()
    outbox = Outbox(broker.publish, Lane("p0", 0))
    outbox.add([], {"a": out("sa", SHARED_BYTES)})
    await outbox.breathe()

    assert broker.calls == [["sa"]]


async def test_small_records_travel_together():
    broker = Broker()
    outbox = Outbox(broker.publish, Lane("p0", 0))
    for number in range(100):
        await outbox.breathe()
        outbox.add([out(f"a{number}")])
    await outbox.flush()

    assert [len(call) for call in broker.calls] == [100]


async def test_others_work_between_two_records_when_it_is_time(monkeypatch):
    monkeypatch.setattr(module, "BREATH_S", 0)
    outbox, order = Outbox(Broker().publish, Lane("p0", 0)), []

    async def other() -> None:
        order.append("other")

    task = asyncio.ensure_future(other())
    for name in "ab":
        await outbox.breathe()
        order.append(name)
    await task

    assert order == ["other", "a", "b"]


async def test_of_what_is_remembered_twice_in_a_slice_the_last_counts_in_its_place():
    """So a memory that is read back has the order of the one that was lost."""
    broker = Broker()
    outbox = Outbox(broker.publish, Lane("p0", 0))
    outbox.add([], {"s1": out("gone"), "s2": out("s2")})
    outbox.add([], {"s1": out("kept")})

    await outbox.flush()

    assert broker.calls == [["s2", "kept"]]


async def test_a_lane_that_closes_between_outputs_and_memory_writes_no_memory():
    lane = Lane("p0", 0)
    broker = Broker(closes=lane)
    outbox = Outbox(broker.publish, lane)
    outbox.add([out("a1")], {"s1": out("s1")})

    with pytest.raises(LaneClosed):
        await outbox.flush()

    assert broker.calls == [["a1"]]


class Count(list):
    """Counts as a metric does, and remembers what it was told."""

    inc = observe = list.append
    __hash__ = object.__hash__


async def test_what_is_counted_counts_once_its_slice_is_acknowledged():
    outbox, counter, histogram = Outbox(Broker().publish, Lane("p0", 0)), Count(), Count()
    for _ in range(2):
        outbox.count(counter, 2)
        outbox.observe(histogram, 0.5)
    assert (counter, histogram) == ([], [])

    await outbox.flush()
    await outbox.flush()

    assert (counter, histogram) == ([4], [0.5, 0.5])


async def test_what_is_refused_does_not_count():
    outbox, counter = Outbox(Broker(refuses="s1").publish, Lane("p0", 0)), Count()
    outbox.add([out("a1")], {"s1": out("s1")})
    outbox.count(counter)

    with pytest.raises(NotDelivered):
        await outbox.flush()

    assert counter == []


async def test_outputs_that_are_refused_leave_no_memory():
    broker = Broker(refuses="a1")
    outbox = Outbox(broker.publish, Lane("p0", 0))
    outbox.add([out("a1")], {"s1": out("s1")})

    with pytest.raises(NotDelivered):
        await outbox.flush()

    assert broker.calls == []


@pytest.mark.parametrize(
    ("lanes", "share"), [(1, SHARED_BYTES), (16, SHARED_BYTES // 16), (1000, LEAST_SHARE_BYTES)]
)
def test_lanes_share_what_records_may_take(lanes, share):
    assert Lane("p0", 0, lanes).share_bytes == share

"""A worker says once that it is ready, after how long, and what it holds; and again after a rebalance."""

import asyncio
import logging

import pytest

from streams.agents.lanes import Lane
from streams.agents.subscriptions import SubscriptionView
from streams.agents.watch import Watch
from streams.alerts.routing.subscription import Subscription
from streams.observe.health import Health
from streams.observe.metrics import Metrics
from tests.unit.agents.test_memory import ports_reading
from tests.unit.agents.test_subscriptions import find_no_fault


class Partitions:
    """What a watch sees of a consumer."""

    def __init__(self) -> None:
        self.joined, self.lanes = False, {}

    def lag(self) -> dict:
        return {}

    def assign(self, *memories: list) -> None:
        self.joined = True
        for number, memory in enumerate(memories):
            lane = self.lanes[number] = Lane(f"p{number}", 0)
            lane.memory = asyncio.get_running_loop().create_future()
            lane.memory.set_result(memory)


@pytest.fixture
async def parts():
    view, partitions = SubscriptionView(ports_reading(), find_no_fault), Partitions()
    watch = Watch(Health(), Metrics(), partitions, {"subscriptions": view}, started_at=100.0)
    watch._health.expect("subscriptions", "not read yet")
    return watch, view, partitions


async def test_the_line_comes_when_all_is_there_and_once(parts, caplog):
    caplog.set_level(logging.INFO, "streams.agents.watch")
    watch, view, partitions = parts
    watch.look(101.0)
    partitions.assign(["a story", "another"], ["an article"])
    watch.look(102.0)
    assert caplog.messages == []

    view.subscriptions.put(Subscription(id="1", subscriber="desk", market=True))
    view.caught_up.set()
    watch.look(102.5)
    watch.look(103.0)

    assert caplog.messages == ["ready after 2.5 s: 1 subscriptions, 2 partitions, 3 entries of memory"]


async def test_after_a_rebalance_the_time_counts_from_its_beginning(parts, caplog):
    watch, view, partitions = parts
    view.caught_up.set()
    partitions.assign([])
    watch.look(102.5)
    caplog.clear()
    caplog.set_level(logging.INFO, "streams.agents.watch")

    partitions.joined = False
    watch.look(200.0)
    watch.look(201.0)
    partitions.assign(["a story"])
    watch.look(203.5)

    assert caplog.messages == ["ready after 3.5 s: 0 subscriptions, 1 partitions, 1 entries of memory"]

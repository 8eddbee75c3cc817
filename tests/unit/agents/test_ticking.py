"""Where no article comes a worker tells every partition that the minute is over: once, and not before."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from aiokafka import TopicPartition

from streams.agents.lanes import Lane
from streams.agents.ports import Ports
from streams.agents.ticking import QUIET_S, Ticking
from streams.enrichment.history import Histories, History
from streams.errors import NotDelivered
from streams.observe.metrics import Metrics
from streams.settings import Settings
from tests.fakes import MemoryBroker

NEWEST = datetime(2026, 3, 2, 4, 0, 30, tzinfo=UTC)
OVER = NEWEST + timedelta(minutes=5)
TOLD = ["2026-03-02T04:01:00.000+00:00"]
PARTITIONS = 3


class Quiet:
    """A worker with two partitions of raw articles: the last of one is of NEWEST, of the other earlier."""

    def __init__(self) -> None:
        self.broker, self.refuses = MemoryBroker({"news.mentions": PARTITIONS}), False
        self.lanes = {place: Lane(place, 7) for place in (TopicPartition("news.raw", n) for n in range(2))}
        ports = Ports(
            settings=Settings(),
            metrics=Metrics(),
            publish=self._publish,
            partition_count=self.broker.partition_count,
            read_partition=self.broker.read_partition,
        )
        self._ticking = Ticking(ports, SimpleNamespace(lanes=self.lanes))

    async def _publish(self, messages) -> None:
        if self.refuses:
            raise NotDelivered("not now")
        await self.broker.publish(messages)

    async def read_back(self) -> None:
        for lane, minutes in zip(self.lanes.values(), (2, 0), strict=True):
            await lane.read_back(_memory(NEWEST - timedelta(minutes=minutes)))

    def article(self) -> SimpleNamespace:
        """Deliver one, and return it; it is at work until it is acknowledged."""
        lane = next(iter(self.lanes.values()))
        batch = SimpleNamespace(value=[], offset=lane.next, acked=False)
        lane.add(batch)
        return batch

    async def ticked(self, *seconds: float, clock: datetime = OVER) -> list[str]:
        """Look at these seconds; return what was told so far, to every partition."""
        for second in seconds:
            await self._ticking.look(second, clock)
        first, *others = [
            [json.loads(record.value)["article"]["received_at"] for record in log]
            for log in self.broker.logs["news.mentions"]
        ]
        assert others == [first] * (PARTITIONS - 1)
        return first


async def _memory(newest: datetime) -> Histories:
    histories = Histories(timedelta(days=7))
    histories.keep(History(id="a", version=1, received_at=newest))
    return histories


@pytest.fixture
async def quiet():
    found = Quiet()
    await found.read_back()
    return found


async def test_after_a_while_the_minute_after_the_newest_is_told_once(quiet):
    assert await quiet.ticked(0, 1, QUIET_S - 1) == []
    assert await quiet.ticked(QUIET_S, QUIET_S + 1, 500) == TOLD


async def test_a_minute_that_is_not_over_is_waited_for(quiet):
    assert await quiet.ticked(0, 20, clock=NEWEST + timedelta(seconds=29)) == []
    assert await quiet.ticked(21, clock=NEWEST + timedelta(seconds=30)) == TOLD


async def test_an_article_begins_the_waiting_anew_and_has_to_be_worked_off(quiet):
    assert await quiet.ticked(0, 10) == []
    batch = quiet.article()
    assert await quiet.ticked(11, QUIET_S + 1, 100) == []
    batch.acked = True
    for lane in quiet.lanes.values():
        lane.settle()
    assert await quiet.ticked(101) == TOLD
    quiet.article().acked = True
    for lane in quiet.lanes.values():
        lane.settle()
    assert await quiet.ticked(102, 102 + QUIET_S) == TOLD * 2


async def test_what_was_read_back_last_is_told_when_it_is_read():
    quiet = Quiet()
    assert await quiet.ticked(0, 100) == []
    await quiet.read_back()
    assert await quiet.ticked(101) == TOLD


async def test_a_tick_that_is_refused_is_written_later(quiet):
    quiet.refuses = True
    assert await quiet.ticked(0, 100) == []
    quiet.refuses = False
    assert await quiet.ticked(101, 102) == TOLD

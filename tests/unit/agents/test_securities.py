"""Names said at run time count from the next article on; a bad record changes nothing."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Self

from streams.agents.securities import SecurityView
from streams.wire.message import Message
from streams.wire.topics import SECURITIES, full_name
from tests.fakes import MemoryBroker
from tests.unit.agents.test_memory import ports_reading
from tests.unit.enrichment.builders import a_master
from tests.unit.enrichment.test_amended import linked

TOPIC = full_name(SECURITIES, "news")
DAY = date(2026, 3, 2)
TEXT = "晨光新材公告。"


def said(ticker: str, value: str | None) -> Message:
    return Message(topic=TOPIC, key=ticker.encode(), value=None if value is None else value.encode())


class Held:
    """A view that follows a topic in memory."""

    async def __aenter__(self) -> Self:
        self.broker = MemoryBroker({TOPIC: 1})
        self.ports = ports_reading()
        self.view = SecurityView(self.ports, a_master())
        await self.broker.publish([said("688999.SH", '{"ticker":"688999.SH","names":[{"name":"晨光新材"}]}')])
        topic = self.broker.compacted_topic(TOPIC)
        self.tasks = [
            asyncio.ensure_future(work) for work in (self.view.follow(topic), self.view.settle(topic))
        ]
        await asyncio.wait_for(self.view.caught_up.wait(), 30)
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def say(self, ticker: str, value: str | None) -> None:
        """Publish, and wait until it was taken and the master in force is another."""
        before = self.view.master
        await self.broker.publish([said(ticker, value)])
        while self.view.master is before:  # noqa: ASYNC110 the view has nobody to tell
            await asyncio.sleep(0)

    def linked(self) -> list[str]:
        return linked(TEXT, self.view.master.on(DAY))


async def test_what_the_topic_holds_counts_once_it_is_read() -> None:
    async with Held() as held:
        assert held.linked() == ["688999.SH"]


async def test_a_change_counts_and_a_tombstone_takes_it_back() -> None:
    async with Held() as held:
        await held.say("688999.SH", '{"ticker":"688999.SH","names":[{"name":"晨光材料"}]}')
        assert held.linked() == []
        await held.say("688998.SH", '{"ticker":"688998.SH","names":[{"name":"晨光新材"}]}')
        assert held.linked() == ["688998.SH"]
        await held.say("688998.SH", None)
        assert held.linked() == []


async def test_a_bad_record_is_counted_and_leaves_what_was_said_before() -> None:
    async with Held() as held:
        await held.broker.publish([said("688999.SH", '{"ticker":"688999.SH","names":"晨光"}')])
        await asyncio.wait_for(held.view.judged(0, 1), 30)
        assert held.view.refused(0, 1)
        assert held.linked() == ["688999.SH"]
        assert "news_alerts_securities_refused_total 1.0" in held.ports.metrics.exposition().decode()
        assert "news_alerts_securities_held 1.0" in held.ports.metrics.exposition().decode()

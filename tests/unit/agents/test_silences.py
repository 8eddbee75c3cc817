"""Silences of the topic count once it is read; a bad record changes nothing."""

from __future__ import annotations

import asyncio

from streams.agents.silences import SilenceView
from streams.wire.control import SILENCE
from streams.wire.message import Message
from streams.wire.topics import SILENCES, full_name
from tests.fakes import MemoryBroker
from tests.unit.agents.test_memory import ports_reading
from tests.unit.alerts.builders import a_silence

TOPIC = full_name(SILENCES, "news")


async def test_silences_are_held_replaced_and_removed_and_bad_ones_refused() -> None:
    broker, ports = MemoryBroker({TOPIC: 1}), ports_reading()
    view = SilenceView(ports)
    first = a_silence(id="q1", sources=["wire"])
    await broker.publish([SILENCE.message(first, "news")])
    topic = broker.compacted_topic(TOPIC)
    tasks = [asyncio.ensure_future(work) for work in (view.follow(topic), view.settle(topic))]
    await asyncio.wait_for(view.caught_up.wait(), 30)
    assert list(view.silences) == [first]

    second = a_silence(id="q2", market=True)
    bad = Message(topic=TOPIC, key=b"q1", value=b'{"id":"q1","market":1}')
    await broker.publish([SILENCE.message(second, "news"), bad, SILENCE.tombstone("q3", "news")])
    await asyncio.wait_for(view.judged(0, 3), 30)
    assert list(view.silences) == [first, second]
    assert [view.refused(0, offset) for offset in range(4)] == [False, False, True, False]

    await broker.publish([SILENCE.tombstone("q1", "news")])
    await asyncio.wait_for(view.judged(0, 4), 30)
    assert list(view.silences) == [second]
    metrics = ports.metrics.exposition().decode()
    assert "news_alerts_silences_held 1.0" in metrics
    assert "news_alerts_silences_refused_total 1.0" in metrics

    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

"""Faults in the middle of a story, seen by a desk that reads with the client: no gap, no repeat."""

import asyncio
import json
from collections import defaultdict

import pytest

from streams.alerts.decision import Channel
from streams.alerts.pipeline import Pipeline
from streams.alerts.routing.subscribing import parse_subscription
from streams.client import Alerts
from streams.enrichment.article import Origin
from streams.kafka.publisher import open_publisher
from streams.settings import Settings
from streams.wire.message import Message
from streams.wire.raw import decode_raw
from streams.wire.reference import load_master
from tests.builders import COMPANIES, a_raw, ndjson
from tests.integration import reader
from tests.integration.promises import NOW
from tests.integration.town import worked_on
from tests.workers import Restarter

pytestmark = [pytest.mark.connected, pytest.mark.timeout(300)]
VERSIONS = 40
SUBSCRIBED = {"id": "desk-1", "subscriber": "desk", "tickers": [ticker for ticker, _, _ in COMPANIES]}


def stories(versions: int) -> list[dict]:
    """Return raw articles: one of each company, which tells a new figure in each of its versions."""
    return [
        a_raw(
            id=f"story-{ticker}",
            title=f"{name}签订重大合同",
            content=f"{name}公告，公司签订合同，累计金额{10 + number}亿元。",
        )
        for number in range(versions)
        for ticker, name, _ in COMPANIES
    ]


def owed_to_desk(articles: list[dict]) -> dict[str, list[int]]:
    """Return alert id to the versions that the desk is owed, by the pure functions."""
    pipeline = Pipeline(load_master(), [parse_subscription(SUBSCRIBED)])
    owed = defaultdict(list)
    for number, fields in enumerate(articles):
        raw = decode_raw(json.dumps(fields).encode(), max_bytes=10_000_000)
        step = pipeline.take(raw, NOW, Origin(topic="news.raw", partition=0, offset=number))
        for outcome in (each for _, decision in step.decisions for each in decision.outcomes):
            if outcome.channel is Channel.SUBSCRIBER:
                owed[outcome.alert.alert_id].append(outcome.alert.version)
    return dict(owed)


async def repeat_the_last(town, count: int) -> None:
    """Write the desk's last alerts once more, as a worker does that died before its memory was written."""
    told = (await town.records("alerts.desk"))[-count:]
    assert len(told) == count
    settings = Settings.from_mapping({"broker": town.broker, "prefix": town.prefix})
    async with open_publisher(settings) as publisher:
        await publisher.publish([Message(topic=each.topic, key=each.key, value=each.value) for each in told])


async def test_worker_kills_and_a_rebalance_leave_no_gap_and_no_repeat_at_the_desk(town):
    await town.command("subscriptions", "import", "-", text=json.dumps(SUBSCRIBED))
    articles = stories(VERSIONS)
    owed = await asyncio.to_thread(owed_to_desk, articles)
    heard = defaultdict(list)

    async def listen() -> None:
        async with Alerts(town.broker, group="desk", subscriber="desk", prefix=town.prefix) as alerts:
            while heard != owed and (alert := await alerts.next(within_s=60)):
                heard[alert.alert_id].append(alert.version)

    second = town.worker("second", batch_records=20)
    async with Restarter(town.worker("one", batch_records=20)) as restarter:
        first = await restarter.worker.ready()
        desk = asyncio.create_task(listen())
        await town.command("ingest", "-", text=ndjson(iter(articles)).decode())
        await worked_on(first, 50)
        first.kill()
        await second.start().ready()
        await worked_on(second, 50)
        second.kill()
        await desk
        tape = await town.read("alerts")

    assert restarter.codes[0] == -9
    assert len(owed) == len(COMPANIES)
    assert all(versions == list(range(1, VERSIONS + 1)) for versions in owed.values())
    assert heard == owed
    ids = {(alert["article"]["id"], alert["ticker"], alert["alert_id"]) for alert in tape}
    assert len(ids) == len({pair[:2] for pair in ids})


async def test_a_desk_that_is_killed_goes_on_where_it_was(town, tmp_path):
    await town.command("subscriptions", "import", "-", text=json.dumps(SUBSCRIBED))
    articles = stories(VERSIONS)
    owed = await asyncio.to_thread(owed_to_desk, articles)
    worker = await town.worker("one").start().ready()
    await town.command("ingest", "-", text=ndjson(iter(articles)).decode())
    file, total = tmp_path / "heard", sum(map(len, owed.values()))
    file.touch()

    for enough in (total // 3, total * 2 // 3, total):
        desk = reader.start(town.broker, town.prefix, file)
        while len(set(file.read_text().splitlines())) < enough:
            assert desk.poll() is None
            await asyncio.sleep(0.02)
        desk.kill()
        desk.wait()
    assert await asyncio.to_thread(worker.stop) == 0

    heard = defaultdict(list)
    for line in file.read_text().splitlines():
        alert_id, version = line.split()
        heard[alert_id].append(int(version))
    # What comes again is what was handed out since the last commit, from there on, in order.
    assert {id_: list(dict.fromkeys(versions)) for id_, versions in heard.items()} == owed

"""A storm in a running worker: the bound holds through kill -9, and other news ends the minute."""

import asyncio
import json
import time

import pytest
from aiokafka import AIOKafkaProducer

from tests.builders import a_raw
from tests.workers import bodies, read_topic

pytestmark = [pytest.mark.connected, pytest.mark.timeout(240)]


async def receive(town, at_s: float, **fields: str) -> None:
    """Write a raw article as one that was received at a time, epoch seconds."""
    producer = AIOKafkaProducer(bootstrap_servers=town.broker)
    await producer.start()
    value = json.dumps(a_raw(title=None, **fields), ensure_ascii=False).encode()
    key = fields["id"].encode()
    await producer.send_and_wait(f"{town.prefix}.raw", value, key=key, timestamp_ms=int(at_s * 1000))
    await producer.stop()


async def test_a_digest_comes_soon_after_its_minute_although_no_article_follows(town):
    await town.command("subscriptions", "add", "--subscriber", "desk", "--ticker", "601398.SH")
    worker = await town.worker("one", storm_per_minute=1).start().ready()
    minute = time.time() // 60 * 60 - 60
    await receive(town, minute + 1, id="a", content="工商银行公告，拟回购股份，金额3亿元。")
    await receive(town, minute + 2, id="b", content="工商银行公告，拟每10股派发现金红利3.1元。")

    told = {alert["ticker"]: alert for alert in await town.until("alerts.desk", 2)}
    again = f"{town.prefix}-again"
    await town.command("replay", "--into", again, "--storm-per-minute", "1")
    replayed = {one["ticker"]: one for one in bodies(await read_topic(town.broker, f"{again}.alerts.desk"))}

    assert set(told) == {"601398.SH", "digest"}
    assert replayed["digest"] == told["digest"]
    assert await asyncio.to_thread(worker.stop) == 0


async def test_what_is_too_much_comes_as_one_digest_and_is_amended_from_then_on(town):
    await town.command("subscriptions", "add", "--subscriber", "desk", "--ticker", "601398.SH")
    worker = await town.worker("one", storm_per_minute=1).start().ready()
    minute = time.time() // 60 * 60 - 600
    await receive(town, minute + 1, id="a", content="工商银行公告，拟回购股份，金额3亿元。")
    await town.until("alerts.desk", 1)
    await receive(town, minute + 2, id="b", content="工商银行公告，拟每10股派发现金红利3.1元。")
    await town.until("alerts.suppressed", 1)
    await asyncio.to_thread(worker.kill)

    await worker.start().ready()
    await receive(town, minute + 3, id="c", content="工商银行中标一项支付合同，金额2亿元。")
    held_back = await town.until("alerts.suppressed", 2)
    await receive(town, minute + 61, id="d", content="贵州茅台召开年度股东大会。")
    _, digest = await town.until("alerts.desk", 2)
    await receive(town, minute + 70, id="b", content="工商银行公告，拟每10股派发现金红利3.4元。")
    *_, amended = await town.until("alerts.desk", 3)

    assert [one["suppressed"]["reason"] for one in held_back] == ["storm", "storm"]
    assert {one["alert_id"] for one in digest["held_back"]} == {one["alert_id"] for one in held_back}
    assert (digest["ticker"], digest["action"]) == ("digest", "created")
    assert (amended["version"], amended["alert_id"]) == (2, held_back[0]["alert_id"])
    assert amended["action"] != "created"
    assert len(await town.read("alerts.desk")) == 3
    assert await asyncio.to_thread(worker.stop) == 0

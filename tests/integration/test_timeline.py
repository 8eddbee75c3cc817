"""A worker's day as a timeline: what goes in at each step, and what then stands in which topic."""

import asyncio
import re

import pytest

from streams.kafka.publisher import open_publisher
from streams.settings import Settings
from streams.wire.message import Message
from tests.bad_inputs import DEAD, KINDS, READ
from tests.builders import a_raw

pytestmark = [pytest.mark.connected, pytest.mark.timeout(240)]
LINKED_PLACE = (
    '<p>科技部门与<a class="keytip" data-code="1,601398">工商银行</a>联合印发通知，在'
    '<span class="em_stock_key_common" data-code="0,000931">中关村</span>科技园试点专项行动。</p>'
)


async def test_holders_of_either_listing_get_one_policy_alert_and_holders_of_the_place_none(town):
    for subscriber, ticker in (("a", "601398.SH"), ("h", "01398.HK"), ("place", "000931.SZ")):
        await town.command("subscriptions", "add", "--subscriber", subscriber, "--ticker", ticker)
    worker = await town.worker("one").start().ready()

    await town.tell(a_raw(title="专项行动启动", content=LINKED_PLACE, content_type="text/html"))
    to_a, to_h = await town.until("alerts.a", 1), await town.until("alerts.h", 1)
    tape = await town.read("alerts")

    (icbc,) = [alert for alert in tape if alert["ticker"] == "601398.SH"]
    assert icbc["events"][0] == "policy"
    assert icbc["tickers"] == ["601398.SH", "01398.HK"]
    assert [alert["alert_id"] for alert in to_a + to_h] == [icbc["alert_id"]] * 2
    assert to_h[0]["why"]["subscriptions"][0]["by"] == ["ticker 01398.HK"]
    assert not [alert for alert in tape if alert["ticker"] == "000931.SZ"]
    assert await town.read("alerts.place") == []
    assert await asyncio.to_thread(worker.stop) == 0


async def test_a_subscription_added_while_running_gets_the_next_alert(town):
    worker = await town.worker("one").start().ready()
    assert re.search(
        r"ready after \d+\.\d s: 0 subscriptions, .*, \d+ partitions, 0 entries of memory", worker.text()
    )
    await town.tell(a_raw(id="before", content="招商银行召开年度会议。", title=None))
    await town.until("alerts", 1)

    await town.command("subscriptions", "add", "--subscriber", "late", "--ticker", "600036.SH")
    await town.tell(a_raw(id="after", content="招商银行公布经营数据，净利润增长。", title=None))
    got = await town.until("alerts.late", 1)

    assert ["经营数据" in alert["headline"] for alert in got] == [True]
    assert await asyncio.to_thread(worker.stop) == 0


async def test_a_version_amends_and_a_withdrawal_takes_back_where_the_alert_went(town):
    await town.command("subscriptions", "add", "--subscriber", "desk", "--ticker", "601398.SH", "--id", "one")
    worker = await town.worker("one").start().ready()
    await town.tell(a_raw())
    await town.until("alerts.desk", 1)

    await town.command("subscriptions", "remove", "one")
    await town.tell(a_raw(content="监管部门与工商银行联合印发通知，支持科技企业融资，规模100亿元。"))
    await town.until("alerts.desk", 2)
    await town.tell(a_raw(content="", action="withdraw"))
    got = await town.until("alerts.desk", 3)

    assert [(alert["action"], alert["version"]) for alert in got] == [
        ("created", 1), ("updated", 2), ("withdrawn", 3)]  # fmt: skip
    assert len({alert["alert_id"] for alert in got}) == 1
    assert await asyncio.to_thread(worker.stop) == 0


async def test_a_bad_subscription_from_someone_else_is_refused_aloud_and_changes_nothing(town):
    await town.command("subscriptions", "add", "--subscriber", "desk", "--ticker", "601398.SH", "--id", "one")
    worker = await town.worker("one").start().ready()
    settings = Settings.from_mapping({"broker": town.broker, "prefix": town.prefix})
    async with open_publisher(settings) as publisher:
        bad = b'{"id":"one","subscriber":"desk","tickers":["nonsense"],"min_relevance":7}'
        await publisher.publish([Message(topic=f"{town.prefix}.subscriptions", key=b"one", value=bad)])

    letters = await _letters(town, 1)
    await town.tell(a_raw())
    await town.until("alerts.desk", 1)

    assert letters[0].value == bad
    headers = dict(letters[0].headers)
    assert headers["origin_topic"].decode() == f"{town.prefix}.subscriptions"
    assert b"min_relevance" in headers["error_message"]
    assert b"tickers" in headers["error_message"]
    refused = await asyncio.to_thread(worker.metric, "news_alerts_subscriptions_refused_total")
    assert refused == 1
    assert await asyncio.to_thread(worker.stop) == 0


async def test_sixty_kinds_of_bad_input_leave_their_neighbours_undisturbed(town):
    worker = await town.worker("one").start().ready()
    topic = f"{town.prefix}.raw"
    messages = [Message(topic=topic, key=b"k", value=kind[1], partition=0) for kind in KINDS]
    settings = Settings.from_mapping({"broker": town.broker, "prefix": town.prefix})
    async with open_publisher(settings) as publisher:
        await publisher.publish(messages)
    await town.tell(a_raw(id="last", content="招商银行召开年度会议。", title=None))

    letters = await _letters(town, sum(kind[2] == DEAD for kind in KINDS))
    articles = await town.until("articles", sum(kind[2] == READ for kind in KINDS) + 1)

    found = {int(dict(letter.headers)["origin_offset"]): letter for letter in letters}
    by_offset = {article["origin"]["offset"] for article in articles if article["origin"]["partition"] == 0}
    for offset, (name, value, fate, code) in enumerate(KINDS):
        if fate == READ:
            assert offset in by_offset, name
        else:
            assert dict(found[offset].headers)["error_code"].decode() == code, name
            assert found[offset].value == value, name
    assert await asyncio.to_thread(worker.stop) == 0


async def _letters(town, count: int) -> list:
    for _ in range(300):
        if len(letters := await town.records("dead-letter")) >= count:
            return letters
        await asyncio.sleep(0.2)
    raise AssertionError(f"{len(letters)} dead letters, not {count}")

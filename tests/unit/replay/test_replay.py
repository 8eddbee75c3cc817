"""A replay tells the same whatever shares the work, and what it leaves out changes nothing else."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime

import pytest

from streams.errors import ErrorCode
from tests.builders import COMPANIES, a_raw, feed
from tests.unit.alerts.builders import a_silence
from tests.unit.replay.builders import NINE, PARTITIONS, SECOND, a_plan, parts, records, told

BANK = {"tickers": ["600036.SH"]}
NOTICE = a_raw(
    id="notice",
    title="更正公告",
    content="本报今日发布的《工商银行参与专项行动》一文内容有误，现予以撤稿，特此说明。",
)


@pytest.mark.parametrize(("workers", "chunk_records"), [(1, 7), (2, 40)], ids=["chunks", "processes"])
async def test_neither_processes_nor_chunks_change_a_byte(workers, chunk_records):
    stored = records([*feed(80, copies=0.3), NOTICE])
    plan = a_plan(BANK, {"tickers": ["600519.SH"]}, {"market": True}, storm_per_minute=1)

    whole = await told(stored, plan)

    assert len(whole) > 80
    assert {b'"reason":"storm"' in message.value for message in whole} == {True, False}
    assert await told(stored, plan, workers, chunk_records=chunk_records) == whole


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("only_subscribed", [False, True])
async def test_nor_do_they_change_what_is_held_back_or_silenced(workers, only_subscribed):
    stored = records(feed(150, copies=0.2))
    quiet = a_silence(
        id="quiet",
        tickers=["601398.SH"],
        starts_at="2026-03-02T09:00+08:00",
        ends_at="2026-03-02T09:01+08:00",
    )
    wishes = [{"tickers": [ticker for ticker, _, _ in COMPANIES]}]
    plan = a_plan(*wishes, silences=(quiet,), storm_per_minute=2, only_subscribed=only_subscribed)

    whole = await told(stored, plan, chunk_records=7)

    desk = [json.loads(m.value) for m in whole if m.topic == "again.alerts.desk"]
    listed = [one["alert_id"] for alert in desk for one in alert.get("held_back", ())]
    reasons = Counter(_suppressed(m)["reason"] for m in whole if m.topic == "again.alerts.suppressed")
    assert len(listed) == len(set(listed)) > 20
    assert reasons["silenced"] > 0
    assert reasons["storm"] >= len(listed)
    assert await told(stored, plan, workers, chunk_records=40) == whole


async def test_messages_are_what_the_workers_publish_but_for_the_clock():
    stored = records([a_raw(content="招商银行公布经营数据，净利润增长。", title="招商银行业绩")])
    messages = await told(stored, a_plan(BANK))
    (tape,) = [m for m in messages if m.topic == "again.alerts" and m.key == b"600036.SH"]
    (desk,) = [m for m in messages if m.topic == "again.alerts.desk"]
    article = json.loads(desk.value)["article"]

    assert desk.headers == tape.headers
    assert dict(tape.headers)["ce_source"] == b"/news-alerts/again"
    assert [(n, v) for n, v in tape.headers if n.endswith("_at")] == [("received_at", b"%d" % NINE)]
    assert (article["topic"], article["partition"]) == ("news.raw", stored[0].partition)


async def test_of_subscribers_only_what_concerns_them_is_decided_and_it_is_the_same():
    stored = records([*feed(120, copies=0.3)])
    wishes = [BANK, {"tickers": ["01398.HK"]}, {"sectors": ["BK0475"]}]

    everything = await told(stored, a_plan(*wishes))
    asked = await told(stored, a_plan(*wishes, only_subscribed=True))

    concerning = [
        message
        for message in everything
        if message.topic == "again.alerts.desk"
        or (message.topic == "again.alerts.suppressed" and _suppressed(message).get("subscribers"))
    ]
    assert {message.topic for message in asked} == {"again.alerts.desk", "again.alerts.suppressed"}
    assert asked == concerning


async def test_what_came_before_is_known_and_nothing_is_told_of_it():
    first = a_raw()
    copy = first | {"id": "n2", "source": "relay"}
    stored = records([first, first, copy], apart_ms=60 * SECOND)
    start = datetime.fromtimestamp(NINE / 1000 + 120, UTC)

    (part,) = await parts(stored, a_plan({"tickers": ["601398.SH"]}, tell_from=start))

    assert part.redelivered == 0
    assert {message.topic for message in part.messages} == {"again.alerts.suppressed"}
    assert _suppressed(part.messages[0])["reason"] == "copy"


async def test_a_record_that_cannot_be_read_is_told_of_and_stops_no_other():
    stored = records([a_raw(), a_raw(id="n2", content="招商银行召开年度会议。", title=None)])
    stored[0] = stored[0]._replace(value=b"{")

    (part,) = await parts(stored, a_plan())

    (refusal,) = part.refused
    assert refusal.record == f"news.raw/{stored[0].partition}@0"
    assert refusal.error.code is ErrorCode.NOT_JSON
    assert "600036.SH" in {message.key.decode() for message in part.messages}


@pytest.mark.parametrize("workers", [1, 2])
async def test_what_cannot_be_worked_on_is_listed_in_the_order_of_the_records(workers):
    stored = [record._replace(value=b"{") for record in records(feed(40))]

    (part,) = await parts(stored, a_plan(), workers)

    assert len({record.partition for record in stored}) == PARTITIONS
    assert [refusal.record for refusal in part.refused] == [
        f"news.raw/{record.partition}@{record.offset}" for record in stored
    ]


@pytest.mark.parametrize("workers", [1, 2])
async def test_each_subscription_that_matched_counts_also_those_that_the_line_has_no_room_for(workers):
    many = [{"tickers": [ticker]} for ticker in ("601398.SH", "600036.SH") for _ in range(12)]
    stored = records([a_raw(), a_raw(id="n2", title="招商银行业绩", content="招商银行公布净利润增长。")])

    (part,) = await parts(stored, a_plan(*many), workers)

    assert part.raised == {f"s{n}": 1 for n in range(24)}
    for message in part.messages:
        if message.topic == "again.alerts.desk":
            assert json.loads(message.value)["why"]["more"] >= 2


async def test_what_came_before_raised_nothing():
    stored = records([a_raw()])
    start = datetime.fromtimestamp(NINE / 1000 + 60, UTC)

    (part,) = await parts(stored, a_plan({"tickers": ["601398.SH"]}, tell_from=start))

    assert (part.messages, part.raised) == ([], {})


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(("ends_after_s", "digests"), [(None, 1), (60, 1), (59, 0)])
async def test_at_its_end_what_was_held_back_in_a_minute_that_is_over_is_told(workers, ends_after_s, digests):
    stored = records(
        [
            a_raw(id="a", title=None, content="工商银行公告，拟回购股份，金额3亿元。"),
            a_raw(id="b", title=None, content="工商银行公告，拟每10股派发现金红利3.1元。"),
        ]
    )
    end = ends_after_s and datetime.fromtimestamp(NINE / 1000 + ends_after_s, UTC)
    plan = a_plan({"tickers": ["601398.SH"]}, storm_per_minute=1, ends_at=end)

    desk = [json.loads(m.value) for m in await told(stored, plan, workers) if m.topic == "again.alerts.desk"]

    assert [len(alert["held_back"]) for alert in desk if alert["ticker"] == "digest"] == [1] * digests
    assert len(desk) == 1 + digests


async def test_a_notice_reaches_the_stories_of_every_partition():
    companies = [fields for fields in feed(40, copies=0) if fields["title"]]
    title = companies[0]["title"]
    subjects = {m.key for m in await told(records(companies[:1]), a_plan())}
    notice = a_raw(
        id="x", title="撤稿声明", content=f"本报今日发布的《{title}》一文内容有误，现予以撤稿，特此说明。"
    )

    withdrawn = {
        message.key
        for message in await told(records([*companies, notice]), a_plan(partitions=PARTITIONS * 4))
        if json.loads(message.value)["action"] == "withdrawn"
    }

    assert withdrawn == subjects


def _suppressed(message) -> dict:
    return json.loads(message.value)["suppressed"]

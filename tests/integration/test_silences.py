"""Silences in workers that run: live in every one, and refused aloud where they cannot be held."""

import asyncio

import pytest

from tests.builders import a_raw
from tests.integration.town import shows
from tests.workers import publish

pytestmark = [pytest.mark.connected, pytest.mark.timeout(240)]


async def test_a_silence_mutes_at_once_and_after_it_the_story_comes_as_created(town):
    for desk in ("quiet", "loud"):
        await town.command("subscriptions", "add", "--subscriber", desk, "--ticker", "601398.SH")
    worker = await town.worker("one").start().ready()

    silence = ("--id", "q", "--subscriber", "quiet", "--ticker", "601398.SH", "--comment", "results day")
    await town.command("silences", "add", *silence)
    await shows(worker, "news_alerts_silences_held", 1)
    await town.tell(a_raw())
    await town.until("alerts.loud", 1)
    (missed,) = await town.until("alerts.suppressed", 1)
    assert missed["suppressed"] == {
        "reason": "silenced", "by": ["q"], "subscribers": ["quiet"], "more": 0}  # fmt: skip

    await town.command("silences", "expire", "q")
    await town.command("silences", "add", "--id", "mark", "--market", "--comment", "none of ours")
    await shows(worker, "news_alerts_silences_held", 2)
    await town.tell(a_raw(content="监管部门与工商银行联合印发通知，支持科技企业融资，规模100亿元。"))
    (got,) = await town.until("alerts.quiet", 1)
    loud = await town.until("alerts.loud", 2)

    assert (got["action"], got["version"]) == ("created", 2)
    assert [alert["action"] for alert in loud] == ["created", "updated"]
    assert {alert["alert_id"] for alert in loud} == {got["alert_id"], missed["alert_id"]}
    await shows(worker, "news_alerts_matched_total", 4)
    await shows(worker, "news_alerts_deliveries_total", 3)
    await shows(worker, "news_alerts_withheld_total", 1, reason="silenced")
    assert await asyncio.to_thread(worker.stop) == 0


async def test_silences_that_are_held_count_from_the_first_article_on(town):
    await town.command("subscriptions", "add", "--subscriber", "quiet", "--ticker", "601398.SH")
    await town.command("silences", "add", "--ticker", "601398.SH", "--comment", "results day")
    await town.tell(a_raw())

    worker = await town.worker("one").start().ready()
    (missed,) = await town.until("alerts.suppressed", 1)

    assert missed["suppressed"]["reason"] == "silenced"
    assert await town.read("alerts.quiet") == []
    assert await asyncio.to_thread(worker.stop) == 0


async def test_a_faulty_silence_is_refused_aloud_and_once_and_changes_nothing_else(town):
    await town.command("subscriptions", "add", "--subscriber", "desk", "--ticker", "601398.SH")
    workers = [await town.worker(name).start().ready() for name in ("first", "second")]

    bad = b'{"id":"q","starts_at":"now","author":"a","comment":"everything"}'
    await asyncio.to_thread(publish, town.broker, f"{town.prefix}.silences", (b"q", bad, []))
    for worker in workers:
        await shows(worker, "news_alerts_silences_refused_total", 1)
    (letter,) = await letters(town)
    await town.tell(a_raw())
    await town.until("alerts.desk", 1)

    assert (letter.value, dict(letter.headers)["error_code"]) == (bad, b"bad_silence")
    message = dict(letter.headers)["error_message"]
    assert all(word in message for word in (b"starts_at", b"ends_at", b"everything"))
    assert "silence refused" in workers[0].text()
    for worker in workers:
        assert await asyncio.to_thread(worker.stop) == 0
    assert len(await town.records("dead-letter")) == 1


async def test_a_direct_alert_mutes_its_board_though_another_worker_may_decide_that(town):
    both = ("--subscriber", "both", "--ticker", "601398.SH", "--sector", "BK0475")
    await town.command("subscriptions", "add", *both)
    await town.command("subscriptions", "add", "--subscriber", "board", "--sector", "BK0475")
    workers = [await town.worker(name).start().ready() for name in ("first", "second")]

    await town.tell(a_raw())
    (direct,) = await town.until("alerts.both", 1)
    (board,) = await town.until("alerts.board", 1)
    (muted,) = await town.until("alerts.suppressed", 1)

    assert (direct["ticker"], board["ticker"]) == ("601398.SH", "BK0475")
    assert muted["alert_id"] == board["alert_id"]
    assert muted["suppressed"] == {
        "reason": "inhibited", "by": ["601398.SH"], "subscribers": ["both"], "more": 0}  # fmt: skip
    for worker in workers:
        assert await asyncio.to_thread(worker.stop) == 0
    assert len(await town.read("alerts.both")) == 1


async def letters(town) -> list:
    for _ in range(300):
        if found := await town.records("dead-letter"):
            return found
        await asyncio.sleep(0.2)
    raise AssertionError("no dead letter")

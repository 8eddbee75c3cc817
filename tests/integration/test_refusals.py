"""A subscriber's topic that refuses what is written makes nobody else wait, and closes nobody for good."""

import asyncio

import pytest

from streams.kafka.admin import ensure_topics, open_admin
from streams.settings import Settings
from streams.wire.topics import Topic
from tests.builders import COMPANIES, a_raw
from tests.integration.town import worked_on

pytestmark = [pytest.mark.connected, pytest.mark.timeout(240)]
GOOD, BAD = "alerts.good", "alerts.bad"


async def subscribe(town) -> None:
    for subscriber in ("good", "bad"):
        await town.command("subscriptions", "add", "--subscriber", subscriber, "--ticker", "601398.SH")


async def happen(town, what: str) -> None:
    await town.tell(a_raw(id=what, title=None, content=f"工商银行{what}。"))


async def closed(worker, count: int) -> None:
    """Wait until so many subscribers are closed."""
    for _ in range(200):
        if await asyncio.to_thread(worker.metric, "news_alerts_subscribers_without_topic") == count:
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"not {count} closed: {worker.text()[-2000:]}")


async def withheld_from(subscriber: str, town) -> None:
    """Wait until an alert stands on record as one that a subscriber did not get."""
    for _ in range(200):
        if any(misses(subscriber, alert) for alert in await town.read("alerts.suppressed")):
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"nothing is withheld from {subscriber}")


async def reasons(town, count: int) -> list[tuple[str, list[str]]]:
    found = [alert["suppressed"] for alert in await town.until("alerts.suppressed", count)]
    return [(one["reason"], one["subscribers"]) for one in found]


def versions(alerts: list[dict]) -> set[tuple[str, int]]:
    return {(alert["alert_id"], alert["version"]) for alert in alerts}


def misses(subscriber: str, alert: dict) -> bool:
    return alert["suppressed"]["reason"] == "no_topic" and subscriber in alert["suppressed"]["subscribers"]


async def test_a_topic_that_may_not_be_written_is_left_out_until_it_may(walled, prefix):
    admin, town, rights = walled
    await subscribe(admin)
    rights.grant_group(prefix)
    rights.grant("write", f"{prefix}.{GOOD}")
    worker = await town.worker("one").start().ready()

    await happen(admin, "任命新行长")
    await admin.until(GOOD, 1)
    assert await reasons(admin, 1) == [("no_topic", ["bad"])]
    await asyncio.to_thread(rights.grant, "write", f"{prefix}.{BAD}")
    await closed(worker, 0)

    await happen(admin, "回购股份，金额3亿元")
    await admin.until(BAD, 1)
    await asyncio.to_thread(rights.take, "write", f"{prefix}.{BAD}")

    await happen(admin, "中标一项合同，金额9亿元")
    good = await admin.until(GOOD, 3)
    assert await reasons(admin, 2) == [("no_topic", ["bad"])] * 2
    assert len({alert["alert_id"] for alert in good}) == 3
    assert len(await admin.read(BAD)) == 1
    assert f"subscriber bad: no right on topic {prefix}.{BAD}" in worker.text()
    assert await asyncio.to_thread(worker.stop) == 0, "it never ended by itself"


async def test_a_right_on_a_subscriber_s_topic_taken_for_four_seconds_loses_nothing(walled, prefix):
    admin, town, rights = walled
    await subscribe(admin)
    rights.grant_group(prefix)
    rights.grant("write", f"{prefix}.{GOOD}", f"{prefix}.{BAD}")
    worker = await town.worker("one").start().ready()

    await asyncio.to_thread(rights.take, "write", f"{prefix}.{BAD}")
    news = asyncio.create_task(happen(admin, "任命新行长"))
    await asyncio.sleep(4)
    await asyncio.to_thread(rights.grant, "write", f"{prefix}.{BAD}")
    await news
    await admin.until(BAD, 1)

    assert await admin.read("alerts.suppressed") == []
    assert await asyncio.to_thread(worker.stop) == 0


async def test_a_topic_that_takes_only_small_messages_is_left_out(town):
    settings = Settings.from_mapping({"broker": town.broker, "prefix": town.prefix})
    await ensure_topics(settings, [Topic(name=BAD, key="any", role="test", partitions=1, max_bytes=600)])
    await subscribe(town)
    worker = await town.worker("one").start().ready()

    await happen(town, "任命新行长")
    await town.until(GOOD, 1)

    assert await reasons(town, 1) == [("no_topic", ["bad"])]
    assert f"subscriber bad: topic {town.prefix}.{BAD} takes no message so large" in worker.text()
    assert await asyncio.to_thread(worker.stop) == 0


async def test_a_topic_that_was_deleted_is_made_anew_by_a_worker_that_may(town):
    settings = Settings.from_mapping({"broker": town.broker, "prefix": town.prefix})
    await subscribe(town)
    worker = await town.worker("one").start().ready()
    await happen(town, "任命新行长")
    await town.until(BAD, 1)
    async with open_admin(settings) as admin:
        await admin.delete_topics([f"{town.prefix}.{BAD}"])

    await happen(town, "回购股份，金额3亿元")
    (alert, *_) = await town.until(BAD, 1)

    assert "回购股份" in alert["headline"]
    assert await town.read("alerts.suppressed") == []
    assert await asyncio.to_thread(worker.stop) == 0


async def test_the_tape_deleted_ends_the_worker_which_names_it(town):
    settings = Settings.from_mapping({"broker": town.broker, "prefix": town.prefix})
    worker = await town.worker("one").start().ready()
    await happen(town, "任命新行长")
    await town.until("alerts", 1)
    async with open_admin(settings) as admin:
        await admin.delete_topics([f"{town.prefix}.alerts"])

    await happen(town, "回购股份，金额3亿元")

    assert await asyncio.to_thread(worker.wait, 60) == 1
    assert f"crashed: TopicFault: topic {town.prefix}.alerts is not there" in worker.text()


async def test_under_load_every_alert_is_delivered_or_on_record_as_not(walled, prefix):
    admin, town, rights = walled
    file = admin.write_feed(1500)
    lines = file.read_bytes().splitlines(keepends=True)
    rest = file.with_name("rest.ndjson")
    file.write_bytes(b"".join(lines[:1000]))
    rest.write_bytes(b"".join(lines[1000:]))
    tickers = [part for ticker, _, _ in COMPANIES for part in ("--ticker", ticker)]
    for subscriber in ("good", "bad"):
        await admin.command("subscriptions", "add", "--subscriber", subscriber, *tickers)
    rights.grant_group(prefix)
    rights.grant("write", f"{prefix}.{GOOD}", f"{prefix}.{BAD}")
    worker = await town.worker("one").start().ready()
    ingest = asyncio.create_task(admin.command("ingest", str(file)))
    await worked_on(worker, 100)
    await asyncio.to_thread(rights.take, "write", f"{prefix}.{BAD}")
    await closed(worker, 1)
    await asyncio.gather(ingest, admin.command("ingest", str(rest)))
    await withheld_from("bad", admin)
    await asyncio.to_thread(rights.grant, "write", f"{prefix}.{BAD}")
    outcome = await admin.outcome()
    await closed(worker, 0)
    assert await asyncio.to_thread(worker.stop) == 0, "it never ended by itself"

    good, bad = versions(await admin.read(GOOD)), versions(await admin.read(BAD))
    withheld = [alert for alert in await admin.read("alerts.suppressed") if misses("bad", alert)]
    assert (outcome.missing, outcome.doubled) == (frozenset(), frozenset())
    assert versions(withheld)
    assert bad | versions(withheld) == good

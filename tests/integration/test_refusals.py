"""A subscriber's topic that refuses what is written makes nobody else wait, and closes nobody for good."""

import asyncio

import pytest

from streams.kafka.admin import ensure_topics, open_admin
from streams.settings import Settings
from streams.wire.topics import Topic
from tests.builders import a_raw

pytestmark = [pytest.mark.connected, pytest.mark.timeout(240)]
GOOD, BAD = "alerts.good", "alerts.bad"


async def subscribe(town) -> None:
    for subscriber in ("good", "bad"):
        await town.command("subscriptions", "add", "--subscriber", subscriber, "--ticker", "601398.SH")


async def happen(town, what: str) -> None:
    await town.tell(a_raw(id=what, title=None, content=f"工商银行{what}。"))


async def mended(worker) -> None:
    for _ in range(150):
        if await asyncio.to_thread(worker.metric, "news_alerts_subscribers_without_topic") == 0:
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"still closed: {worker.text()[-2000:]}")


async def reasons(town, count: int) -> list[tuple[str, list[str]]]:
    found = [alert["suppressed"] for alert in await town.until("alerts.suppressed", count)]
    return [(one["reason"], one["subscribers"]) for one in found]


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
    await mended(worker)

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

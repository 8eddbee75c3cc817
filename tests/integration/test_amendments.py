"""A story's day with two workers: who had the alert hears what becomes of it, and nobody else does.

Each step is told once the one before has arrived, as the sources of a desk would.
"""

import asyncio
from typing import Any

import pytest

from tests.builders import a_raw
from tests.integration.town import shows
from tests.workers import Worker

pytestmark = [pytest.mark.connected, pytest.mark.timeout(300)]

FLASH = "监管部门与工商银行联合印发通知，支持科技企业融资。"
MORE = "监管部门与工商银行联合印发通知，支持科技企业融资，规模100亿元。"
RIGHT = "监管部门与工商银行联合印发通知，支持科技企业融资，规模200亿元。"


@pytest.fixture
async def workers(town):
    """Two workers that share the partitions."""
    found = [await town.worker(name).start().ready() for name in ("first", "second")]
    await shared(found)
    yield found
    for worker in found:
        assert await asyncio.to_thread(worker.stop) == 0


async def shared(workers: list[Worker]) -> None:
    """Wait until each worker holds the memory of some partitions of the stories, and all are ready."""
    for _ in range(300):
        parts = [await asyncio.to_thread(assigned, worker) for worker in workers]
        ready = [await asyncio.to_thread(worker.get, "/readyz") for worker in workers]
        if all(parts) and all(status == 200 for status, _ in ready):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"partitions are not shared: {parts}")


def assigned(worker: Worker) -> set[str]:
    """Return the partitions of the mentions that a worker has: it shows their lag, be it none."""
    lines = worker.get("/metrics")[1].splitlines()
    lag = [line.split("}")[0] for line in lines if line.startswith("news_alerts_lag_records")]
    return {place for place in lag if ".mentions" in place}


async def subscribe(town, desk: str, *wish: str) -> None:
    await town.command("subscriptions", "add", "--subscriber", desk, "--id", desk, *wish)


async def held(workers: list[Worker], count: int) -> None:
    """Wait until all workers hold so many subscriptions."""
    for worker in workers:
        await shows(worker, "news_alerts_subscriptions_held", count)


async def heard(town, desk: str) -> list[tuple[str, int]]:
    """Return what stands in a desk's topic about 工商银行: action and version, in order."""
    alerts = await town.read(f"alerts.{desk}")
    return [(one["action"], one["version"]) for one in alerts if one["ticker"] == "601398.SH"]


async def until_heard(town, desk: str, count: int) -> None:
    for _ in range(200):
        if len(await heard(town, desk)) >= count:
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"{desk} heard {await heard(town, desk)}")


async def test_created_updated_corrected_withdrawn_reach_exactly_those_who_got_the_original(town, workers):
    await subscribe(town, "stays", "--ticker", "601398.SH")
    await subscribe(town, "leaves", "--ticker", "01398.HK")
    await subscribe(town, "other", "--ticker", "600036.SH")
    await held(workers, 3)

    # 09:30 the flash
    await town.tell(a_raw(content=FLASH))
    await until_heard(town, "stays", 1)
    await until_heard(town, "leaves", 1)

    # 09:40 one desk leaves, another comes
    await town.command("subscriptions", "remove", "leaves")
    await held(workers, 2)
    await subscribe(town, "comes", "--ticker", "601398.SH")
    await held(workers, 3)

    # 09:45 another medium tells the same
    await town.tell(a_raw(source="relay", id="r1", content=FLASH))
    await until_heard(town, "comes", 1)

    # 10:00 an update, 10:30 a correction, 11:00 it is taken back, 11:05 a late copy
    await town.tell(a_raw(content=MORE, action="update"))
    await until_heard(town, "stays", 2)
    await town.tell(a_raw(content=RIGHT, action="correct"))
    await until_heard(town, "stays", 3)
    await town.tell(a_raw(content="", title=None, action="withdraw"))
    await until_heard(town, "stays", 4)
    await town.tell(a_raw(source="late", id="l1", content=FLASH))
    await until_suppressed(town, "withdrawn_story")

    whole = [("created", 1), ("updated", 2), ("corrected", 3), ("withdrawn", 4)]
    assert await heard(town, "stays") == whole
    assert await heard(town, "leaves") == whole
    assert await heard(town, "comes") == whole
    assert await town.read("alerts.other") == []
    tape = [one for one in await town.read("alerts") if one["ticker"] == "601398.SH"]
    assert [(one["action"], one["version"]) for one in tape] == whole
    every = [one for desk in ("stays", "leaves", "comes") for one in await town.read(f"alerts.{desk}")]
    assert {one["alert_id"] for one in every if one["ticker"] == "601398.SH"} == {tape[0]["alert_id"]}


async def test_a_medium_s_notice_corrects_and_takes_back_where_its_article_went(town, workers):
    await subscribe(town, "bank", "--ticker", "601398.SH")
    await subscribe(town, "other", "--ticker", "600036.SH")
    await held(workers, 2)
    title = "工商银行发布半年度经营数据"
    await town.tell(a_raw(id="n1", title=title, content="工商银行今日发布经营数据，上半年净利润为98亿元。"))
    await until_heard(town, "bank", 1)

    await town.tell(a_raw(id="n2", **notice(f"更正：《{title}》一文中，“98亿元”应为“89亿元”。特此更正。")))
    await until_heard(town, "bank", 2)
    await town.tell(
        a_raw(id="n3", **notice(f"撤稿声明：本社今日所发《{title}》一文，因内容有误，现予撤回。"))
    )
    await until_heard(town, "bank", 3)

    assert await heard(town, "bank") == [("created", 1), ("corrected", 2), ("withdrawn", 3)]
    assert await town.read("alerts.other") == []
    assert len({one["alert_id"] for one in await town.read("alerts.bank")}) == 1
    changed = [one for alert in await town.read("alerts.bank") for one in alert.get("changed", ())]
    assert changed[0] == {"what": "words", "old": "98亿元", "new": "89亿元"}


def notice(text: str) -> dict[str, Any]:
    return {"title": text.partition("：")[0], "content": text}


async def until_suppressed(town, reason: str) -> None:
    for _ in range(200):
        if any(one["suppressed"]["reason"] == reason for one in await town.read("alerts.suppressed")):
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"nothing is suppressed as {reason}")

"""Names said at run time, in a worker that runs."""

import asyncio

import pytest

from tests.builders import a_raw
from tests.integration.town import shows
from tests.workers import publish

pytestmark = [pytest.mark.connected, pytest.mark.timeout(240)]
HELD = "news_alerts_securities_held"


def article(id_: str) -> dict:
    return a_raw(id=id_, title=None, content=f"澄湖晶材公告，拟以自有资金回购股份。编号{id_}。")


async def test_a_name_that_is_added_links_in_the_next_article_and_no_more_once_it_is_removed(town):
    worker = await town.worker("one").start().ready()
    await town.tell(article("1"))
    await town.until("articles", 1)

    await town.command("securities", "add", "688999.SH", "--name", "澄湖晶材", "--kind", "short")
    await shows(worker, HELD, 1)
    await town.tell(article("2"))
    await town.until("articles", 2)
    await town.command("securities", "remove", "688999.SH")
    await shows(worker, HELD, 0)
    await town.tell(article("3"))

    linked = {
        a["text"][-2]: [m["ticker"] for m in a.get("mentions", ())] for a in await town.until("articles", 3)
    }
    assert linked == {"1": [], "2": ["688999.SH"], "3": []}
    tape = await town.until("alerts", 1)
    assert [alert["name"] for alert in tape if alert["ticker"] == "688999.SH"] == ["澄湖晶材"]
    assert await asyncio.to_thread(worker.stop) == 0


async def test_a_faulty_record_is_refused_aloud_and_once_and_changes_nothing_else(town):
    await town.command("securities", "add", "688999.SH", "--name", "澄湖晶材", "--kind", "short")
    first, second = town.worker("first"), town.worker("second")
    await first.start().ready()
    await second.start().ready()

    await asyncio.to_thread(
        publish,
        town.broker,
        f"{town.prefix}.securities",
        (b"688999.SH", '{"ticker":"688999.SH","names":[{"name":"晨"}],"bord":"BK0475"}'.encode(), []),
    )
    for worker in (first, second):
        await shows(worker, "news_alerts_securities_refused_total", 1)
    await town.until("dead-letter", 1)
    await town.tell(article("1"))
    (told,) = await town.until("articles", 1)

    assert [m["ticker"] for m in told["mentions"]] == ["688999.SH"]
    assert "security refused" in first.text()
    assert (await town.command("securities", "list")).startswith("688999.SH  澄湖晶材")
    for worker in (first, second):
        assert await asyncio.to_thread(worker.stop) == 0
    (letter,) = await town.records("dead-letter")
    assert dict(letter.headers)["error_code"] == b"unknown_field"
    assert b"names[0].name" in dict(letter.headers)["error_message"]

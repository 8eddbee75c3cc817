"""The promise under faults, on real workers and a real broker: nothing lost, nothing under a second id."""

import asyncio

import pytest

from tests.builders import a_raw
from tests.integration.town import worked_on
from tests.workers import Restarter

pytestmark = [pytest.mark.connected, pytest.mark.timeout(300)]
ARTICLES = 5000
NOTHING: frozenset = frozenset()


async def test_kill_9_twice_loses_nothing_and_doubles_nothing(town):
    file = town.write_feed(ARTICLES)
    async with Restarter(town.worker("one")) as restarter:
        worker = await restarter.worker.ready()
        ingest = asyncio.create_task(town.command("ingest", str(file)))
        for _ in range(2):
            await worked_on(worker, 500)
            worker.kill()
            await asyncio.sleep(1)
        await ingest
        outcome = await town.outcome()

    assert (outcome.missing, outcome.doubled) == (NOTHING, NOTHING)
    assert restarter.codes == [-9, -9, 0]


async def test_a_second_worker_that_joins_and_leaves_loses_nothing(town):
    file = town.write_feed(ARTICLES)
    first, second = town.worker("first"), town.worker("second")
    await first.start().ready()
    ingest = asyncio.create_task(town.command("ingest", str(file)))
    await worked_on(first, 300)
    await second.start().ready()
    await asyncio.sleep(2)
    assert await asyncio.to_thread(second.stop) == 0
    await ingest
    outcome = await town.outcome()
    assert await asyncio.to_thread(first.stop) == 0

    assert (outcome.missing, outcome.doubled) == (NOTHING, NOTHING)


async def test_sigterm_under_load_drains_and_repeats_nothing(town):
    file = town.write_feed(ARTICLES)
    first = await town.worker("first").start().ready()
    ingest = asyncio.create_task(town.command("ingest", str(file)))
    await worked_on(first, 500)
    assert await asyncio.to_thread(first.stop) == 0
    await ingest
    second = await town.worker("second").start().ready()
    outcome = await town.outcome()
    assert await asyncio.to_thread(second.stop) == 0

    assert (outcome.missing, outcome.doubled, outcome.repeats) == (NOTHING, NOTHING, 0)


async def test_the_same_feed_again_says_nothing_new(town):
    file = town.write_feed(1000)
    worker = await town.worker("one").start().ready()
    await town.command("ingest", str(file))
    await town.outcome()
    before = await town.read("alerts")

    await town.command("ingest", str(file))
    await worked_on(worker, 2000)
    await town.tell(a_raw(id="end", content="招商银行召开会议，讨论明年的计划。", title=None))
    after = await town.until("alerts", len(before) + 1)
    assert await asyncio.to_thread(worker.stop) == 0

    told = {alert["article"]["id"] for alert in before}
    assert len({alert["article"]["id"] for alert in after} - told) == 1

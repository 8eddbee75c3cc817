"""Rights that are missing or taken: the worker says so and ends; a restart heals it. No silent stall."""

import asyncio

import pytest

from tests.workers import Restarter

pytestmark = [pytest.mark.connected, pytest.mark.timeout(300)]


async def test_output_rights_taken_for_four_seconds_lose_nothing(walled, prefix):
    admin, town, rights = walled
    rights.grant_group(prefix)
    file = admin.write_feed(5000)
    async with Restarter(town.worker("one")) as restarter:
        await restarter.worker.ready()
        await asyncio.to_thread(rights.take, "write", f"{prefix}.alerts")
        ingest = asyncio.create_task(admin.command("ingest", str(file)))
        await asyncio.sleep(4)
        await asyncio.to_thread(rights.grant, "write", f"{prefix}.alerts")
        await ingest
        outcome = await admin.outcome()

    assert (outcome.missing, outcome.doubled) == (frozenset(), frozenset())
    assert restarter.codes[0] == 1, "a refused output ends the worker"
    assert set(restarter.codes[1:-1]) <= {1, 4}, "until the right is back"
    assert restarter.codes[-1] == 0


async def test_no_right_on_the_group_ends_the_worker_aloud(walled):
    _, town, _ = walled
    worker = town.worker("one").start()
    assert await asyncio.to_thread(worker.wait, 30) == 1
    assert "the consumer group refused this worker" in worker.text()


async def test_an_input_that_may_not_be_read_ends_the_worker_aloud(walled, prefix):
    _, town, rights = walled
    rights.grant_group(prefix)
    rights.grant("describe", f"{prefix}.raw")
    rights.take("read", f"{prefix}.raw")
    worker = town.worker("one").start()
    assert await asyncio.to_thread(worker.wait, 40) == 1
    assert f"{prefix}.raw" in worker.text()


async def test_a_missing_topic_is_named_at_the_start(walled):
    _, town, _ = walled
    elsewhere = town.worker("one", prefix="nowhere").start()
    assert await asyncio.to_thread(elsewhere.wait, 20) == 4
    assert "nowhere.raw" in elsewhere.text()

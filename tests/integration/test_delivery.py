"""The promise under faults, on real workers and a real broker: nothing lost, nothing under a second id."""

import asyncio
import json
import subprocess
import sys

import pytest

from tests.builders import feed, ndjson
from tests.integration.promises import held, owed, pairs_of
from tests.workers import Restarter, Worker, bodies, read_topic, until

pytestmark = [pytest.mark.connected, pytest.mark.timeout(300)]
ARTICLES = 5000


def run(broker: str, prefix: str, *arguments: str) -> subprocess.CompletedProcess:
    done = subprocess.run(
        [sys.executable, "-m", "streams", *arguments, "--broker", broker, "--prefix", prefix],
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture
def town(broker, prefix, tmp_path):
    """Topics made, a feed in a file, and a way to make workers."""
    run(broker, prefix, "topics", "create", "--partitions", "4")

    class Town:
        articles = list(feed(ARTICLES))
        file = tmp_path / "feed.ndjson"

        def worker(self, name: str) -> Worker:
            return Worker(tmp_path / f"{name}.log", broker=broker, prefix=prefix, group=prefix,
                          session_timeout_s=3, heartbeat_s=1, commit_interval_s=1)  # fmt: skip

        def ingest(self):
            return asyncio.create_task(asyncio.to_thread(run, broker, prefix, "ingest", str(self.file)))

        async def outcome(self):
            pairs = owed(self.articles)

            async def told():
                return bodies(await read_topic(broker, f"{prefix}.alerts")), bodies(
                    await read_topic(broker, f"{prefix}.alerts.suppressed")
                )

            for _ in range(200):
                tape, suppressed = await told()
                if pairs <= pairs_of([*tape, *suppressed]):
                    break
                await asyncio.sleep(0.5)
            return held(pairs, tape, suppressed)

    made = Town()
    made.file.write_bytes(ndjson(iter(made.articles)))
    return made


async def worked_on(worker: Worker, articles: int) -> None:
    """Wait until a worker has worked on so many articles since its start."""
    for _ in range(600):
        if await asyncio.to_thread(worker.metric, "news_alerts_articles_total") >= articles:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"fewer than {articles} articles: {worker.text()[-2000:]}")


async def test_kill_9_twice_loses_nothing_and_doubles_nothing(town):
    async with Restarter(town.worker("one")) as restarter:
        worker = restarter.worker
        await worker.ready()
        ingest = town.ingest()
        for _ in range(2):
            await worked_on(worker, 500)
            worker.kill()
            await asyncio.sleep(1)
        await ingest
        outcome = await town.outcome()

    assert (outcome.missing, outcome.doubled) == (frozenset(), frozenset())
    assert restarter.codes == [-9, -9, 0]


async def test_a_second_worker_that_joins_and_leaves_loses_nothing(town):
    first, second = town.worker("first"), town.worker("second")
    await first.start().ready()
    ingest = town.ingest()
    await worked_on(first, 300)
    await second.start().ready()
    await asyncio.sleep(2)
    assert await asyncio.to_thread(second.stop) == 0
    await ingest
    outcome = await town.outcome()
    assert await asyncio.to_thread(first.stop) == 0

    assert (outcome.missing, outcome.doubled) == (frozenset(), frozenset())


async def test_sigterm_under_load_drains_and_repeats_nothing(town, broker, prefix):
    first = town.worker("first")
    await first.start().ready()
    ingest = town.ingest()
    await worked_on(first, 500)
    assert await asyncio.to_thread(first.stop) == 0
    await ingest
    second = town.worker("second")
    await second.start().ready()
    outcome = await town.outcome()
    assert await asyncio.to_thread(second.stop) == 0

    assert (outcome.missing, outcome.doubled, outcome.repeats) == (frozenset(), frozenset(), 0)


async def test_the_same_feed_again_says_nothing_new(town, broker, prefix):
    worker = town.worker("one")
    await worker.start().ready()
    await town.ingest()
    await town.outcome()
    before = len(await read_topic(broker, f"{prefix}.alerts"))

    await town.ingest()
    await worked_on(worker, 2 * ARTICLES)
    marker = json.dumps(
        {"source": "s", "id": "end", "title": "招商银行召开会议", "content": "招商银行召开会议。"}
    )
    await asyncio.to_thread(
        subprocess.run, [sys.executable, "-m", "streams", "ingest", "-", "--broker", broker, "--prefix", prefix],
        input=marker.encode(), check=True)  # fmt: skip
    tape = await until(broker, f"{prefix}.alerts", lambda found: len(found) > before)
    assert await asyncio.to_thread(worker.stop) == 0

    new = {body["article"]["id"] for body in bodies(tape)} - {pair[0] for pair in owed(town.articles)}
    assert len(new) == 1

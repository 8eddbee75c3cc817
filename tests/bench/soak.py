"""`python tests/bench/soak.py`: one worker for twenty minutes at a steady pace, and what it takes.

Its memory of stories is bounded so low that it is full after some minutes: from then on a story is let go for
each that comes, as after seven days, and what still grows is memory of articles, or a leak.
Nothing is asserted; the last lines say what the worker grew by in the second half.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script: `tests` is imported from the repository

from streams.wire.topics import ALERTS, ARTICLES, RAW, STORIES
from tests.bench import material, ours
from tests.bench.contest import Town
from tests.bench.offsets import look
from tests.bench.processes import resident_mb
from tests.bench.traffic import RATE, pace, sender
from tests.kafka.cluster import Cluster
from tests.kafka.jars import find_jars

logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # it retries what it logs

MINUTE_S = 60


async def soak(cluster: Cluster, directory: Path, minutes: int, subscriptions: int, stories: int) -> None:
    """Send articles for some minutes, and print a line a minute.

    Args:
        cluster: The broker.
        directory: For logs.
        minutes: How long.
        subscriptions: How many are held.
        stories: How many are remembered for each of eight partitions.
    """
    town = Town(broker=cluster.bootstrap, broker_pid=cluster.pid, directory=directory, backlog=(), steady=())
    feed = map(material.encode, material.articles(minutes * MINUTE_S * RATE + 1, name="soak"))
    held = material.subscriptions(subscriptions)
    sizes: list[float] = []
    async with (
        look(cluster.bootstrap) as offsets,
        ours.started(town, held, next(feed), offsets, most_stories=stories) as worker,
        sender(cluster.bootstrap) as producer,
    ):
        await worker.settle()
        names = {topic: worker.topic(topic) for topic in (ARTICLES, STORIES)}
        print("minute  articles  stories held  alerts     MB", flush=True)
        for minute in range(1, minutes + 1):
            await pace(producer, worker.topic(RAW), list(islice(feed, MINUTE_S * RATE)), {})
            worker.check()
            sizes.append(resident_mb(worker.pid))
            remembered = {
                topic: await asyncio.to_thread(worker.worker.metric, "news_alerts_memory_entries", topic=name)
                for topic, name in names.items()
            }
            alerts = await offsets.count(worker.topic(ALERTS))
            print(
                f"{minute:6}{remembered[ARTICLES]:10,.0f}{remembered[STORIES]:14,.0f}{alerts:8,}{sizes[-1]:7.0f}",
                flush=True,
            )
    half = len(sizes) // 2
    grown = sizes[-1] - sizes[half - 1]
    articles = (len(sizes) - half) * MINUTE_S * RATE
    print(f"second half: {grown:+.0f} MB, {grown * 1e6 / articles:+,.0f} bytes an article", flush=True)


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=20, help="how long, at 50 articles a second")
    parser.add_argument("--subscriptions", type=int, default=225_000, help="subscriptions held")
    parser.add_argument("--stories", type=int, default=1_000, help="most_stories of the worker")
    options = parser.parse_args()
    begun = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="news-alerts-soak-") as directory,
        Cluster(Path(directory, "kafka"), find_jars(), jvm=("-Xmx1g",)) as cluster,
    ):
        asyncio.run(soak(cluster, Path(directory), options.minutes, options.subscriptions, options.stories))
    print(f"took {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

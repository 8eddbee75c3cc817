"""`python tests/bench/replays.py`: replays and a backtest of one stored day, on a real Kafka.

20,000 articles of 2.5 kB, spread over the time of a day, stand in eight partitions. They are replayed by one
process and by three, and what was written is hashed by topic and subject. With --live workers are given the
same day as a backlog, one worker and then three, and where they say something else is counted.
Nothing is asserted about time; the exit code is 1 when the replays differ.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from hashlib import sha256
from itertools import islice
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script: `tests` is imported from the repository

from aiokafka import AIOKafkaProducer

from streams.kafka.partitioning import partition_of
from tests.bench import material
from tests.bench.offsets import look, until
from tests.kafka.cluster import Cluster
from tests.kafka.jars import find_jars
from tests.workers import Worker, read_topic

logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # it retries what it logs

PARTITIONS = 8
DAY_MS = 86_400_000
WISHES = 40
TOPICS = ("alerts", "alerts.suppressed", *(f"alerts.{name}" for name in material.SUBSCRIBERS))
SLOWEST_S = 600.0

Said = dict[tuple[str, bytes], str]


class Day:
    """A stored day on a broker.

    Args:
        broker: Its address.
        path: An own directory.
        articles: How many the day has.
    """

    def __init__(self, broker: str, path: Path, articles: int) -> None:
        self.broker, self.path = broker, path
        self.bodies = [
            material.encode(fields) for fields in islice(material.articles(articles, name="day"), articles)
        ]
        self.start_ms = int(time.time() * 1000) - DAY_MS - 3_600_000
        self.wishes = path / "wishes.ndjson"

    def run(self, prefix: str, *words: str) -> tuple[str, str]:
        """Run a command; return how long it took, in words, and what it printed."""
        begin, before = time.monotonic(), getrusage(RUSAGE_CHILDREN)
        where = ("--broker", self.broker, "--prefix", prefix)
        command = [sys.executable, "-m", "streams", *words, *where]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        after = getrusage(RUSAGE_CHILDREN)
        cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return f"{time.monotonic() - begin:.1f} s, {cpu_s:.1f} s of CPU", done.stdout

    def store(self, prefix: str) -> None:
        """Make the topics, the subscriptions and the day."""
        self.run(prefix, "topics", "create", "--partitions", str(PARTITIONS))
        with self.wishes.open("w") as lines:
            for number in range(WISHES):
                desk = material.SUBSCRIBERS[number % len(material.SUBSCRIBERS)]
                ticker = material.COMPANIES[number % len(material.COMPANIES)][0]
                lines.write(json.dumps({"id": f"w{number}", "subscriber": desk, "tickers": [ticker]}) + "\n")
        self.run(prefix, "subscriptions", "import", str(self.wishes))
        asyncio.run(self._produce(f"{prefix}.raw"))

    def said(self, prefix: str, raw: str) -> Said:
        """Return a hash of what each topic says about each subject; `raw` is what to call its raw topic."""
        return asyncio.run(self._said(prefix, raw))

    async def _produce(self, topic: str) -> None:
        producer = AIOKafkaProducer(bootstrap_servers=self.broker, acks="all", linger_ms=5)
        await producer.start()
        step = DAY_MS / len(self.bodies)
        for number, body in enumerate(self.bodies):
            await producer.send(
                topic, body.value, key=body.key, partition=partition_of(body.key, PARTITIONS),
                timestamp_ms=self.start_ms + int(number * step),
            )  # fmt: skip
        await producer.stop()

    async def _said(self, prefix: str, raw: str) -> Said:
        found = defaultdict(sha256)
        mine = f'"topic":"{prefix}.raw"'.encode()
        for topic in TOPICS:
            seen = set()
            for record in await read_topic(self.broker, f"{prefix}.{topic}"):
                body = record.value.replace(mine, f'"topic":"{raw}"'.encode())
                if body not in seen:  # a batch that was repeated
                    seen.add(body)
                    found[topic, record.key].update(body)
        return {place: one.hexdigest() for place, one in found.items()}


def main() -> int:
    """Run it; 0 when all replays say the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000, help="of the day")
    parser.add_argument("--live", action="store_true", help="give the day to workers as a backlog, too")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="news-alerts-replays-") as directory,
        Cluster(Path(directory, "kafka"), find_jars(), jvm=("-Xmx1g",)) as cluster,
    ):
        return _compare(Day(cluster.bootstrap, Path(directory), options.articles), live=options.live)


def _compare(day: Day, *, live: bool) -> int:
    day.store("day-one")
    said: dict[str, Said] = {}
    for processes in ("1", "3"):
        into = f"replay-{processes}"
        took, _ = day.run("day-one", "replay", "--into", into, "--workers", processes)
        said[into] = day.said(into, "day-one.raw")
        places = f"{len(said[into]):,} topics and subjects"
        print(f"replay by {processes}: {took}, {places}, {_mark(said[into])}", flush=True)
    words = ("backtest", "--subscription", str(day.wishes), "--since", "2d", "--json")
    took, out = day.run("day-one", *words)
    summary = json.loads(out.splitlines()[-1])["summary"]
    print(f"backtest: {took}, {summary['articles']:,} articles, {summary['alerts']:,} alerts", flush=True)
    if live:
        for prefix, workers in (("day-one", 1), ("day-two", 3)):
            if prefix != "day-one":
                day.store(prefix)
            seconds = asyncio.run(_work(day, prefix, workers))
            found = day.said(prefix, "day-one.raw")
            other = sum(found.get(place) != mark for place, mark in said["replay-1"].items())
            share = f"{other:,} of {len(said['replay-1']):,} topics and subjects otherwise"
            print(f"backlog by {workers} of the workers: {seconds:.1f} s, {share}")
    return 0 if said["replay-1"] == said["replay-3"] else 1


async def _work(day: Day, prefix: str, count: int) -> float:
    """Let workers take the day as a backlog; return the seconds from their start to the last commit."""
    where = {"broker": day.broker, "prefix": prefix, "group": prefix}
    workers = [Worker(day.path / f"{prefix}-{n}.log", **where) for n in range(count)]
    begin = time.time()
    try:
        for worker in workers:
            worker.start()
        async with look(day.broker) as offsets:

            async def done() -> bool:
                return await offsets.lag(prefix, f"{prefix}.raw", f"{prefix}.mentions") == 0

            return await until(done, "the workers have committed all", SLOWEST_S) - begin
    finally:
        for worker in workers:
            await asyncio.to_thread(worker.stop)


def _mark(said: Said) -> str:
    return sha256("".join(f"{place}{said[place]}" for place in sorted(said)).encode()).hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())

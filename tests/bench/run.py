"""`make bench`: a bare loop, Faust as documented and news-alerts, side by side in one run on one real Kafka.

A benchmark, not a test: nothing is asserted about time. Progress goes to stderr, the table to stdout.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import json
import logging
import signal
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script: `tests` is imported from the repository

from streams.errors import NewsAlertsError
from tests.bench import live, material, memory, ours, report, steps
from tests.bench.contest import Bare, Documented, Outcome, Town
from tests.bench.offsets import Offsets, look
from tests.bench.processes import BenchFailure
from tests.bench.traffic import RATE, WARM_UP_S
from tests.kafka.cluster import Cluster
from tests.kafka.jars import KafkaMissing, find_jars

logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # it retries what it logs

PARTS = ("bare", "faust", "ours", "live", "memory", "steps")
JVM = ("-Xmx1g",)  # with the optimising compiler, as in production
LIVE_REPEATS = 100
STEP_ARTICLES = 4_000


@dataclasses.dataclass(slots=True)
class Figures:
    """All that was measured; None or {} for what was not asked for."""

    outcomes: dict[str, Outcome] = dataclasses.field(default_factory=dict)
    live: live.Live | None = None
    names: live.Live | None = None
    memory: memory.Memory | None = None
    us: dict[str, float] | None = None
    conditions: list[str] = dataclasses.field(default_factory=list)


def main() -> int:
    """Run the benchmark; 0 when everything that was asked for was measured."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that all that was started is stopped
    options = _options()
    figures, code = Figures(), 0
    try:
        if set(options.only) - {"steps"}:
            with tempfile.TemporaryDirectory(prefix="news-alerts-bench-") as directory:
                _say("starting Kafka")
                with Cluster(Path(directory, "kafka"), find_jars(), jvm=JVM) as cluster:
                    asyncio.run(_on_kafka(options, figures, cluster, Path(directory)))
        if "steps" in options.only:
            _say("the pure steps")
            figures.us = steps.measure(_bodies(min(options.articles, STEP_ARTICLES), "steps"),
                                       material.subscriptions(options.subscriptions))  # fmt: skip
    except (BenchFailure, KafkaMissing, NewsAlertsError, AssertionError) as error:
        print(f"bench: {error}", file=sys.stderr)
        code = 1
    _print(options, figures)
    return code


async def _on_kafka(options: argparse.Namespace, figures: Figures, cluster: Cluster, directory: Path) -> None:
    _say(f"making {options.articles:,} articles")
    town = Town(
        broker=cluster.bootstrap,
        broker_pid=cluster.pid,
        directory=directory,
        backlog=_bodies(options.articles, "backlog"),
        steady=_bodies(int((options.seconds + WARM_UP_S) * RATE), "steady") if options.seconds else (),
    )
    async with look(cluster.bootstrap) as offsets:
        _say("warming Kafka up, which does not count")
        await Bare(dataclasses.replace(town, steady=()), "warm-up").measure(offsets)
        for name, contestant in (("bare", Bare), ("faust", Documented)):
            if name in options.only:
                _say(f"{report.TITLES[name]}: backlog, then {options.seconds} s at {RATE}/s")
                figures.outcomes[name] = await contestant(town, name).measure(offsets)
        if {"ours", "live"} & set(options.only):
            await _ours(options, figures, town, offsets)
    if "memory" in options.only:
        _say(f"reading {options.stories:,} stories back")
        bodies = _bodies(min(options.articles, STEP_ARTICLES), "steps")
        figures.memory = await memory.measure(town.settings("memory"), bodies, options.stories)


async def _ours(options: argparse.Namespace, figures: Figures, town: Town, offsets: Offsets) -> None:
    _say(f"news-alerts: {options.subscriptions:,} subscriptions, then the worker")
    held = material.subscriptions(options.subscriptions)
    async with ours.started(town, held, _bodies(1, "probe")[0], offsets) as worker:
        if "ours" in options.only:
            _say(f"news-alerts: backlog, then {options.seconds} s at {RATE}/s")
            figures.outcomes["ours"] = await worker.measure()
        if "live" in options.only:
            _say(f"news-alerts: {LIVE_REPEATS} new subscriptions")
            flow = _bodies(60 * RATE, "flow")
            figures.live = await live.measure(worker, LIVE_REPEATS, flow)
            _say(f"news-alerts: {LIVE_REPEATS} new names")
            figures.names = await live.measure_names(worker, LIVE_REPEATS, flow)


def _bodies(count: int, name: str) -> list[material.Body]:
    # Without copies in a steady flow every article has an alert of its own to wait for.
    copies = 0.1 if name in ("backlog", "steps") else 0.0
    seed = sum(name.encode())
    return [
        material.encode(fields)
        for fields in islice(material.articles(count, name=name, copies=copies, seed=seed), count)
    ]


def _print(options: argparse.Namespace, figures: Figures) -> None:
    sample = list(material.articles(min(options.articles, 2_000), name="backlog", seed=sum(b"backlog")))
    job = (
        f"{options.articles:,} articles of {material.content_bytes(sample):,.0f} bytes HTML (mean), 1 in 10 a"
        f" copy; {options.subscriptions:,} subscriptions of {len(material.SUBSCRIBERS)} subscribers to"
        f" {material.UNIVERSE:,} tickers"
    )
    figures.conditions = report.conditions(
        job=job, kafka=f"{_kafka_version()}, one broker, 8 partitions, acks=all, JVM {' '.join(JVM)}"
    )
    parts = [report.table(figures.outcomes)] if figures.outcomes else []
    parts += [report.live_lines(figures.live, report.WISH)] if figures.live else []
    parts += [report.live_lines(figures.names, report.NAME)] if figures.names else []
    parts += [report.memory_lines(figures.memory)] if figures.memory else []
    parts += [report.step_lines(figures.us)] if figures.us else []
    print("\n\n".join([*parts, "\n".join(figures.conditions)]))
    if options.json:
        changes = {"live_ms": figures.live, "names_ms": figures.names}
        found = report.as_json(figures.outcomes, changes, figures.us, figures.conditions)
        if figures.memory:
            found["memory"] = dataclasses.asdict(figures.memory)
        options.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")


def _kafka_version() -> str:
    try:
        jars = sorted(find_jars().glob("kafka_2.13-*.jar"))
    except KafkaMissing:
        return "none"
    return f"Apache Kafka {jars[0].stem.partition('-')[2]}" if jars else "Apache Kafka"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000, help="length of the backlog")
    parser.add_argument("--subscriptions", type=int, default=225_000, help="subscriptions held")
    parser.add_argument("--stories", type=int, default=100_000, help="stories read back")
    parser.add_argument("--seconds", type=int, default=30, help="length of the steady flow; 0 leaves it out")
    parser.add_argument("--only", action="append", choices=PARTS, help="this part; may be repeated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    options = parser.parse_args()
    options.only = tuple(options.only or PARTS)
    return options


_begun = time.monotonic()


def _say(words: str) -> None:
    print(f"[{time.monotonic() - _begun:5.0f} s] {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

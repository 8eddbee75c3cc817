"""What is compared, each measured the same way: a backlog as fast as it goes, then a steady flow."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from streams.kafka.admin import ensure_topics
from streams.settings import Settings
from streams.wire.topics import ALERTS, RAW, Topic, full_name
from tests.bench.material import Body
from tests.bench.offsets import Offsets, until
from tests.bench.processes import Child, Meter, peak_mb
from tests.bench.traffic import fill, latencies

HERE = Path(__file__).parent
# The slowest rate, in articles a second, that a backlog is waited for.
SLOWEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """Where it happens: one broker, one directory for logs, the articles that all work on.

    Args:
        broker: Bootstrap address.
        broker_pid: Its process.
        directory: For logs and working directories.
        backlog: Articles to be worked off as fast as it goes.
        steady: Articles to be sent one by one for the latency.
    """

    broker: str
    broker_pid: int
    directory: Path
    backlog: Sequence[Body]
    steady: Sequence[Body]

    def settings(self, name: str) -> Settings:
        """Return the settings of one contestant, whose topics and group are its own."""
        return Settings.from_mapping(
            {"broker": self.broker, "prefix": f"bench-{name}", "group": f"bench-{name}"}
        )


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What was measured of one contestant; see the README's "Benchmark" for the words.

    Args:
        articles_s: Articles a second over the backlog.
        cpu_ms: CPU milliseconds an article over the backlog.
        others: Cores that everything but contestant, broker and benchmark used meanwhile.
        latency_ms: Milliseconds from sending an article to receiving what tells of it.
        peak_mb: Largest resident size.
        more: Further figures by name, for those that have any.
    """

    articles_s: float = 0
    cpu_ms: float = 0
    others: float = 0
    latency_ms: list[float] = field(default_factory=list)
    peak_mb: float = 0
    more: dict[str, float] = field(default_factory=dict)

    def replayed(self, articles: int, pid_name: str, meter: Meter, window: tuple[float, float]) -> None:
        """Note a backlog that was worked off between two moments."""
        start, end = window
        self.articles_s = articles / (end - start)
        self.cpu_ms = meter.cpu_s(pid_name, start, end) / articles * 1000
        self.others = meter.others(start, end)


class Program:
    """A contestant that is one Python file of this directory: `bare` or `faust`."""

    topics: tuple[Topic, ...] = (RAW,)
    arguments: tuple[str, ...] = ()

    def __init__(self, town: Town, name: str) -> None:
        self.town, self.name = town, name
        self.settings = town.settings(name)
        self.raw, self.tape = (full_name(topic, self.settings.prefix) for topic in (RAW, ALERTS))

    async def measure(self, offsets: Offsets) -> Outcome:
        """Make its topics, fill the backlog, run it, send the steady flow, stop it."""
        town, outcome = self.town, Outcome()
        await ensure_topics(self.settings, self.topics)
        await fill(self.settings, self.raw, town.backlog)
        with ExitStack() as stack:
            child = self._start()
            stack.callback(child.stop)
            meter = stack.enter_context(meter_of(child.pid, town))

            async def done() -> bool:
                child.check()
                return await offsets.lag(self.settings.group, self.raw) == 0 and self.told_all(child)

            await until(done, f"{self.name} works off the backlog", 120 + len(town.backlog) / SLOWEST)
            outcome.replayed(len(town.backlog), "child", meter, await self.window(child, offsets))
            outcome.more |= await self.further(offsets)
            if town.steady:
                outcome.latency_ms = await latencies(town.broker, self.raw, self.told(), town.steady)
            outcome.peak_mb = peak_mb(child.pid)
        return outcome

    def _start(self) -> Child:
        environ = {
            "BENCH_BROKER": self.town.broker,
            "BENCH_GROUP": self.settings.group,
            "BENCH_RAW": self.raw,
            "BENCH_ALERTS": self.tape,
            "BENCH_COUNT": str(len(self.town.backlog)),
        }
        return Child(self.command(), self.town.directory / f"{self.name}.log", environ)

    def told_all(self, child: Child) -> bool:
        """Return whether it has printed all that `window` looks for."""
        return True

    def command(self) -> list[str]:
        """Return what follows `python`."""
        raise NotImplementedError

    def told(self) -> str:
        """Return the topic whose records tell of an article."""
        raise NotImplementedError

    async def window(self, child: Child, offsets: Offsets) -> tuple[float, float]:
        """Return when the first and the last article of the backlog were done."""
        raise NotImplementedError

    async def further(self, offsets: Offsets) -> dict[str, float]:
        """Return further figures of the backlog."""
        return {}


class Bare(Program):
    """aiokafka alone, nothing done: the floor. Its latency is the hop to a plain client."""

    def command(self) -> list[str]:
        return [str(HERE / "bare_loop.py")]

    def told(self) -> str:
        return self.raw

    def told_all(self, child: Child) -> bool:
        return bool(_lines_of_json(child))  # the broker knows of its last commit before it prints

    async def window(self, child: Child, offsets: Offsets) -> tuple[float, float]:
        moments = json.loads(_lines_of_json(child)[-1])
        return moments["first"], moments["last"]

    async def further(self, offsets: Offsets) -> dict[str, float]:
        return {"written": 0.0}


class Documented(Program):
    """Faust as documented: from its first alert to its last."""

    topics = (RAW, ALERTS)

    def command(self) -> list[str]:
        # Its web server would listen on all addresses; nothing else differs from the defaults.
        return [str(HERE / "faust_documented.py"), "worker", "--loglevel", "info", "--without-web"]

    def told(self) -> str:
        return self.tape

    async def window(self, child: Child, offsets: Offsets) -> tuple[float, float]:
        first = min(record.timestamp for record in await offsets.edge(self.tape))
        last = max(record.timestamp for record in await offsets.edge(self.tape, last=True))
        return first / 1000, last / 1000

    async def further(self, offsets: Offsets) -> dict[str, float]:
        return {"written": await offsets.count(self.tape) / len(self.town.backlog)}


def _lines_of_json(child: Child) -> list[str]:
    """Return what a child printed as whole lines of JSON."""
    lines = child.text().splitlines(keepends=True)
    return [line for line in lines if line.startswith("{") and line.endswith("\n")]


def meter_of(pid: int, town: Town) -> Meter:
    """Return a meter of a contestant, the broker and the benchmark itself."""
    return Meter(child=pid, broker=town.broker_pid, bench=os.getpid())

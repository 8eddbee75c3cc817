"""The figures as one table for a person, and as JSON for a program."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench.contest import Outcome
from tests.bench.live import Live
from tests.bench.memory import Memory
from tests.bench.steps import PART

TITLES = {"bare": "bare loop", "faust": "Faust as documented", "ours": "news-alerts"}
LIBRARIES = ("faust-streaming", "aiokafka", "beautifulsoup4", "lxml", "selectolax", "orjson", "uvloop")

MEANING = """\
articles/s, CPU: from the first article of the backlog to the last. Bare and Faust find the backlog waiting;
  news-alerts gets it in a burst when ready, and is done at the commit (one a second) behind its last story.
latency: from the send of an article to the receipt of each of its alerts by a plain client; for the bare loop
  to the receipt of the article itself, which is the hop alone.
Faust as documented does less: one hop, quote links only, no stories, no subscriptions, no check of delivery.
subscriptions add: all that the command does once Python and its imports are there: check the wish, look for
  the subscriber's topic, connect, publish, wait for the acknowledgement. Articles are sent from then on.
""".splitlines()

Row = tuple[str, Callable[[Outcome], float | None], str]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of the values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(outcomes: Mapping[str, Outcome]) -> str:
    """Return the contestants side by side."""
    rows = [["", *(TITLES[name] for name in outcomes)]]
    for label, figure, form in _rows(outcomes.get("bare")):
        cells = [figure(outcome) for outcome in outcomes.values()]
        if any(cell is not None for cell in cells):
            rows.append([label, *("-" if cell is None else format(cell, form) for cell in cells)])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for label, *cells in rows:
        padded = [cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)]
        lines.append("  ".join([label.ljust(widths[0]), *padded]).rstrip())
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _rows(bare: Outcome | None) -> list[Row]:
    def latency(share: float) -> Callable[[Outcome], float | None]:
        return lambda outcome: percentile(outcome.latency_ms, share) if outcome.latency_ms else None

    def more(name: str) -> Callable[[Outcome], float | None]:
        return lambda outcome: outcome.more.get(name)

    return [
        ("articles/s", lambda outcome: outcome.articles_s, ",.0f"),
        ("CPU ms an article", lambda outcome: outcome.cpu_ms, ".3f"),
        (
            "  times the bare loop",
            lambda outcome: outcome.cpu_ms / bare.cpu_ms if bare and bare.cpu_ms else None,
            ".1f",
        ),
        ("latency at 50/s, p50 ms", latency(0.5), ".1f"),
        ("latency at 50/s, p99 ms", latency(0.99), ".1f"),
        ("peak memory, MB", lambda outcome: outcome.peak_mb, ".0f"),
        ("  peak when ready, MB", more("ready_mb"), ".0f"),
        ("messages written an article", more("written"), ".2f"),
        ("  mentions an article", more("mentions"), ".2f"),
        ("  alerts on the tape an article", more("alerts"), ".2f"),
        ("  deliveries an alert", more("deliveries"), ".2f"),
        ("  suppressed an article", more("suppressed"), ".2f"),
        ("start to ready, s", more("ready_s"), ".1f"),
        ("start to first alert, s", more("first_alert_s"), ".1f"),
        ("cores used by others meanwhile", lambda outcome: outcome.others, ".2f"),
    ]


WISH = ("a new subscription", "subscriptions add")
NAME = ("a new name", "securities add")


def live_lines(live: Live, change: tuple[str, str]) -> str:
    """Return how soon changes counted; `WISH` or `NAME` says what changed, and by which command."""
    lines = [f"{change[0]}, {len(live.counted)} times, ms from the beginning of `{change[1]}`"]
    for label, values in (
        ("it was checked, sent and acknowledged after", live.added),
        ("the first article that got an alert was sent after", live.counted),
        ("its alert was received after", live.received),
    ):
        p50, p99 = percentile(values, 0.5), percentile(values, 0.99)
        lines.append(f"  {label:<52}p50 {p50:6.1f}  p99 {p99:6.1f}  max {max(values):6.1f}")
    return "\n".join(lines)


def memory_lines(memory: Memory) -> str:
    """Return how quick stories are read back, and what they take."""
    rest = memory.cpu_us - memory.decode_us - memory.recall_us
    return "\n".join(
        [
            f"memory, {memory.records:,} stories of {memory.record_bytes:,.0f} bytes read back by one worker",
            f"  {'records/s':<40}{memory.records_s:10,.0f}",
            f"  {'us of CPU a record':<40}{memory.cpu_us:10.1f}",
            f"  {'  to decode it':<40}{memory.decode_us:10.1f}",
            f"  {'  to hold the story':<40}{memory.recall_us:10.1f}",
            f"  {'  the rest: fetching and the loop':<40}{rest:10.1f}",
            f"  {'bytes a story':<40}{memory.story_bytes:10,.0f}",
            f"  {'  when all subjects were asked for':<40}{memory.filed_bytes:10,.0f}",
        ]
    )


def step_lines(us: Mapping[str, float]) -> str:
    """Return what each pure step costs; a part is shown below its step, and not added."""
    total = sum(value for name, value in us.items() if not name.startswith(PART))
    lines = ["the pure steps, us of CPU an article, without Kafka"]
    lines += [f"  {name:<28}{value:8.1f}  {value / total:4.0%}" for name, value in us.items()]
    return "\n".join([*lines, f"  {'all':<28}{total:8.1f}"])


def conditions(**figures: str) -> list[str]:
    """Return what the figures hold for, one line each."""
    cpu = next((line.split(":")[1].strip() for line in _cpuinfo() if line.startswith("model name")), "?")
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return [
        *(f"{name}: {value}" for name, value in figures.items()),
        f"machine: {os.cpu_count()} cores ({cpu}), {platform.system()}, load {load} at the end",
        f"versions: Python {platform.python_version()}, {libraries}",
        *MEANING,
    ]


def as_json(
    outcomes: Mapping[str, Outcome],
    live: Mapping[str, Live | None],
    us: Mapping[str, float] | None,
    told: Sequence[str],
) -> dict[str, Any]:
    """Return all figures as plain values."""
    found: dict[str, Any] = {"conditions": list(told)}
    for name, outcome in outcomes.items():
        found[name] = {
            "articles_s": outcome.articles_s,
            "cpu_ms": outcome.cpu_ms,
            "peak_mb": outcome.peak_mb,
            "others_cores": outcome.others,
            **({"latency_ms": _spread(outcome.latency_ms)} if outcome.latency_ms else {}),
            **outcome.more,
        }
    for name, one in live.items():
        if one:
            found[name] = {part: _spread(getattr(one, part)) for part in ("added", "counted", "received")}
    if us:
        found["steps_us"] = {name.strip(): value for name, value in us.items()}
    return found


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {
        "samples": len(values),
        "mean": statistics.fmean(values),
        **{f"p{share}": percentile(values, share / 100) for share in (50, 95, 99)},
        "max": max(values),
    }


def _cpuinfo() -> list[str]:
    try:
        return Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return []

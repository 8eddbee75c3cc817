"""How matching grows with what is held: subscriptions of all kinds, 1,000 to 225,000, articles a second.

`.venv/bin/python tests/bench/matching.py` prints a line for each number held: microseconds of CPU to match
all mentions of an article, articles/s of that, how many matches an article has, and what a change costs.
"""

from __future__ import annotations

import dataclasses
import gc
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script: `tests` is imported from the repository

from streams.alerts.routing.matching import Subscriptions
from streams.alerts.routing.subscription import Subscription
from streams.enrichment.linking.securities import Master
from streams.enrichment.subjects import SubjectKind, SubjectMention
from streams.wire.reference import load_master
from tests.bench import material
from tests.bench.steps import understood

HELD = (1_000, 50_000, 225_000)
ARTICLES = 2_000
CHANGES = 2_000
REPEATS = 3
# Of a hundred subscriptions so many follow boards, and so many the market; the others companies.
SECTORS, MARKET = 15, 5


def wishes(count: int, boards: list[str]) -> Iterator[Subscription]:
    """Yield subscriptions to companies, boards and the market, with events, sources and keywords."""
    rng = random.Random(11)
    for wish in material.subscriptions(count):
        kind = rng.randrange(100)
        if kind < SECTORS:
            yield dataclasses.replace(wish, tickers=(), sectors=tuple(rng.sample(boards, rng.choice((1, 2)))))
        elif kind < SECTORS + MARKET:
            yield dataclasses.replace(wish, tickers=(), market=True)
        else:
            yield wish


def main() -> int:
    """Print the table; 0 always."""
    master = load_master()
    mentions = [_understood(fields, master) for fields in material.articles(ARTICLES, name="matching")]
    boards = sorted({m.subject for group in mentions for m in group if m.kind is SubjectKind.SECTOR})
    gc.collect()
    gc.freeze()  # as a worker does
    print(f"{sum(map(len, mentions)) / len(mentions):.2f} mentions an article")
    for held in HELD:
        subscriptions = Subscriptions()
        for wish in wishes(held, boards):
            subscriptions.put(wish)
        took, met = _match(subscriptions, mentions)
        print(
            f"{held:>9,} held  {took * 1e6:8.1f} us an article  {1 / took:10,.0f} articles/s"
            f"  {met:8.2f} matches an article  {_change(subscriptions, boards) * 1e6:6.1f} us a change",
            flush=True,
        )
    return 0


def _understood(fields: dict[str, Any], master: Master) -> tuple[SubjectMention, ...]:
    found = understood(material.encode(fields).value, master)
    return found.mentions if found else ()


def _match(subscriptions: Subscriptions, mentions: list[tuple[SubjectMention, ...]]) -> tuple[float, float]:
    best, met = float("inf"), 0
    for _ in range(REPEATS):
        start = time.process_time()
        met = sum(len(subscriptions.match(mention)) for group in mentions for mention in group)
        best = min(best, time.process_time() - start)
    return best / len(mentions), met / len(mentions)


def _change(subscriptions: Subscriptions, boards: list[str]) -> float:
    """Return the seconds that it takes to replace a subscription by another of its id."""
    changed = [dataclasses.replace(wish, min_relevance=0.6) for wish in wishes(CHANGES, boards)]
    start = time.process_time()
    for wish in changed:
        subscriptions.put(wish)
    return (time.process_time() - start) / len(changed)


if __name__ == "__main__":
    sys.exit(main())

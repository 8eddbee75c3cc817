"""The table of figures: made from scores, kept in `figures.csv`, shown in README."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from streams.alerts.pipeline import Pipeline
from streams.enrichment.article import EnrichedArticle, Origin
from streams.enrichment.linking.securities import Master
from tests.quality.material import Labelled
from tests.quality.scoring import Score, score

KEPT = Path(__file__).with_name("figures.csv")
README = Path(__file__).parents[2] / "README.md"
ALL = "all"
COUNTS = {"articles": lambda s: s.articles, "traps set": lambda s: s.traps.of}
COLUMNS = {
    "linking P": lambda s: s.linking.precision,
    "linking R": lambda s: s.linking.recall,
    "linking F1": lambda s: s.linking.f1,
    "alerts P": lambda s: s.alerts.precision,
    "alerts R": lambda s: s.alerts.recall,
    "alerts F1": lambda s: s.alerts.f1,
    "roles": lambda s: s.roles.value(1.0),
    "traps met": lambda s: s.traps.value(0.0),
    "sectors F1": lambda s: s.sectors.f1,
    "events F1": lambda s: s.events.f1,
    "top1": lambda s: s.top1.value(1.0),
    "metadata": lambda s: s.metadata.value(1.0),
}
LOWER_IS_BETTER = {"traps met"}
_RECEIVED_AT = datetime(2026, 12, 31, tzinfo=UTC)
Figures = Mapping[str, Mapping[str, float]]


def understood(articles: Iterable[Labelled], master: Master) -> list[tuple[Labelled, EnrichedArticle]]:
    """Take all articles through what `news-alerts explain` calls, and return what was understood."""
    pipeline = Pipeline(master)
    found = []
    for offset, gold in enumerate(articles):
        step = pipeline.take(gold.raw, _RECEIVED_AT, Origin(topic="quality", partition=0, offset=offset))
        assert step is not None, f"{gold.id} stands there twice"
        found.append((gold, step.article))
    return found


def figures(found: Iterable[tuple[Labelled, EnrichedArticle]]) -> Figures:
    """Return figures by slice, of all articles last."""
    scores: dict[str, Score] = defaultdict(Score)
    for gold, article in found:
        scores[gold.slice] += score(gold, article)
    scores[ALL] = sum(scores.values(), Score())
    return {
        name: {column: of(counts) for column, of in (COUNTS | COLUMNS).items()}
        for name, counts in scores.items()
    }


def rows(made: Figures) -> list[list[str]]:
    """Return the table's rows, its head first: shares with three digits."""
    body = [
        [name, *(f"{row[column]:.0f}" for column in COUNTS), *(f"{row[column]:.3f}" for column in COLUMNS)]
        for name, row in made.items()
    ]
    return [["slice", *COUNTS, *COLUMNS], *body]


def kept() -> Figures:
    """Return the figures in `figures.csv`."""
    with KEPT.open(encoding="utf-8", newline="") as file:
        return {
            row.pop("slice"): {name: float(value) for name, value in row.items()}
            for row in csv.DictReader(file)
        }


def keep(made: Figures) -> None:
    """Write the figures into `figures.csv` and README."""
    with KEPT.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows(made))
    text = README.read_text("utf-8")
    README.write_text(text.replace(shown(text), markdown(made)), "utf-8")


def markdown(made: Figures) -> str:
    """Return the table as README shows it."""
    head, *body = rows(made)
    lines = [head, ["---"] * len(head), *body]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def shown(readme: str) -> str:
    """Return the table that README shows; empty when it shows none."""
    found = re.search(r"^\| slice \| articles \|.*\n(?:\|.*\n)+", readme, re.MULTILINE)
    return found[0] if found else ""

"""What was found against what the labels say, counted.

linking   Tickers of any role, article by article; alternates neither owed nor held against.
alerts    Tickers with role subject: what a holder is alerted to. A label with role mention is neither
          owed nor held against; role source is held against, and so is every trap.
roles     Of the tickers rightly linked, those with the labelled role.
traps     Of the labelled traps, those fallen into: lower is better.
sectors   Codes; every labelled one may be found, only a primary one is owed.
events    All kinds; top1: the first kind found is among the labelled ones.
metadata  Title, time, URL and medium, each right or wrong.

Figures are sums over articles (micro averages), never means of means.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta, timezone

from streams.enrichment.article import EnrichedArticle
from tests.quality.material import METADATA, Labelled

_NO_ZONE = timezone(timedelta(hours=8))


@dataclass(slots=True)
class Tally:
    """Right, wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def count(
        self, found: AbstractSet[str], owed: AbstractSet[str], neutral: AbstractSet[str] = frozenset()
    ) -> None:
        self.right += len(found & owed)
        self.wrong += len(found - owed - neutral)
        self.missed += len(owed - found)

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where nothing was owed and nothing found."""
        both = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / both if both else 1.0


@dataclass(slots=True)
class Share:
    """So many of so many."""

    count: int = 0
    of: int = 0

    def add(self, holds: bool) -> None:
        self.count += holds
        self.of += 1

    def __add__(self, other: Share) -> Share:
        return Share(self.count + other.count, self.of + other.of)

    def value(self, of_nothing: float) -> float:
        return self.count / self.of if self.of else of_nothing


@dataclass(slots=True)
class Score:
    """The counts of one article, or of many added up."""

    articles: int = 0
    linking: Tally = field(default_factory=Tally)
    alerts: Tally = field(default_factory=Tally)
    roles: Share = field(default_factory=Share)
    traps: Share = field(default_factory=Share)
    sectors: Tally = field(default_factory=Tally)
    events: Tally = field(default_factory=Tally)
    top1: Share = field(default_factory=Share)
    metadata: Share = field(default_factory=Share)

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


def score(gold: Labelled, found: EnrichedArticle) -> Score:
    """Count one article."""
    result = Score(articles=1)
    labels = {label.ticker: label for label in gold.tickers}
    owed = {label.ticker for label in gold.tickers if not label.alternate}
    roles = {mention.ticker: str(mention.role) for mention in found.mentions}
    result.linking.count(roles.keys(), owed, labels.keys())
    alerted = {ticker for ticker, role in roles.items() if role == "subject"}
    subjects = {ticker for ticker in owed if labels[ticker].role == "subject"}
    neutral = {label.ticker for label in gold.tickers if label.alternate or label.role == "mention"}
    result.alerts.count(alerted, subjects, neutral)
    for ticker in roles.keys() & owed:
        result.roles.add(roles[ticker] == labels[ticker].role)
    for trap in gold.traps:
        result.traps.add(trap.ticker in roles and trap.ticker not in labels)
    codes = {sector.code for sector in found.sectors}
    primary = {sector.code for sector in gold.sectors if sector.primary}
    result.sectors.count(codes, primary | (codes & {sector.code for sector in gold.sectors}))
    kinds = [str(event.kind) for event in found.events]
    result.events.count(set(kinds), set(gold.events))
    result.top1.add(bool(kinds) and kinds[0] in gold.events)
    for name in METADATA:
        result.metadata.add(_same(name, gold.metadata[name], getattr(found, name)))
    return result


def misses(gold: Labelled, found: EnrichedArticle) -> Iterator[str]:
    """Yield what is not as labelled, one clause each."""
    labels = {label.ticker: label for label in gold.tickers}
    roles = {mention.ticker: str(mention.role) for mention in found.mentions}
    surfaces = {mention.ticker: mention.evidence for mention in found.mentions}
    for ticker, label in labels.items():
        if ticker in roles and roles[ticker] != label.role and not label.alternate:
            yield f"role: {ticker} {label.surface} is {label.role}, said {roles[ticker]}"
        elif ticker not in roles and not label.alternate:
            yield f"ticker missed: {ticker} {label.surface} ({label.role})"
    traps = {trap.ticker: trap.why for trap in gold.traps}
    for ticker in roles.keys() - labels.keys():
        words = {evidence.surface for evidence in surfaces[ticker]}
        why = f", a trap: {traps[ticker]}" if ticker in traps else ""
        yield f"ticker wrong: {ticker} by {'/'.join(sorted(words))} ({roles[ticker]}){why}"
    codes = {sector.code: sector.name for sector in found.sectors}
    yield from (
        f"sector missed: {s.code} {s.name}" for s in gold.sectors if s.primary and s.code not in codes
    )
    for code in codes.keys() - {sector.code for sector in gold.sectors}:
        yield f"sector wrong: {code} {codes[code]}"
    kinds = [str(event.kind) for event in found.events]
    if set(kinds) != set(gold.events):
        yield f"events: {' '.join(gold.events)}; said {' '.join(kinds) or 'none'}"
    for name in METADATA:
        want, said = gold.metadata[name], getattr(found, name)
        if not _same(name, want, said):
            yield f"{name}: {want!r}, said {str(said)!r}"


def _same(name: str, want: str | None, said: str | datetime | None) -> bool:
    if name != "published_at" or want is None or said is None:
        return said == want
    instant = datetime.fromisoformat(want)
    return said == (instant if instant.tzinfo else instant.replace(tzinfo=_NO_ZONE))

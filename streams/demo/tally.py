"""What happened in the demo so far, counted from the topics that everybody can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from streams.alerts.notification import Alert
from streams.enrichment.article import EnrichedArticle


@dataclass(slots=True)
class Tally:
    """Counts.

    Args:
        total: Articles to be played.
        played: Of these, published so far.
        articles: Enriched articles seen.
        alerts: Alerts seen on the tape.
        delivered: Alerts seen, by desk.
        suppressed: Alerts held back, by reason.
        rejected: Candidates that are not the security they look like, by reason.
        dead: Dead letters, by error code.
    """

    total: int
    played: int = 0
    articles: int = 0
    alerts: int = 0
    delivered: Counter[str] = field(default_factory=Counter)
    suppressed: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    dead: Counter[str] = field(default_factory=Counter)

    def count_article(self, article: EnrichedArticle) -> None:
        """Count an enriched article and the candidates that it rejects."""
        self.articles += 1
        self.rejected.update(str(rejected.reason) for rejected in article.rejected)

    def count_suppressed(self, alert: Alert) -> None:
        """Count an alert that was not sent."""
        self.suppressed[str(alert.suppressed.reason if alert.suppressed else "unknown")] += 1

    def holds_all(self, totals: Mapping[str, int]) -> bool:
        """Say whether the worker has done all that was played, and all of it was seen here.

        Args:
            totals: The worker's counters, read at one time.
        """
        return (
            self.played == self.total
            and totals.get("articles", 0) >= self.played
            and totals.get("decisions", 0) == totals.get("mentions", 0)
            and totals.get("alerts", 0) == self.alerts
            and totals.get("deliveries", 0) == self.delivered.total()
            and totals.get("suppressed", 0) == self.suppressed.total()
            and totals.get("dead_letters", 0) == self.dead.total()
        )

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return what to tell a person: label and words."""
        return (
            ("articles", f"{self.played} of {self.total} played, {self.articles} understood"),
            ("alerts", f"{self.alerts} on the tape; to desks: {_words(self.delivered)}"),
            ("suppressed", _words(self.suppressed)),
            ("rejected", _words(self.rejected)),
            ("dead letters", _words(self.dead)),
        )


def _words(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in sorted(counts.items())) or "none"

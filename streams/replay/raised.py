"""What subscriptions would have raised: counted by day, by what it was and by who asked for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from streams.alerts.notification import Alert, Unsent
from streams.alerts.routing.subscription import Subscription
from streams.news.times import CHINA


@dataclass(slots=True)
class Day:
    """One day of China: alerts by action, and those not sent by reason; an alert counts once a subscriber."""

    sent: Counter[str] = field(default_factory=Counter)
    unsent: Counter[str] = field(default_factory=Counter)


class Raised:
    """Counts alerts to subscribers, and those that were not sent.

    Args:
        subscriptions: All that were held.

    Attributes:
        articles: How many were taken, refused and redelivered ones included.
        refused: How many of them cannot be read.
        redelivered: How many of them brought a wording that was known.
        first, last: When the first and the last were received.
        days: By day.
        subscribers: Alerts sent to each.
        subscriptions: Alerts that each raised, alone or with others, as `Part.raised` counts them; those that
            raised none included.
    """

    def __init__(self, subscriptions: Iterable[Subscription]) -> None:
        self.articles = self.refused = self.redelivered = 0
        self.first: datetime | None = None
        self.last: datetime | None = None
        self.days: dict[date, Day] = {}
        self.subscribers: Counter[str] = Counter()
        self.subscriptions = Counter({subscription.id: 0 for subscription in subscriptions})

    def read(self, received_at: datetime) -> None:
        """Count an article."""
        self.articles += 1
        self.first = received_at if self.first is None else min(self.first, received_at)
        self.last = received_at if self.last is None else max(self.last, received_at)

    def add(self, alert: Alert, subscriber: str | None) -> None:
        """Count an alert, but for the subscriptions that raised it: its line has no room for all of them.

        Args:
            alert: As the subscriber's topic or the suppressed topic has it.
            subscriber: Whose topic; None for the suppressed topic.
        """
        day = self.days.setdefault(alert.received_at.astimezone(CHINA).date(), Day())
        if alert.suppressed is not None:
            day.unsent[alert.suppressed.reason] += len(alert.suppressed.subscribers) + alert.suppressed.more
        elif subscriber is not None:
            day.sent[alert.action] += 1
            self.subscribers[subscriber] += 1

    @property
    def sent(self) -> Counter[str]:
        """Alerts by action."""
        return sum((day.sent for day in self.days.values()), Counter())

    @property
    def unsent(self) -> Counter[str]:
        """Alerts that were not sent, by reason."""
        return sum((day.unsent for day in self.days.values()), Counter())

    def entry(self) -> dict[str, Any]:
        """Return all of it for programs."""
        return {
            "articles": self.articles,
            "refused": self.refused,
            "redelivered": self.redelivered,
            "first": self.first,
            "last": self.last,
            "alerts": self.sent.total(),
            "sent": _plain(self.sent),
            "duplicates": self.unsent[Unsent.COPY],
            "unsent": _plain(self.unsent),
            "days": [
                {"day": day, "sent": _plain(self.days[day].sent), "unsent": _plain(self.days[day].unsent)}
                for day in sorted(self.days)
            ],
            "subscribers": dict(sorted(self.subscribers.items())),
            "subscriptions": dict(sorted(self.subscriptions.items())),
        }


def _plain(counts: Counter[str]) -> dict[str, int]:
    return {str(name): count for name, count in counts.items()}

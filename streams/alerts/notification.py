"""The alert: one line for one story and subject (contract of `news.alerts` and the subscribers' topics)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from streams.alerts.change import Change
from streams.enrichment.article import EventKind, Evidence, Role
from streams.enrichment.subjects import ArticleView


class AlertAction(StrEnum):
    """What an alert is to the one who receives it."""

    CREATED = "created"
    UPDATED = "updated"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class Unsent(StrEnum):
    """Why an alert was not sent (closed list; metric label)."""

    COPY = "copy"
    WITHDRAWN_STORY = "withdrawn_story"
    NO_TOPIC = "no_topic"
    LATE = "late"
    SILENCED = "silenced"
    INHIBITED = "inhibited"
    STORM = "storm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A subscription that wanted this alert, and what of it matched (`ticker 601398.SH`, `event policy`)."""

    subscription: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why this alert was raised, and for whom.

    Args:
        reason: One sentence for a person.
        evidence: At most three places in the article, the strongest first.
        subscriptions: At most ten that matched, by id; () on the tape.
        more: How many further subscriptions matched.
    """

    reason: str
    evidence: tuple[Evidence, ...] = ()
    subscriptions: tuple[Matched, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Novelty:
    """How many other articles told the story in the 12 or 24 hours, 3, 5 or 7 days before `received_at`.

    Copies count, versions of one article count once, the article of the alert does not. 0 is new.
    """

    h12: int
    h24: int
    d3: int
    d5: int
    d7: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """The alert's story.

    Args:
        id: The same in all its alerts.
        articles: How many articles told it.
        copies: How many of them as copies.
        media: By which media, at most three.
        novelty: How many told it before, and when; None in alerts that were written before there was any.
    """

    id: str
    articles: int
    copies: int
    media: tuple[str, ...] = ()
    novelty: Novelty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRef:
    """The article behind the alert, and where it stands in the raw topic."""

    id: str
    version: int
    topic: str
    partition: int
    offset: int

    @classmethod
    def of(cls, article: ArticleView) -> ArticleRef:
        """Return the reference to an article."""
        origin = article.origin
        return cls(
            id=article.id,
            version=article.version,
            topic=origin.topic,
            partition=origin.partition,
            offset=origin.offset,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    """Only on alerts that were not sent.

    Args:
        reason: Why.
        of: Id of the alert that was sent instead.
        by: What muted it: ids of silences, or tickers whose direct alerts say it; the first three.
        subscribers: Who did not get it, sorted; as many as the line holds.
        more: How many further subscribers did not.
    """

    reason: Unsent
    of: str | None = None
    by: tuple[str, ...] = ()
    subscribers: tuple[str, ...] = ()
    more: int = 0

    @property
    def count(self) -> int:
        """How many subscribers did not get it."""
        return len(self.subscribers) + self.more


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """An alert that came in a digest: what it is about and told first, and its version by then."""

    alert_id: str
    version: int
    ticker: str
    name: str
    headline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert (contract). Field order is the order on the line; absent fields are left out.

    Args:
        headline: The article's title, else its first sentence; at most 120 characters.
        ticker: Issuer's primary ticker, board code, or `market`.
        name: The issuer's short name, the board's name, or `market`.
        action: What the alert is to its receiver.
        changed: What an amendment tells that the alert had not told, or told otherwise.
        tickers: All listings of the issuer, primary first.
        alert_id: Same on the tape and at every subscriber, at every redelivery, restart and replay.
        version: From 1; counts what the tape said.
        held_back: Only of a digest (ticker `digest`): the alerts that storm control held back.
        role, relevance: The subject's, see `Mention`.
        urgency: 1 (most urgent) to 9.
        events: Kinds, most fitting first.
        sectors: Board codes, primary first.
        summary: At most 200 characters.
        received_at: The raw record's timestamp; of a digest, the end of its minute.
        article: None in a digest, which is of many.
    """

    headline: str
    ticker: str
    name: str
    action: AlertAction
    changed: tuple[Change, ...] = ()
    tickers: tuple[str, ...] = ()
    alert_id: str
    version: int
    suppressed: Suppressed | None = None
    held_back: tuple[HeldBack, ...] = ()
    role: Role
    relevance: float
    urgency: int
    events: tuple[EventKind, ...] = ()
    sectors: tuple[str, ...] = ()
    summary: str | None = None
    url: str | None = None
    media: str | None = None
    source: str
    published_at: datetime | None = None
    received_at: datetime
    why: Why
    story: StoryLine
    article: ArticleRef | None = None
    schema: int = 1

"""What a replay is to be done with: a value, so that every process of it starts from the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from streams.alerts.routing.silence import Silence
from streams.alerts.routing.subscription import Subscription
from streams.enrichment.security import Security
from streams.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a replay works with.

    Args:
        prefix: First part of the names of the topics that its messages are for.
        partitions: How many the mentions would have; each has a memory of its own.
        subscriptions: Who wants what, from the first article to the last; every subscriber's topic counts
            as there.
        silences: What is muted, and when.
        storm_per_minute: What storm control lets through, see `StormControl`.
        said: What was said of securities beside the shipped master, one for each ticker.
        ends_at: When what is replayed ends: digests of minutes that are over by then are told, although no
            later article says so. None where nothing comes after it.
        tell_from: Articles received earlier are remembered, and nothing is told of them; None for no such.
        only_subscribed: True to decide only what somebody subscribed to, and tell only what concerns
            subscribers; the tape is left out.
        copy_window: See `Stories`.
        keep_for: How long articles and stories are remembered.
        most_stories: See `Stories.most`.
        max_article_bytes: Records that are longer are refused.
    """

    prefix: str
    partitions: int
    subscriptions: tuple[Subscription, ...] = ()
    silences: tuple[Silence, ...] = ()
    storm_per_minute: int = 0
    said: tuple[Security, ...] = ()
    ends_at: datetime | None = None
    tell_from: datetime | None = None
    only_subscribed: bool = False
    copy_window: timedelta
    keep_for: timedelta
    most_stories: int
    max_article_bytes: int

    @classmethod
    def of(cls, settings: Settings, **fields: object) -> Plan:
        """Return a plan with what the workers' settings say; `fields` are those that no setting gives."""
        given: dict[str, object] = {
            "prefix": settings.prefix,
            "partitions": settings.partitions,
            "copy_window": timedelta(hours=settings.copy_window_h),
            "keep_for": timedelta(days=settings.memory_days),
            "most_stories": settings.most_stories,
            "storm_per_minute": settings.storm_per_minute,
            "max_article_bytes": settings.max_article_bytes,
        }
        return cls(**(given | fields))  # type: ignore[arg-type]  # checked by the caller's own types

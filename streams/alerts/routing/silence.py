"""What is muted, and when: the record of `news.silences` (contract). Words and meaning are Alertmanager's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from streams.alerts.routing.subscription import Keywords, Listings
from streams.enrichment.article import EventKind, Role


class SilenceState(StrEnum):
    """Where a silence stands at some time."""

    PENDING = "pending"
    ACTIVE = "active"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Mutes the alerts that meet all that it asks for, from `starts_at` until before `ends_at`.

    The matcher has the fields of a subscription, with the same meaning; what is left out asks for nothing.
    At least one of subscribers, tickers, sectors, market, events, sources and keywords is given. Subjects
    (tickers, sectors, market) are alternatives, all other fields must be met together.

    Args:
        id: Unique among all; 1 to 100 of letters, digits, `.`, `_`, `-`. The key in the topic.
        subscribers: Only alerts to these; () for all.
        tickers, sectors, market: Only alerts about one of these subjects; none of them for all.
        events, roles, min_relevance, sources, keywords, listings: As in a subscription; `roles` is all of
            them unless said.
        starts_at: The first moment that it mutes; held against the time of the record, as is `ends_at`.
        ends_at: The moment from which it mutes no more; not before `starts_at`.
        author: Who made it.
        comment: Why.
    """

    id: str
    subscribers: tuple[str, ...] = ()
    tickers: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    market: bool = False
    events: tuple[EventKind, ...] = ()
    roles: tuple[Role, ...] = tuple(Role)
    min_relevance: float = 0.0
    sources: tuple[str, ...] = ()
    keywords: Keywords = Keywords()  # noqa: RUF009 it is frozen
    listings: Listings = Listings.ANY
    starts_at: datetime
    ends_at: datetime
    author: str
    comment: str
    schema: int = 1

    def state(self, at: datetime) -> SilenceState:
        """Say where it stands at a time."""
        if at < self.starts_at:
            return SilenceState.PENDING
        return SilenceState.ACTIVE if at < self.ends_at else SilenceState.EXPIRED

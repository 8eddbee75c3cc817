"""Who wants what: the record of `news.subscriptions` (contract)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from streams.enrichment.article import EventKind, Role


class Listings(StrEnum):
    """Which of an issuer's listings a ticker in a subscription stands for."""

    ANY = "any"
    NAMED = "named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keywords:
    """Words looked for in title and text, folded as names are. Empty means no condition."""

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One wish of one subscriber. At least one of tickers, sectors, market is given.

    Args:
        id: Unique among all; 1 to 100 of letters, digits, `.`, `_`, `-`. The key in the topic.
        subscriber: Whose topic `news.alerts.<subscriber>` gets the alert; same alphabet, 1 to 60.
        tickers: Issuers, by any of their listings (see `listings`).
        sectors: Board codes.
        market: True for news of the market as a whole.
        events: Only these kinds; () for all.
        roles: Only where the subject plays one of these roles.
        min_relevance: 0 to 1; only mentions at least so relevant.
        sources: Only articles of these sources; () for all.
        keywords: Conditions on the words of the article.
        listings: `any`: news of the issuer; `named`: only when that very listing is named.
        enabled: False keeps the record but sends nothing.
    """

    id: str
    subscriber: str
    tickers: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    market: bool = False
    events: tuple[EventKind, ...] = ()
    roles: tuple[Role, ...] = (Role.SUBJECT,)
    min_relevance: float = 0.0
    sources: tuple[str, ...] = ()
    keywords: Keywords = Keywords()
    listings: Listings = Listings.ANY
    enabled: bool = True
    schema: int = 1

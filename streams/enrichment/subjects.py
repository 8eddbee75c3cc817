"""The article seen from one subject: an issuer, a sector or the market (record of `news.mentions`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from streams.enrichment.article import Event, Evidence, Listing as Listing, Origin, Role, Sector, SubjectKind as SubjectKind
from streams.news.article import Action

MARKET = "market"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """What every subject of an article shares; fields as in `EnrichedArticle`."""

    title: str | None = None
    id: str
    version: int
    action: Action
    source: str
    media: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    received_at: datetime
    language: str = "und"
    summary: str = ""
    events: tuple[Event, ...] = ()
    sectors: tuple[Sector, ...] = ()
    urgency: int = 5
    digest: str
    origin: Origin
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectMention:
    """One record of `news.mentions`, keyed by `subject` (contract).

    Args:
        subject: The issuer's primary ticker, a board code, or `market`.
        kind: Which of the three.
        name: The issuer's short name, the board's name, or `market`.
        listings: The issuer's listings, primary first; () for a sector or the market.
        role: For a sector: subject when primary, mention when secondary. For the market: subject.
        relevance: 0 to 1.
        evidence: Where the subject was found.
        article: What all subjects of the article share.
    """

    subject: str
    kind: SubjectKind
    name: str
    role: Role
    relevance: float
    listings: tuple[Listing, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    article: ArticleView
    schema: int = 1

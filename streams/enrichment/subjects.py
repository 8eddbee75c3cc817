"""The article seen from one subject: an issuer, a sector or the market (record of `news.mentions`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from streams.enrichment.article import (
    EnrichedArticle,
    Event,
    EventKind,
    Evidence,
    Listing,
    Origin,
    Role,
    Sector,
    Strength,
    SubjectKind,
)
from streams.news.article import Action

__all__ = ["MARKET", "ArticleView", "Listing", "SubjectKind", "SubjectMention", "subjects"]

MARKET = "market"
# Every subject carries the text for keywords and stories; a list of 200 companies must not travel 200 times
# in full. Offsets stay those of the enriched article.
VIEW_CHARS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """What every subject of an article shares, as in `EnrichedArticle`; of `text` the first `VIEW_CHARS`."""

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


# News of these kinds is the market's whatever companies it names; of those below when it is about several.
_MARKET_KINDS = frozenset({EventKind.MACRO, EventKind.GEOPOLITICS})
_BROAD_KINDS = frozenset({EventKind.POLICY, EventKind.PRICE_MOVE})
_BROAD_FROM = 3
_SECTOR_RELEVANCE = {Strength.PRIMARY: 0.8, Strength.SECONDARY: 0.4}


def subjects(article: EnrichedArticle) -> tuple[SubjectMention, ...]:
    """Return the article seen from each of its subjects: issuers, then sectors, then the market.

    The market is a subject when no issuer has the role subject, when the kinds include macro or geopolitics,
    and when they include policy or price-move and at least three issuers are named (a broad measure, a wrap).

    Args:
        article: As understood.

    Returns:
        At least one; no subject twice.
    """
    view = _view(article)
    issuers = tuple(_issuers(article, view))
    sectors = tuple(
        SubjectMention(
            subject=sector.code,
            kind=SubjectKind.SECTOR,
            name=sector.name,
            role=Role.SUBJECT if sector.strength is Strength.PRIMARY else Role.MENTION,
            relevance=_SECTOR_RELEVANCE[sector.strength],
            evidence=sector.evidence,
            article=view,
        )
        for sector in article.sectors
    )
    return (*issuers, *sectors, *_market(article, issuers, view))


def _issuers(article: EnrichedArticle, view: ArticleView) -> Iterator[SubjectMention]:
    for issuer, group in groupby(article.mentions, key=lambda mention: mention.issuer):
        mentions = tuple(group)
        first = mentions[0]
        yield SubjectMention(
            subject=issuer,
            kind=SubjectKind.ISSUER,
            name=first.name,
            role=first.role,
            relevance=max(mention.relevance for mention in mentions),
            listings=tuple(Listing(ticker=mention.ticker, named=mention.named) for mention in mentions),
            evidence=first.evidence,
            article=view,
        )


def _market(
    article: EnrichedArticle, issuers: tuple[SubjectMention, ...], view: ArticleView
) -> Iterator[SubjectMention]:
    kinds = {event.kind for event in article.events}
    nobody = not any(issuer.role is Role.SUBJECT for issuer in issuers)
    if nobody or kinds & _MARKET_KINDS or (kinds & _BROAD_KINDS and len(issuers) >= _BROAD_FROM):
        yield SubjectMention(
            subject=MARKET,
            kind=SubjectKind.MARKET,
            name=MARKET,
            role=Role.SUBJECT,
            relevance=1.0 if not issuers else 0.5,
            evidence=article.events[0].evidence if article.events else (),
            article=view,
        )


def _view(article: EnrichedArticle) -> ArticleView:
    return ArticleView(
        title=article.title,
        id=article.id,
        version=article.version,
        action=article.action,
        source=article.source,
        media=article.media,
        url=article.url,
        published_at=article.published_at,
        received_at=article.received_at,
        language=article.language,
        summary=article.summary,
        events=article.events,
        sectors=article.sectors,
        urgency=article.urgency,
        digest=article.digest,
        origin=article.origin,
        text=article.text[:VIEW_CHARS],
    )

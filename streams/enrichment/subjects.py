"""The article seen from one subject: an issuer, a sector or the market (record of `news.mentions`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from types import MappingProxyType

from streams.enrichment.article import (
    EnrichedArticle,
    Event,
    EventKind,
    Evidence,
    Item,
    Listing,
    Origin,
    Role,
    Sector,
    Strength,
    SubjectKind,
)
from streams.enrichment.direct import Direct, direct_issuers
from streams.enrichment.facts.finding import ArticleFacts
from streams.enrichment.facts.record import Facts
from streams.enrichment.items import item_of
from streams.news.article import Action
from streams.news.text import Folded

__all__ = ["MARKET", "ArticleView", "Listing", "SubjectKind", "SubjectMention", "subjects"]

MARKET = "market"
# What a medium says of its own article concerns whoever had the article: it goes to every partition.
NOTICE = "notice"
# Every subject carries the text for keywords and stories; a list of 200 companies must not travel 200 times
# in full. Offsets stay those of the enriched article.
VIEW_CHARS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """What every subject of an article shares, as in `EnrichedArticle`; of `text` the first `VIEW_CHARS`.

    `direct` are the issuers that it is about.
    """

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
    direct: tuple[Direct, ...] = ()
    digest: str
    origin: Origin
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectMention:
    """One record of `news.mentions`, keyed by `subject` (contract).

    Args:
        subject: The issuer's primary ticker, a board code, `market`, `notice` or `tick`.
        kind: Which of the five.
        name: The issuer's short name, the board's name, or `market`.
        listings: The issuer's listings, primary first; () for a sector or the market.
        role: For a sector: subject when primary, mention when secondary. For the market: subject.
        relevance: 0 to 1.
        evidence: Where the subject was found.
        item: Of a digest, the one item that names the issuer; its offsets are those of the enriched article.
        facts: What is said of the subject; None in a withdrawal, and before they are found.
        article: What all subjects of the article share.
    """

    subject: str
    kind: SubjectKind
    name: str
    role: Role
    relevance: float
    listings: tuple[Listing, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    item: Item | None = None
    facts: Facts | None = None
    article: ArticleView
    schema: int = 1


# News of these kinds is the market's whatever companies it names; of those below when it is about several.
_MARKET_KINDS = frozenset({EventKind.MACRO, EventKind.GEOPOLITICS})
_BROAD_KINDS = frozenset({EventKind.POLICY, EventKind.PRICE_MOVE})
_BROAD_FROM = 3
_SECTOR_RELEVANCE = {Role.SUBJECT: 0.8, Role.MENTION: 0.4}
# Beyond so many companies an article is a list, and concerns their boards no more than others.
_FEW = 6
_WHOLE: frozenset[str] = frozenset()


def subjects(
    article: EnrichedArticle,
    own_boards: Mapping[str, Sector] = MappingProxyType({}),
    *,
    folded: Folded | None = None,
) -> tuple[SubjectMention, ...]:
    """Return the article seen from each of its subjects: issuers, then sectors, then the market.

    News about one company is news of its own board, and only mentions the other industries that it touches.
    A wrap of the market only mentions the boards that it lists. An article about a few companies concerns the
    own board of each as far as it is about that company. So a story of a company is told to the same board by
    whoever tells it.

    The market is a subject when no issuer has the role subject, when the kinds include macro or geopolitics,
    and when they include policy or price-move and at least three issuers are named (a broad measure, a wrap).
    What a medium says of its own earlier article goes to whomever that reached, as `notice`.

    Args:
        article: As understood.
        own_boards: The board of each issuer with the role subject, as far as it is known.
        folded: The article's text, folded, where reading has done that already.

    Returns:
        At least one; no subject twice.
    """
    view = _view(article)
    found = ArticleFacts(article, folded)
    if found.notice is not None and found.notice.alone and article.version == 1:
        return (_noticed(found, view),)
    issuers = tuple(_issuers(article, view))
    whole = (*issuers, *_sectors(article, own_boards, view), *_market(article, issuers, view))
    through = _through_companies(own_boards)
    told = [
        replace(one, facts=found.of(one.subject, _surfaces(one), through=through.get(one.subject, _WHOLE)))
        for one in whole
    ]
    boards = {sector.code: sector for sector in own_boards.values()}
    for code in sorted(through.keys() - {one.subject for one in whole}):
        facts = found.of(code, through=through[code])
        told.insert(len(issuers), replace(_sector(boards[code], Role.MENTION, view), facts=facts))
    return tuple(told)


def _sectors(
    article: EnrichedArticle, own_boards: Mapping[str, Sector], view: ArticleView
) -> Iterator[SubjectMention]:
    own = next(iter(own_boards.values())) if len(own_boards) == 1 else None
    if own is not None and not any(sector.code == own.code for sector in article.sectors):
        yield _sector(own, Role.SUBJECT, view)
    for sector in article.sectors:
        primary = sector.strength is Strength.PRIMARY if own is None else sector.code == own.code
        yield _sector(sector, Role.SUBJECT if primary and not _is_wrap(article) else Role.MENTION, view)


def _is_wrap(article: EnrichedArticle) -> bool:
    """Say whether an article sums the market up, and only lists boards that rose and fell."""
    nobody = not any(mention.role is Role.SUBJECT for mention in article.mentions)
    return (
        nobody
        and len(article.sectors) > 1
        and article.events[:1] != ()
        and (article.events[0].kind is EventKind.PRICE_MOVE)
    )


def _sector(sector: Sector, role: Role, view: ArticleView) -> SubjectMention:
    return SubjectMention(
        subject=sector.code,
        kind=SubjectKind.SECTOR,
        name=sector.name,
        role=role,
        relevance=_SECTOR_RELEVANCE[role],
        evidence=sector.evidence,
        article=view,
    )


def _through_companies(own_boards: Mapping[str, Sector]) -> dict[str, frozenset[str]]:
    """Return, for an article about a few companies, through which of them it concerns the board of each."""
    if not 1 < len(own_boards) <= _FEW:
        return {}
    codes = sorted({sector.code for sector in own_boards.values()})
    return {
        code: frozenset(issuer for issuer, sector in own_boards.items() if sector.code == code)
        for code in codes
    }


def _surfaces(mention: SubjectMention) -> tuple[str, ...]:
    return tuple(evidence.surface for evidence in mention.evidence)


def _noticed(found: ArticleFacts, view: ArticleView) -> SubjectMention:
    return SubjectMention(
        subject=NOTICE,
        kind=SubjectKind.NOTICE,
        name=NOTICE,
        role=Role.SUBJECT,
        relevance=1.0,
        facts=found.of(NOTICE),
        article=view,
    )


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
            item=item_of(issuer, first.evidence, article.items),
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
        direct=direct_issuers(article),
        digest=article.digest,
        origin=article.origin,
        text=article.text[:VIEW_CHARS],
    )

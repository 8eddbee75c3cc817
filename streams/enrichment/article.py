"""What was understood: the enriched article (contract of `news.articles`) and its parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from streams.news.article import Action

SCHEMA = 1


class Role(StrEnum):
    """The part a company plays in an article (subject: a holder would want the alert)."""

    SUBJECT = "subject"
    MENTION = "mention"
    SOURCE = "source"


class Method(StrEnum):
    """How a piece of evidence was found."""

    QUOTE_LINK = "quote_link"
    CODE = "code"
    SHORT_NAME = "short_name"
    FULL_NAME = "full_name"
    FORMER_NAME = "former_name"
    ALIAS = "alias"
    ENGLISH_NAME = "english_name"
    SUBSIDIARY = "subsidiary"
    BRAND = "brand"
    BOARD_LINK = "board_link"
    SECTOR_WORD = "sector_word"
    COMPANY_SECTOR = "company_sector"
    PHRASE = "phrase"


class RejectReason(StrEnum):
    """Why a candidate was not taken for the security it looks like (closed list)."""

    PLACE = "place"
    WORD = "word"
    PERSON = "person"
    MEDIUM = "medium"
    FUND_OR_INDEX = "fund_or_index"
    BOARD = "board"
    NAMESAKE = "namesake"
    UNLISTED = "unlisted"
    SUBSIDIARY = "subsidiary"
    PART_OF_NAME = "part_of_name"
    WRONG_LINK = "wrong_link"
    BOILERPLATE = "boilerplate"
    TABLE_HEADER = "table_header"


class EventKind(StrEnum):
    """What kind of thing happened; in the order of the design."""

    POLICY = "policy"
    ENFORCEMENT = "enforcement"
    LITIGATION = "litigation"
    EARNINGS = "earnings"
    DIVIDEND = "dividend"
    BUYBACK = "buyback"
    SHAREHOLDING = "shareholding"
    MERGER = "merger"
    FINANCING = "financing"
    IPO = "ipo"
    CONTRACT = "contract"
    PRODUCT = "product"
    PERSONNEL = "personnel"
    RATING = "rating"
    PRICE_MOVE = "price-move"
    COMMODITY = "commodity"
    MACRO = "macro"
    INDUSTRY = "industry"
    GEOPOLITICS = "geopolitics"
    ACCIDENT = "accident"
    OTHER = "other"


class Strength(StrEnum):
    """How much a sector is what the article is about."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Words that led to a finding: `article.<field>[start:end] == surface`, always."""

    field: str
    start: int
    end: int
    surface: str
    method: Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One listing that the article is about or names.

    Args:
        ticker: The listing.
        name: Its short name.
        issuer: The issuer's primary ticker (mainland first); equal for all listings of one company.
        role: The company's role; equal for all its listings.
        relevance: 0 to 1.
        named: False where only another listing of the same issuer was named by code or link.
        evidence: Where it was found, in the order of title and text.
    """

    ticker: str
    name: str
    issuer: str
    role: Role
    relevance: float
    named: bool = True
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A candidate that was looked at and not taken, and why."""

    surface: str
    ticker: str
    reason: RejectReason
    field: str
    start: int
    end: int


class UnknownKind(StrEnum):
    """What makes words look like a listed company that the master does not know."""

    CODE = "code"
    LEGAL_FORM = "legal_form"
    SHORT = "short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A name that looks like a listed company's and is not known; nothing is linked by it.

    Args:
        surface: The words: `article.<field>[start:end]`.
        kind: What makes them look so.
        ticker: The code that stands with them, where one does.
        field, start, end: Where they stand first.
    """

    surface: str
    kind: UnknownKind
    ticker: str | None = None
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """An industry the article is about, by Eastmoney board code."""

    code: str
    name: str
    strength: Strength = Strength.PRIMARY
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A kind of happening that the article reports; the first of an article fits best."""

    kind: EventKind
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One of the short articles that a digest holds: `text[start:end]`, and the issuers that it names."""

    start: int
    end: int
    issuers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where on Kafka the raw article stands."""

    topic: str
    partition: int
    offset: int


class SubjectKind(StrEnum):
    """What an article is looked at from."""

    ISSUER = "issuer"
    SECTOR = "sector"
    MARKET = "market"
    NOTICE = "notice"
    TICK = "tick"

    @property
    def to_everyone(self) -> bool:
        """Whether it goes to every partition of mentions, not to one subject's."""
        return self in (SubjectKind.NOTICE, SubjectKind.TICK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One listing of an issuer; `named` when the article names this very listing by code or link."""

    ticker: str
    named: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A subject that a version of an article was told to; see `streams.enrichment.history`."""

    subject: str
    kind: SubjectKind
    name: str
    listings: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrichedArticle:
    """One article, one version: what was said and what was understood (contract of `news.articles`).

    Also the extract agent's memory of the article: `digests` holds the fingerprint of every
    version so far, oldest first, so that an old version that arrives again is recognised.

    Args:
        id, source, action, url, title, summary, text, language, media, published_at, digest,
            warnings: As read, see `streams.news.article.Article`.
        version: Counts the different wordings (and actions) of this id, from 1.
        items: What a digest holds, in order; () for an article that is no digest.
        urgency: 1 (most urgent) to 9.
        unknown: Names that look like listed companies and are not known, at most 20.
        told: The subjects of this version, for the next one to compare with.
        received_at: The raw record's timestamp; the time that decisions use.
        origin: Where the raw article stands.
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
    mentions: tuple[Mention, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    sectors: tuple[Sector, ...] = ()
    events: tuple[Event, ...] = ()
    items: tuple[Item, ...] = ()
    urgency: int = 5
    digest: str
    digests: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    warnings: tuple[str, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    origin: Origin
    text: str = ""
    schema: int = SCHEMA

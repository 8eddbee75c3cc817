"""Which listed companies an article names: candidates judged, and added up by issuer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from streams.enrichment.article import Evidence, Mention, Method, Rejected, RejectReason, Role
from streams.enrichment.linking.candidates import Candidate
from streams.enrichment.linking.finding import FIELDS, MAX_CANDIDATES, find_candidates, original_of
from streams.enrichment.linking.judging import PARTS, judge
from streams.enrichment.linking.places import read_places
from streams.enrichment.linking.relevance import Weighed, relevance
from streams.enrichment.linking.roles import roles
from streams.enrichment.linking.securities import Master
from streams.news.article import Article
from streams.news.text import Folded, fold

MAX_EVIDENCE = 20
MAX_MENTIONS = 200
MAX_REJECTED = 200
TOO_MANY = "more names than are looked at; the rest was left out"
# The market that an article opens with.
_OPENING = 60
_HONG_KONG = re.compile("港股|恒指|恒生指数")
_OTHER_MARKET = re.compile("a股|沪指|上证|深成指|创业板|两市|美股|道指|纳指|纳斯达克|adr|预托证券")


@dataclass(slots=True)
class Found:
    """All candidates of one issuer that were taken, in the order of title and text.

    Of them `named` are the listings of codes and links, `b_shares` those of the names that only a B share
    has, and `plain` is how many do not say which listing.
    """

    issuer: str
    candidates: list[Candidate] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    b_shares: set[str] = field(default_factory=set)
    plain: int = 0

    def add(self, candidate: Candidate, b_share: str | None = None) -> None:
        """Add one that was taken; `b_share` is the listing that it names by its own name."""
        self.candidates.append(candidate)
        if candidate.named:
            self.named.add(candidate.ticker)
        elif b_share is not None:
            self.b_shares.add(b_share)
        else:
            self.plain += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What linking says of an article.

    Args:
        mentions: By relevance, an issuer's listings together and primary first.
        rejected: Candidates not taken, in the order of title and text.
        warnings: What was left out.
    """

    mentions: tuple[Mention, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[str, ...] = ()


def find_mentions(article: Article, master: Master) -> tuple[tuple[Mention, ...], tuple[Rejected, ...]]:
    """Return the listed companies that an article names, and the candidates that were not taken.

    A name without "which listing" stands for the issuer: its primary listing (mainland first) is `named`,
    the others are mentioned with `named` False. Codes and links name exactly the listings they stand for.

    Args:
        article: As read.
        master: Names, rules and word lists.

    Returns:
        Mentions by relevance; rejected candidates in order, each with its reason.
    """
    linked = link(article, master, {name: fold(original_of(article, name)) for name in FIELDS})
    return linked.mentions, linked.rejected


def link(article: Article, master: Master, folded: Mapping[str, Folded]) -> Linked:
    """Do the same as `find_mentions` for an article that is folded already, and say what was left out."""
    candidates = find_candidates(article, folded, master)
    reasons = judge(article, candidates, master, _day(article))
    taken: dict[str, Found] = {}
    rejected = []
    for candidate, reason in zip(candidates[:MAX_CANDIDATES], reasons, strict=False):
        if reason is None:
            found = taken.setdefault(candidate.issuer, Found(candidate.issuer))
            found.add(candidate, master.b_share(candidate.surface))
        else:
            rejected.append(_rejected(candidate, reason))
    mentions = tuple(_mentions(article, master, list(taken.values())))
    late = (len(candidates) > MAX_CANDIDATES, len(rejected) > MAX_REJECTED, len(mentions) > MAX_MENTIONS)
    return Linked(
        mentions=mentions[:MAX_MENTIONS],
        rejected=tuple(rejected[:MAX_REJECTED]),
        warnings=(TOO_MANY,) if any(late) else (),
    )


def _day(article: Article) -> date | None:
    return article.published_at.date() if article.published_at else None


def _rejected(candidate: Candidate, reason: RejectReason) -> Rejected:
    return Rejected(
        surface=candidate.surface,
        ticker=candidate.ticker,
        reason=reason,
        field=candidate.field,
        start=candidate.start,
        end=candidate.end,
    )


def _mentions(article: Article, master: Master, found: Sequence[Found]) -> Iterator[Mention]:
    total = sum(len(one.candidates) for one in found)
    companies = read_places(article, {one.issuer: one.candidates for one in found}, master)
    parts = roles(companies)
    hong_kong = any(company.priced for company in companies.values()) and _of_hong_kong(article)
    weighed = []
    for one in found:
        first = one.candidates[0]
        only_part = all(candidate.method in PARTS for candidate in one.candidates)
        role = parts[one.issuer]
        value = relevance(
            Weighed(
                headline=first.field == "title",
                first=first.start,
                length=len(article.text),
                times=len(one.candidates),
                total=total,
                companies=len(found),
                role=role,
                only_part=only_part,
            )
        )
        weighed.append((-value, first.field == "text", first.start, one.issuer, role, one))
    weighed.sort(key=lambda entry: entry[:4])
    for negative, _, _, _, role, one in weighed:
        listings = master.listings(one.issuer, _day(article))
        if hong_kong and companies[one.issuer].priced:
            listings = tuple(ticker for ticker in listings if ticker.endswith(".HK")) or listings
        if companies[one.issuer].priced and one.b_shares and not one.plain:
            listings = ()
        yield from _of_issuer(one, master, listings, role, -negative)


def _of_hong_kong(article: Article) -> bool:
    """Return whether an article opens with the Hong Kong market: a price in it is of the listing there."""
    opening = fold(f"{article.title or ''}\n{article.text[:_OPENING]}").text
    return _HONG_KONG.search(opening) is not None and _OTHER_MARKET.search(opening) is None


def _of_issuer(
    one: Found, master: Master, listings: tuple[str, ...], role: Role, value: float
) -> Iterator[Mention]:
    evidence = tuple(
        Evidence(field=c.field, start=c.start, end=c.end, surface=c.surface, method=c.method)
        for c in one.candidates[:MAX_EVIDENCE]
    )
    said = next((c.surface for c in one.candidates if c.method is not Method.CODE and c.surface), one.issuer)
    named = one.named | one.b_shares
    if one.plain and one.named <= one.b_shares:
        named |= set(listings[:1])
    for ticker in (*listings, *sorted(named.difference(listings))):
        yield Mention(
            ticker=ticker,
            name=master.name_of(ticker) or said,
            issuer=one.issuer,
            role=role,
            relevance=value,
            named=ticker in named,
            evidence=evidence,
        )

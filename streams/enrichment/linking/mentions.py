"""Which listed companies an article names: candidates found, judged, and added up by issuer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from streams.enrichment.article import Evidence, Mention, Method, Rejected, RejectReason, Role
from streams.enrichment.linking.candidates import REACH, Candidate
from streams.enrichment.linking.codes import find_codes
from streams.enrichment.linking.names import find_names, look_behind
from streams.enrichment.linking.relevance import Weighed, relevance
from streams.enrichment.linking.roles import role_of
from streams.enrichment.linking.securities import Master
from streams.news.article import Article, QuoteLink
from streams.news.text import Folded, fold

# Bounds of the work per article: what hostile input can ask for, and what a reader could still use.
MAX_CANDIDATES = 2000
MAX_EVIDENCE = 20
MAX_MENTIONS = 200
MAX_REJECTED = 200
TOO_MANY = "more names than are looked at; the rest was left out"


@dataclass(slots=True)
class Found:
    """All candidates of one issuer that were taken, in the order of title and text."""

    issuer: str
    candidates: list[Candidate] = field(default_factory=list)
    named: set[str] = field(default_factory=set)


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


def link(article: Article, master: Master, folded: dict[str, Folded]) -> Linked:
    """Find, judge and add up; `folded` holds the folded title and text."""
    taken: dict[str, Found] = {}
    rejected: list[Rejected] = []
    count = 0
    for candidate in _candidates(article, master, folded):
        count += 1
        if count > MAX_CANDIDATES:
            break
        reason = master.guards.judge(candidate)
        if reason is not None:
            rejected.append(_rejected(candidate, reason))
            continue
        found = taken.setdefault(candidate.issuer, Found(candidate.issuer))
        found.candidates.append(candidate)
        if candidate.named:
            found.named.add(candidate.ticker)
    mentions = _mentions(article, master, list(taken.values()))
    late = count > MAX_CANDIDATES or len(rejected) > MAX_REJECTED or len(taken) > MAX_MENTIONS
    return Linked(
        mentions=mentions[:MAX_MENTIONS],
        rejected=tuple(rejected[:MAX_REJECTED]),
        warnings=(TOO_MANY,) if late else (),
    )


def find_mentions(article: Article, master: Master) -> tuple[tuple[Mention, ...], tuple[Rejected, ...]]:
    """Return the listed companies that an article names, and the candidates that were not taken.

    A name without "which listing" stands for the issuer: all its listings are mentioned, the mainland one first,
    `named` False for those that no code or link names while another one is named.

    Args:
        article: As read.
        master: Names, rules and word lists.

    Returns:
        Mentions by relevance; rejected candidates in order, each with its reason.
    """
    linked = link(article, master, {"title": fold(article.title or ""), "text": fold(article.text)})
    return linked.mentions, linked.rejected


def _candidates(article: Article, master: Master, folded: dict[str, Folded]) -> Iterator[Candidate]:
    for name, original in (("title", article.title or ""), ("text", article.text)):
        links = [link for link in article.links if link.field == name and link.ticker]
        names = list(find_names(name, original, folded[name], master))
        yield from _merge(
            _with_links(original, links, names, name, master), _coded(name, original, names, master)
        )


def _merge(*sorted_candidates: list[Candidate]) -> Iterator[Candidate]:
    yield from sorted(
        (c for candidates in sorted_candidates for c in candidates), key=lambda c: (c.start, c.end)
    )


def _with_links(
    original: str, links: list[QuoteLink], names: list[Candidate], name: str, master: Master
) -> list[Candidate]:
    """Return the names, each with the link that stands on it, and the links on words that are no known name."""
    out = []
    waiting = list(reversed(links))
    for candidate in names:
        while waiting and waiting[-1].end <= candidate.start:
            out.append(_from_link(original, waiting.pop(), name, master))
        here: list[QuoteLink] = []
        while waiting and waiting[-1].start < candidate.end:
            here.append(waiting.pop())
        out += _linked(candidate, here, master)
    out += [_from_link(original, link, name, master) for link in reversed(waiting)]
    return out


def _linked(candidate: Candidate, links: list[QuoteLink], master: Master) -> Iterator[Candidate]:
    yield_name = True
    for link in links:
        ticker = link.ticker or ""
        if (master.issuer_of(ticker) or ticker) == candidate.issuer:
            yield_name = False
            yield replace(candidate, ticker=ticker, method=Method.QUOTE_LINK, named=True)
        else:
            yield replace(
                candidate,
                issuer=master.issuer_of(ticker) or ticker,
                ticker=ticker,
                named=True,
                method=Method.QUOTE_LINK,
                reason=candidate.reason or RejectReason.WRONG_LINK,
            )
    if yield_name:
        yield candidate


def _from_link(original: str, link: QuoteLink, name: str, master: Master) -> Candidate:
    ticker = link.ticker or ""
    after, coded = look_behind(fold(original[link.end : link.end + 2 * REACH]).text, 0)
    return Candidate(
        name,
        link.start,
        link.end,
        original[link.start : link.end],
        master.issuer_of(ticker) or ticker,
        ticker,
        Method.QUOTE_LINK,
        fold(original[max(0, link.start - REACH) : link.start]).text,
        after,
        named=True,
        coded=coded,
    )


def _coded(name: str, original: str, names: list[Candidate], master: Master) -> list[Candidate]:
    """Return candidates by code, and the unknown names in front of them wherever else they stand."""
    out = []
    for code in find_codes(original):
        issuer = master.issuer_of(code.ticker)
        if issuer is None and not code.sure:
            continue
        out.append(
            Candidate(
                name,
                code.start,
                code.end,
                original[code.start : code.end],
                issuer or code.ticker,
                code.ticker,
                Method.CODE,
                original[max(0, code.start - REACH) : code.start],
                "",
                named=True,
            )
        )
    return out


def _rejected(candidate: Candidate, reason: RejectReason) -> Rejected:
    return Rejected(
        surface=candidate.surface,
        ticker=candidate.ticker,
        reason=reason,
        field=candidate.field,
        start=candidate.start,
        end=candidate.end,
    )


def _mentions(article: Article, master: Master, found: list[Found]) -> tuple[Mention, ...]:
    roles = {one.issuer: role_of(one.candidates, master, len(found)) for one in found}
    total = sum(len(one.candidates) for one in found)
    weighed = []
    for one in found:
        first = one.candidates[0]
        value = relevance(
            Weighed(
                headline=first.field == "title",
                first=first.start if first.field == "text" else 0,
                length=len(article.text),
                count=len(one.candidates),
                total=total,
                companies=len(found),
                role=roles[one.issuer],
            )
        )
        weighed.append((-value, one.candidates[0].field != "title", one.candidates[0].start, one.issuer, one))
    weighed.sort(key=lambda entry: entry[:4])
    return tuple(
        mention
        for negative, _, _, _, one in weighed
        for mention in _of_issuer(one, master, roles[one.issuer], -negative)
    )


def _of_issuer(one: Found, master: Master, role: Role, value: float) -> Iterator[Mention]:
    evidence = tuple(
        Evidence(field=c.field, start=c.start, end=c.end, surface=c.surface, method=c.method)
        for c in one.candidates[:MAX_EVIDENCE]
    )
    named = one.named or {one.issuer}
    for ticker in master.listings(one.issuer):
        yield Mention(
            ticker=ticker,
            name=master.name_of(ticker) or ticker,
            issuer=one.issuer,
            role=role,
            relevance=value,
            named=ticker in named,
            evidence=evidence,
        )

"""All candidates of an article: names, quote links and codes brought together, not yet judged.

A code right behind a name says whom the name means, everywhere in the article: after `瑞幸咖啡(LK.US)`,
瑞幸咖啡 is LK.US. In front of a code that the master does not know, the words are taken for its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from streams.enrichment.article import Method, RejectReason
from streams.enrichment.linking.candidates import REACH, Candidate
from streams.enrichment.linking.codes import Code, find_codes, name_before
from streams.enrichment.linking.names import find_names, look_behind
from streams.enrichment.linking.securities import Master
from streams.news.article import Article, QuoteLink
from streams.news.text import Folded, fold

# Bounds of the work per article: what hostile input can ask for, and what a reader could still use.
MAX_CANDIDATES = 2000
_MAX_TOLD = 50
_MAX_PLACES = 20
# Two characters in front of an unknown code are as likely the end of a longer word.
_SHORTEST = 3
FIELDS = ("title", "text")


def find_candidates(article: Article, folded: Mapping[str, Folded], master: Master) -> list[Candidate]:
    """Return the candidates of title and text in order, at most `MAX_CANDIDATES` and one more.

    Args:
        article: As read.
        folded: Folded title and text.
        master: Names and listings.
    """
    found: list[Candidate] = []
    told: dict[str, str] = {}
    for field in FIELDS:
        original = original_of(article, field)
        links = [link for link in article.links if link.field == field and link.ticker]
        names = list(islice(find_names(field, original, folded[field], master), MAX_CANDIDATES + 1))
        codes = [
            code
            for code in islice(find_codes(original), MAX_CANDIDATES + 1)
            if code.sure or master.issuer_of(code.ticker)
        ]
        told |= _told(original, names, codes, master)
        found += _with_links(field, original, names, links, master)
        found += (_from_code(field, original, code, master) for code in codes)
    found = [_as_told(candidate, told) for candidate in found]
    unknown = {words: issuer for words, issuer in told.items() if master.issuer_of(issuer) is None}
    known = {(c.field, c.start) for c in found}
    found += (c for c in _told_names(article, unknown) if (c.field, c.start) not in known)
    found.sort(key=lambda c: (c.field == "text", c.start, c.end, c.ticker))
    return found[: MAX_CANDIDATES + 1]


def original_of(article: Article, field: str) -> str:
    """Return the title or the text as the article has it."""
    return article.title or "" if field == "title" else article.text


def _told(original: str, names: list[Candidate], codes: list[Code], master: Master) -> dict[str, str]:
    """Return words to the issuer whose code stands right behind them, where the master does not say so."""
    ends = {name.end: name for name in names if name.reason is None}
    told: dict[str, str] = {}
    for code in codes[:_MAX_TOLD]:
        start, end = name_before(original, code.start)
        issuer = master.issuer_of(code.ticker) or code.ticker
        if (name := ends.get(end)) is not None:
            if issuer != name.issuer:
                told[name.surface] = issuer
        elif end - start >= _SHORTEST and master.issuer_of(code.ticker) is None:
            told[original[start:end]] = issuer
    return told


def _as_told(candidate: Candidate, told: Mapping[str, str]) -> Candidate:
    ticker = told.get(candidate.surface)
    if ticker is None or candidate.named:
        return candidate
    return candidate.meaning(ticker, ticker, method=candidate.method, named=False)


def _told_names(article: Article, unknown: Mapping[str, str]) -> Iterator[Candidate]:
    for field in FIELDS:
        original = original_of(article, field)
        for words, ticker in islice(unknown.items(), _MAX_TOLD):
            at = original.find(words)
            for _ in range(_MAX_PLACES):
                if at < 0:
                    break
                end = at + len(words)
                yield Candidate(
                    field, at, end, words, ticker, ticker, Method.SHORT_NAME, *_around(original, at, end)
                )
                at = original.find(words, end)


def _around(original: str, start: int, end: int) -> tuple[str, str]:
    """Return the folded words before and behind a span."""
    behind, _ = look_behind(fold(original[end : end + 2 * REACH]).text, 0)
    return fold(original[max(0, start - REACH) : start]).text, behind


def _with_links(
    field: str, original: str, names: list[Candidate], links: list[QuoteLink], master: Master
) -> Iterator[Candidate]:
    """Yield the names, each with the links that stand on it, and the links on other words."""
    waiting = list(reversed(links[:MAX_CANDIDATES]))
    for name in names:
        while waiting and waiting[-1].end <= name.start:
            yield _from_link(field, original, waiting.pop(), master)
        here = []
        while waiting and waiting[-1].start < name.end:
            here.append(waiting.pop())
        yield from _linked(name, here, master)
    for link in reversed(waiting):
        yield _from_link(field, original, link, master)


def _linked(name: Candidate, links: list[QuoteLink], master: Master) -> Iterator[Candidate]:
    alone = True
    for link in links:
        ticker = link.ticker or ""
        issuer = master.issuer_of(ticker) or ticker
        meant = name.meaning(issuer, ticker, method=Method.QUOTE_LINK, named=True)
        if issuer == name.issuer:
            alone = False
            yield meant
        else:
            yield replace(meant, reason=name.reason or RejectReason.WRONG_LINK)
    if alone:
        yield name


def _from_link(field: str, original: str, link: QuoteLink, master: Master) -> Candidate:
    ticker = link.ticker or ""
    before, after = _around(original, link.start, link.end)
    return Candidate(
        field,
        link.start,
        link.end,
        original[link.start : link.end],
        master.issuer_of(ticker) or ticker,
        ticker,
        Method.QUOTE_LINK,
        before,
        after,
        named=True,
    )


def _from_code(field: str, original: str, code: Code, master: Master) -> Candidate:
    close = code.end + 1 if original[code.end : code.end + 1] in (")", "）") else code.end
    before, after = _around(original, code.start, close)
    return Candidate(
        field,
        code.start,
        code.end,
        original[code.start : code.end],
        master.issuer_of(code.ticker) or code.ticker,
        code.ticker,
        Method.CODE,
        before,
        after,
        named=True,
        coded=True,
    )

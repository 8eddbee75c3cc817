"""All candidates of an article: names, quote links and codes brought together, not yet judged.

A code right behind a name says whom the name means, everywhere in the article: after `瑞幸咖啡(LK.US)`,
瑞幸咖啡 is LK.US. In front of a code that the master does not know, the words are taken for its name. A name
that several companies have means the one that the article names otherwise, else the one of its market.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import islice

from streams.enrichment.article import Method
from streams.enrichment.linking.candidates import Candidate
from streams.enrichment.linking.coded import from_codes, real_codes
from streams.enrichment.linking.codes import Code, name_before
from streams.enrichment.linking.linked import with_links
from streams.enrichment.linking.names import around, find_names
from streams.enrichment.linking.securities import Master
from streams.news.article import Article
from streams.news.text import Folded

# Bounds of the work per article: what hostile input can ask for, and what a reader could still use.
MAX_CANDIDATES = 2000
_MAX_TOLD = 50
_MAX_PLACES = 20
# Two characters in front of an unknown code are as likely the end of a longer word.
_SHORTEST = 3
FIELDS = ("title", "text")
_TRADITIONAL = "zh-Hant"


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
        if not original:
            continue
        links = [link for link in article.links if link.field == field and link.ticker][:MAX_CANDIDATES]
        names = list(islice(find_names(field, original, folded[field], master), MAX_CANDIDATES + 1))
        ends = {name.end: name for name in names if name.reason is None}
        codes = list(islice(real_codes(original, ends, master), MAX_CANDIDATES + 1))
        found += with_links(field, original, names, links, master) if links else names
        if codes:
            told |= _told(original, ends, codes, master)
            found += from_codes(field, original, codes, names, master)
    if told:
        found = [_as_told(candidate, told) for candidate in found]
        unknown = {words: issuer for words, issuer in told.items() if master.issuer_of(issuer) is None}
        known = {(c.field, c.start) for c in found}
        found += (c for c in _told_names(article, unknown) if (c.field, c.start) not in known)
    if any(candidate.others for candidate in found):
        found = _settled(article, found)
    found.sort(key=lambda c: (c.field == "text", c.start, c.end, c.ticker))
    return found[: MAX_CANDIDATES + 1]


def original_of(article: Article, field: str) -> str:
    """Return the title or the text as the article has it."""
    return article.title or "" if field == "title" else article.text


def _told(original: str, ends: Mapping[int, Candidate], codes: list[Code], master: Master) -> dict[str, str]:
    """Return words to the issuer whose code stands right behind them, where the master does not say so."""
    told: dict[str, str] = {}
    for code in codes[:_MAX_TOLD]:
        if code.kind in ("mark", "bare"):
            continue
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
                    field, at, end, words, ticker, ticker, Method.SHORT_NAME, *around(original, at, end)
                )
                at = original.find(words, end)


def _settled(article: Article, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates, each meaning one issuer."""
    named = {c.issuer for c in found if c.reason is None and not c.others and not c.doubt}
    hong_kong = article.language == _TRADITIONAL or any(c.named and c.ticker.endswith(".HK") for c in found)
    return [_settle(candidate, named, hong_kong) if candidate.others else candidate for candidate in found]


def _settle(candidate: Candidate, named: Container[str], hong_kong: bool) -> Candidate:
    if candidate.issuer in named:
        return candidate
    choice = [issuer for issuer in candidate.others if issuer in named]
    if not choice and hong_kong and not candidate.issuer.endswith(".HK"):
        choice = [issuer for issuer in candidate.others if issuer.endswith(".HK")]
    return candidate._replace(issuer=choice[0], ticker=choice[0], others=()) if choice else candidate

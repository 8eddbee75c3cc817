"""Candidates by quote link: on a name, or on words that the master does not know."""

from __future__ import annotations

from collections.abc import Iterator

from streams.enrichment.article import Method, RejectReason
from streams.enrichment.linking.candidates import Candidate
from streams.enrichment.linking.names import around
from streams.enrichment.linking.securities import Master
from streams.news.article import QuoteLink


def with_links(
    field: str, original: str, names: list[Candidate], links: list[QuoteLink], master: Master
) -> Iterator[Candidate]:
    """Yield the names, each with the links that stand on it, and the links on other words.

    Args:
        field: `title` or `text`.
        original: The field as the article has it.
        names: Its names, in order.
        links: Its links to securities, in order.
        master: The listings.
    """
    waiting = list(reversed(links))
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
        if issuer == name.issuer or issuer in name.others:
            alone = False
            yield meant
        else:
            yield meant._replace(reason=name.reason or RejectReason.WRONG_LINK)
    if alone:
        yield name


def _from_link(field: str, original: str, link: QuoteLink, master: Master) -> Candidate:
    ticker = link.ticker or ""
    before, after = around(original, link.start, link.end)
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

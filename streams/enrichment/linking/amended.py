"""The security master as it is at run time: the shipped one, and what was said of tickers since.

A record of `news.securities` says something of one ticker. Its names come on top of the shipped ones, or
stand in their place where it says so; listing, board and days of quotation replace what was shipped. Where
several are called alike, the order of the shipped master holds: who is called so now, who was, whose brand
it is. The master that results is one for a stretch of days, since names are valid by day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from streams.enrichment.linking.lexicon import (
    CURATED,
    Entry,
    Lexicon,
    covering,
    entry_of,
    likeliest_first,
    names_of,
)
from streams.enrichment.linking.overlay import Overlay
from streams.enrichment.linking.rows import Row
from streams.enrichment.linking.securities import Master, cut_names
from streams.enrichment.security import NameKind, Security
from streams.news.text import fold

_DAY = timedelta(days=1)
# Stretches of days whose masters are kept; live articles need one, a backfill goes on from one to the next.
_MOST_KEPT = 8


class Register:
    """What is known of securities, day by day.

    Args:
        shipped: The shipped master, or another that was built from rows.
        said: What was said of tickers since, one for each.
    """

    def __init__(self, shipped: Master, said: Iterable[Security]) -> None:
        self._shipped, self._said = shipped, tuple(said)
        self._edges = sorted(set(_edges(self._said)))
        self._masters: dict[int, Master] = {}

    def on(self, day: date) -> Master:
        """Return the master with the names that are valid on a day; it is built when first asked for."""
        if not self._said:
            return self._shipped
        stretch = bisect_right(self._edges, day)
        if stretch not in self._masters:
            if len(self._masters) == _MOST_KEPT:
                del self._masters[next(iter(self._masters))]
            self._masters[stretch] = Amended(self._shipped, self._said, day, self)
        return self._masters[stretch]


class Amended(Master):
    """A master with what was said since laid over; immutable. `Register.on` makes it.

    Args:
        shipped: What it is laid over.
        said: What was said of tickers, one for each.
        day: Whose names are valid.
        register: Knows the masters of other days.
    """

    __slots__ = ("_register",)

    def __init__(self, shipped: Master, said: Sequence[Security], day: date, register: Register) -> None:
        for slot in Master.__slots__:
            setattr(self, slot, getattr(shipped, slot))
        self._register = register
        rows = [
            Row(one.ticker, name.kind, name.name, CURATED)
            for one in said
            for name in one.names
            if name.valid(day)
        ]
        self._quoted(said)
        moved = self._regrouped(said)
        self._moved(moved, said)
        self._shown(said, rows)
        self._cut = cut_names(rows, self._issuers, self._cut)
        replaced = {one.ticker for one in said if one.replace}
        self._lexicon = self._overlay(shipped, rows, replaced, moved)

    def on(self, day: date) -> Master:
        """Return the master of another day."""
        return self._register.on(day)

    def _quoted(self, said: Sequence[Security]) -> None:
        first = {one.ticker: one.valid_from.isoformat() for one in said if one.valid_from}
        last = {one.ticker: _behind(one.valid_to).isoformat() for one in said if one.valid_to}
        self._since, self._until = self._since | first, self._until | last

    def _regrouped(self, said: Sequence[Security]) -> set[str]:
        """Put listings together as said; return the tickers whose issuer has another primary ticker now."""
        self._listings, shipped = dict(self._listings), self._issuers
        self._issuers = dict(shipped)
        touched: set[str] = set()
        for one in said:
            group = self._group(one.ticker)
            if one.listing is not None:
                self._put(group - {one.ticker})
                touched |= group
                group = {one.ticker} | (self._group(one.listing) if one.listing != one.ticker else set())
            self._put(group)
            touched |= group
        return {
            ticker
            for ticker in touched
            if shipped.get(ticker, self._issuers[ticker]) != self._issuers[ticker]
        }

    def _group(self, ticker: str) -> set[str]:
        return set(self._listings.get(self._issuers.get(ticker, ticker), (ticker,)))

    def _put(self, group: set[str]) -> None:
        for ticker in group:
            self._listings.pop(self._issuers.get(ticker, ticker), None)
        ordered = tuple(sorted(group, key=self._rank))
        self._issuers |= dict.fromkeys(ordered, ordered[0]) if ordered else {}
        if ordered:
            self._listings[ordered[0]] = ordered

    def _moved(self, moved: set[str], said: Sequence[Security]) -> None:
        """Let what is known by issuer follow, and the boards that were said."""
        issuers = self._issuers
        if moved:
            self.brokers = frozenset(issuers.get(issuer, issuer) for issuer in self.brokers)
            self._cut = {start: issuers.get(one, one) if one else None for start, one in self._cut.items()}
        boards = {issuers.get(issuer, issuer): board for issuer, board in self._boards_of.items()}
        self._boards_of = boards | {issuers[one.ticker]: one.board for one in said if one.board}

    def _shown(self, said: Sequence[Security], rows: Iterable[Row]) -> None:
        shorts: dict[str, str] = {}
        for row in rows:
            if row.kind == NameKind.SHORT:
                shorts.setdefault(row.ticker, row.name)
        self._names = self._names | shorts
        for one in said:
            if one.replace and one.ticker not in shorts:
                self._names.pop(one.ticker, None)

    def _overlay(self, shipped: Master, rows: Sequence[Row], replaced: set[str], moved: set[str]) -> Overlay:
        names = shipped._lexicon  # noqa: SLF001 a master of the same room
        if not isinstance(names, Lexicon):
            raise TypeError("an amended master is not amended again: make a Register of all that is said")
        covers = self._covers
        said = names_of(rows, covers, self._issuers.__getitem__, self._rank)
        changed = replaced | moved
        keys = set(said)
        if changed:
            keys |= {
                key for key, named in self._named.items() if any(row.ticker in changed for _, row in named)
            }
        laid: dict[str, Entry] = {}
        for key in keys:
            kept = [
                (self._issuers[row.ticker], row)
                for _, row in self._named.get(key, ())
                if row.ticker not in replaced
            ]
            mine = said.get(key, [])
            if kept and all(fold(row.name).text != key for _, row in mine):
                mine = []  # what follows by rule never takes a key that another has
            if both := [*mine, *kept]:
                likeliest_first(both, self._rank)
                laid[key] = entry_of(key, both, covers.get(key))
        phrases = dict(covering(laid, covers))
        laid |= {phrase: entry for phrase, entry in phrases.items() if names.get(phrase) is None}
        return Overlay(names, laid, keys - laid.keys())


def _edges(said: Iterable[Security]) -> Iterable[date]:
    """Yield the days from which on other names are valid than before."""
    for one in said:
        for name in one.names:
            if name.valid_from:
                yield name.valid_from
            if name.valid_to:
                yield _behind(name.valid_to)


def _behind(day: date) -> date:
    return day + _DAY if day < date.max else day

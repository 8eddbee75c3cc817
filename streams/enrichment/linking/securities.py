"""The security master: issuers, their listings, and every name that stands for them.

A pure value built from rows; `streams.wire.reference` reads the rows from the package's data files.
One automaton holds all names, folded, together with the phrases that cover a name without meaning it
(`中国证券报`, `恒生指数`), so that the longest reading wins in one pass. What a match means is judged in
`guards`, not here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ahocorasick_rs import AhoCorasick, MatchKind

from streams.enrichment.article import Method, RejectReason
from streams.enrichment.boards import Board, Boards
from streams.enrichment.event_words import EventRules, EventWords
from streams.enrichment.linking.cues import Cue, Cues
from streams.enrichment.linking.guards import Guards
from streams.news.text import fold


class RowKind(StrEnum):
    """What a row of the master says of its ticker."""

    SHORT = "short"
    FULL = "full"
    FORMER = "former"
    ENGLISH = "english"
    ALIAS = "alias"
    LISTING = "listing"
    BOARD = "board"


_METHODS: Mapping[str, Method] = MappingProxyType(
    {
        RowKind.SHORT: Method.SHORT_NAME,
        RowKind.FULL: Method.FULL_NAME,
        RowKind.FORMER: Method.FORMER_NAME,
        RowKind.ENGLISH: Method.ALIAS,
        RowKind.ALIAS: Method.ALIAS,
    }
)
# Which listing stands for the issuer: the mainland first, then Hong Kong (LABELLING of the project's cases).
_MARKETS = MappingProxyType({"SH": 0, "SZ": 0, "BJ": 0, "HK": 1, "US": 2})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One fact of the master.

    Args:
        ticker: `601398.SH`, `01398.HK`, `AAPL.US`.
        kind: A name's kind; `listing`: `name` is another ticker of the same issuer; `board`: `name` is the
            code of the board that the issuer belongs to.
        name: As written by its source.
        source: Where the row comes from, see NOTICE.
    """

    ticker: str
    kind: str
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRow:
    """A phrase that is, or covers, a security's name and usually means something else.

    Args:
        name: The phrase.
        reason: What it means; None where the name stands across two words (金融创新), and nobody needs to
            be told.
    """

    name: str
    reason: RejectReason | None


@dataclass(frozen=True, slots=True)
class Entry:
    """What one key of the automaton stands for.

    Args:
        issuers: Those called so, mainland first; empty for a phrase that only covers names.
        method: How evidence by this name is called.
        doubt: What the name means as well, so that it needs company evidence; a cover's reason.
        covered: (start, end, issuer) of the names inside a cover, as offsets into the key.
        cased: The spelling a short Latin name must have, since `on` is no company.
    """

    issuers: tuple[str, ...]
    method: Method = Method.ALIAS
    doubt: RejectReason | None = None
    covered: tuple[tuple[int, int, str], ...] = ()
    cased: str | None = None


class Master:
    """Issuers with all their listings and names; immutable, make one with `from_rows`."""

    __slots__ = (
        "_automaton",
        "_boards_of",
        "_entries",
        "_issuers",
        "_listings",
        "_names",
        "boards",
        "brokers",
        "events",
        "guards",
        "roles",
    )

    def __init__(
        self,
        rows: Iterable[Row],
        *,
        words: Iterable[WordRow],
        guards: Iterable[Cue],
        brokers: Iterable[str],
        media: Iterable[str],
        boards: Iterable[Board],
        roles: Iterable[Cue],
        events: Iterable[EventWords],
    ) -> None:
        rows, media, brokers = tuple(rows), tuple(media), tuple(brokers)
        self._listings = _join(rows)
        self._issuers = {ticker: group[0] for group in self._listings.values() for ticker in group}
        self._names: dict[str, str] = {}
        self._boards_of: dict[str, str] = {}
        keys: dict[str, list[tuple[str, Row]]] = defaultdict(list)
        for row in rows:
            if row.kind == RowKind.BOARD:
                self._boards_of[self._issuers[row.ticker]] = row.name
            elif row.kind in _METHODS:
                if row.kind == RowKind.SHORT:
                    self._names.setdefault(row.ticker, row.name)
                keys[fold(row.name).text].append((self._issuers[row.ticker], row))
        self.guards = Guards(guards)
        self.boards = Boards(boards, covers=(*media, *brokers))
        self.roles = Cues(roles)
        self.events = EventRules(events)
        covers: dict[str, RejectReason | None] = {word.name: word.reason for word in words}
        covers |= dict.fromkeys(media, RejectReason.MEDIUM)
        covers |= {name: RejectReason.PART_OF_NAME for name in brokers if fold(name).text not in keys}
        self.brokers = frozenset(issuer for name in brokers for issuer, _ in keys.get(fold(name).text, ()))
        entries = _entries(keys, {fold(name).text: reason for name, reason in covers.items()})
        self._automaton = AhoCorasick(
            list(entries), matchkind=MatchKind.LeftmostLongest, store_patterns=False
        )
        self._entries = tuple(entries.values())

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[Row],
        *,
        words: Iterable[WordRow] = (),
        guards: Iterable[Cue] = (),
        brokers: Iterable[str] = (),
        media: Iterable[str] = (),
        boards: Iterable[Board] = (),
        roles: Iterable[Cue] = (),
        events: Iterable[EventWords] = (),
    ) -> Master:
        """Build a master.

        Args:
            rows: Names, pairs of listings, and boards, in any order; a ticker's first short name is shown.
            words: Names that are words or places too, and phrases that cover a name.
            guards: Rules on the words around a name.
            brokers: Names of brokers, listed or not: who speaks in research notes.
            media: Names of media.
            boards: The industry boards.
            roles: Cues that tell who speaks, who makes news, who is named in passing.
            events: Words that tell kinds of events.

        Returns:
            A master that never changes.
        """
        return cls(
            rows,
            words=words,
            guards=guards,
            brokers=brokers,
            media=media,
            boards=boards,
            roles=roles,
            events=events,
        )

    def issuer_of(self, ticker: str) -> str | None:
        """Return the issuer's primary ticker, mainland first; None for an unknown ticker."""
        return self._issuers.get(ticker)

    def listings(self, issuer: str) -> tuple[str, ...]:
        """Return all listings of an issuer, primary first; the ticker alone where it is unknown."""
        return self._listings.get(issuer, (issuer,))

    def name_of(self, ticker: str) -> str | None:
        """Return a listing's short name; None where there is none."""
        return self._names.get(ticker)

    def board_of(self, issuer: str) -> str | None:
        """Return the code of the issuer's own industry board; None where it is unknown."""
        return self._boards_of.get(issuer)

    def matches(self, folded: str) -> Iterable[tuple[int, int, Entry]]:
        """Yield (start, end, entry) of names and covers in folded text: leftmost, longest, in order."""
        for index, start, end in self._automaton.find_matches_as_indexes(folded):
            yield start, end, self._entries[index]


def _join(rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    """Return primary ticker to all listings of an issuer."""
    groups: dict[str, set[str]] = {}
    for row in rows:
        tickers = {row.ticker, row.name} if row.kind == RowKind.LISTING else {row.ticker}
        merged = set().union(tickers, *(groups.get(ticker, ()) for ticker in tickers))
        for ticker in merged:
            groups[ticker] = merged
    ordered = {id(group): tuple(sorted(group, key=_rank)) for group in groups.values()}
    return {listings[0]: listings for listings in ordered.values()}


def _rank(ticker: str) -> tuple[int, str]:
    return _MARKETS.get(ticker.rpartition(".")[2], 3), ticker


def _entries(
    keys: Mapping[str, list[tuple[str, Row]]], covers: Mapping[str, RejectReason | None]
) -> dict[str, Entry]:
    entries = {}
    for key, named in keys.items():
        if not key:
            continue
        first = named[0][1]
        issuers = tuple(sorted({issuer for issuer, _ in named}, key=_rank))
        cased = first.name if key.isascii() and len(key) <= 4 else None
        entries[key] = Entry(issuers, _METHODS[first.kind], covers.get(key), (), cased)
    inner = AhoCorasick(list(entries), matchkind=MatchKind.LeftmostLongest)
    named_keys = tuple(entries.items())
    for phrase, reason in covers.items():
        if phrase and phrase not in keys:
            covered = tuple(
                (start, end, named_keys[i][1].issuers[0])
                for i, start, end in inner.find_matches_as_indexes(phrase)
            )
            if covered:
                told = covered if reason is not None else ()
                entries[phrase] = Entry((), Method.ALIAS, reason, told)
    return entries

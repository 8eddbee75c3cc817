"""The security master: issuers, their listings, and every name that stands for them.

A pure value built from rows; `streams.wire.reference` reads the rows from the package's data files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType

from streams.enrichment.article import RejectReason
from streams.enrichment.boards import Board, Boards
from streams.enrichment.event_words import EventWords
from streams.enrichment.linking.cues import Cue, Cues
from streams.enrichment.linking.guards import Guards
from streams.enrichment.linking.lexicon import Entry, Lexicon, Names, entries_of, names_of
from streams.enrichment.linking.rows import Row, RowKind, WordRow
from streams.enrichment.tag_words import TagWords
from streams.news.text import fold

__all__ = ["Entry", "Master", "Row", "RowKind", "WordRow"]

# Which listing stands for the issuer: the mainland first, then Hong Kong (LABELLING of the project's cases);
# B shares and symbols that are quoted no more come last.
_MARKETS = MappingProxyType({"SH": 0, "SZ": 0, "BJ": 0, "HK": 1, "US": 2})
_B_SHARES, _SHARE = ("900", "200"), "股"
_B_SHARE_ENDS = frozenset("BＢ股")
_LAST = 4
# How much of a name is left behind a mark of the exchange, which shows four characters in all.
_CUT, _LONGEST_CUT = 2, 4
# Days are compared as text.
_TODAY, _EVER = date.max, "9999-99"


class Master:
    """Issuers with all their listings and names; immutable, make one with `from_rows`."""

    __slots__ = (
        "_b_shares",
        "_boards_of",
        "_covers",
        "_cut",
        "_issuers",
        "_lexicon",
        "_listings",
        "_named",
        "_names",
        "_since",
        "_until",
        "boards",
        "brokers",
        "guards",
        "joints",
        "roles",
        "tag_words",
    )

    def __init__(
        self,
        rows: Iterable[Row],
        *,
        words: Iterable[WordRow],
        guards: Iterable[Cue],
        brokers: Iterable[str],
        researchers: Iterable[str],
        media: Iterable[str],
        boards: Iterable[Board],
        roles: Iterable[Cue],
        events: Iterable[EventWords],
        joints: Iterable[str],
    ) -> None:
        rows, media, brokers, researchers = tuple(rows), tuple(media), tuple(brokers), tuple(researchers)
        self._since = _days(rows, RowKind.SINCE)
        self._until = _days(rows, RowKind.UNTIL)
        self._listings = _join(rows, self._rank)
        self._issuers = {ticker: group[0] for group in self._listings.values() for ticker in group}
        self._names: dict[str, str] = {}
        self._boards_of: dict[str, str] = {}
        self._b_shares: dict[str, str] = {}
        for row in rows:
            if row.ticker.startswith(_B_SHARES) and row.kind in (RowKind.SHORT, RowKind.FORMER):
                self._b_shares[fold(row.name).text.removesuffix(_SHARE)] = row.ticker
            if row.kind == RowKind.SHORT:
                self._names.setdefault(row.ticker, row.name)
            elif row.kind == RowKind.BOARD:
                self._boards_of[self._issuers[row.ticker]] = row.name
        self.guards = Guards(guards)
        boards = tuple(boards)
        self.boards = Boards(boards)
        self.tag_words = TagWords(boards, events, media=media, brokers=brokers, researchers=researchers)
        self.roles = Cues(roles)
        self.joints = frozenset(joints)
        self._cut = cut_names(rows, self._issuers)
        called = {row.name: self._issuers[row.ticker] for row in rows if row.kind in _NAMES}
        speakers = (*brokers, *researchers)
        self.brokers = frozenset(called[name] for name in speakers if name in called)
        covers: dict[str, RejectReason | None] = {word.name: word.reason for word in words}
        covers |= dict.fromkeys(media, RejectReason.MEDIUM)
        covers |= {name: RejectReason.PART_OF_NAME for name in speakers if name not in called}
        self._covers = {fold(name).text: reason for name, reason in covers.items()}
        self._named = names_of(rows, self._covers, self._issuers.__getitem__, self._rank)
        self._lexicon: Names = Lexicon(entries_of(self._named, self._covers))

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[Row],
        *,
        words: Iterable[WordRow] = (),
        guards: Iterable[Cue] = (),
        brokers: Iterable[str] = (),
        researchers: Iterable[str] = (),
        media: Iterable[str] = (),
        boards: Iterable[Board] = (),
        roles: Iterable[Cue] = (),
        events: Iterable[EventWords] = (),
        joints: Iterable[str] = (),
    ) -> Master:
        """Build a master.

        Args:
            rows: Names, pairs of listings, and boards, in any order; a ticker's first short name is shown.
            words: Names that are words or places too, and phrases that cover a name.
            guards: Rules on the words around a name.
            brokers: Names of brokers, listed or not: who speaks in research notes.
            researchers: Names of those who count a trade or publish data: they speak, too, and rate nothing.
            media: Names of media.
            boards: The industry boards.
            roles: Cues that tell who speaks, who makes news, who is named in passing.
            events: Words that tell kinds of events.
            joints: Words of two characters, to see whether a short name's end is part of another word.

        Returns:
            A master that never changes.
        """
        return cls(
            rows,
            words=words,
            guards=guards,
            brokers=brokers,
            researchers=researchers,
            media=media,
            boards=boards,
            roles=roles,
            events=events,
            joints=joints,
        )

    def on(self, day: date) -> Master:  # noqa: ARG002 the shipped names are valid on every day
        """Return what is known for a day: see `streams.enrichment.linking.amended`."""
        return self

    def issuer_of(self, ticker: str) -> str | None:
        """Return the issuer's primary ticker, mainland first; None for an unknown ticker."""
        return self._issuers.get(ticker)

    def listings(self, issuer: str, on: date | None = None) -> tuple[str, ...]:
        """Return the listings of an issuer, primary first; the ticker alone where it is unknown.

        A B share is another paper of the same company, quoted by itself: it is told only where it is named.

        Args:
            issuer: Its primary ticker.
            on: Leave out those that are no longer, or not yet, quoted on that day; None for today's.
        """
        found = self._listings.get(issuer, (issuer,))
        if len(found) == 1 and issuer not in self._since and issuer not in self._until:
            return found
        if len(found) > 1:
            found = tuple(ticker for ticker in found if not ticker.startswith(_B_SHARES))
        day = (on or _TODAY).isoformat()
        return tuple(t for t in found if self._since.get(t, "") <= day < self._until.get(t, _EVER))

    def name_of(self, ticker: str) -> str | None:
        """Return a listing's short name; None where there is none."""
        return self._names.get(ticker)

    def b_share(self, name: str) -> str | None:
        """Return the B share that a name (张裕B, 伊泰B股) means of all listings of its issuer."""
        if name[-1:] not in _B_SHARE_ENDS:
            return None
        return self._b_shares.get(fold(name).text.removesuffix(_SHARE))

    def board_of(self, issuer: str) -> str | None:
        """Return the code of the issuer's own industry board; None where it is unknown."""
        return self._boards_of.get(issuer)

    def begins_with_own_name(self, issuer: str, name: str) -> bool:
        """Return whether a name begins with one of the issuer's own: 百度智能云, not 微信."""
        return any(
            issuer == entry.issuers[0]
            for length in range(2, len(name))
            if (entry := self._lexicon.get(fold(name[:length]).text)) is not None and entry.issuers
        )

    def cut_short(self, part: str) -> str | None:
        """Return the issuer whose mainland short name is cut so behind *ST, N or XD; None for several.

        The exchanges keep the first characters of a name (ST中珠), now and then the last two (ST华通).

        Args:
            part: Two to four folded characters.
        """
        return self._cut.get(part) or self._cut.get(f"-{part}")

    def matches(self, folded: str) -> Iterable[tuple[int, int, Entry]]:
        """Yield (start, end, entry) of names and covers in folded text: leftmost, longest, in order."""
        return self._lexicon.matches(folded)

    def _rank(self, ticker: str) -> tuple[int, str]:
        if ticker in self._until or ticker.startswith(_B_SHARES):
            return _LAST, ticker
        return _MARKETS.get(ticker.rpartition(".")[2], 3), ticker


_NAMES = frozenset(RowKind) - {RowKind.LISTING, RowKind.BOARD, RowKind.SINCE, RowKind.UNTIL}


def _days(rows: Iterable[Row], kind: RowKind) -> dict[str, str]:
    return {row.ticker: row.name for row in rows if row.kind == kind}


def cut_names(
    rows: Iterable[Row], issuers: Mapping[str, str], known: Mapping[str, str | None] = MappingProxyType({})
) -> dict[str, str | None]:
    """Return how mainland short names begin, and end (`-华通`), to the one issuer whose name does.

    Args:
        rows: Names and other facts.
        issuers: Ticker to issuer.
        known: The same of other rows.

    Returns:
        Parts of names to an issuer; to None for several.
    """
    found = dict(known)
    for row in rows:
        if row.kind in (RowKind.SHORT, RowKind.FORMER) and row.ticker.endswith((".SH", ".SZ")):
            name = fold(row.name).text.lstrip("*st")
            issuer = issuers[row.ticker]
            starts = (name[:length] for length in range(_CUT, min(len(name), _LONGEST_CUT) + 1))
            for part in (*starts, f"-{name[-_CUT:]}"):
                found[part] = issuer if found.get(part, issuer) == issuer else None
    return found


def _join(rows: Iterable[Row], rank: Callable[[str], tuple[int, str]]) -> dict[str, tuple[str, ...]]:
    """Return primary ticker to all listings of an issuer."""
    groups: dict[str, set[str]] = {}
    for row in rows:
        if row.ticker not in groups:
            groups[row.ticker] = {row.ticker}
        if row.kind == RowKind.LISTING and row.name not in groups[row.ticker]:
            merged = groups[row.ticker] | groups.get(row.name, {row.name})
            for ticker in merged:
                groups[ticker] = merged
    ordered = {id(group): tuple(sorted(group, key=rank)) for group in groups.values()}
    return {listings[0]: listings for listings in ordered.values()}

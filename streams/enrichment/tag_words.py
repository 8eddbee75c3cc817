"""One automaton over everything that tells an industry or a kind of event: an article is read once for both.

Longest match. A word takes over what the words inside it mean where it says nothing of its own on that
(`煤炭价格` is of the coal board because `煤炭` is), and a name that covers such words (a medium, a broker, a
phrase of the kind `nothing`) means only what it is listed for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

from streams.enrichment.article import EventKind
from streams.enrichment.boards import Board
from streams.enrichment.event_words import (
    COVER,
    DENIAL,
    GAP,
    NEGATION,
    NOTHING,
    REACH,
    EventWords,
    KindPoints,
)
from streams.news.text import fold

T = TypeVar("T", str, EventKind)
HINT = 1 / 3
# What a broker's short name is often followed by, and is still its name.
_HOUSES = ("银行", "证券", "集团", "国际", "资管", "资产管理")
# A trade in the name of a fund (白酒ETF) is not what the news is about.
_FUND = re.compile("(?:主题|龙头|板块|产业|行业)?(?:etf|指数基金|基金|reit|联接)")
_SENTENCE_END = re.compile("[。！？；!?;\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a word says.

    Args:
        kinds: Kinds of event and points.
        behind: What it says of events where a second part stands behind it: the part, the kind (None
            for a denial) and its points.
        boards: Board codes, and 1 or, for a word that only points there, `HINT`.
        speaker: It is a broker's name.
        denies: It says that the news did not happen.
    """

    kinds: tuple[KindPoints, ...] = ()
    behind: tuple[tuple[str, EventKind | None, float], ...] = ()
    boards: tuple[tuple[str, float], ...] = ()
    speaker: bool = False
    denies: bool = False


class Hit(NamedTuple):
    """A word that stands in folded text; `kinds` where it is not negated."""

    start: int
    end: int
    kinds: tuple[KindPoints, ...]
    boards: tuple[tuple[str, float], ...]
    speaker: bool = False
    denies: bool = False


class TagWords:
    """All words of the boards and of the kinds of event."""

    __slots__ = ("_automaton", "_far", "_meanings", "_near")

    def __init__(
        self,
        boards: Iterable[Board],
        events: Iterable[EventWords],
        *,
        media: Iterable[str] = (),
        brokers: Iterable[str] = (),
    ) -> None:
        events = tuple(events)
        negations = [
            (fold(word).text, int(row.points)) for row in events if row.kind == NEGATION for word in row.words
        ]
        self._near = tuple(word for word, reach in negations if not reach)
        far = "|".join(re.escape(word) for word, reach in negations if reach)
        longest = max((reach for _, reach in negations), default=0)
        self._far = re.compile(f"(?:{far})[^，,。；;：:\\n]{{0,{longest}}}$") if far else None
        sectors = _sector_words(boards)
        kinds, behind = _event_words(events)
        covers = {fold(name).text: False for name in media}
        covers |= {fold(word).text: False for row in events if row.kind == COVER for word in row.words}
        covers |= {fold(name).text + kind: True for name in brokers for kind in ("", *_HOUSES)}
        denials = {
            fold(word).text.partition(GAP)[0] for row in events if row.kind == DENIAL for word in row.words
        }
        words = sorted({*sectors, *kinds, *behind, *covers, *denials} - {""})
        of_sectors, of_kinds = _Inner(sectors), _Inner(kinds)
        self._meanings = tuple(
            Meaning(speaker=covers[word])
            if word in covers
            else Meaning(
                kinds=kinds[word] if word in kinds else of_kinds.parts(word),
                behind=behind.get(word, ()),
                boards=sectors[word] if word in sectors else of_sectors.parts(word),
                denies=word in denials and word not in behind,
            )
            for word in words
        )
        self._automaton = _automaton(words)

    def find(self, folded: str, most: int) -> Iterator[Hit]:
        """Yield the words that stand in folded text, in order.

        Args:
            folded: Folded title or text.
            most: How many words are looked at.
        """
        for word, start, end in self._automaton.find_matches_as_indexes(folded)[:most]:
            meaning = self._meanings[word]
            if folded[start].isascii() and _is_inside_latin(folded, start, end):
                continue
            negated = (meaning.kinds or meaning.behind) and self._negated(folded, start)
            kinds = () if negated else meaning.kinds
            boards = meaning.boards if meaning.boards and not _FUND.match(folded, end) else ()
            if kinds or boards or meaning.speaker or meaning.denies:
                yield Hit(start, end, kinds, boards, meaning.speaker, meaning.denies)
            if meaning.behind and not negated:
                yield from _behind(meaning, folded, start, end)

    def kinds(self) -> frozenset[EventKind]:
        """Return the kinds of event that have words."""
        return frozenset(
            kind
            for meaning in self._meanings
            for kind in (*dict(meaning.kinds), *(k for _, k, _ in meaning.behind if k))
        )

    def _negated(self, folded: str, start: int) -> bool:
        if folded.endswith(self._near, 0, start):
            return True
        return self._far is not None and self._far.search(folded, max(0, start - 12), start) is not None


def _is_inside_latin(folded: str, start: int, end: int) -> bool:
    """Whether a word that begins with a Latin letter is part of a longer one (`led` in `called`)."""
    return (start > 0 and _is_latin(folded[start - 1]) and _is_latin(folded[start])) or (
        end < len(folded) and _is_latin(folded[end]) and _is_latin(folded[end - 1])
    )


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


class _Inner(Generic[T]):
    """Finds what the words inside a longer word say."""

    def __init__(self, meanings: dict[str, tuple[tuple[T, float], ...]]) -> None:
        self._automaton = _automaton(list(meanings))
        self._meanings: list[tuple[tuple[T, float], ...]] = list(meanings.values())

    def parts(self, word: str) -> tuple[tuple[T, float], ...]:
        found: dict[T, float] = {}
        for index, _, _ in self._automaton.find_matches_as_indexes(word):
            found |= dict(self._meanings[index])
        return tuple(found.items())


def _automaton(words: list[str]) -> AhoCorasick:
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest, store_patterns=False)


def _sector_words(boards: Iterable[Board]) -> dict[str, tuple[tuple[str, float], ...]]:
    found: dict[str, dict[str, float]] = {}
    for board in boards:
        for words, points in ((board.hints, HINT), (board.words, 1.0)):
            for word in words:
                found.setdefault(fold(word).text, {})[board.code] = points
    return {word: tuple(codes.items()) for word, codes in found.items()}


def _event_words(
    rows: Iterable[EventWords],
) -> tuple[dict[str, tuple[KindPoints, ...]], dict[str, tuple[tuple[str, EventKind | None, float], ...]]]:
    kinds: dict[str, dict[EventKind, float]] = {}
    behind: dict[str, tuple[tuple[str, EventKind | None, float], ...]] = {}
    for row in rows:
        if row.kind in (NEGATION, COVER):
            continue
        for word in (fold(word).text for word in row.words):
            first, gap, second = word.partition(GAP)
            if row.kind == NOTHING:
                kinds[first] = {}
            elif gap:
                kind = None if row.kind == DENIAL else EventKind(row.kind)
                behind[first] = (*behind.get(first, ()), (second, kind, row.points))
            elif row.kind == DENIAL:
                continue
            else:
                kinds.setdefault(word, {}).setdefault(EventKind(row.kind), row.points)
    return {word: tuple(found.items()) for word, found in kinds.items()}, behind


def _behind(meaning: Meaning, folded: str, start: int, end: int) -> Iterator[Hit]:
    stop = _SENTENCE_END.search(folded, end, end + REACH)
    until = stop.start() if stop else end + REACH
    for part, kind, points in meaning.behind:
        at = folded.find(part, end, until)
        if at >= 0:
            yield Hit(start, at + len(part), ((kind, points),) if kind else (), (), denies=kind is None)

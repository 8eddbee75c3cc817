"""One automaton over everything that tells an industry or a kind of event: an article is read once for both.

Longest match. A word takes over what the words inside it mean where it says nothing of its own on that
(`煤炭价格` is of the coal board because `煤炭` is; words of macro news are of none), and a name that covers
such words (a medium, a broker, a phrase of the kind `nothing`) means only what it is listed for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

from streams.enrichment.article import EventKind
from streams.enrichment.boards import Board
from streams.enrichment.event_words import (
    ACTS,
    COVER,
    DENIAL,
    GAP,
    NEGATION,
    NOTHING,
    REACH,
    EventWords,
    Kind,
    KindPoints,
)
from streams.news.text import fold

T = TypeVar("T", str, Kind)
HINT = 1 / 3
_TELLING = 2.0
# What a broker's short name is often followed by, and is still its name.
_HOUSES = ("银行", "证券", "集团", "国际", "资管", "资产管理")
# A trade in the name of a fund (白酒ETF) is not what the news is about.
_FUND = re.compile("(?:主题|龙头|板块|产业|行业)?(?:etf|指数基金|基金|reit|联接)")
# Between a move and its unit stands a figure: 涨逾3.5%.
_OF_FIGURE, _FIGURE = frozenset("%点"), re.compile(r"[逾超近约了幅达至\d.,+-]{0,8}")
_SENTENCE_END, _CLAUSE_END = re.compile("[。！？；!?;\n]"), re.compile("[。！？；!?;，,：:\n]")


class Meaning(NamedTuple):
    """What a word says.

    Args:
        word: Folded.
        kinds: Kinds of event and points.
        behind: What it says of events where a second part stands behind it: the part, the kind (None
            for a denial) and its points.
        boards: Board codes, and 1 or, for a word that only points there, `HINT`.
        speaker: It is a broker's name.
        denies: It says that the news did not happen.
        reach: Characters behind it in which a word of events is negated.
        weak: It only points to events, and to no board.
    """

    word: str
    kinds: tuple[KindPoints, ...] = ()
    behind: tuple[tuple[str, Kind | None, float], ...] = ()
    boards: tuple[tuple[str, float], ...] = ()
    speaker: bool = False
    denies: bool = False
    reach: int = 0
    weak: bool = False


# A word that stands in folded text: start, end, word, kinds (where it is not negated), boards, speaker and
# denies. No record: an article has thirty, of which most tell nobody anything.
Hit = tuple[int, int, str, tuple[KindPoints, ...], tuple[tuple[str, float], ...], bool, bool]


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
        researchers: Iterable[str] = (),
    ) -> None:
        events = (*events, EventWords(kind="industry", points=_TELLING, words=tuple(researchers)))
        reaches = {
            fold(word).text: int(row.points) for row in events if row.kind == NEGATION for word in row.words
        }
        self._near = frozenset(word for word, reach in reaches.items() if not reach and len(word) == 1)
        sectors = _sector_words(boards)
        kinds, behind = _event_words(events)
        covers = {fold(name).text: False for name in media}
        covers |= {fold(word).text: False for row in events if row.kind == COVER for word in row.words}
        covers |= {fold(name).text + kind: True for name in brokers for kind in ("", *_HOUSES)}
        denials = {
            fold(word).text.partition(GAP)[0] for row in events if row.kind == DENIAL for word in row.words
        }
        far = reaches.keys() - self._near
        words = sorted({*sectors, *kinds, *behind, *covers, *denials, *far} - {""})
        of_sectors, of_kinds = _Inner(sectors), _Inner(kinds)
        meanings = (
            Meaning(word, speaker=covers[word])
            if word in covers
            else Meaning(
                word,
                kinds=kinds[word] if word in kinds else of_kinds.parts(word),
                behind=behind.get(word, ()),
                boards=sectors[word]
                if word in sectors
                else ()
                if EventKind.MACRO in dict(kinds.get(word, ()))
                else of_sectors.parts(word),
                denies=word in denials and word not in behind,
                reach=max(1, reaches[word]) if word in far else 0,
            )
            for word in words
        )
        self._meanings = tuple(one._replace(weak=_is_weak(one)) for one in meanings)
        self._automaton = _automaton(words)

    def find(self, folded: str, most: int, body: int) -> list[Hit]:
        """Return the words that stand in folded text, in order.

        Args:
            folded: Folded title or text.
            most: How many words are looked at.
            body: Where the body begins: words that only point to events are not looked at there.
        """
        hits: list[Hit] = []
        meanings, near, negated_until = self._meanings, self._near, 0
        for index, start, end in self._automaton.find_matches_as_indexes(folded)[:most]:
            word, kinds, behind, boards, speaker, denies, reach, weak = meanings[index]
            if weak and start >= body:
                continue
            if word[0] < "\x80" and _is_inside_latin(folded, start, end):
                continue
            if (kinds or behind) and (start < negated_until or folded[start - 1 : start] in near):
                kinds, behind = (), ()
            if boards and _FUND.match(folded, end):
                boards = ()
            if kinds or boards or speaker or denies:
                hits.append((start, end, word, kinds, boards, speaker, denies))
            if behind:
                _add_behind(hits, behind, folded, start, end)
            if reach:
                stop = _CLAUSE_END.search(folded, end, end + reach)
                negated_until = stop.start() if stop else end + reach
        return hits

    def kinds(self) -> frozenset[EventKind]:
        """Return the kinds of event that have words."""
        told = {kind for one in self._meanings for kind, _ in one.kinds}
        told |= {kind for one in self._meanings for _, kind, _ in one.behind if kind}
        return frozenset(kind for kind in told if isinstance(kind, EventKind))


def _is_weak(meaning: Meaning) -> bool:
    telling = meaning.behind or meaning.boards or meaning.speaker or meaning.denies or meaning.reach
    return not telling and all(points < _TELLING for _, points in meaning.kinds)


def _is_inside_latin(folded: str, start: int, end: int) -> bool:
    """Whether a word is part of a longer one of letters (`led` in `called`) or digits (`m1` in `m153`)."""
    return (start > 0 and _go_on(folded[start - 1], folded[start])) or (
        end < len(folded) and _go_on(folded[end - 1], folded[end])
    )


def _go_on(first: str, second: str) -> bool:
    if not (first.isascii() and second.isascii()):
        return False
    return (first.isalpha() and second.isalpha()) or (first.isdigit() and second.isdigit())


class _Inner(Generic[T]):
    """Finds what the words inside a longer word say."""

    def __init__(self, meanings: dict[str, tuple[tuple[T, float], ...]]) -> None:
        self._automaton = _automaton(list(meanings))
        self._meanings: list[tuple[tuple[T, float], ...]] = list(meanings.values())

    def parts(self, word: str) -> tuple[tuple[T, float], ...]:
        found: dict[T, float] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(word):
            if not _is_inside_latin(word, start, end):
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
) -> tuple[dict[str, tuple[KindPoints, ...]], dict[str, tuple[tuple[str, Kind | None, float], ...]]]:
    kinds: dict[str, dict[Kind, float]] = {}
    behind: dict[str, tuple[tuple[str, Kind | None, float], ...]] = {}
    for row in rows:
        if row.kind in (NEGATION, COVER):
            continue
        for word in (fold(word).text for word in row.words):
            first, gap, second = word.partition(GAP)
            if row.kind == NOTHING:
                kinds[first] = {}
            elif gap:
                kind = None if row.kind == DENIAL else _kind(row.kind)
                behind[first] = (*behind.get(first, ()), (second, kind, row.points))
            elif row.kind == DENIAL:
                continue
            else:
                kinds.setdefault(word, {}).setdefault(_kind(row.kind), row.points)
    return {word: tuple(found.items()) for word, found in kinds.items()}, behind


def _kind(name: str) -> Kind:
    return name if name in ACTS else EventKind(name)


def _add_behind(
    hits: list[Hit],
    behind: tuple[tuple[str, Kind | None, float], ...],
    folded: str,
    start: int,
    end: int,
) -> None:
    """Add the words whose first part stands at `start`, as far as their second part stands behind it."""
    stop = _SENTENCE_END.search(folded, end, end + REACH)
    until = stop.start() if stop else end + REACH
    for part, kind, points in behind:
        at = folded.find(part, end, until)
        if at >= 0 and (part not in _OF_FIGURE or _FIGURE.fullmatch(folded, end, at)):
            to, kinds = at + len(part), ((kind, points),) if kind else ()
            hits.append((start, to, folded[start:to], kinds, (), False, kind is None))

"""The words that tell kinds of events, from a table for a person to read and extend (`data/events.csv`).

3 points: the word alone says it; 2: it says it in most news; 1: it only points there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from streams.enrichment.article import EventKind
from streams.news.text import fold

NEGATION = "negation"
# How far in front of a word its negation may begin.
_REACH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    """One row: words of a kind; or, of the kind `negation`, what turns a word behind it into its opposite."""

    kind: str
    points: float
    words: tuple[str, ...]


class EventRules:
    """All rows, and one automaton over their words."""

    __slots__ = ("_automaton", "_meanings", "_negations")

    def __init__(self, rows: Iterable[EventWords]) -> None:
        meanings: dict[str, tuple[tuple[EventKind, float], ...]] = {}
        negations: list[str] = []
        for row in rows:
            if row.kind == NEGATION:
                negations += row.words
                continue
            for word in (fold(word).text for word in row.words):
                meanings[word] = (*meanings.get(word, ()), (EventKind(row.kind), row.points))
        self._negations = tuple(negations)
        self._meanings = tuple(meanings.values())
        self._automaton = AhoCorasick(
            list(meanings), matchkind=MatchKind.LeftmostLongest, store_patterns=False
        )

    @property
    def size(self) -> int:
        """How many words there are; they are numbered from 0."""
        return len(self._meanings)

    def words(self, folded: str) -> Iterator[tuple[int, int, int]]:
        """Yield (word, start, end) of the words in folded text that are not negated, in order."""
        for word, start, end in self._automaton.find_matches_as_indexes(folded):
            if not folded.endswith(self._negations, max(0, start - _REACH), start):
                yield word, start, end

    def meanings(self, word: int) -> tuple[tuple[EventKind, float], ...]:
        """Return the kinds that a word points to, with its points."""
        return self._meanings[word]

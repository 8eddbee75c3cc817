"""The industry boards and the words that name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from streams.news.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One industry board.

    Args:
        code: `BK0475`.
        name: As the exchange's news calls it.
        words: Words that name the industry, without the name itself; a word may name several boards.
    """

    code: str
    name: str
    words: tuple[str, ...] = ()


class Boards:
    """All boards, and one automaton over their words and the names that cover such words (中国证券报)."""

    __slots__ = ("_automaton", "_codes", "_names")

    def __init__(self, boards: Iterable[Board], covers: Iterable[str] = ()) -> None:
        self._names: dict[str, str] = {}
        codes: dict[str, list[str]] = {}
        for board in boards:
            self._names[board.code] = board.name
            for word in board.words:
                codes.setdefault(fold(word).text, []).append(board.code)
        for cover in covers:
            codes.setdefault(fold(cover).text, [])
        self._codes = tuple(tuple(found) for found in codes.values())
        self._automaton = AhoCorasick(list(codes), matchkind=MatchKind.LeftmostLongest, store_patterns=False)

    def name_of(self, code: str) -> str | None:
        """Return a board's name, None for a code that is no industry board."""
        return self._names.get(code)

    def words(self, folded: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Yield (start, end, board codes) of the words in folded text, in order."""
        for index, start, end in self._automaton.find_matches_as_indexes(folded):
            if self._codes[index]:
                yield start, end, self._codes[index]

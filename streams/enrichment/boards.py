"""The industry boards, from a table for a person to read and extend (`data/boards.csv`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from streams.news.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One industry board.

    Args:
        code: `BK0475`.
        name: As the exchange's news calls it.
        words: Words that name the trade: products, markets, regulators; one may be of several boards.
        hints: Words that only point to it, a third as much.
        names: Words that tell the trade where they stand in a company's name (`海升果汁`).
    """

    code: str
    name: str
    words: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class Boards:
    """All boards: what they are called, and which of them a company's name tells."""

    __slots__ = ("_codes", "_names", "named")

    def __init__(self, boards: Iterable[Board]) -> None:
        boards = tuple(boards)
        self._names = {board.code: board.name for board in boards}
        self._codes = {fold(word).text: board.code for board in boards for word in board.names}
        self.named = lru_cache(maxsize=16_384)(self._named)

    def name_of(self, code: str) -> str | None:
        """Return a board's name, None for a code that is no industry board."""
        return self._names.get(code)

    def _named(self, company: str) -> str | None:
        """Return the code of the board that a company's name tells, by the last and longest of its words."""
        folded = fold(company).text
        found = [
            (folded.rfind(word) + len(word), len(word), code)
            for word, code in self._codes.items()
            if word in folded
        ]
        return max(found)[2] if found else None

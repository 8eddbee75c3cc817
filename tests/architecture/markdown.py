"""README's text as sections and tables, read and written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"

Row = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the names of its columns, and its rows, each beginning with its key."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def section(heading: str, readme: str) -> str:
    """Return what README says under a heading of the second level, up to the next one; empty when absent."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def first_table(text: str) -> tuple[Row, ...]:
    """Return the body of the first Markdown table in a text, row by row; () when there is none."""
    found = re.search(r"^\|.*\n\|[-| :]+\n((?:\|.*\n)*)", text, re.MULTILINE)
    lines = found[1].splitlines() if found else []
    return tuple(
        tuple(cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1])
        for line in lines
    )


def names(cell: str | None) -> list[str]:
    """Return what stands between backticks in a cell.

    >>> names("`title`, `url`")
    ['title', 'url']
    """
    return re.findall(r"`([^`]+)`", cell or "")


def markdown(made: Table, written: Sequence[Row] = ()) -> str:
    """Return a table as Markdown; cells that are None come from the row of the same key in `written`."""
    by_hand = {row[0]: row for row in written}

    def cells(row: Row) -> Iterator[str]:
        for place, cell in enumerate(row):
            shown = cell if cell is not None else (by_hand.get(row[0]) or row)[place]
            yield (shown or "").replace("|", r"\|")

    lines = [made.columns, ["---"] * len(made.columns), *(tuple(cells(row)) for row in made.rows)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)

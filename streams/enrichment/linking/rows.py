"""What the security master is built from: one fact a row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from streams.enrichment.article import RejectReason


class RowKind(StrEnum):
    """What a row of the master says of its ticker."""

    SHORT = "short"
    FULL = "full"
    FORMER = "former"
    ENGLISH = "english"
    ALIAS = "alias"
    SUBSIDIARY = "subsidiary"
    BRAND = "brand"
    LISTING = "listing"
    BOARD = "board"
    SINCE = "since"
    UNTIL = "until"


class Row(NamedTuple):
    """One fact of the master.

    Args:
        ticker: `601398.SH`, `01398.HK`, `AAPL.US`.
        kind: A name's kind; `listing`: `name` is another ticker of the same issuer; `board`: `name` is the
            code of the board that the issuer belongs to; `since` and `until`: `name` is the first day, or
            the day after the last (`2025-10-09`), on which the ticker is quoted.
        name: As written by its source.
        source: Where the row comes from, see NOTICE; several are joined by `+`.
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

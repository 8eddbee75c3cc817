"""What is said of one ticker at run time (contract of `news.securities`), and what can be wrong with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from streams.errors import ErrorCode, Fault
from streams.news.text import fold

# As in the design: six digits and exchange on the mainland, five in Hong Kong, symbols in the US.
TICKER = re.compile(r"[0-9]{6}\.(?:SH|SZ|BJ)|[0-9]{5}\.HK|[A-Z][A-Z0-9.-]{0,9}\.US")
TICKERS = "601398.SH, 000931.SZ, 430047.BJ, 01398.HK or NIO.US"
BOARD = re.compile(r"BK[0-9]{4}")
MAX_NAMES = 200
MAX_NAME_LENGTH = 120
MAX_SOURCE_LENGTH = 100
# One character is a word, whoever is called so.
_LEAST = 2


class NameKind(StrEnum):
    """Kinds of names; whose a name is, where several have it, goes by this order."""

    SHORT = "short"
    FULL = "full"
    ALIAS = "alias"
    FORMER = "former"
    ENGLISH = "english"
    SUBSIDIARY = "subsidiary"
    BRAND = "brand"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityName:
    """A name, and the days on which it means the security.

    Args:
        name: As written.
        kind: What kind of name it is.
        valid_from: First day; None for ever before.
        valid_to: Last day; None for ever after.
    """

    name: str
    kind: NameKind = NameKind.ALIAS
    valid_from: date | None = None
    valid_to: date | None = None

    def valid(self, day: date) -> bool:
        """Return whether the name means the security on a day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """What is said of a ticker at run time, beside or instead of the shipped master; None says nothing.

    Args:
        ticker: The listing; the record's key.
        names: Its names; the first short one valid on a day is shown.
        replace: The shipped names of this ticker mean it no more; otherwise these come on top.
        listing: Another listing of the same issuer; the ticker itself parts it from all others.
        board: Code of the issuer's own industry board.
        valid_from: First day on which the ticker is quoted.
        valid_to: Last day on which it is quoted.
        source: Who says so.
    """

    ticker: str
    names: tuple[SecurityName, ...] = ()
    replace: bool = False
    listing: str | None = None
    board: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    source: str | None = None
    schema: int = 1


def faults_of(security: Security) -> tuple[Fault, ...]:
    """Return everything that is wrong with what is said of a ticker; () when it can be held."""
    return tuple(_faults(security))


def _faults(said: Security) -> Iterator[Fault]:
    if not TICKER.fullmatch(said.ticker):
        yield _bad("ticker", f"must be like {TICKERS}, is {said.ticker[:MAX_NAME_LENGTH]!r}")
    if len(said.names) > MAX_NAMES:
        yield Fault("names", ErrorCode.TOO_LARGE, f"must be at most {MAX_NAMES}, are {len(said.names):,}")
    for place, name in enumerate(said.names[:MAX_NAMES]):
        yield from _faults_of_name(f"names[{place}]", name)
    for key, count in Counter((n.name, n.kind, n.valid_from) for n in said.names).items():
        if count > 1:
            yield _bad("names", f"hold {key[0][:MAX_NAME_LENGTH]!r} as {key[1]} {count} times")
    if said.listing is not None and not TICKER.fullmatch(said.listing):
        yield _bad("listing", f"must be like {TICKERS}, is {said.listing[:MAX_NAME_LENGTH]!r}")
    if said.board is not None and not BOARD.fullmatch(said.board):
        yield _bad("board", f"must be a board code such as BK0475, is {said.board[:MAX_NAME_LENGTH]!r}")
    yield from _faults_of_days("valid_to", said.valid_from, said.valid_to)
    if said.source is not None and not 0 < len(said.source) <= MAX_SOURCE_LENGTH:
        yield _bad("source", f"must have 1 to {MAX_SOURCE_LENGTH} characters")
    if said == Security(ticker=said.ticker, source=said.source):
        yield _bad("$", "says nothing: give names, replace, listing, board, valid_from or valid_to")


def _faults_of_name(field: str, name: SecurityName) -> Iterator[Fault]:
    if not name.name.strip() or len(fold(name.name).text) < _LEAST or len(name.name) > MAX_NAME_LENGTH:
        words = f"must have {_LEAST} to {MAX_NAME_LENGTH} characters, is {name.name[:MAX_NAME_LENGTH]!r}"
        yield _bad(f"{field}.name", words)
    yield from _faults_of_days(f"{field}.valid_to", name.valid_from, name.valid_to)


def _faults_of_days(field: str, first: date | None, last: date | None) -> Iterator[Fault]:
    if first and last and last < first:
        yield _bad(field, f"must not be before valid_from {first}, is {last}")


def _bad(field: str, words: str) -> Fault:
    return Fault(field, ErrorCode.BAD_SECURITY, words)

"""The security master as a person looks it up: by code, by name, by part of a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from streams.enrichment.linking.rows import Row, RowKind
from streams.enrichment.security import NameKind, Security
from streams.news.text import fold

_ORDER = {kind: place for place, kind in enumerate(NameKind)}
_DAY = timedelta(days=1)
# How well a query fits, best first.
_CODE, _WHOLE, _START, _PART = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A name of a ticker; `said` where it was added at run time."""

    name: str
    kind: NameKind
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    said: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is known of one ticker.

    Args:
        ticker: The listing.
        name: Its short name, else the first of its names.
        issuer: Primary ticker of its issuer.
        names: All its names, by kind.
        board: Code of its industry board.
        valid_from: First day on which it is quoted, where known.
        valid_to: Last day on which it is quoted; None where it still is.
        said: Something was said of it at run time.
    """

    ticker: str
    name: str | None
    issuer: str
    names: tuple[Called, ...]
    board: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    said: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A ticker that fits a query, and the name that does; None where its code does."""

    sheet: Sheet
    by: str | None


class Directory:
    """All tickers and names in force.

    Args:
        rows: The shipped rows.
        said: What was said of tickers since.
        issuer_of: Ticker to the primary ticker of its issuer.
    """

    def __init__(
        self, rows: Iterable[Row], said: Iterable[Security], issuer_of: Callable[[str], str | None]
    ) -> None:
        changed = {one.ticker: one for one in said}
        by_ticker: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            by_ticker[row.ticker].append(row)
        tickers = sorted(by_ticker.keys() | changed.keys())
        sheets = [_sheet(t, by_ticker.get(t, []), changed.get(t), issuer_of(t) or t) for t in tickers]
        self._sheets = {sheet.ticker: sheet for sheet in sheets}

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self._sheets.values())

    def find(self, query: str) -> list[Match]:
        """Return what fits a code, a name, or a part of one; best first, issuers together.

        Args:
            query: `601398`, `601398.SH`, a name, or a part; width, case and script do not matter.
        """
        key = fold(query.strip()).text
        found = [(*fit, sheet) for sheet in self if key and (fit := _fit(key, sheet)) is not None]
        best: dict[str, tuple[int, int]] = {}
        for rank, kind, _, sheet in found:
            best[sheet.issuer] = min((rank, kind), best.get(sheet.issuer, (rank, kind)))
        found.sort(key=lambda one: (best[one[3].issuer], one[3].issuer, one[3].ticker != one[3].issuer))
        return [Match(sheet=sheet, by=by) for _, _, by, sheet in found]

    def issuers(self, query: str) -> list[list[Sheet]]:
        """Return the listings of every issuer whose code or whole name it is, primary first."""
        key = fold(query.strip()).text
        issuers = {s.issuer for s in self if (fit := _fit(key, s)) is not None and fit[0] <= _WHOLE}
        groups: dict[str, list[Sheet]] = {issuer: [] for issuer in sorted(issuers)}
        for sheet in self:
            if sheet.issuer in groups:
                groups[sheet.issuer].append(sheet)
        return [sorted(group, key=lambda s: s.ticker != s.issuer) for group in groups.values()]


def _fit(key: str, sheet: Sheet) -> tuple[int, int, str | None] | None:
    """Return how well it fits, by which kind of name, and by which; None where it does not."""
    ticker = sheet.ticker.lower()
    if key in (ticker, ticker.rpartition(".")[0]):
        return _CODE, 0, None
    fits = []
    for called in sheet.names:
        name = fold(called.name).text
        if key in name:
            rank = _WHOLE if name == key else _START if name.startswith(key) else _PART
            fits.append((rank, _ORDER[called.kind], called.name))
    return min(fits) if fits else None


def _sheet(ticker: str, rows: list[Row], said: Security | None, issuer: str) -> Sheet:
    names = [] if said and said.replace else [_called(row) for row in rows if row.kind in _ORDER]
    if said:
        names += [
            Called(
                name=one.name,
                kind=one.kind,
                source=said.source or "",
                valid_from=one.valid_from,
                valid_to=one.valid_to,
                said=True,
            )
            for one in said.names
        ]
    facts = {row.kind: row.name for row in rows if row.kind not in _ORDER}
    until = facts.get(RowKind.UNTIL)
    shorts = sorted(
        (one for one in names if one.kind is NameKind.SHORT), key=lambda one: not one.said
    )  # what was said shows first
    names.sort(key=lambda one: _ORDER[one.kind])
    return Sheet(
        ticker=ticker,
        name=(shorts or names)[0].name if names else None,
        issuer=issuer,
        names=tuple(names),
        board=(said and said.board) or facts.get(RowKind.BOARD),
        valid_from=(said and said.valid_from) or _day(facts.get(RowKind.SINCE)),
        valid_to=(said and said.valid_to) or (date.fromisoformat(until) - _DAY if until else None),
        said=said is not None,
    )


def _called(row: Row) -> Called:
    return Called(name=row.name, kind=NameKind(row.kind), source=row.source)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

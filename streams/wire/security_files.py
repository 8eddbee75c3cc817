"""A user's own list of securities: CSV with the columns of `data/securities.csv`, and days where wanted.

    ticker,kind,name,source,valid_from,valid_to
    688999.SH,short,晨光新材,own,2026-01-05,
    688999.SH,listing,09999.HK,own,,

`source`, `valid_from` and `valid_to` may be missing. Kinds are those of names, and `listing` (the name is
another ticker of the issuer), `board` (its industry's code), `since` (first day of quotation) and `until`
(the day after the last). The rows of a ticker become one record.
"""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from streams.enrichment.linking.rows import RowKind
from streams.enrichment.security import NameKind, Security, SecurityName, faults_of
from streams.errors import BadSecurity, ErrorCode, Fault

COLUMNS = ("ticker", "kind", "name", "source", "valid_from", "valid_to")
_NEEDED = COLUMNS[:3]
_KINDS = (*NameKind, RowKind.LISTING, RowKind.BOARD, RowKind.SINCE, RowKind.UNTIL)

# The line on which it begins (from 1), and what is said of a ticker, or what is wrong there.
Entry = tuple[int, Security | BadSecurity]


def read_security_rows(lines: Iterable[bytes], *, replace: bool = False) -> Iterator[Entry]:
    """Read a list; a faulty row spoils its own ticker only.

    Args:
        lines: Of the file, in UTF-8.
        replace: Whether the shipped names of the tickers mean them no more.

    Yields:
        Every faulty row in order, then what is said of each ticker whose rows are all right.
    """
    said: dict[str, tuple[int, Security]] = {}
    spoilt = set()
    for line, cells in _rows(lines):
        if isinstance(cells, BadSecurity):
            yield line, cells
            continue
        ticker = cells.get("ticker", "")
        try:
            row = _row(cells, replace=replace)
            first, so_far = said.get(ticker, (line, row))
            said[ticker] = first, _joined(so_far, row) if first != line else row
        except BadSecurity as error:
            spoilt.add(ticker)
            yield line, error
    for ticker, entry in said.items():
        if ticker not in spoilt:
            yield entry


def _rows(lines: Iterable[bytes]) -> Iterator[tuple[int, dict[str, str] | BadSecurity]]:
    """Yield the rows that hold something, by column, each with its line."""
    rows = csv.reader(_decoded(lines), strict=True)
    header: list[str] | None = None
    while True:
        line = rows.line_num + 1
        try:
            row = [cell.strip() for cell in next(rows)]
        except StopIteration:
            return
        except UnicodeDecodeError as error:
            fault = Fault("$", ErrorCode.NOT_TEXT, f"is not UTF-8: {error.reason}")
            yield line, BadSecurity(fault, hint="save the file as UTF-8")
            return
        except csv.Error as error:
            yield line, BadSecurity(_bad("$", f"is no CSV: {error}"))
            continue
        if header is None:
            header = [column.lower() for column in row]
            if faults := list(_faults_of_header(header)):
                yield (
                    line,
                    BadSecurity(*faults, hint=f"the first line names the columns: {','.join(COLUMNS)}"),
                )
                return
        elif len(row) > len(header):
            yield line, BadSecurity(_bad("$", f"has {len(row)} cells, and there are {len(header)} columns"))
        elif any(row):
            yield line, dict(zip(header, row, strict=False))


def _row(cells: Mapping[str, str], *, replace: bool) -> Security:
    """Return what one row says.

    Raises:
        BadSecurity: With every fault, by column.
    """
    faults: list[Fault] = []
    kind, name = cells.get("kind", ""), cells.get("name", "")
    days = {column: _day(column, cells.get(column, ""), faults) for column in ("valid_from", "valid_to")}
    facts: dict[str, Any] = {}
    if kind in tuple(NameKind):
        facts["names"] = (SecurityName(name=name, kind=NameKind(kind), **days),)
    elif kind in (RowKind.SINCE, RowKind.UNTIL):
        day = _day("name", name, faults) if name else None
        if day is None and not faults:
            faults.append(_bad("name", "must be a day such as 2026-01-05"))
        facts["valid_from" if kind == RowKind.SINCE else "valid_to"] = (
            day - timedelta(days=1) if day and kind == RowKind.UNTIL else day
        )
    elif kind in (RowKind.LISTING, RowKind.BOARD):
        facts[kind] = name
    else:
        words = f"must be one of {', '.join(_KINDS)}, is {kind!r}"
        faults.append(Fault("kind", ErrorCode.UNKNOWN_VALUE, words))
    source = cells.get("source") or None
    row = Security(ticker=cells.get("ticker", ""), source=source, replace=replace, **facts)
    # A row that says nothing has a fault of its own.
    faults += [fault for fault in _by_column(row) if fault.field != "$"]
    if faults:
        raise BadSecurity(*faults)
    return row


def _joined(so_far: Security, row: Security) -> Security:
    """Return what two rows of a ticker say together.

    Raises:
        BadSecurity: When the later one says otherwise, or what was said before.
    """
    facts = {}
    for fact in ("listing", "board", "valid_from", "valid_to"):
        before, now = getattr(so_far, fact), getattr(row, fact)
        if None not in (before, now) and before != now:
            raise BadSecurity(_bad("name", f"is {now}, and an earlier row of {row.ticker} says {before}"))
        facts[fact] = before if now is None else now
    both = dataclasses.replace(so_far, names=so_far.names + row.names, **facts)
    if faults := _by_column(both):
        raise BadSecurity(*faults)
    return both


def _day(column: str, text: str, faults: list[Fault]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        faults.append(_bad(column, f"must be a day such as 2026-01-05, is {text!r}"))
        return None


def _by_column(security: Security) -> list[Fault]:
    """Return what is wrong, by column: `names[0].name` stands in `name`, and so does `listing`."""
    columns = {name: name for name in (*COLUMNS, "$")}
    return [
        Fault(columns.get(fault.field.rpartition(".")[2], "name"), fault.code, fault.message)
        for fault in faults_of(security)
    ]


def _faults_of_header(header: list[str]) -> Iterator[Fault]:
    for column in _NEEDED:
        if column not in header:
            yield Fault(column, ErrorCode.MISSING_FIELD, "is no column")
    for column in header:
        if column not in COLUMNS:
            yield Fault(
                column or "$", ErrorCode.UNKNOWN_FIELD, f"is none of the columns {', '.join(COLUMNS)}"
            )


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield line.decode("utf-8-sig" if number == 0 else "utf-8")


def _bad(field: str, words: str) -> Fault:
    return Fault(field, ErrorCode.BAD_SECURITY, words)

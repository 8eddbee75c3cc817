"""Readers of one field: the value if it is right, else None and a fault that names the field.

Faults are collected, never raised, so that a sender learns of all of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from reprlib import repr as short
from sys import intern
from typing import Any

from streams.errors import ErrorCode, Fault

# Right texts remembered for each field.
_MOST_KNOWN = 20_000

Faults = list[Fault]
Reader = Callable[[str, object, Faults], Any]


def text(
    pattern: str,
    words: str,
    wrong: ErrorCode,
    *,
    reserved: frozenset[str] = frozenset(),
    shared: bool = False,
) -> Reader:
    """Return a reader of a text.

    Args:
        pattern: What it looks like, as a whole.
        words: The same for a person.
        wrong: The code of a text that is not right.
        reserved: Texts of that form that are taken.
        shared: Whether many records have the same; it is read and held once.
    """
    fits = re.compile(pattern).fullmatch
    known: dict[str, str] = {}

    def read(name: str, value: object, faults: Faults) -> str | None:
        if not isinstance(value, str):
            faults.append(Fault(name, ErrorCode.WRONG_TYPE, f"must be text, is {short(value)}"))
            return None
        if value in known:
            return known[value]
        if not fits(value):
            faults.append(Fault(name, wrong, f"must be {words}, is {short(value)}"))
        elif value in reserved:
            faults.append(Fault(name, wrong, f"must not be {value!r}, a topic of its own"))
        elif shared:
            return _remember(known, value, intern)
        else:
            return str(value)
        return None

    return read


def texts(
    fits: Callable[[str], object],
    most: int,
    words: str,
    wrong: ErrorCode,
    *,
    read_one: Callable[[str], str] = intern,
    least: int = 0,
) -> Reader:
    """Return a reader of a list of texts; a text that comes again is read once.

    Args:
        fits: Whether a text is right.
        most: How many there may be.
        words: What they are, for a person.
        wrong: The code where one is not right.
        read_one: What a right text is read as.
        least: How many there must be.
    """
    # 225,000 subscriptions hold the same few thousand texts: what was right once is.
    known: dict[str, str] = {}

    def read(name: str, value: object, faults: Faults) -> tuple[str, ...] | None:
        if type(value) is list and least <= len(value) <= most:
            try:
                if len(value) == 1:
                    return (known[value[0]],)
                return tuple(dict.fromkeys([known[item] for item in value]))
            except (KeyError, TypeError):
                pass  # some are new, or wrong
        return read_new(name, value, faults)

    def read_new(name: str, value: object, faults: Faults) -> tuple[str, ...] | None:
        if not isinstance(value, (list, tuple)):
            faults.append(Fault(name, ErrorCode.WRONG_TYPE, f"must be a list, is {short(value)}"))
        elif not least <= len(value) <= most:
            faults.append(
                Fault(
                    name,
                    ErrorCode.TOO_LARGE if value else ErrorCode.EMPTY,
                    f"must hold {least} to {most:,} values, holds {len(value):,}",
                )
            )
        elif bad := [item for item in value if not isinstance(item, str)]:
            faults.append(Fault(name, ErrorCode.WRONG_TYPE, f"must hold text, holds {_some(bad)}"))
        elif bad := [item for item in value if item not in known and not fits(item)]:
            faults.append(Fault(name, wrong, f"must hold {words}, holds {_some(bad)}"))
        else:
            return tuple(
                dict.fromkeys([known.get(item) or _remember(known, item, read_one) for item in value])
            )
        return None

    return read


def _remember(known: dict[str, str], item: str, read_one: Callable[[str], str]) -> str:
    if len(known) > _MOST_KNOWN:
        known.clear()
    known[str(item)] = right = read_one(str(item))
    return right


def _some(values: list[Any]) -> str:
    more = f" and {len(values) - 3} more" if len(values) > 3 else ""
    return ", ".join(map(short, values[:3])) + more


def boolean(name: str, value: object, faults: Faults) -> bool | None:
    """Read true or false."""
    if isinstance(value, bool):
        return value
    faults.append(Fault(name, ErrorCode.WRONG_TYPE, f"must be true or false, is {short(value)}"))
    return None


def share(wrong: ErrorCode) -> Reader:
    """Return a reader of a number between 0 and 1; `wrong` is the code of one that is not."""

    def read(name: str, value: object, faults: Faults) -> float | None:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            faults.append(Fault(name, ErrorCode.WRONG_TYPE, f"must be a number, is {short(value)}"))
        elif not 0 <= value <= 1:  # NaN is neither
            faults.append(Fault(name, wrong, f"must lie between 0 and 1, is {short(value)}"))
        else:
            return float(value)
        return None

    return read


def moment(wrong: ErrorCode) -> Reader:
    """Return a reader of a time in RFC 3339 with its zone; `wrong` is the code of what is none."""

    def read(name: str, value: object, faults: Faults) -> datetime | None:
        if not isinstance(value, str):
            faults.append(Fault(name, ErrorCode.WRONG_TYPE, f"must be text, is {short(value)}"))
            return None
        found = _instant(value)
        if found is None:
            words = f"must be a time like 2026-03-02T09:30:00+08:00, is {short(value)}"
            faults.append(Fault(name, wrong, words))
        return found

    return read


def _instant(value: str) -> datetime | None:
    """Return an aware time in whole milliseconds; None for what is none, or has no zone."""
    try:
        found = datetime.fromisoformat(value)
        found.astimezone(UTC)  # at the ends of the calendar there is no such instant
    except (ValueError, OverflowError):
        return None
    if found.tzinfo is None:
        return None
    return found.replace(microsecond=found.microsecond // 1000 * 1000)

"""What subscriptions and silences have in common as plain fields: the matcher, the id and its key.

Values that many records share (tickers, subscribers) are interned, and every fault names its field.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from datetime import datetime
from reprlib import repr as short
from typing import Any

from streams.alerts.routing.fields import Faults, Reader, boolean, share, text, texts
from streams.alerts.routing.subscription import Keywords, Listings
from streams.enrichment.article import EventKind, Role
from streams.enrichment.security import TICKER, TICKERS
from streams.errors import ErrorCode, Fault

MAX_TICKERS = 1_000
MAX_SECTORS = 1_000
MAX_WORDS = 50
MAX_WORD_LENGTH = 50
MAX_SOURCE_LENGTH = 100
SUBSCRIBER = r"[A-Za-z0-9._-]{1,60}"
SUBSCRIBERS = "1 to 60 letters, digits, '.', '_' or '-'"

_MAX_NAMED = 20
_MAX_NAME_LENGTH = 60


def readers(wrong: ErrorCode) -> dict[str, Reader]:
    """Return the readers of the id and of the matcher.

    Args:
        wrong: The code of a value that is of the right type and cannot be held.
    """
    return {
        "id": text(r"[A-Za-z0-9._-]{1,100}", "1 to 100 letters, digits, '.', '_' or '-'", wrong),
        "tickers": texts(TICKER.fullmatch, MAX_TICKERS, f"tickers such as {TICKERS}", wrong),
        "sectors": texts(
            re.compile(r"BK[0-9]{4}").fullmatch, MAX_SECTORS, "board codes such as BK0475", wrong
        ),
        "market": boolean,
        "events": texts(
            _EVENTS.__contains__,
            100,
            f"event kinds ({', '.join(_EVENTS)})",
            ErrorCode.UNKNOWN_VALUE,
            read_one=_EVENTS.__getitem__,
        ),
        "roles": texts(
            _ROLES.__contains__,
            100,
            f"roles ({', '.join(_ROLES)})",
            ErrorCode.UNKNOWN_VALUE,
            read_one=_ROLES.__getitem__,
            least=1,
        ),
        "min_relevance": share(wrong),
        "sources": texts(
            lambda source: 0 < len(source) <= MAX_SOURCE_LENGTH,
            MAX_WORDS,
            f"sources of 1 to {MAX_SOURCE_LENGTH} characters",
            wrong,
        ),
        "keywords": _keywords_of(wrong),
        "listings": _listings,
        "schema": _schema,
    }


def read_fields(fields: Mapping[str, object], known: Mapping[str, Reader], faults: Faults) -> dict[str, Any]:
    """Read the fields that there are; what is wrong and what is no field is added to the faults."""
    found: dict[str, Any] = {}
    unknown = []
    for name, value in fields.items():
        reader = known.get(name)
        if reader is None:
            unknown.append(name)
        else:
            found[name] = reader(name, value, faults)
    if unknown:
        _refuse_unknown(unknown, known, faults)
    return found


def check_key(found: Mapping[str, Any], key: str, wrong: ErrorCode, faults: Faults) -> None:
    """Hold the id that was read against the key of its record."""
    if "id" not in found:
        faults.append(Fault("id", ErrorCode.MISSING_FIELD, f"is missing; the record's key is {short(key)}"))
    elif found["id"] is not None and found["id"] != key:
        faults.append(Fault("id", wrong, f"is {found['id']!r}, but the record's key is {short(key)}"))


def set_fields(record: Any) -> dict[str, object]:
    """Return a record as plain fields, without those that have their default value; lists, not tuples."""
    found: dict[str, object] = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if value == field.default:
            continue
        if isinstance(value, tuple):
            found[field.name] = list(map(str, value))
        elif isinstance(value, Keywords):
            found[field.name] = set_fields(value)
        elif isinstance(value, datetime):
            found[field.name] = value.isoformat(timespec="milliseconds")
        else:
            found[field.name] = value
    return found


def in_order(record: Any) -> tuple[object, ...]:
    """Return the matcher of a record in canonical order, for an id that is derived from it."""
    words = record.keywords
    return (
        sorted(record.tickers),
        sorted(record.sectors),
        record.market,
        sorted(map(str, record.events)),
        sorted(map(str, record.roles)),
        float(record.min_relevance),
        sorted(record.sources),
        sorted(words.any),
        sorted(words.all),
        sorted(words.none),
        str(record.listings),
    )


def _refuse_unknown(names: list[str], known: Mapping[str, Reader], faults: Faults) -> None:
    for name in names[:_MAX_NAMED]:
        faults.append(
            Fault(
                str(name)[:_MAX_NAME_LENGTH],
                ErrorCode.UNKNOWN_FIELD,
                f"is not a field; there are {', '.join(known)}",
            )
        )
    if len(names) > _MAX_NAMED:
        faults.append(
            Fault("$", ErrorCode.UNKNOWN_FIELD, f"has {len(names) - _MAX_NAMED} more unknown fields")
        )


def _listings(name: str, value: object, faults: Faults) -> Listings | None:
    if isinstance(value, str) and value in _LISTINGS:
        return Listings(value)
    faults.append(
        Fault(name, ErrorCode.UNKNOWN_VALUE, f"must be {' or '.join(_LISTINGS)}, is {short(value)}")
    )
    return None


def _keywords_of(wrong: ErrorCode) -> Reader:
    read_words = texts(
        lambda word: word.strip() and len(word) <= MAX_WORD_LENGTH,
        MAX_WORDS,
        f"words of 1 to {MAX_WORD_LENGTH} characters",
        wrong,
    )

    def read(name: str, value: object, faults: Faults) -> Keywords | None:
        if not isinstance(value, Mapping):
            faults.append(Fault(name, ErrorCode.WRONG_TYPE, f"must hold any, all or none, is {short(value)}"))
            return None
        before = len(faults)
        found = {}
        for part, words in value.items():
            if part in ("any", "all", "none"):
                found[part] = read_words(f"{name}.{part}", words, faults)
            elif len(faults) - before < _MAX_NAMED:
                faults.append(
                    Fault(
                        f"{name}.{str(part)[:_MAX_NAME_LENGTH]}",
                        ErrorCode.UNKNOWN_FIELD,
                        "is not a field; there are any, all, none",
                    )
                )
        return None if len(faults) > before else Keywords(**found)

    return read


def _schema(name: str, value: object, faults: Faults) -> int | None:
    if type(value) is int and value == 1:
        return 1
    faults.append(Fault(name, ErrorCode.UNKNOWN_SCHEMA, f"must be 1, is {short(value)}"))
    return None


_EVENTS = {kind.value: kind for kind in EventKind}
_ROLES = {role.value: role for role in Role}
_LISTINGS = {listings.value: listings for listings in Listings}

"""Reading and writing subscriptions as plain fields: every fault at once, each naming its field.

A worker reads 225,000 of them at its start, so the common form costs a few microseconds. Values
that many subscriptions share (tickers, subscribers) are interned. What a subscription matches is
in `matching`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from reprlib import repr as short
from typing import Any

from streams.alerts.fields import Faults, Reader, boolean, share, text, texts
from streams.alerts.identity import subscription_id
from streams.alerts.subscription import Keywords, Listings, Subscription
from streams.enrichment.article import EventKind, Role
from streams.enrichment.security import TICKER, TICKERS
from streams.errors import BadSubscription, ErrorCode, Fault

MAX_TICKERS = 1_000
MAX_SECTORS = 1_000
MAX_WORDS = 50
MAX_WORD_LENGTH = 50
MAX_SOURCE_LENGTH = 100
# `news.alerts.suppressed` is a topic of the catalogue, so nobody can be called that.
RESERVED_SUBSCRIBERS = frozenset({"suppressed"})

_MAX_NAMED = 20
_MAX_NAME_LENGTH = 60


def parse_subscription(fields: Mapping[str, object], *, key: str | None = None) -> Subscription:
    """Read a subscription from plain fields.

    Args:
        fields: As decoded from JSON: names as in `Subscription`, lists or tuples, numbers, booleans.
        key: The key of its record, which must equal its id; None where there is none.

    Returns:
        The subscription; without an id in `fields`, with one derived from subscriber and wish.

    Raises:
        BadSubscription: With every fault at once, each naming its field.

    >>> parse_subscription({"id": "a", "subscriber": "desk-a", "tickers": ["601398.SH"]}).tickers
    ('601398.SH',)
    """
    faults: Faults = []
    found: dict[str, Any] = {}
    unknown = []
    for name, value in fields.items():
        reader = _READERS.get(name)
        if reader is None:
            unknown.append(name)
        else:
            found[name] = reader(name, value, faults)
    if unknown:
        _refuse_unknown(unknown, faults)
    _check_together(fields, found, key, faults)
    if faults:
        raise BadSubscription(*faults, hint="README, Subscriptions, lists the fields")
    if "id" not in found:
        found["id"] = ""
        subscription = Subscription(**found)
        return dataclasses.replace(subscription, id=_derived_id(subscription))
    return Subscription(**found)


def to_fields(subscription: Subscription) -> dict[str, object]:
    """Return a subscription as plain fields, without those that have their default value.

    Args:
        subscription: Any.

    Returns:
        What `parse_subscription` reads back to the same subscription; lists, not tuples.
    """
    fields = _set_fields(subscription)
    if "keywords" in fields:
        fields["keywords"] = _set_fields(subscription.keywords)
    return fields


def _set_fields(record: Subscription | Keywords) -> dict[str, object]:
    found = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if value != field.default:
            found[field.name] = list(map(str, value)) if isinstance(value, tuple) else value
    return found


def _derived_id(s: Subscription) -> str:
    words = s.keywords
    return subscription_id(
        s.subscriber,
        sorted(s.tickers),
        sorted(s.sectors),
        s.market,
        sorted(map(str, s.events)),
        sorted(map(str, s.roles)),
        float(s.min_relevance),
        sorted(s.sources),
        sorted(words.any),
        sorted(words.all),
        sorted(words.none),
        str(s.listings),
    )


def _refuse_unknown(names: list[str], faults: Faults) -> None:
    for name in names[:_MAX_NAMED]:
        faults.append(
            Fault(
                str(name)[:_MAX_NAME_LENGTH],
                ErrorCode.UNKNOWN_FIELD,
                f"is not a field; there are {', '.join(_READERS)}",
            )
        )
    if len(names) > _MAX_NAMED:
        faults.append(
            Fault("$", ErrorCode.UNKNOWN_FIELD, f"has {len(names) - _MAX_NAMED} more unknown fields")
        )


def _check_together(
    fields: Mapping[str, object], found: dict[str, Any], key: str | None, faults: Faults
) -> None:
    if "subscriber" not in fields:
        faults.append(Fault("subscriber", ErrorCode.MISSING_FIELD, "is missing"))
    if key is not None and found.get("id") != key:
        if "id" not in fields:
            faults.append(
                Fault("id", ErrorCode.MISSING_FIELD, f"is missing; the record's key is {short(key)}")
            )
        elif found["id"] is not None:
            faults.append(
                Fault(
                    "id",
                    ErrorCode.BAD_SUBSCRIPTION,
                    f"is {found['id']!r}, but the record's key is {short(key)}",
                )
            )
    if not (fields.get("tickers") or fields.get("sectors") or fields.get("market")):
        faults.append(
            Fault("$", ErrorCode.BAD_SUBSCRIPTION, "asks for nothing: give tickers, sectors or market")
        )


def _listings(name: str, value: object, faults: Faults) -> Listings | None:
    if isinstance(value, str) and value in _LISTINGS:
        return Listings(value)
    faults.append(
        Fault(name, ErrorCode.UNKNOWN_VALUE, f"must be {' or '.join(_LISTINGS)}, is {short(value)}")
    )
    return None


def _keywords(name: str, value: object, faults: Faults) -> Keywords | None:
    if not isinstance(value, Mapping):
        faults.append(Fault(name, ErrorCode.WRONG_TYPE, f"must hold any, all or none, is {short(value)}"))
        return None
    before = len(faults)
    found = {}
    for part, words in value.items():
        if part in ("any", "all", "none"):
            found[part] = _words(f"{name}.{part}", words, faults)
        elif len(faults) - before < _MAX_NAMED:
            faults.append(
                Fault(
                    f"{name}.{str(part)[:_MAX_NAME_LENGTH]}",
                    ErrorCode.UNKNOWN_FIELD,
                    "is not a field; there are any, all, none",
                )
            )
    return None if len(faults) > before else Keywords(**found)


def _schema(name: str, value: object, faults: Faults) -> int | None:
    if type(value) is int and value == 1:
        return 1
    faults.append(Fault(name, ErrorCode.UNKNOWN_SCHEMA, f"must be 1, is {short(value)}"))
    return None


_EVENTS = {kind.value: kind for kind in EventKind}
_ROLES = {role.value: role for role in Role}
_LISTINGS = {listings.value: listings for listings in Listings}
_words = texts(
    lambda word: word.strip() and len(word) <= MAX_WORD_LENGTH,
    MAX_WORDS,
    f"words of 1 to {MAX_WORD_LENGTH} characters",
)

_READERS: dict[str, Reader] = {
    "id": text(r"[A-Za-z0-9._-]{1,100}", "1 to 100 letters, digits, '.', '_' or '-'"),
    "subscriber": text(
        r"[A-Za-z0-9._-]{1,60}", "1 to 60 letters, digits, '.', '_' or '-'", reserved=RESERVED_SUBSCRIBERS
    ),
    "tickers": texts(
        TICKER.fullmatch,
        MAX_TICKERS,
        f"tickers such as {TICKERS}",
    ),
    "sectors": texts(re.compile(r"BK[0-9]{4}").fullmatch, MAX_SECTORS, "board codes such as BK0475"),
    "market": boolean,
    "events": texts(
        _EVENTS.__contains__,
        100,
        f"event kinds ({', '.join(_EVENTS)})",
        code=ErrorCode.UNKNOWN_VALUE,
        read_one=_EVENTS.__getitem__,
    ),
    "roles": texts(
        _ROLES.__contains__,
        100,
        f"roles ({', '.join(_ROLES)})",
        code=ErrorCode.UNKNOWN_VALUE,
        read_one=_ROLES.__getitem__,
        least=1,
    ),
    "min_relevance": share,
    "sources": texts(
        lambda source: 0 < len(source) <= MAX_SOURCE_LENGTH,
        MAX_WORDS,
        f"sources of 1 to {MAX_SOURCE_LENGTH} characters",
    ),
    "keywords": _keywords,
    "listings": _listings,
    "enabled": boolean,
    "schema": _schema,
}

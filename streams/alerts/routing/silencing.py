"""Reading and writing silences as plain fields: every fault at once, each naming its field."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping

from streams.alerts.identity import silence_id
from streams.alerts.routing.asking import (
    SUBSCRIBER,
    SUBSCRIBERS,
    check_key,
    in_order,
    read_fields,
    readers,
    set_fields,
)
from streams.alerts.routing.fields import Faults, Reader, moment, text, texts
from streams.alerts.routing.silence import Silence
from streams.errors import BadSilence, ErrorCode, Fault

MAX_SUBSCRIBERS = 1_000

_WRONG = ErrorCode.BAD_SILENCE
_NEEDED = ("starts_at", "ends_at", "author", "comment")
_NARROWING = ("subscribers", "tickers", "sectors", "market", "events", "sources", "keywords")


def parse_silence(fields: Mapping[str, object], *, key: str | None = None) -> Silence:
    """Read a silence from plain fields.

    Args:
        fields: As decoded from JSON: names as in `Silence`, times as RFC 3339 with their zone.
        key: The key of its record, which must equal its id; None where there is none.

    Returns:
        The silence, its times in whole milliseconds; without an id in `fields`, with one derived from
        what it mutes and when it starts.

    Raises:
        BadSilence: With every fault at once, each naming its field.
    """
    faults: Faults = []
    found = read_fields(fields, _READERS, faults)
    faults += [Fault(name, ErrorCode.MISSING_FIELD, "is missing") for name in _NEEDED if name not in fields]
    if key is not None:
        check_key(found, key, _WRONG, faults)
    if not any(fields.get(name) for name in _NARROWING):
        faults.append(Fault("$", _WRONG, f"mutes everything: give one of {', '.join(_NARROWING)}"))
    starts_at, ends_at = found.get("starts_at"), found.get("ends_at")
    if starts_at is not None and ends_at is not None and ends_at < starts_at:
        faults.append(Fault("ends_at", _WRONG, f"is {ends_at.isoformat()}, before starts_at"))
    if faults:
        raise BadSilence(*faults, hint="README, Silences, lists the fields")
    silence = Silence(**({"id": ""} | found))
    if silence.id:
        return silence
    start = silence.starts_at.timestamp()
    return dataclasses.replace(silence, id=silence_id(sorted(silence.subscribers), start, *in_order(silence)))


def to_fields(silence: Silence) -> dict[str, object]:
    """Return a silence as plain fields, without those that have their default value.

    Args:
        silence: Any.

    Returns:
        What `parse_silence` reads back to the same silence; lists, not tuples; times as text.
    """
    return set_fields(silence)


_MATCHER = readers(_WRONG)
_READERS: dict[str, Reader] = {
    "id": _MATCHER["id"],
    "subscribers": texts(
        re.compile(SUBSCRIBER).fullmatch, MAX_SUBSCRIBERS, f"names of {SUBSCRIBERS}", _WRONG
    ),
    **_MATCHER,
    "starts_at": moment(_WRONG),
    "ends_at": moment(_WRONG),
    "author": text(r"(?s)(?=.*\S).{1,100}", "1 to 100 characters", _WRONG),
    "comment": text(r"(?s)(?=.*\S).{1,500}", "1 to 500 characters", _WRONG),
}

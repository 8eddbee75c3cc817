"""What is said of a ticker at run time, read from a record: every fault at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from reprlib import repr as short
from typing import Any

from streams.enrichment.security import Security, SecurityName, faults_of
from streams.errors import BadRecord, BadSecurity, ErrorCode, Fault
from streams.wire.codec import decode
from streams.wire.faults import load_object

_MOST_NAMED = 20
_MAX_LENGTH = 60


def read_security(value: bytes, key: str | None = None) -> Security:
    """Return what a record of the securities topic says.

    Args:
        value: One JSON object.
        key: The key of its record, which must equal its ticker; None where there is none.

    Raises:
        BadRecord: When it is no JSON object.
        BadSecurity: With every fault at once, each naming its field.
    """
    faults = list(_unknown(load_object(value)))
    try:
        security = decode(value, Security)
    except BadRecord as error:
        faults += error.faults
    else:
        faults += faults_of(security)
        if key is not None and security.ticker != key:
            words = f"is {security.ticker[:_MAX_LENGTH]!r}, but the record's key is {short(key)}"
            faults.append(Fault("ticker", ErrorCode.BAD_SECURITY, words))
        if not faults:
            return security
    raise BadSecurity(*faults, hint="README, Securities, lists the fields")


def _unknown(fields: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _unknown_in("", fields, Security)
    names = fields.get("names")
    if isinstance(names, list):
        for place, name in enumerate(names[:_MOST_NAMED]):
            if isinstance(name, dict):
                yield from _unknown_in(f"names[{place}].", name, SecurityName)


def _unknown_in(where: str, fields: Mapping[str, Any], cls: type) -> Iterator[Fault]:
    known = [field.name for field in dataclasses.fields(cls)]
    for name in [name for name in fields if name not in known][:_MOST_NAMED]:
        words = f"is not a field; there are {', '.join(known)}"
        yield Fault(where + name[:_MAX_LENGTH], ErrorCode.UNKNOWN_FIELD, words)

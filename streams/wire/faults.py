"""What is wrong with a record that cannot be read: every faulty field, each with a code of the closed list.

The slow way in: `streams.wire.codec.decode` comes here only after its fast one has failed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, TypeVar, cast, get_type_hints

import msgspec
import orjson

from streams.errors import BadRecord, ErrorCode, Fault

R = TypeVar("R")

# orjson's own limit is 1,024 levels; its message is the only way to tell it from other bad JSON.
_TOO_DEEP = "depth limit"
_NOT_UTF8 = ("not valid UTF-8", "surrogate")


def known_schema(cls: type) -> int | None:
    """Return the schema number of a record's class, None for a class that carries none."""
    defaults = (field.default for field in dataclasses.fields(cls) if field.name == "schema")
    return cast("int | None", next(defaults, None))


def schemas_read(cls: type) -> tuple[int | None, ...]:
    """Return the schema numbers of a record's class that are read: its own, then older ones it names."""
    return (known_schema(cls), *getattr(cls, "older_schemas", ()))


def unknown_schema(read: tuple[int | None, ...]) -> Fault:
    """Return the fault of a record that was written under a number that is not read."""
    one, *older = read
    also = f" and not {', '.join(map(str, older))}, which are read" if older else ", the only one known here"
    return Fault("schema", ErrorCode.UNKNOWN_SCHEMA, f"is not {one}{also}")


def decode_slowly(data: bytes, cls: type[R]) -> R:
    """Read a record field by field, to find every fault.

    Args:
        data: What could not be read in one go.
        cls: The record's class.

    Returns:
        The record, should it be right after all.

    Raises:
        BadRecord: With all faults; an unknown schema number alone, because it explains the others.
    """
    fields = load_object(data)
    read = schemas_read(cls)
    if read[0] is not None and fields.get("schema", read[0]) not in read:
        raise BadRecord(unknown_schema(read))
    faults = list(_faults(fields, cls))
    if faults:
        raise BadRecord(*faults)
    try:
        return msgspec.convert(fields, cls)
    except msgspec.ValidationError as error:  # pragma: no cover  # each field alone was right
        raise BadRecord(Fault("$", ErrorCode.WRONG_TYPE, str(error))) from error


def load_object(data: bytes | None) -> dict[str, Any]:
    """Read a JSON object whose fields are checked elsewhere.

    Raises:
        BadRecord: When there is nothing, no JSON, or JSON of another kind.
    """
    if not data:
        raise BadRecord(Fault("$", ErrorCode.EMPTY, "holds nothing"))
    try:
        fields = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise BadRecord(Fault("$", code_of(error), f"is not JSON: {error}")) from error
    if not isinstance(fields, dict):
        raise BadRecord(Fault("$", ErrorCode.WRONG_TYPE, "must be a JSON object"))
    return fields


def code_of(error: orjson.JSONDecodeError) -> ErrorCode:
    """Return what kind of fault keeps bytes from being JSON."""
    if _TOO_DEEP in error.msg:
        return ErrorCode.TOO_DEEP
    return ErrorCode.NOT_TEXT if any(words in error.msg for words in _NOT_UTF8) else ErrorCode.NOT_JSON


def _faults(fields: dict[str, Any], cls: type) -> Iterator[Fault]:
    hints = get_type_hints(cls)
    for field in dataclasses.fields(cls):
        if field.name not in fields:
            if field.default is dataclasses.MISSING:
                yield Fault(field.name, ErrorCode.MISSING_FIELD, "is missing")
            continue
        try:
            msgspec.convert(fields[field.name], hints[field.name])
        except msgspec.ValidationError as error:
            yield _fault(field.name, str(error))


def _fault(name: str, words: str) -> Fault:
    """Turn msgspec's words, "Expected `str`, got `int` - at `$.any[0]`", into a fault."""
    message, _, path = words.partition(" - at `$")
    code = ErrorCode.WRONG_TYPE
    if message.startswith("Invalid enum value"):
        code = ErrorCode.UNKNOWN_VALUE
    elif "missing required field" in message:
        code = ErrorCode.MISSING_FIELD
    return Fault(name + path.removesuffix("`"), code, message[:1].lower() + message[1:])

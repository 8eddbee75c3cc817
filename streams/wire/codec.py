"""Records to bytes and back: one line of JSON, UTF-8 unescaped, in the order of the fields.

Absent is left out: None and the empty tuple, where they are the default of the field; False, 0 and ""
stay. Times are RFC 3339 with milliseconds and the zone they were given in. What comes in is checked
strictly (the text "1" is no number); fields that are not known are ignored, so that a later version may
add some.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeVar, cast

import msgspec
import orjson

from streams.enrichment.subjects import SubjectMention
from streams.errors import BadRecord, ErrorCode, Fault
from streams.wire.faults import decode_slowly, schemas_read, unknown_schema

R = TypeVar("R")

_OPTIONS = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME


def encode(record: Any) -> bytes:
    """Write a record as one line of JSON.

    Args:
        record: Any of the contract's frozen dataclasses.

    Returns:
        UTF-8 without a line feed. Equal records give equal bytes.

    Raises:
        BadRecord: `not_text` where a text holds a lone surrogate.
    """
    return _dumps(record)


def encode_mentions(mentions: Iterable[SubjectMention]) -> list[bytes]:
    """Write the mentions of an article; the view they share is written once.

    Args:
        mentions: Usually all of one article. Sharing is seen by identity, not by comparison.

    Returns:
        One line for each, the same bytes as `encode` gives.

    Raises:
        BadRecord: As `encode`.
    """
    lines = []
    view, fragment = None, None
    for mention in mentions:
        if mention.article is not view:
            view = mention.article
            fragment = orjson.Fragment(encode(view))
        lines.append(_dumps({**_plain(mention), "article": fragment}))
    return lines


def decode(data: bytes | None, cls: type[R]) -> R:
    """Read a record.

    Args:
        data: One JSON object; None (a tombstone where none is meant) is refused as `empty`.
        cls: The record's class.

    Returns:
        The record; `decode(encode(record), cls) == record` where times have whole milliseconds.

    Raises:
        BadRecord: With every faulty top-level field at once; `$` where the whole is wrong.
    """
    if not data:
        raise BadRecord(Fault("$", ErrorCode.EMPTY, "holds nothing"))
    reader = _READERS[cls]
    try:
        record: R = reader.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return decode_slowly(data, cls)
    if getattr(record, "schema", None) not in reader.schemas:
        raise BadRecord(unknown_schema(reader.schemas))
    return record


def _dumps(value: Any) -> bytes:
    try:
        # A copy: what orjson returns stands in a buffer several times as large as it is (measured), and
        # records are held until they are acknowledged, or for days.
        return bytes(memoryview(orjson.dumps(value, _plain, _OPTIONS)))
    except orjson.JSONEncodeError as error:
        raise BadRecord(Fault("$", ErrorCode.NOT_TEXT, f"cannot be written: {error}")) from error


def _write_time(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds")


class _Writers(dict[type, Callable[[Any], Any]]):
    """Class to the function that turns one level of it into what orjson writes; made at first use."""

    def __missing__(self, cls: type) -> Callable[[Any], Any]:
        if not dataclasses.is_dataclass(cls):
            raise TypeError(f"{cls.__name__} is not part of a record")
        self[cls] = writer = _compile_writer(cls)
        return writer


_WRITERS = _Writers({datetime: _write_time, date: date.isoformat})


def _plain(value: Any) -> Any:
    return _WRITERS[type(value)](value)


def _compile_writer(cls: type) -> Callable[[Any], dict[str, Any]]:
    """Write the function that fills a dict from a record, as `dataclasses` writes `__init__`.

    An article holds some fifty small records; a loop over their fields takes four times as long.
    """
    lines = ["def write(record):", " plain = {}"]
    for field in dataclasses.fields(cls):
        keep = f"plain[{field.name!r}] = record.{field.name}"
        if field.default is None:
            keep = f"if record.{field.name} is not None: {keep}"
        elif field.default == ():
            keep = f"if record.{field.name} != (): {keep}"
        lines.append(" " + keep)
    lines.append(" return plain")
    space: dict[str, Any] = {}
    exec("\n".join(lines), space)  # noqa: S102 made of the names of our own fields only
    return cast("Callable[[Any], dict[str, Any]]", space["write"])


class _Reader:
    """What is worked out once for a class: its decoder, and the schema numbers that are read."""

    def __init__(self, cls: type) -> None:
        self.decode: Callable[[bytes], Any] = msgspec.json.Decoder(cls).decode
        self.schemas = schemas_read(cls)


class _Readers(dict[type, _Reader]):
    def __missing__(self, cls: type) -> _Reader:
        self[cls] = reader = _Reader(cls)
        return reader


_READERS = _Readers()

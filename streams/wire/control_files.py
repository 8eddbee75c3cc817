"""Subscriptions and silences from files: one object a line, or a JSON array or object; faults with lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, TypeVar

from streams.errors import BadInput, BadRecord, ErrorCode, Fault
from streams.wire.control import Control, Identified
from streams.wire.faults import load_object

_BETWEEN = re.compile(r"[\s,]*")

T = TypeVar("T", bound=Identified)


def read_records(control: Control[T], lines: Iterable[bytes]) -> Iterator[tuple[int, T | BadInput]]:
    """Read records one after the other; a faulty one does not stop the others.

    Args:
        control: What they are records of.
        lines: Of the file. NDJSON is read as it comes; an array, or an object over several lines, as a whole.

    Yields:
        The line (from 1) on which a record begins, and it, or what is wrong with it. An id that
        stood on an earlier line is a fault.
    """
    seen: dict[str, int] = {}
    for line, fields in _objects(lines):
        yield line, _check(control, fields, line, seen)


def _check(
    control: Control[T], fields: dict[str, Any] | BadInput, line: int, seen: dict[str, int]
) -> T | BadInput:
    if isinstance(fields, BadInput):
        return control.error(*fields.faults)
    try:
        record = control.parse(fields)
    except BadInput as error:
        return error
    first = seen.setdefault(record.id, line)
    if first == line:
        return record
    said = "stands on" if "id" in fields else "is missing, and the same stands on"
    return control.error(Fault("id", control.code, f"{said} line {first} already"))


def _objects(lines: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any] | BadInput]]:
    numbered = enumerate(lines, 1)
    for number, line in numbered:
        words = line.strip().removeprefix(b"\xef\xbb\xbf")
        if not words:
            continue
        if words.startswith(b"[") or words == b"{":
            rest = b"".join(chain([line], (more for _, more in numbered)))
            yield from _values(rest, number)
            return
        try:
            yield number, load_object(words)
        except BadInput as error:
            yield number, error


def _values(data: bytes, line: int) -> Iterator[tuple[int, dict[str, Any] | BadInput]]:
    """Read the objects of an array, or objects that follow each other, each with its line."""
    decoder = json.JSONDecoder()
    text = data.decode("utf-8-sig", "replace").strip()
    is_array = text.startswith("[")
    body, at = (text[1:], 0) if is_array else (text, 0)
    while True:
        start = _BETWEEN.match(body, at).end()  # type: ignore[union-attr]  # it matches the empty text, too
        line += body.count("\n", at, start)
        if start == len(body) or (is_array and body[start] == "]"):
            break
        try:
            value, at = decoder.raw_decode(body, start)
        except (json.JSONDecodeError, RecursionError) as error:
            words = error.msg if isinstance(error, json.JSONDecodeError) else "too deep"
            yield line, BadRecord(Fault("$", ErrorCode.NOT_JSON, f"is not JSON: {words}"))
            return
        is_object = isinstance(value, dict)
        yield line, value if is_object else BadRecord(_NO_OBJECT)
        line += body.count("\n", start, at)
    if is_array and body[start:].strip() != "]":
        yield (
            line,
            BadRecord(Fault("$", ErrorCode.NOT_JSON, "is not JSON: the array does not end here")),
        )


_NO_OBJECT = Fault("$", ErrorCode.WRONG_TYPE, "must be a JSON object")

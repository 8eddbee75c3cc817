"""Raw articles on the wire: one JSON object a message, from whoever publishes to `news.raw`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson

from streams.errors import BadArticle, ErrorCode, Fault
from streams.news.article import Action, ContentType, RawArticle
from streams.news.encoding import decode
from streams.news.formats.envelope import content_type, raw_article
from streams.wire.faults import code_of

# An envelope in an envelope is what some relays send; a third is a loop.
_MAX_ENVELOPES = 3


def decode_raw(value: bytes | None, *, max_bytes: int) -> RawArticle:
    """Read one record of `news.raw`.

    Args:
        value: The message's value. UTF-8 is the contract; other encodings of JSON are understood.
        max_bytes: The most that is looked at.

    Returns:
        The raw article; one whose content is itself an envelope (`application/json`) is opened.

    Raises:
        BadArticle: Always this, with every fault, `$` naming the value as a whole.
    """
    if not value or not value.strip():
        raise _bad(ErrorCode.EMPTY, "is empty")
    if len(value) > max_bytes:
        raise _bad(ErrorCode.TOO_LARGE, f"has {len(value)} bytes, more than {max_bytes}")
    return article_of(load_json(value))


def encode_raw(raw: RawArticle) -> bytes:
    """Return the record of a raw article: one line, absent fields left out.

    Args:
        raw: Lone surrogates in its texts are left out, as UTF-8 cannot hold them.
    """
    fields = {
        "source": raw.source,
        "id": raw.id,
        "url": raw.url,
        "title": raw.title,
        "published_at": raw.published_at,
        "content": raw.content or None,
        "content_type": raw.content_type,
        "action": None if raw.action is Action.PUBLISH else raw.action.value,
    }
    return orjson.dumps({name: _writable(str(value)) for name, value in fields.items() if value is not None})


def load_json(value: bytes) -> Any:
    """Return the JSON of some bytes in any encoding that `streams.news.encoding` knows.

    Raises:
        BadArticle: `not_json`, `not_text` or `too_deep`.
    """
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError as error:
        code = code_of(error)
    if code is ErrorCode.TOO_DEEP:
        raise _bad(code, "is nested too deep")
    try:
        return orjson.loads(decode(value))
    except orjson.JSONDecodeError as error:
        raise _bad(code_of(error), f"is not JSON: {error}"[:200]) from None


def article_of(value: Any) -> RawArticle:
    """Return the raw article of a JSON value, opening envelopes within envelopes.

    Raises:
        BadArticle: With every fault.
    """
    for _ in range(_MAX_ENVELOPES):
        if not isinstance(value, dict):
            raise _bad(ErrorCode.WRONG_TYPE, "is not a JSON object")
        inner = _inner(value)
        if inner is None:
            return raw_article(value)
        outer = {name: field for name, field in value.items() if name not in ("content", "content_type")}
        value = {**inner, **{name: field for name, field in outer.items() if field is not None}}
    raise _bad(ErrorCode.TOO_DEEP, "holds envelopes in envelopes", field="content")


def _inner(fields: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the envelope that an envelope holds, None where it holds an article."""
    declared = fields.get("content_type")
    if not isinstance(declared, str) or content_type(declared) is not ContentType.JSON:
        return None
    content = fields.get("content")
    if isinstance(content, str) and content.strip():
        content = _opened(content)
    if content is None or content == "":
        raise _bad(ErrorCode.MISSING_FIELD, "is missing", field="content")
    if not isinstance(content, dict):
        raise _bad(ErrorCode.WRONG_TYPE, "is not a JSON object", field="content")
    return content


def _opened(content: str) -> Any:
    try:
        return load_json(_writable(content).encode())
    except BadArticle as error:
        raise BadArticle(*(replace(fault, field="content") for fault in error.faults)) from None


def _writable(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "ignore").decode()


def _bad(code: ErrorCode, message: str, *, field: str = "$") -> BadArticle:
    return BadArticle(Fault(field, code, message))

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from streams.errors import BadArticle, ErrorCode
from streams.news.article import Action, RawArticle
from streams.wire.raw import decode_raw, encode_raw

GOOD: dict[str, Any] = {
    "source": "wire",
    "id": "1",
    "content": "甲公司公告，拟回购股份，投资者关注。",
    "content_type": "text/plain",
}


def _json(**fields: Any) -> bytes:
    return json.dumps(GOOD | fields, ensure_ascii=False).encode()


def _decode(value: bytes | None) -> RawArticle:
    return decode_raw(value, max_bytes=1_000_000)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_json_in_any_charset_is_read(charset: str) -> None:
    assert _decode(_json().decode().encode(charset)).content == GOOD["content"]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        pytest.param(None, ErrorCode.EMPTY, id="no value"),
        pytest.param(b" \n", ErrorCode.EMPTY, id="blanks"),
        pytest.param(b"x" * 1_000_001, ErrorCode.TOO_LARGE, id="too large"),
        pytest.param(b"hello", ErrorCode.NOT_JSON, id="a word"),
        pytest.param(_json()[:-3], ErrorCode.NOT_JSON, id="cut"),
        pytest.param(b'{"source": "\\ud83d"}', ErrorCode.NOT_TEXT, id="an escaped lone surrogate"),
        pytest.param(gzip.compress(_json()), ErrorCode.NOT_TEXT, id="gzip"),
        pytest.param(bytes(range(256)), ErrorCode.NOT_TEXT, id="binary"),
        pytest.param(b"[]", ErrorCode.WRONG_TYPE, id="a list"),
        pytest.param(b"null", ErrorCode.WRONG_TYPE, id="null"),
        pytest.param(b"[" * 20_000 + b"]" * 20_000, ErrorCode.TOO_DEEP, id="deep"),
        pytest.param(b"{}", ErrorCode.MISSING_FIELD, id="nothing in it"),
    ],
)
def test_what_is_no_envelope_is_refused(value: bytes | None, code: ErrorCode) -> None:
    with pytest.raises(BadArticle) as refused:
        _decode(value)
    assert refused.value.code is code


@pytest.mark.parametrize("content", [_json().decode(), GOOD], ids=["as text", "as an object"])
def test_an_envelope_in_an_envelope_is_opened(content: object) -> None:
    raw = _decode(_json(content=content, content_type="application/json", source="relay"))
    assert (raw.source, raw.content, raw.content_type) == ("relay", GOOD["content"], "text/plain")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", ErrorCode.NOT_JSON),
        ("[]", ErrorCode.WRONG_TYPE),
        (5, ErrorCode.WRONG_TYPE),
        ("", ErrorCode.MISSING_FIELD),
    ],
)
def test_an_envelope_that_holds_none_is_refused(content: object, code: ErrorCode) -> None:
    with pytest.raises(BadArticle) as refused:
        _decode(_json(content=content, content_type="application/json"))
    assert (refused.value.code, refused.value.faults[0].field) == (code, "content")


def test_envelopes_without_end_are_refused() -> None:
    value = _json()
    for _ in range(4):
        value = _json(content=value.decode(), content_type="application/json")
    with pytest.raises(BadArticle) as refused:
        _decode(value)
    assert refused.value.code is ErrorCode.TOO_DEEP


def test_encoding_is_undone_by_decoding() -> None:
    raw = RawArticle(source="a", content='正文\n"x"', id="1", title="标题", action=Action.CORRECT)
    assert _decode(encode_raw(raw)) == raw


def test_a_record_is_one_line_of_what_is_there() -> None:
    value = encode_raw(RawArticle(source="a", content="正\n文\ud800"))
    assert value == '{"source":"a","content":"正\\n文","content_type":"text/plain"}'.encode()

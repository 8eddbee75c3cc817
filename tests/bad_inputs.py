"""Sixty-odd kinds of bad input: name, bytes of one raw record, and what may become of it.

`DEAD` and a code: it must become a dead letter with this code. `READ`: it must become an article.
"""

from __future__ import annotations

import gzip
import json
from typing import Any

DEAD, READ = "dead", "read"
Kind = tuple[str, bytes | None, str, str]
GOOD = {"source": "bad-wire", "content": "招商银行召开会议。", "content_type": "text/plain"}


def _with(**fields: Any) -> bytes:
    return json.dumps(GOOD | fields, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _without(*names: str) -> bytes:
    return json.dumps({name: value for name, value in GOOD.items() if name not in names}).encode()


def _nested(depth: int) -> bytes:
    inner = json.dumps(GOOD, ensure_ascii=False)
    for _ in range(depth):
        inner = _with(content_type="application/json", content=inner).decode()
    return inner.encode()


def _html(content: str) -> bytes:
    return _with(content=content, content_type="text/html")


ENVELOPE = json.dumps(GOOD, ensure_ascii=False)

NOT_JSON: tuple[Kind, ...] = (
    ("no value at all", None, DEAD, "empty"),
    ("no bytes", b"", DEAD, "empty"),
    ("blanks only", b" \n\t ", DEAD, "empty"),
    ("a bare word", b"hello", DEAD, "not_json"),
    ("half an object", ENVELOPE.encode()[:20], DEAD, "not_json"),
    ("two objects", ENVELOPE.encode() * 2, DEAD, "not_json"),
    ("single quotes", b"{'source': 'x'}", DEAD, "not_json"),
    ("a trailing comma", b'{"source": "x",}', DEAD, "not_json"),
    ("not a number", b'{"source": NaN}', DEAD, "not_json"),
    ("XML", b"<?xml version='1.0'?><article>x</article>", DEAD, "not_json"),
    ("bare HTML", "<p>招商银行</p>".encode(), DEAD, "not_json"),
    ("gzip", gzip.compress(ENVELOPE.encode()), DEAD, "not_text"),
    ("PNG", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", DEAD, "not_text"),
    ("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00\x01\x02\xff\xfe", DEAD, "not_text"),
    ("random bytes", bytes(range(256)) * 4, DEAD, "not_text"),
    ("zero bytes only", b"\x00" * 64, DEAD, "not_text"),
    ("20,000 deep arrays", b"[" * 20_000 + b"]" * 20_000, DEAD, "too_deep"),
    ("20,000 deep objects", b'{"a":' * 20_000 + b"1" + b"}" * 20_000, DEAD, "too_deep"),
    ("a schema registry's magic byte", b"\x00\x00\x00\x00\x07" + ENVELOPE.encode(), DEAD, "not_text"),
    ("longer than allowed", _with(content="x" * 8_000_001), DEAD, "too_large"),
)
WRONG_FIELDS: tuple[Kind, ...] = (
    ("an array", b"[]", DEAD, "wrong_type"),
    ("a string", b'"x"', DEAD, "wrong_type"),
    ("a number", b"17", DEAD, "wrong_type"),
    ("null", b"null", DEAD, "wrong_type"),
    ("true", b"true", DEAD, "wrong_type"),
    ("an empty object", b"{}", DEAD, "missing_field"),
    ("no source", _without("source"), DEAD, "missing_field"),
    ("no content", _without("content"), DEAD, "missing_field"),
    ("source empty", _with(source=" "), DEAD, "empty"),
    ("content empty", _with(content=""), DEAD, "empty"),
    ("content null", _with(content=None), DEAD, "missing_field"),
    ("content of blanks", _with(content=" \n　 "), DEAD, "empty"),
    ("content a list", _with(content=["a"]), DEAD, "wrong_type"),
    ("content a number", _with(content=5), DEAD, "wrong_type"),
    ("title an object", _with(title={"zh": "x"}), DEAD, "wrong_type"),
    ("url a list", _with(url=["x"]), DEAD, "wrong_type"),
    ("id a boolean", _with(id=True), DEAD, "wrong_type"),
    ("source a number", _with(source=5), DEAD, "wrong_type"),
    ("source of 10,000 characters", _with(source="s" * 10_000), DEAD, "too_large"),
    ("unknown content type", _with(content_type="application/pdf"), DEAD, "unknown_value"),
    ("content type a number", _with(content_type=1), DEAD, "wrong_type"),
    ("unknown action", _with(action="explode"), DEAD, "unknown_value"),
    ("envelopes in envelopes", _nested(4), DEAD, "too_deep"),
    ("an envelope that is no JSON", _with(content_type="application/json", content="{"), DEAD, "not_json"),
    ("HTML without a word", _html("<script>alert(1)</script><style>p{}</style><!-- x -->"), DEAD, "empty"),
    ("HTML of tags only", _html("<div><p></p></div>" * 50), DEAD, "empty"),
)  # fmt: skip
ODD_BUT_READ: tuple[Kind, ...] = (
    ("unknown fields", _with(priority=9, nested={"a": [1]}), READ, ""),
    ("an id as a number", _with(id=20260302), READ, ""),
    ("a byte order mark", b"\xef\xbb\xbf" + _with(id="bom"), READ, ""),
    ("GB18030", json.dumps(GOOD | {"id": "gb"}, ensure_ascii=False).encode("gb18030"), READ, ""),
    ("Big5", _with(id="b5", content="招商銀行召開會議,討論明年的計劃。").decode().encode("big5"), READ, ""),
    ("UTF-16", json.dumps(GOOD | {"id": "u16"}, ensure_ascii=False).encode("utf-16"), READ, ""),
    ("a wrong charset declared", _with(id="cs", content_type="text/plain; charset=latin-1"), READ, ""),
    ("zero characters inside", _with(id="nul", content="招商\x00银行召开会议\x00。"), READ, ""),
    ("lone surrogates", rb'{"source":"bad-wire","id":"sur","content":"\ud83d x \udc00"}', DEAD, "not_text"),
    ("control characters", _with(id="ctl", content="招商银行\x01\x02\x1b[31m召开会议"), READ, ""),
    ("right-to-left marks", _with(id="rtl", content="\u202e招商银行\u202c召开会议\u200b。"), READ, ""),
    ("a time in the future", _with(id="fut", published_at="2199-01-01T00:00:00Z"), READ, ""),
    ("a time of the year 1", _with(id="y1", published_at="0001-01-01 00:00"), READ, ""),
    ("a time that is none", _with(id="t0", published_at="last Tuesday"), READ, ""),
    ("a time as a huge number", _with(id="t9", published_at=10**30), READ, ""),
    ("a title of 100,000 characters", _with(id="tl", title="招商银行" * 25_000), READ, ""),
    ("a title of markup", _with(id="tm", title="<b>招商银行</b>&nbsp;&lt;会议&gt;"), READ, ""),
    ("HTML never closed", _html("<p>招商银行<div><a data-code='1,600036'>" * 20), READ, ""),
    ("HTML nested 20,000 deep", _html("<div>" * 20_000 + "招商银行召开会议。" + "</div>" * 20_000), READ, ""),
    ("5 MB of HTML", _html("<p>招商银行召开会议，讨论明年的计划。</p>" * 90_000), READ, ""),
    ("10,000 links", _html("<a data-code='1,600036'>招商银行</a>" * 10_000), READ, ""),
    ("broken entities", _html("<p>招商银行&nbsp;&#xD800;&#99999999;&bogus;会议</p>"), READ, ""),
    ("a withdrawal without content", b'{"source":"bad-wire","id":"w","action":"withdraw"}', READ, ""),
)  # fmt: skip
KINDS = NOT_JSON + WRONG_FIELDS + ODD_BUT_READ

from __future__ import annotations

import json
from typing import Any

import pytest

from streams.errors import BadArticle, ErrorCode
from streams.news.article import RawArticle
from streams.wire.files import raw_articles

ENVELOPE: dict[str, Any] = {
    "source": "wire",
    "id": "7",
    "content": "甲公司公告。",
    "content_type": "text/plain",
}


def _all(name: str, text: str, *, source: str | None = None) -> list[RawArticle]:
    return list(raw_articles(name, text.encode(), source=source))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("x/a.1.md", "text/markdown"),
        ("a.1.HTML", "text/html"),
        ("a.1.htm", "text/html"),
        ("a.1.txt", "text/plain"),
    ],
)
def test_a_document_is_one_article_named_after_its_file(name: str, kind: str) -> None:
    (raw,) = _all(name, "正文")
    assert (raw.id, raw.source, raw.content, raw.content_type) == ("a.1", "file", "正文", kind)


def test_a_post_has_its_category_for_a_source() -> None:
    post = "---\ncategories: rolling\n---\n正文"
    assert _all("a.md", post)[0].source == "rolling"
    assert _all("a.md", post, source="given")[0].source == "given"


def test_a_document_may_be_in_any_encoding() -> None:
    text = "<meta charset=gbk><p>甲公司公告，拟回购股份。</p>"
    assert next(raw_articles("a.html", text.encode("gb18030"))).content == text


@pytest.mark.parametrize(
    ("fields", "source", "named"),
    [
        ({}, None, ("wire", "7")),
        ({"source": None, "id": None}, None, ("file", "a")),
        ({"source": None}, "given", ("given", "7")),
        ({"id": 8}, "given", ("wire", "8")),
    ],
)
def test_an_envelope_keeps_its_names(
    fields: dict[str, Any], source: str | None, named: tuple[str, str]
) -> None:
    (raw,) = _all("a.json", json.dumps(ENVELOPE | fields), source=source)
    assert (raw.source, raw.id) == named


def test_the_articles_of_a_list_are_numbered() -> None:
    nameless = {name: value for name, value in ENVELOPE.items() if name != "id"}
    assert [raw.id for raw in _all("a.json", json.dumps([nameless, nameless, ENVELOPE]))] == ["a", "a-2", "7"]


@pytest.mark.parametrize("name", ["a.ndjson", "a.jsonl"])
def test_a_bad_line_stops_no_other(name: str) -> None:
    good = json.dumps(ENVELOPE)
    articles = raw_articles(name, f"{good}\nnot json\n\n{{}}\n{good}\n".encode())
    assert [next(articles).id, next(articles).id] == ["7", "7"]
    with pytest.raises(BadArticle) as refused:
        next(articles)
    assert [fault.field for fault in refused.value.faults] == ["[2]", "[3].content"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"x", ErrorCode.UNKNOWN_VALUE),
        ("a.md", b" \n", ErrorCode.EMPTY),
        ("a.txt", b"\x1f\x8bxx", ErrorCode.NOT_TEXT),
        ("a.json", b"{", ErrorCode.NOT_JSON),
        ("a.json", b"5", ErrorCode.WRONG_TYPE),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(name: str, data: bytes, code: ErrorCode) -> None:
    with pytest.raises(BadArticle) as refused:
        list(raw_articles(name, data))
    assert refused.value.code is code

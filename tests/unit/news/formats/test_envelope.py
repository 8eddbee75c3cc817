from __future__ import annotations

from typing import Any

import pytest

from streams.errors import BadArticle
from streams.news.article import Action, RawArticle
from streams.news.formats.envelope import content_type, raw_article

GOOD: dict[str, Any] = {"source": "wire", "content": "正文", "content_type": "text/plain"}


def test_an_envelope_gives_the_raw_article() -> None:
    fields = {
        "id": "7",
        "url": "http://x.example",
        "title": "标题",
        "published_at": "2022-02-14",
        "action": "update",
    }
    given = {name: value for name, value in fields.items() if name != "action"}
    assert raw_article(GOOD | fields) == RawArticle(**GOOD, **given, action=Action.UPDATE)


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({"id": 17}, "id", "17"),
        ({"published_at": 1644784148}, "published_at", "1644784148"),
        ({"title": ""}, "title", None),
        ({"source": " wire "}, "source", "wire"),
        ({"content_type": "Text/HTML; charset=gbk"}, "content_type", "text/html"),
        ({"content_type": None}, "content_type", "text/plain"),
        ({"action": "WITHDRAW", "content": None}, "content", ""),
        ({"unknown": [1, {}]}, "content", "正文"),
        ({"content": None, "content_type": None, "html": "<p>x</p>"}, "content_type", "text/html"),
        ({"content": None, "html": "<p>x</p>"}, "content", "<p>x</p>"),
    ],
)
def test_what_is_meant_is_understood(fields: dict[str, Any], name: str, value: str | None) -> None:
    assert getattr(raw_article(GOOD | fields), name) == value


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({}, {"source": "missing_field", "content": "missing_field"}),
        ({"source": " ", "content": "\n"}, {"source": "empty", "content": "empty"}),
        ({"source": 5, "content": ["x"]}, {"source": "wrong_type", "content": "wrong_type"}),
        (
            GOOD | {"id": True, "title": {}, "url": []},
            {"id": "wrong_type", "url": "wrong_type", "title": "wrong_type"},
        ),
        (
            GOOD | {"action": "explode", "content_type": "application/pdf"},
            {"action": "unknown_value", "content_type": "unknown_value"},
        ),
        (GOOD | {"content_type": 1, "action": 2}, {"action": "wrong_type", "content_type": "wrong_type"}),
        (GOOD | {"source": "s" * 101}, {"source": "too_large"}),
        ({"source": "a", "html": 3}, {"html": "wrong_type"}),
        ({"source": "a", "html": ""}, {"html": "empty"}),
    ],
)
def test_all_faults_are_told_at_once(fields: dict[str, Any], faults: dict[str, str]) -> None:
    with pytest.raises(BadArticle) as refused:
        raw_article(fields)
    assert {fault.field: fault.code.value for fault in refused.value.faults} == faults


@pytest.mark.parametrize(
    ("declared", "kind"),
    [
        ("text/html", "text/html"),
        ("TEXT/Markdown;x=1", "text/markdown"),
        ("application/xhtml+xml", "text/html"),
        ("image/png", None),
        ("", None),
    ],
)
def test_a_content_type_counts_without_its_parameters(declared: str, kind: str | None) -> None:
    assert content_type(declared) == kind

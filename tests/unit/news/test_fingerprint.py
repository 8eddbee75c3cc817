from __future__ import annotations

import re

import pytest

from streams.news.article import RawArticle
from streams.news.fingerprint import article_id, digest

TEXT = "甲公司公告，拟回购股份 1,000 万股。"


@pytest.mark.parametrize(
    "same",
    [
        "甲公司公告，拟回购股份1,000万股。",
        "甲公司公告，拟回购股份　１，０００　万股。",
        "“甲公司”公告，\n拟回购股份 1,000 万股。",
    ],
)
def test_the_same_wording_has_one_digest(same: str) -> None:
    assert digest(None, same) == digest(None, TEXT)


@pytest.mark.parametrize(
    "other", ["甲公司公告，拟回购股份 1,001 万股。", "乙公司公告，拟回购股份 1,000 万股。", ""]
)
def test_another_wording_has_another_digest(other: str) -> None:
    assert digest(None, other) != digest(None, TEXT)


def test_a_title_counts_unless_the_text_says_it() -> None:
    assert digest("甲公司 公告", TEXT) == digest(None, TEXT)
    assert digest("回购方案出炉", TEXT) != digest(None, TEXT)


def test_an_id_is_that_of_its_source() -> None:
    raw = RawArticle(source="a", id="1", content="x")
    assert re.fullmatch(r"article_[0-9a-f]{16}", article_id(raw))
    assert article_id(raw) == article_id(
        RawArticle(source="a", id="1", content="other", url="http://x.example")
    )
    assert article_id(raw) != article_id(RawArticle(source="b", id="1", content="x"))


def test_an_article_without_an_id_is_known_by_its_url_and_then_by_its_text() -> None:
    by_url = RawArticle(source="a", url="http://x.example", content="x")
    by_text = RawArticle(source="a", content="x")
    assert article_id(by_url) == article_id(RawArticle(source="a", url="http://x.example", content="y"))
    assert article_id(by_text) != article_id(RawArticle(source="a", content="y"))
    assert (
        len(
            {
                article_id(by_url),
                article_id(by_text),
                article_id(RawArticle(source="a", id="http://x.example")),
            }
        )
        == 3
    )

"""The article seen from its subjects."""

from __future__ import annotations

import pytest

from streams.enrichment.article import Listing, Role, SubjectKind
from streams.enrichment.subjects import MARKET, VIEW_CHARS, SubjectMention, subjects
from tests.unit.enrichment.builders import an_article, enriched


def seen_from(text: str, title: str | None = None) -> tuple[SubjectMention, ...]:
    return subjects(enriched(an_article(text, title=title)))


def test_an_issuer_is_one_subject_with_all_its_listings() -> None:
    (issuer, *_) = seen_from("工商银行公告")
    assert (issuer.subject, issuer.kind, issuer.name) == ("601398.SH", SubjectKind.ISSUER, "工商银行")
    assert issuer.listings == (Listing(ticker="601398.SH"), Listing(ticker="01398.HK", named=False))
    assert [evidence.surface for evidence in issuer.evidence] == ["工商银行"]


def test_issuers_come_before_sectors_before_the_market() -> None:
    found = seen_from("央行降准。工商银行公告，信贷信贷", title="信贷降准")
    assert [one.subject for one in found] == ["601398.SH", "BK0475", MARKET]
    assert found[1].role is Role.SUBJECT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("今天天气好", True, id="nothing-found"),
        pytest.param("中信证券研报称", True, id="only-a-speaker"),
        pytest.param("工商银行公告", False, id="company-news"),
        pytest.param("央行降准，工商银行公告", True, id="macro"),
        pytest.param("贵州茅台涨停", False, id="one-mover"),
        pytest.param("贵州茅台涨停，万科A涨停，工商银行涨停", True, id="market-wrap"),
    ],
)
def test_the_market_is_a_subject_of_broad_news(text: str, expected: bool) -> None:
    assert (MARKET in {one.subject for one in seen_from(text)}) is expected


def test_an_article_without_words_still_has_a_subject() -> None:
    assert [one.subject for one in seen_from("")] == [MARKET]


def test_all_subjects_share_the_article() -> None:
    found = seen_from("工商银行公告。贵州茅台公告")
    assert {one.article.id for one in found} == {"article_0123456789abcdef"}
    assert found[0].article is found[-1].article


def test_a_long_text_does_not_travel_in_full_with_every_subject() -> None:
    mentions = seen_from("工商银行公告回购。" + "字" * VIEW_CHARS)
    assert {len(mention.article.text) for mention in mentions} == {VIEW_CHARS}


def test_every_subject_is_told_which_issuers_the_article_is_about_as_these_are_told() -> None:
    found = seen_from("工商银行公告回购。中信证券研报称。")
    issuers = [one for one in found if one.kind is SubjectKind.ISSUER]
    about = [one for one in issuers if one.role is Role.SUBJECT]

    assert len(about) < len(issuers)
    for one in found:
        assert [(d.subject, d.relevance, d.listings) for d in one.article.direct] == [
            (issuer.subject, issuer.relevance, issuer.listings) for issuer in about
        ]

"""Names that look like listed companies and are not in the master."""

from __future__ import annotations

import pytest

from streams.cli.unknown import tally
from streams.enrichment.article import UnknownKind
from streams.enrichment.linking.unknown import MAX_UNKNOWN
from streams.news.article import Article, QuoteLink
from tests.unit.enrichment.builders import an_article, enriched, links_on


def unknown(article: Article) -> list[tuple[str, str]]:
    found = enriched(article).unknown
    for one in found:
        assert ((article.title or "") if one.field == "title" else article.text)[
            one.start : one.end
        ] == one.surface
    return [(one.surface, one.kind.value) for one in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "公司与澄湖晶材股份有限公司签约。", [("澄湖晶材股份有限公司", "legal_form")], id="legal-form"
        ),
        pytest.param(
            "澄湖晶材股份有限公司称。澄湖晶材股份有限公司又称。",
            [("澄湖晶材股份有限公司", "legal_form")],
            id="once",
        ),
        pytest.param("北嶺股份、工商银行公告。", [("北嶺股份", "short")], id="short-and-traditional"),
        pytest.param("消息称，北岭集团扩产。", [("北岭集团", "short")], id="group"),
        pytest.param("澄湖晶材（688999.SH）公告。", [("澄湖晶材", "code")], id="code-in-brackets"),
        pytest.param("688999.SH涨停。", [("688999.SH", "code")], id="code-alone"),
        pytest.param("中国工商银行股份有限公司公告。", [], id="known"),
        pytest.param("中国石化集团公司扩产，中国石化集团称。", [], id="judged-already"),
        pytest.param("拟转让所持股份，占其持有的股份的三成。", [], id="shares-of-somebody"),
        pytest.param("昨日北岭股份扩产。", [], id="not-at-a-clause-s-beginning"),
        pytest.param("股份有限公司，集团，股份。", [], id="a-sign-alone"),
    ],
)
def test_what_looks_like_a_listed_company_and_is_not_known_is_told(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert unknown(an_article(text)) == found


def test_a_link_to_a_share_that_is_not_known_is_told_with_its_code() -> None:
    text = "澄湖晶材扩产。"
    links: tuple[QuoteLink, ...] = links_on(text, "澄湖晶材", ticker="688999.SH")
    (one,) = enriched(an_article(text, links=links)).unknown
    assert (one.surface, one.ticker, one.kind) == ("澄湖晶材", "688999.SH", UnknownKind.CODE)


def test_the_title_comes_first_and_there_are_not_too_many() -> None:
    numerals = "甲乙丙丁戊己庚辛壬癸"
    text = "".join(f"{a}{b}岭股份有限公司。" for a in numerals for b in numerals)
    found = unknown(an_article(text, title="北岭股份扩产"))
    assert (found[0], len(found)) == (("北岭股份", "short"), MAX_UNKNOWN)


def test_names_are_counted_by_article_the_most_first_and_then_the_newest() -> None:
    texts = ("北岭股份扩产。", "澄湖股份扩产。北岭股份减产。", "南湖股份扩产。")
    counted = tally(enriched(an_article(text)) for text in texts)
    assert [(one.surface, one.articles) for one in counted] == [
        ("北岭股份", 2),
        ("南湖股份", 1),
        ("澄湖股份", 1),
    ]

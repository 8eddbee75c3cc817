"""Which item of a digest is about whom."""

from __future__ import annotations

from streams.alerts.judging.wording import summary
from streams.enrichment.article import Item
from streams.enrichment.subjects import SubjectMention, subjects
from tests.unit.enrichment.builders import an_article, enriched

DIGEST = "1、央行降准。\n2、工商银行公告，信贷增长。\n3、贵州茅台公告涨价，中信证券公告增持。"
ICBC, MOUTAI, CITIC = "601398.SH", "600519.SH", "600030.SH"


def told(text: str, title: str | None = None) -> dict[str, SubjectMention]:
    return {one.subject: one for one in subjects(enriched(an_article(text, title=title)))}


def test_each_item_says_where_it_stands_and_whom_it_names() -> None:
    article = enriched(an_article(DIGEST))
    assert [(article.text[item.start : item.end][:2], item.issuers) for item in article.items] == [
        ("1、", ()),
        ("2、", (ICBC,)),
        ("3、", (MOUTAI, CITIC)),
    ]
    assert article.text[article.items[0].end] == "\n"


def test_an_issuer_that_one_item_names_is_told_with_that_item() -> None:
    mention = told(DIGEST)[ICBC]
    assert mention.item == Item(start=8, end=22, issuers=(ICBC,))
    assert summary(mention) == "2、工商银行公告，信贷增长。"


def test_an_issuer_that_several_items_or_the_title_name_is_told_with_the_article() -> None:
    assert told(f"{DIGEST}\n4、工商银行涨停。")[ICBC].item is None
    assert told(DIGEST, title="工商银行公告")[ICBC].item is None


def test_an_article_that_is_no_digest_has_no_items() -> None:
    article = enriched(an_article("工商银行公告。\n信贷增长。"))
    assert article.items == ()
    assert [one.item for one in subjects(article)] == [None] * len(subjects(article))

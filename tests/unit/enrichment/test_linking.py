"""Which company is meant: names, links, codes, and what overrules them."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from streams.enrichment.article import Method, RejectReason
from streams.enrichment.linking.mentions import MAX_EVIDENCE, find_mentions
from streams.enrichment.linking.securities import Master, Row
from streams.wire.reference import load_master
from tests.unit.enrichment.builders import a_master, an_article, enriched, links_on

MASTER = a_master()


def linked(text: str, **fields: object) -> set[str]:
    mentions, _ = find_mentions(an_article(text, **fields), MASTER)
    return {mention.ticker for mention in mentions}


def reasons(text: str, **fields: object) -> list[tuple[str, RejectReason]]:
    _, rejected = find_mentions(an_article(text, **fields), MASTER)
    return [(one.ticker, one.reason) for one in rejected]


def test_a_name_stands_for_the_issuer_mainland_listing_first() -> None:
    mentions, _ = find_mentions(an_article("工商银行今天开会"), MASTER)
    assert [(m.ticker, m.issuer, m.named) for m in mentions] == [
        ("601398.SH", "601398.SH", True),
        ("01398.HK", "601398.SH", False),
    ]


@pytest.mark.parametrize(
    ("text", "tickers"),
    [
        pytest.param("中信：看好油运", {"600030.SH", "06030.HK"}, id="it-speaks"),
        pytest.param("中信的看法", set(), id="nobody-knows-which"),
        pytest.param("国信、广发等六家券商认为", {"002736.SZ", "000776.SZ", "01776.HK"}, id="in-a-row"),
        pytest.param("中信控股：看好", set(), id="a-namesake"),
    ],
)
def test_half_a_broker_s_name_means_it_where_it_speaks(text: str, tickers: set[str]) -> None:
    mentions, _ = find_mentions(an_article(text), load_master())
    assert {mention.ticker for mention in mentions} == tickers


def test_a_code_names_its_very_listing() -> None:
    mentions, _ = find_mentions(an_article("工商银行(01398.HK)今天开会"), MASTER)
    assert [(m.ticker, m.named) for m in mentions] == [("601398.SH", False), ("01398.HK", True)]


def test_without_a_mainland_listing_hong_kong_comes_first() -> None:
    mentions, _ = find_mentions(an_article("阿里巴巴今天开会"), MASTER)
    assert [(m.ticker, m.named) for m in mentions] == [("09988.HK", True), ("BABA.US", False)]


@pytest.mark.parametrize(
    ("text", "surface", "method"),
    [
        pytest.param(
            "中国工商银行股份有限公司称", "中国工商银行股份有限公司", Method.FULL_NAME, id="longest-name"
        ),
        pytest.param("工 商 银行称", "工 商 银行", Method.SHORT_NAME, id="inner-blanks"),
        pytest.param("工行称", "工行", Method.ALIAS, id="alias"),
        pytest.param("见SH601398。", "SH601398", Method.CODE, id="code"),
    ],
)
def test_evidence_is_the_words_as_the_article_has_them(text: str, surface: str, method: Method) -> None:
    mentions, _ = find_mentions(an_article(text), MASTER)
    assert [(e.surface, e.method) for e in mentions[0].evidence] == [(surface, method)]


def test_a_full_width_name_is_the_same_name() -> None:
    assert linked("万  科Ａ公告") == {"000002.SZ"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("AMD公告", {"AMD.US"}, id="as-spelt"),
        pytest.param("amd公告", set(), id="short-latin-name-in-lower-case"),
        pytest.param("APPLE公告", {"AAPL.US"}, id="longer-latin-name-in-any-case"),
        pytest.param("Pineapples", set(), id="inside-a-word"),
    ],
)
def test_latin_names_stand_alone_and_short_ones_as_spelt(text: str, expected: set[str]) -> None:
    assert linked(text) == expected


def test_a_place_is_rejected_at_all_its_places_although_it_is_linked() -> None:
    text = "同意中关村科技园试点。中关村科技园等园区。在中关村科技园"
    article = an_article(text, links=links_on(text, "中关村", "000931.SZ"))
    mentions, rejected = find_mentions(article, MASTER)
    assert mentions == ()
    assert [(r.ticker, r.reason, text[r.start : r.end]) for r in rejected] == [
        ("000931.SZ", RejectReason.PLACE, "中关村")
    ] * 3


@pytest.mark.parametrize(
    ("text", "ticker", "reason"),
    [
        pytest.param("智能机器人进厂", "300024.SZ", RejectReason.WORD, id="ordinary-word"),
        pytest.param("贵州茅台指数", "600519.SH", RejectReason.FUND_OR_INDEX, id="index"),
        pytest.param("贵州茅台概念走强", "600519.SH", RejectReason.BOARD, id="board"),
        pytest.param("贵州茅台、白酒等概念股", "600519.SH", RejectReason.BOARD, id="board-at-the-list-s-end"),
        pytest.param("工商银行理财产品", "601398.SH", RejectReason.PART_OF_NAME, id="longer-name"),
        pytest.param("化工行业协会", "601398.SH", RejectReason.WORD, id="across-two-words"),
        pytest.param("中信证券资管称", "600030.SH", RejectReason.PART_OF_NAME, id="unlisted-subsidiary"),
        pytest.param("（来源：工商银行报）", "601398.SH", RejectReason.MEDIUM, id="medium"),
        pytest.param("盈富基金(02800.HK)", "02800.HK", RejectReason.FUND_OR_INDEX, id="fund-code"),
    ],
)
def test_a_candidate_is_rejected_with_its_reason(text: str, ticker: str, reason: RejectReason) -> None:
    assert linked(text) == set()
    assert (ticker, reason) in reasons(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("机器人公告称", id="company-verb"),
        pytest.param("机器人(300024)订单", id="code-behind-it"),
        pytest.param("贵州茅台、机器人上榜", id="enumerated-beside-a-company"),
    ],
)
def test_a_name_that_is_also_a_word_needs_company_evidence(text: str) -> None:
    assert "300024.SZ" in linked(text)


def test_a_name_across_two_words_is_not_even_a_candidate() -> None:
    assert linked("各种手工行当") == set()
    assert reasons("各种手工行当") == []


def test_a_link_to_another_company_than_its_words_is_wrong() -> None:
    text = "贵州茅台公告"
    links = links_on(text, "贵州茅台", "000002.SZ")
    assert linked(text, links=links) == {"600519.SH"}
    assert reasons(text, links=links) == [("000002.SZ", RejectReason.WRONG_LINK)]


def test_a_link_is_evidence_also_for_a_company_that_the_master_does_not_know() -> None:
    text = "某某股份公告"
    mentions, _ = find_mentions(an_article(text, links=links_on(text, "某某股份", "603999.SH")), MASTER)
    assert [(m.ticker, m.name) for m in mentions] == [("603999.SH", "某某股份")]


def test_the_short_name_of_a_group_named_first_is_not_the_listed_company() -> None:
    assert linked("中国石化集团开会。中国石化表示") == set()
    assert linked("中国石化公告。中国石化集团表示") == {"600028.SH"}


def test_words_in_front_of_an_unknown_code_are_its_name_everywhere() -> None:
    mentions, _ = find_mentions(an_article("新星材料(603998.SH)公告", title="新星材料中标"), MASTER)
    assert [(m.ticker, m.name) for m in mentions] == [("603998.SH", "新星材料")]
    assert [(e.field, e.surface) for e in mentions[0].evidence] == [
        ("title", "新星材料"),
        ("text", "新星材料"),
        ("text", "603998.SH"),
    ]


def test_a_code_behind_a_known_name_says_who_is_meant() -> None:
    assert linked("贵州茅台(603998.SH)公告，贵州茅台涨停") == {"603998.SH"}


def test_a_price_quote_does_not_hide_what_follows() -> None:
    assert linked("工商银行(5.120,0.01,0.20%)理财产品") == set()


def test_evidence_is_bounded_and_what_is_left_out_is_said() -> None:
    article = enriched(an_article("工商银行，" * 3000))
    assert len(article.mentions[0].evidence) == MAX_EVIDENCE
    assert article.warnings == ("more names than are looked at; the rest was left out",)


def test_the_name_of_a_company_that_is_quoted_no_more_is_unlisted_and_its_code_is_not() -> None:
    master = Master.from_rows(
        Row("OLD.US", kind, name, "curated")
        for kind, name in (("short", "旧日网络"), ("until", "2020-01-02"))
    )
    before = dataclasses.replace(
        an_article("旧日网络发布财报"), published_at=datetime(2020, 1, 1, tzinfo=UTC)
    )
    assert [m.ticker for m in find_mentions(before, master)[0]] == ["OLD.US"]
    after = dataclasses.replace(before, published_at=datetime(2020, 1, 2, tzinfo=UTC))
    mentions, rejected = find_mentions(after, master)
    assert (mentions, [r.reason for r in rejected]) == ((), [RejectReason.UNLISTED])
    coded = dataclasses.replace(after, text="旧日网络(NYSE: OLD)发布财报")
    assert [m.ticker for m in find_mentions(coded, master)[0]] == ["OLD.US"]


def test_what_a_page_says_of_itself_is_rejected_row_by_row() -> None:
    text = "热门股票：贵州茅台、万科A。工商银行公告"
    assert linked(text) == {"601398.SH", "01398.HK"}
    assert reasons(text) == [("600519.SH", RejectReason.BOILERPLATE), ("000002.SZ", RejectReason.BOILERPLATE)]


def test_a_fund_s_name_may_go_on_for_a_while() -> None:
    assert linked("万科A租赁住房REIT分红") == set()
    assert linked("万科A公告，旗下REIT分红") == {"000002.SZ"}


def test_a_short_name_that_is_another_word_once_is_so_everywhere() -> None:
    assert linked("工行业。工行好") == set()
    assert linked("工行业。工行公告") == {"601398.SH", "01398.HK"}


def test_a_blank_parts_a_name_from_the_next_clause() -> None:
    assert linked("", title="看好贵州茅台 概念股走强") == {"600519.SH"}

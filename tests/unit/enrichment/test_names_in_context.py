"""Whose a name is in its surroundings: marks, codes of Hong Kong, names across words, namesakes, parts."""

from __future__ import annotations

import dataclasses

import pytest

from streams.enrichment.article import Method, RejectReason
from streams.enrichment.linking.mentions import find_mentions
from streams.enrichment.linking.rows import Row
from streams.enrichment.linking.securities import Master, WordRow
from tests.unit.enrichment.builders import GUARDS, an_article

ROWS = (
    ("600001.SH", "short", "晨光新材"),
    ("900001.SH", "short", "晨光B股"),
    ("900001.SH", "listing", "600001.SH"),
    ("600002.SH", "short", "远山科技"),
    ("600003.SH", "short", "远航股份"),
    ("600003.SH", "former", "远航船舶"),
    ("600004.SH", "short", "大世纪"),
    ("00004.HK", "alias", "大世纪"),
    ("00004.HK", "short", "大世纪发展"),
    ("09866.HK", "short", "明日汽车-SW"),
    ("TMR.US", "short", "明日汽车"),
    ("TMR.US", "listing", "09866.HK"),
    ("600005.SH", "alias", "海信行"),
    ("600006.SH", "short", "东山银行"),
    ("600006.SH", "alias", "东山"),
    ("600006.SH", "subsidiary", "银瑞基金"),
    ("600006.SH", "brand", "东山云"),
    ("600007.SH", "short", "天平"),
    ("600007.SH", "full", "天平仪器股份有限公司"),
    ("STMX.US", "english", "Stmx Micro Inc."),
    ("QIX.US", "english", "QIX"),
    ("QIX.US", "alias", "Qix"),
)
MASTER = Master.from_rows(
    (Row(ticker, kind, name, "curated") for ticker, kind, name in ROWS),
    words=(WordRow(name="天平", reason=RejectReason.WORD),),
    guards=GUARDS,
    joints=("行为", "行业", "业绩", "上海", "其中"),
)


def surfaces(text: str) -> list[tuple[str, str, Method]]:
    mentions, _ = find_mentions(an_article(text), MASTER)
    return [(m.ticker, e.surface, e.method) for m in mentions if m.named for e in m.evidence]


def tickers(text: str, **changes: object) -> set[str]:
    article = dataclasses.replace(an_article(text), **changes)
    return {m.ticker for m in find_mentions(article, MASTER)[0]}


@pytest.mark.parametrize(
    ("text", "ticker", "surface"),
    [
        pytest.param("今日*ST晨光停牌", "600001.SH", "*ST晨光", id="st-and-two-characters"),
        pytest.param("XD晨光新今日除息", "600001.SH", "XD晨光新", id="xd-and-three"),
        pytest.param("新股N晨光首日", "600001.SH", "N晨光", id="first-day"),
        pytest.param("ST晨光新材停牌", "600001.SH", "晨光新材", id="the-whole-name"),
    ],
)
def test_a_mark_of_the_exchange_stands_before_a_name_cut_short(text: str, ticker: str, surface: str) -> None:
    assert surfaces(text) == [(ticker, surface, Method.SHORT_NAME)]


@pytest.mark.parametrize(
    ("text", "named", "beside"),
    [
        pytest.param("晨光B股公告", {"900001.SH"}, {"600001.SH"}, id="its-own-name"),
        pytest.param("晨光B公告", {"900001.SH"}, {"600001.SH"}, id="without-the-last-character"),
        pytest.param("晨光B股涨6%", {"900001.SH"}, set(), id="its-price"),
        pytest.param("晨光新材和晨光B股公告", {"600001.SH", "900001.SH"}, set(), id="both"),
        pytest.param("晨光新材公告", {"600001.SH"}, set(), id="the-other"),
    ],
)
def test_a_b_share_is_meant_by_its_own_name(text: str, named: set[str], beside: set[str]) -> None:
    mentions, _ = find_mentions(an_article(text), MASTER)
    assert {m.ticker for m in mentions if m.named} == named
    assert {m.ticker for m in mentions if not m.named} == beside


def test_a_cut_name_that_several_have_is_nobody_s() -> None:
    assert surfaces("*ST远停牌") == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("明日汽车(HKEX: 9866)", {"09866.HK"}, id="exchange-and-four-digits"),
        pytest.param("明日汽车(9866.HK)", {"09866.HK"}, id="short-code"),
        pytest.param("明日汽车(9866)", {"09866.HK"}, id="digits-behind-its-name"),
        pytest.param("港股代码：9866", {"09866.HK"}, id="told"),
        pytest.param("明日汽车(NYSE: TMR)", {"TMR.US"}, id="new-york"),
        pytest.param("明日汽车(TMR)", {"TMR.US"}, id="letters-behind-its-name"),
    ],
)
def test_a_code_names_the_listing_of_its_exchange(text: str, named: set[str]) -> None:
    mentions, _ = find_mentions(an_article(text), MASTER)
    assert {m.ticker for m in mentions if m.named} == named


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("计划(2024)", id="a-year"),
        pytest.param("超级终端(STMX)采购", id="an-abbreviation"),
    ],
)
def test_what_stands_in_brackets_may_be_no_code(text: str) -> None:
    assert tickers(text) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("海信行为客户", set(), id="end-in-the-next-word"),
        pytest.param("海信行业绩增长", {"600005.SH"}, id="the-next-word-is-whole"),
        pytest.param("来自上海信行为", set(), id="start-in-the-word-before"),
    ],
)
def test_a_short_name_across_two_words_is_none(text: str, found: set[str]) -> None:
    assert tickers(text) == found


def test_a_name_that_two_have_is_that_of_the_market() -> None:
    assert tickers("大世纪涨停") == {"600004.SH"}
    assert tickers("大世紀涨停", language="zh-Hant") == {"00004.HK"}


def test_a_name_that_two_have_is_the_one_that_is_named_otherwise() -> None:
    assert tickers("大世纪涨停，大世纪发展公告") == {"00004.HK"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("银瑞基金发行新产品", set(), id="alone"),
        pytest.param("银瑞基金是东山银行子公司", {"600006.SH"}, id="beside-its-parent"),
        pytest.param("东山云发布新品", {"600006.SH"}, id="its-name-names-the-parent"),
    ],
)
def test_a_part_of_a_company_is_the_company_where_that_is_named(text: str, found: set[str]) -> None:
    assert tickers(text) == found


def test_a_doubted_name_is_the_company_that_the_article_names_in_full() -> None:
    assert tickers("用天平称重") == set()
    mentions, _ = find_mentions(an_article("天平仪器股份有限公司开会。天平的贡献减少"), MASTER)
    assert [e.surface for m in mentions for e in m.evidence] == ["天平仪器股份有限公司", "天平"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("远山科技精密制造(北京)有限公司复产", set(), id="subsidiary"),
        pytest.param("远山科技集团股份有限公司复产", {"600002.SH"}, id="the-listed-form"),
        pytest.param("远山科技收购北方精密制造有限公司", {"600002.SH"}, id="another-company-behind-a-verb"),
    ],
)
def test_a_legal_form_that_is_not_quoted_makes_a_mainland_name_a_subsidiary_s(
    text: str, expected: set[str]
) -> None:
    assert tickers(text) == expected


def test_a_short_latin_name_has_the_spellings_of_its_rows_and_no_others() -> None:
    assert tickers("QIX公告") == tickers("Qix公告") == {"QIX.US"}
    assert tickers("qix公告") == set()

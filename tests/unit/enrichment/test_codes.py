"""Codes in the text."""

from __future__ import annotations

import pytest

from streams.enrichment.linking.codes import find_codes, name_before
from streams.enrichment.linking.guards import is_share


@pytest.mark.parametrize(
    ("text", "tickers"),
    [
        pytest.param("浦发(600000.SH)", ["600000.SH"], id="exchange-suffix"),
        pytest.param("600000.SS", ["600000.SH"], id="yahoo-suffix"),
        pytest.param("SH600000涨", ["600000.SH"], id="exchange-prefix"),
        pytest.param("sz000001", [], id="lower-case"),
        pytest.param("工商银行(01398.HK)", ["01398.HK"], id="hong-kong"),
        pytest.param("渣打集团(2888.HK)", ["02888.HK"], id="hong-kong-four-digits"),
        pytest.param("申万宏源(06806)", ["06806.HK"], id="five-digits-in-brackets"),
        pytest.param("乐视网（300104）", ["300104.SZ"], id="six-digits-in-full-width-brackets"),
        pytest.param("星昊医药(920017)", ["920017.BJ"], id="beijing"),
        pytest.param("蔚来（NYSE: NIO）", ["NIO.US"], id="new-york"),
        pytest.param("苹果(NASDAQ:AAPL)", ["AAPL.US"], id="nasdaq"),
        pytest.param("奈飞(NFLX.O)", ["NFLX.US"], id="reuters-suffix"),
        pytest.param("股票代码：600000", ["600000.SH"], id="told-to-be-a-code"),
        pytest.param("证券代码:300104，简称", ["300104.SZ"], id="told-in-half-width"),
        pytest.param("成交600000股", [], id="bare-digits"),
        pytest.param("同比增长(123456元)", [], id="amount-in-brackets"),
        pytest.param("编号1600000.SH2", [], id="inside-a-longer-number"),
        pytest.param("600000.SH、601398.SH", ["600000.SH", "601398.SH"], id="two"),
    ],
)
def test_a_code_is_taken_where_its_form_or_context_says_so(text: str, tickers: list[str]) -> None:
    assert [code.ticker for code in find_codes(text)] == tickers


def test_a_code_knows_where_it_stands() -> None:
    text = "乐视网（300104）"
    assert [text[code.start : code.end] for code in find_codes(text)] == ["300104"]


def test_letters_in_brackets_alone_are_not_sure() -> None:
    assert [(code.ticker, code.sure) for code in find_codes("新冠(RNA)检测")] == [("RNA.US", False)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("新星材料(603998.SH)", "新星材料", id="right-behind"),
        pytest.param("日前新星材料（603998）", "新星材料", id="last-four-of-a-run"),
        pytest.param("新星材料(18.670,0.13,0.70%)(603998.SH)", "新星材料", id="behind-a-quote"),
        pytest.param("，603998.SH", "", id="no-name"),
    ],
)
def test_the_name_in_front_of_a_code_is_found(text: str, name: str) -> None:
    code = next(iter(find_codes(text)))
    start, end = name_before(text, code.start)
    assert text[start:end] == name


@pytest.mark.parametrize(
    ("ticker", "share"),
    [
        ("688981.SH", True),
        ("000001.SZ", True),
        ("301100.SZ", True),
        ("920017.BJ", True),
        ("00700.HK", True),
        ("BRK.B.US", True),
        ("510300.SH", False),
        ("161125.SZ", False),
        ("395022.SZ", False),
        ("02800.HK", False),
        ("03033.HK", False),
    ],
)
def test_the_exchanges_ranges_tell_shares_from_funds_and_indices(ticker: str, share: bool) -> None:
    assert is_share(ticker) is share

from __future__ import annotations

import pytest

from streams.news.links import target


@pytest.mark.parametrize(
    ("element", "ticker"),
    [
        ("stock_1.601398", "601398.SH"),
        ("stock_0.000931", "000931.SZ"),
        ("stock_0.830799", "830799.BJ"),
        ("stock_0.920002", "920002.BJ"),
        ("stock_0.430047", "430047.BJ"),
        ("Info.116.01398", "01398.HK"),
        ("stock_116.700", "00700.HK"),
        ("stock_105.AAPL", "AAPL.US"),
        ("stock_106.NIO", "NIO.US"),
        ("stock_107.SPY", "SPY.US"),
        ("stock_106.BRK_B", "BRK.B.US"),
        ("stock_3001042", "300104.SZ"),
        ("stock_6013981", "601398.SH"),
        ("stock_NASDAQ_AAPL7", "AAPL.US"),
        ("stock_NYSE_GE7", "GE.US"),
    ],
)
def test_an_id_names_its_security(element: str, ticker: str) -> None:
    found = target(element, None, None)
    assert found is not None
    assert (found.ticker, found.board) == (ticker, None)


@pytest.mark.parametrize(
    ("data_code", "ticker"),
    [
        ("1,601398", "601398.SH"),
        ("0,000931", "000931.SZ"),
        ("116,01398", "01398.HK"),
        ("106,NIO", "NIO.US"),
        ("NIO|106|7", "NIO.US"),
        ("002353", "002353.SZ"),
        ("688376", "688376.SH"),
        ("830799", "830799.BJ"),
    ],
)
def test_a_data_code_names_its_security(data_code: str, ticker: str) -> None:
    found = target(None, data_code, None)
    assert found is not None
    assert found.ticker == ticker


@pytest.mark.parametrize(
    ("url", "ticker"),
    [
        ("http://quote.eastmoney.com/unify/r/1.601398", "601398.SH"),
        ("https://quote.eastmoney.com/r/0.002353?from=x", "002353.SZ"),
        ("//quote.eastmoney.com/unify/r/116.01398", "01398.HK"),
        ("http://quote.eastmoney.com/SZ300104.html", "300104.SZ"),
        ("http://quote.eastmoney.com/concept/sh603777.html", "603777.SH"),
        ("http://quote.eastmoney.com/601398.html", "601398.SH"),
        ("http://quote.eastmoney.com/hk/00700.html", "00700.HK"),
        ("http://quote.eastmoney.com/us/AAPL.html?Market=NASDAQ", "AAPL.US"),
        ("https://finance.sina.com.cn/realstock/company/sh601398/nc.shtml", "601398.SH"),
        ("http://stock.finance.sina.com.cn/hkstock/quotes/00700.html", "00700.HK"),
        ("http://stock.finance.sina.com.cn/usstock/quotes/AAPL.html", "AAPL.US"),
        ("https://xueqiu.com/S/SZ000002", "000002.SZ"),
        ("https://xueqiu.com/S/00700", "00700.HK"),
        ("http://stockpage.10jqka.com.cn/601398/", "601398.SH"),
        ("https://gu.qq.com/hk00700/gp", "00700.HK"),
    ],
)
def test_a_quote_page_names_its_security(url: str, ticker: str) -> None:
    found = target(None, None, url)
    assert found is not None
    assert found.ticker == ticker


@pytest.mark.parametrize(
    ("element", "data_code", "url"),
    [
        ("bk_90.BK0475", None, None),
        ("bk_BK04751", None, None),
        (None, "90,BK0475", None),
        (None, None, "http://quote.eastmoney.com/unify/r/90.BK0475"),
        (None, None, "http://quote.eastmoney.com/bk/90.BK0475.html"),
    ],
)
def test_a_board_is_no_security(element: str | None, data_code: str | None, url: str | None) -> None:
    found = target(element, data_code, url)
    assert found is not None
    assert (found.ticker, found.board) == (None, "BK0475")


@pytest.mark.parametrize(
    ("element", "data_code", "url"),
    [
        pytest.param("Info.3293", None, "http://data.eastmoney.com/zlsj/", id="a dictionary entry"),
        pytest.param("quote_1.601398", None, None, id="a place holder"),
        pytest.param("bkquote_90.BK0475", None, None, id="a board's place holder"),
        pytest.param(
            None, None, "http://quote.eastmoney.com.evil.example/r/1.601398", id="a look-alike host"
        ),
        pytest.param(
            None, None, "http://finance.eastmoney.com/news/1350,202202142274923812.html", id="an article"
        ),
        pytest.param(None, "1,60139", None, id="five digits"),
        pytest.param(None, "7,601398", None, id="an unknown market"),
        pytest.param("stock_105.123", None, None, id="no symbol"),
        pytest.param(None, "１,６０１３９８", None, id="full-width digits"),
        pytest.param("", "", "", id="nothing"),
        pytest.param(None, None, None, id="absent"),
    ],
)
def test_any_other_link_names_nothing(element: str | None, data_code: str | None, url: str | None) -> None:
    assert target(element, data_code, url) is None


def test_an_id_goes_before_the_address() -> None:
    found = target("stock_1.601398", None, "http://quote.eastmoney.com/unify/r/0.000931")
    assert found is not None
    assert found.ticker == "601398.SH"

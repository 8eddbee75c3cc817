"""Quote links: the ways in which publishers point from words to a security or a board.

Only what is certain is resolved; anything else is no link. Market numbers are Eastmoney's:
0 Shenzhen and Beijing, 1 Shanghai, 116 Hong Kong, 105 NASDAQ, 106 NYSE, 107 AMEX, 90 boards.
Whether the words mean that security is judged in `streams.enrichment.linking`, not here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class Target(NamedTuple):
    """What a quote link points to: a ticker or a board code."""

    ticker: str | None = None
    board: str | None = None


_SYMBOL = re.compile(r"[A-Z][A-Z0-9]{0,5}(?:[._][A-Z]{1,2})?")
# stock_1.601398, Info.116.01398, bk_90.BK0475; `quote_` and `bkquote_` hold a price, no words.
_ID = re.compile(r"(?:stock|bk)_(\d{1,3})\.(\w{1,12})|Info\.(\d{1,3})\.(\w{1,12})")
# stock_3001042 (2015 to 2019): the code, then 1 for Shanghai, 2 for Shenzhen.
_OLD_ID = re.compile(r"stock_(\d{6})([12])")
_OLD_US_ID = re.compile(r"stock_(?:NASDAQ|NYSE|AMEX)_([A-Za-z.]{1,8})7")
_OLD_BOARD_ID = re.compile(r"bk_(BK\d{4})1?")
_PAIR = re.compile(r"(\d{1,3})[.,](\w{1,12})")
_CHART = re.compile(r"([A-Za-z0-9.]{1,8})\|(\d{1,3})\|")
_URL = re.compile(r"(?:https?:)?//([\w.-]{1,80})(/[^?#]{0,200})", re.IGNORECASE)

_MAINLAND = r"(?P<exchange>sh|sz|bj)(?P<code>\d{6})"
_HONG_KONG = r"(?P<hk>\d{4,5})"
_US = r"(?P<us>[a-z][a-z._]{0,7})"
_EASTMONEY = (
    r"/(?:unify/)?(?:c?r)/(?P<market>\d{1,3})\.(?P<of>\w{1,12})/?",
    r"/bk/90\.(?P<board>bk\d{4})\.html",
    rf"/(?:concept/)?{_MAINLAND}\.html",
    r"/(?:kcb/|bj/)?(?P<bare>\d{6})\.html",
    rf"/hk/{_HONG_KONG}\.html",
    rf"/us/{_US}\.html",
)
_SINA = (
    rf"/realstock/company/{_MAINLAND}/.*",
    rf"/hs/company/quotes/view/{_MAINLAND}/?",
    rf"/hkstock/quotes/{_HONG_KONG}\.html",
    rf"/usstock/quotes/{_US}\.html",
)
_PAGES = {
    host: tuple(re.compile(path, re.IGNORECASE) for path in paths)
    for host, paths in {
        "quote.eastmoney.com": _EASTMONEY,
        "finance.sina.com.cn": _SINA,
        "stock.finance.sina.com.cn": _SINA,
        "quotes.sina.com.cn": _SINA,
        "xueqiu.com": (rf"/s/{_MAINLAND}", r"/s/(?P<hk>\d{5})", rf"/s/{_US}"),
        "stockpage.10jqka.com.cn": (r"/(?P<bare>\d{6})/.*", r"/hk(?P<hk>\d{4})/.*"),
        "gu.qq.com": (rf"/{_MAINLAND}(?:/.*)?", rf"/hk{_HONG_KONG}(?:/.*)?"),
    }.items()
}
_US_MARKETS = frozenset({"105", "106", "107"})


def _of_code(code: str) -> Target:
    """Return the mainland listing of six digits; the first of them tell the exchange."""
    if _is_beijing(code):
        return Target(f"{code}.BJ")
    return Target(f"{code}.SH" if code[0] in "569" else f"{code}.SZ")


def _is_beijing(code: str) -> bool:
    return code[0] in "48" or code.startswith("92")


def _of_hong_kong(code: str) -> Target:
    return Target(f"{int(code):05d}.HK")


def _of_symbol(symbol: str) -> Target | None:
    symbol = symbol.upper()
    return Target(f"{symbol.replace('_', '.')}.US") if _SYMBOL.fullmatch(symbol) else None


def _of_market(market: str, code: str) -> Target | None:
    """Return the listing of a code in one of the publisher's numbered markets."""
    if market == "90":
        return Target(board=code) if re.fullmatch(r"BK\d{4}", code) else None
    if market in _US_MARKETS:
        return _of_symbol(code)
    if not (code.isascii() and code.isdigit()):
        return None
    if market == "116":
        return _of_hong_kong(code) if len(code) <= 5 else None
    if len(code) != 6 or market not in ("0", "1"):
        return None
    if market == "1":
        return Target(f"{code}.SH")
    return _of_code(code) if _is_beijing(code) else Target(f"{code}.SZ")


def _of_id(element: str) -> Target | None:
    if match := _ID.fullmatch(element):
        return _of_market(match[1] or match[3], match[2] or match[4])
    if match := _OLD_ID.fullmatch(element):
        return Target(f"{match[1]}.{'SH' if match[2] == '1' else 'SZ'}")
    if match := _OLD_US_ID.fullmatch(element):
        return _of_symbol(match[1])
    match = _OLD_BOARD_ID.fullmatch(element)
    return Target(board=match[1]) if match else None


def _of_data_code(code: str) -> Target | None:
    if match := _PAIR.fullmatch(code):
        return _of_market(match[1], match[2])
    if match := _CHART.match(code):
        return _of_market(match[2], match[1])
    return _of_code(code) if re.fullmatch(r"\d{6}", code, re.ASCII) else None


def _of_url(url: str) -> Target | None:
    match = _URL.match(url)
    host = match[1].lower().removeprefix("www.") if match else ""
    for path in _PAGES.get(host, ()):
        if match and (found := path.fullmatch(match[2])):
            return _of_groups({name: text for name, text in found.groupdict().items() if text})
    return None


def _of_groups(page: dict[str, str]) -> Target | None:
    if "market" in page:
        return _of_market(page["market"], page["of"])
    if "board" in page:
        return Target(board=page["board"].upper())
    if "code" in page:
        return Target(f"{page['code']}.{page['exchange'].upper()}")
    if "hk" in page:
        return _of_hong_kong(page["hk"])
    return _of_code(page["bare"]) if "bare" in page else _of_symbol(page["us"])


@lru_cache(maxsize=16_384)
def target(element: str | None, data_code: str | None, href: str | None) -> Target | None:
    """Return what an element points to.

    Args:
        element: Its `id`.
        data_code: Its `data-code`.
        href: Its `href`.

    Returns:
        The security or board that the first telling one of the three names; None for any other
        link (`Info.3293` is a dictionary entry). Source: Eastmoney's article pages, 2016 to 2025.

    >>> target("stock_1.601398", None, None).ticker, target(None, "116,01398", None).ticker
    ('601398.SH', '01398.HK')
    """
    return (
        (_of_id(element) if element else None)
        or (_of_data_code(data_code.strip()) if data_code else None)
        or (_of_url(href.strip()) if href else None)
    )

"""Codes of securities that stand in the text: candidates by code.

A code is taken where its form or what stands before it says that it is one: `600000.SH`, `SH600000`,
`(600000)` behind a name, `股票代码：600000`, `01398.HK`, `HKEX: 9866`, `NYSE: NIO`. Six bare digits are none.
Marks of the exchange before a name cut short (`*ST中泰`, `N华新`, `XD贵州茅`, `退市龙津`) are read here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MAINLAND = {
    "6": "SH",
    "9": "SH",
    "5": "SH",
    "0": "SZ",
    "3": "SZ",
    "2": "SZ",
    "1": "SZ",
    "4": "BJ",
    "8": "BJ",
}
_HAN = "\u3400-\u9fff"
# The look-ahead lists what a branch can begin with, so that plain text is passed at speed.
_CODES = re.compile(
    r"(?=[0-9A-Z股证證港退])(?<![0-9A-Za-z.])(?:"
    r"(?P<cn>[0-9]{6})\.(?P<cn_market>SH|SS|SZ|BJ)(?![0-9A-Za-z])"
    r"|(?P<pre_market>SH|SZ|BJ)[.:]?(?P<pre>[0-9]{6})(?![0-9])"
    r"|(?P<hk>[0-9]{1,5})[.-]HK(?![0-9A-Za-z])"
    r"|HK[.:]?(?P<pre_hk>[0-9]{5})(?![0-9])"
    r"|(?:HKEX|HKSE|SEHK|HKG)\s?[:：]\s?(?P<at_hk>[0-9]{1,5})(?![0-9])"
    r"|(?:NYSE|NASDAQ|Nasdaq|AMEX)(?: American| Arca)?\s?[:：]\s?(?P<us>[A-Z]{1,5}(?:\.[A-Z])?)(?![A-Za-z])"
    r"|(?P<dot_us>[A-Z]{1,5})\.(?:US|N|O|OQ)(?![0-9A-Za-z])"
    r"|(?:股票|证券|證券|股份|A股|港股|股)代[码碼号號]\s?(?:为|為|是)?\s?[:：]?\s?(?P<told>[0-9]{4,6})(?![0-9.%])"
    rf"|(?<=[{_HAN}A-ZＡＢ*][(（])(?P<cn_bracket>[0-9]{{6}})(?=\s?[)）,，、;；])"
    rf"|(?<=[{_HAN}][(（])(?P<hk_bracket>[0-9]{{4,5}})(?=\s?[)）])"
    rf"|(?<=[{_HAN}A-Za-z][(（])(?P<us_bracket>[A-Z]{{2,5}})(?=[)）])"
    rf"|(?:S?\*?ST|XD|XR|DR|[NC]|退市)(?P<mark>[{_HAN}]{{2,4}})"
    r"|(?P<bare>[A-Z]{3,5})(?![0-9A-Za-z-])"
    r")"
)
# How far in front of a code its bracket may open (股票代码：), and how long a price quote may be.
_PREFIX, _QUOTE = 6, 32
_NAME = re.compile(r"[\u3400-\u9fffA-Z*-]{2,12}$")
_SURE = frozenset(("hk_bracket", "us_bracket", "bare"))


class Code(NamedTuple):
    """A code in the text.

    Args:
        start, end: Where it stands.
        ticker: What it means; for a `mark` the cut name.
        kind: Which form; `mark` for a name behind a mark of the exchange.
    """

    start: int
    end: int
    ticker: str
    kind: str

    @property
    def sure(self) -> bool:
        """Whether it is a code whatever it stands for; digits and letters in brackets may be no codes."""
        return self.kind not in _SURE


def find_codes(text: str) -> Iterator[Code]:
    """Yield the codes in a text, in order, in time linear in its length.

    Args:
        text: As the article has it: codes are upper case.

    Yields:
        Codes with the ticker they mean, whether or not such a security is known.
    """
    for found in _CODES.finditer(text):
        kind = found.lastgroup or ""
        start, end = found.span(kind) if "bracket" in kind or kind == "told" else found.span()
        yield Code(start, end, found[kind] if kind == "mark" else _ticker(found, kind), kind)


def _ticker(found: re.Match[str], kind: str) -> str:
    match kind:
        case "cn_market":
            return f"{found['cn']}.{found['cn_market'].replace('SS', 'SH')}"
        case "pre":
            return f"{found['pre']}.{found['pre_market']}"
        case "hk" | "pre_hk" | "at_hk" | "hk_bracket":
            return f"{found[kind].zfill(5)}.HK"
        case "us" | "dot_us" | "us_bracket" | "bare":
            return f"{found[kind]}.US"
        case _:
            return mainland_or_hk(found[kind])


def mainland_or_hk(digits: str) -> str:
    """Return the ticker of bare digits known to be a code: up to five are Hong Kong, six tell their exchange.

    Source: code allocation of the exchanges, 60/68/9 Shanghai, 0/2/3 Shenzhen, 4/8/92 Beijing.
    """
    if len(digits) <= 5:
        return f"{digits.zfill(5)}.HK"
    return f"{digits}.{'BJ' if digits.startswith('92') else _MAINLAND.get(digits[0], 'SH')}"


def name_before(text: str, start: int) -> tuple[int, int]:
    """Return the span of the likely short name in front of a code's bracket, empty where there is none.

    A short name of a mainland company has three or four characters: of a longer run the last four are taken.
    """
    end = start
    if (
        bracket := max(
            text.rfind("(", max(0, start - _PREFIX), start), text.rfind("（", max(0, start - _PREFIX), start)
        )
    ) >= 0:
        end = bracket
    if text[end - 1 : end] == ")" and (quote := text.rfind("(", max(0, end - _QUOTE), end)) > 0:
        end = quote
    found = _NAME.search(text, max(0, end - 12), end)
    if found is None:
        return end, end
    at = found.start()
    return (at, end) if end - at <= 4 else (end - 4, end)

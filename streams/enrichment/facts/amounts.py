"""Amounts that are not written in digits, and amounts for ten shares.

`一百亿元`, `两成`, `三分之一` are the figures 100亿元, 20%, 33.3%: one medium writes these, another those. A
dividend is told for ten shares by the company and for one by most papers; one share is what is compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

from streams.enrichment.facts.record import Figure
from streams.enrichment.facts.units import SCALES
from streams.enrichment.facts.wordlists import one_of

_DIGITS = MappingProxyType({word: value for value, word in enumerate("零一二三四五六七八九")} | {"两": 2})
_TENS = MappingProxyType({"十": 10, "百": 100, "千": 1000})
# 一家 and 两名 are said without counting; from ten on a number in words is a figure.
_COUNTED = 10
_UNITS = one_of("元 美元 港元 欧元 日元 英镑 股 家 人 名 户 辆 台 架 吨 亩 平方米")
_WRITTEN = re.compile(
    r"(?P<number>[一二两三四五六七八九十][一二两三四五六七八九十百千零]{0,8})"
    r"(?:(?P<tenths>成)(?P<half>半)?(?![立为功本员交果都长熟就品份绩不])"
    r"|分之(?P<part>[一二三四五六七八九])"
    r"|(?:亿零?(?P<less>[一二两三四五六七八九十][一二两三四五六七八九十百千]{0,6})(?=万))?"
    rf"(?P<more>余|多)?(?P<scale>万亿|亿|万)?(?P<unit>{_UNITS}))"
)
_BY_TEN, _SOON = 10.0, 16
# No ten shares get so much: it is what all of them get.
_TOTAL = 10_000.0


def find_written(text: str, label: Callable[[int], tuple[str, bool]]) -> list[tuple[int, Figure]]:
    """Find the amounts of a folded text that are written in words.

    Args:
        text: Folded text.
        label: Tells of an offset what is counted there, and whether it is said to be near or beyond.

    Returns:
        Offset and figure, in order.
    """
    found = []
    for match in _WRITTEN.finditer(text):
        count, scale = number(match["number"]), match["scale"]
        if count > _COUNTED if match["tenths"] else count < _COUNTED and not (scale or match["part"]):
            continue
        words, about = label(match.start())
        if match["tenths"]:
            value, step = (count * 10.0 + 5.0, 5.0) if match["half"] else (count * 10.0, 10.0)
            figure = Figure(value, "%", words, step, about)
        elif match["part"]:
            figure = Figure(round(100.0 * _DIGITS[match["part"]] / count, 1), "%", words, 1.0, about=True)
        else:
            times = SCALES.get(scale or "", 1.0)
            less = number(match["less"]) * times if match["less"] else 0.0
            value = count * (SCALES["亿"] if less else times) + less
            figure = Figure(value, match["unit"], words, times, about or bool(match["more"]))
        found.append((match.start(), figure))
    return found


def number(words: str) -> int:
    """Return what a number in words counts.

    >>> number("一百一十五"), number("两千零三"), number("十五")
    (115, 2003, 15)
    """
    total = digit = 0
    for word in words:
        if word in _TENS:
            total += max(1, digit) * _TENS[word]
            digit = 0
        else:
            digit = _DIGITS[word]
    return total + digit


def per_share(text: str, found: list[tuple[int, Figure]]) -> list[tuple[int, Figure]]:
    """Return figures with an amount for ten shares told for one: 每10股派8.1元 is 0.81元."""
    kept: list[tuple[int, Figure]] = []
    tens = None
    for start, figure in found:
        if figure.unit == "股" and figure.value == _BY_TEN and text[start - 1 : start] == "每":
            tens = start
            continue
        near = tens is not None and start - tens <= _SOON and figure.value < _TOTAL
        if near and figure.unit.endswith(("元", "股")):
            one = replace(figure, value=round(figure.value / _BY_TEN, 6), step=figure.step / _BY_TEN)
            kept.append((start, one))
            tens = start
        else:
            kept.append((start, figure))
            tens = None
    return kept

"""Numbers with what they count, out of folded text.

One pass of one expression: Latin words, codes, dates and times are read over, so that the numbers in them
are none. A unit has one spelling: 港币 is 港元, 个基点 and bp are one. Periods (5日, 11个月, 2021年) are no
figures: they say when, and a copy often leaves them out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from operator import itemgetter

from streams.enrichment.facts.amounts import find_written, per_share
from streams.enrichment.facts.record import Figure
from streams.enrichment.facts.units import LATIN_SCALES, LATIN_UNITS, SAME_UNIT, SCALES, UNITS
from streams.enrichment.facts.wordlists import one_of

MAX_LABEL = 6
# A number so close behind another is of the same thing: 由62港元下调至57港元.
_NEAR = 8
_LOOK_BACK = 16

_INDICES = one_of("沪深 上证 中证 深证 标普 纳指 纳斯达克 科创 北证 国证 罗素 日经 富时 创业板 双创 恒生")
_TOKEN = re.compile(
    # Most characters begin none of these: one look at a class tells.
    r"(?=[0-9a-z(第沪深上中标纳科北国罗日富创双恒])(?:"
    r"(?P<order>第(?P<place>\d{1,6})(?P<of>[号期批次届轮季只家个位])?)|"
    r"(?P<foreign>(?=[sncrftk])(?:s&p|nasdaq|csi|russell|nikkei|ftse|stoxx|topix|kospi) \d{2,4}(?![\d.%,]))|"
    r"(?P<latin>[a-z][a-z0-9]*(?:[-.&'][a-z0-9]+)*)"
    r"|(?P<code>\(?(?:\d{6}\.(?:sh|sz|bj|ss)|\d{4,5}\.hk)\)?|\(\d{4,6}\))"
    r"|(?P<date>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}日?"
    r"|(?:\d{2,4}年(?:度|底|末|初|中)?)?\d{1,2}(?:月底|月末|月初|月份|月)(?:\d{1,2}[日号])?"
    r"|\d{2,4}年(?:度|底|末|初|中|代|期)?(?!利)|\d{1,2}[日号](?!元)|\d{4}财年)"
    r"|(?P<time>\d{1,2}(?::|时|点)\d{2}(?:分|:\d{2})?)"
    r"|(?P<period>\d+(?:\.\d+)?(?:个?多?月|个?小时|分钟|周年|周|天|季度|届|期|岁|秒|日)(?!元))"
    rf"|(?P<index>{_INDICES}\d{{2,4}}(?![\d.%点]))"
    # What a rate is told of is no figure: 1美元对人民币7.09元.
    r"|(?P<rate>(?<![\d.])1(?:美元|欧元|英镑|港元|澳元|元)(?=[对兑合]))"
    rf"|(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?P<decimals>\.\d+)?(?:(?!兆[瓦赫帕字比])(?P<scale>{'|'.join(SCALES)}))?"
    rf"(?P<more>余|多)?(?P<unit>{UNITS}(?:/[\u4e00-\u9fff]{{1,3}}|/[a-z]{{1,3}})?)?)"
)
# What follows a number in another language.
_LATIN_TAIL = re.compile(
    r"(?=[ -]?[a-z])(?:[ -](?P<period>month|day|year|hour|week|minute|quarter)s?(?![a-z])|"
    rf"(?: ?(?P<scale>{'|'.join(LATIN_SCALES)})(?![a-z]))?"
    rf"(?: ?(?P<unit>{one_of(' '.join(LATIN_UNITS))})(?![a-z]))?)"
)
_MONTHS = frozenset(
    """january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)
# Looked at backwards from the number, so that each is one match and no search.
_RUN = re.compile(r"[\u4e00-\u9fffa-z]*")
# What stands between a thing and its number, and says nothing of what it is.
_FILLERS = """不低于 不超过 不少于 不高于 不足 超过 超出 达到 降至 升至 调至 增至 减至 扩大至 收窄至
下调至 上调至 下调 上调 降到 升到 涨至 跌至 突破 跌破 站上 失守 大约 约为 预计 合计 累计 分别 最高 最低
已经 再度 首次 首 再 已 仅 报 超 逾 近 约 达 为 至 到 由 从 是 了 的 在 有 共 均 各 及 和 与 或 于 破"""
_BETWEEN = re.compile(f"{one_of(_FILLERS[::-1])}*")
_ABOUT = re.compile(one_of("超过 超 逾 近 约 破 不足 至少"[::-1]))
_LATIN_ABOUT = frozenset({"about", "over", "nearly", "almost", "around", "than"})
# Between the members of a list that share one scale and unit: 7100、3150亿元, 5至10亿元.
_LISTED = frozenset("、,和及与或-~至到")
_RANGES = frozenset("-~至到")
# 1亿2600万元 is one, and so is 1兆7730亿元: scale and unit of the first, scale of the second.
_IN_TWO = frozenset({("亿", "", "万"), ("万亿", "", "亿"), ("兆", "", "亿")})
_FEW = 10
_CODE_DIGITS = 6
_CENTURIES = frozenset({"19", "20"})


def find_figures(text: str) -> list[tuple[int, Figure]]:
    """Find the figures of a folded text.

    Args:
        text: Folded text.

    Returns:
        Offset and figure, in order.
    """
    found: list[tuple[int, Figure]] = []
    tails: list[tuple[int, str, str]] = []
    end, label = 0, ""
    for match in _TOKEN.finditer(text):
        start, before_end, end = match.start(), end, match.end()
        if match["order"]:
            found.append((start, Figure(float(match["place"]), f"第{match['of'] or ''}")))
            tails.append((end, "", "第"))
            continue
        if match["digits"] is None:
            label = match["latin"] or ""
            continue
        scale, unit, decimals = match["scale"] or "", match["unit"] or "", match["decimals"] or ""
        latin = None if scale or unit else _LATIN_TAIL.match(text, end)
        if latin is not None:
            scale, unit, end = latin["scale"] or "", LATIN_UNITS.get(latin["unit"], ""), latin.end()
        if label in _MONTHS and not (scale or unit or decimals):
            continue
        if latin is not None and latin["period"]:
            continue
        if not (scale or unit or decimals) and _is_no_count(match["digits"], text[end : end + 1]):
            continue
        before = text[max(before_end, start - _LOOK_BACK) : start][::-1]
        label = _label(before) or (label if start - before_end <= _NEAR else "")
        times = SCALES.get(scale) or LATIN_SCALES.get(scale, 1.0)
        figure = Figure(
            value=round(float(match["digits"].replace(",", "") + decimals) * times, 6),
            unit=SAME_UNIT.get(unit, unit),
            label=label,
            step=times * 10.0 ** -(len(decimals) - 1) if decimals else times,
            about=bool(match["more"] or _ABOUT.match(before)) or label in _LATIN_ABOUT,
        )
        if start == before_end and tails and (*tails[-1][1:], scale) in _IN_TWO:
            tails.pop()
            start, larger = found.pop()
            figure = replace(figure, value=larger.value + figure.value, label=larger.label)
        found.append((start, figure))
        tails.append((end, scale, unit))
    figures = per_share(text, _scaled(text, found, tails))
    if written := find_written(text, lambda at: _counted(text, at)):
        figures = sorted([*figures, *written], key=itemgetter(0))
    return figures


def _counted(text: str, at: int) -> tuple[str, bool]:
    """Return what is counted at an offset, and whether it is said to be near or beyond."""
    before = text[max(0, at - _LOOK_BACK) : at][::-1]
    return _label(before), _ABOUT.match(before) is not None


def _is_no_count(digits: str, after: str) -> bool:
    """Say whether a bare number is a code, a year, a mark of order or a part of a word such as 6g."""
    if len(digits) == 1:
        return after not in _RANGES
    return len(digits) == _CODE_DIGITS or digits[:2] in _CENTURIES or "a" <= after <= "z"


def _scaled(
    text: str, found: list[tuple[int, Figure]], tails: list[tuple[int, str, str]]
) -> list[tuple[int, Figure]]:
    """Give the members of a list the scale and unit that only its last one carries."""
    for place in range(len(found) - 2, -1, -1):
        (end, scale, unit), (start, figure) = tails[place], found[place]
        after, (_, after_scale, after_unit) = found[place + 1], tails[place + 1]
        if scale or unit or not (after_scale or after_unit):
            continue
        if after[0] - end == 1 and text[end] in _LISTED:
            times = SCALES.get(after_scale, 1.0)
            value, step = figure.value * times, figure.step * times
            found[place] = start, replace(figure, value=value, unit=after[1].unit, step=step)
            tails[place] = end, after_scale, after_unit
    return [entry for entry in found if entry[1].unit or entry[1].step != 1 or entry[1].value >= _FEW]


def _label(before: str) -> str:
    """Return the words that say what a number is, from what stands before it, read backwards."""
    run = _RUN.match(before)
    between = _BETWEEN.match(before)
    if run is None or between is None:
        return ""
    return before[between.end() : min(run.end(), between.end() + MAX_LABEL)][::-1]

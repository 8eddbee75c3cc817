"""What a notice says was written, and what should have stood there."""

from __future__ import annotations

import re

from streams.enrichment.facts.record import Quote
from streams.enrichment.facts.wordlists import one_of

MAX_QUOTES = 5

_OPENING, _CLOSING = '“"「『‘《', '”"」』’》'
_SAID = rf"[{_OPENING}]([^{_OPENING}{_CLOSING}\n]{{1,40}})[{_CLOSING}]"
_PLAIN = r"([^,。;“”\"\n]{1,24}?)"
# A figure with its unit, out of quotes; in Latin letters, too.
_AMOUNT = r"约?(\d[\d.,]*[^\d,。;:、“”\"'\s]{0,6})"
_LATIN_AMOUNT = r"((?:[a-z]{0,3}\$)?\d[\d.,]*(?: ?[a-z%]{1,8})?)"
_WHAT = one_of("数字 数据 数值 金额 比例 日期 时间 名称 姓名 职务 表述 说法 信息 内容")
_IS = one_of("应为 应该为 应是 实为 实际为 更正为 改为 订正为 应改为 应更正为 正确应为 正确为")
_RIGHT = f"(?:{_IS}|正确的?{_WHAT}应?[为是])"
_MISTOOK = one_of("误写为 误写成 误为 误作 误报为 错写为 错写成 写成 误植为")
_INSTEAD = rf"[,;]?(?:而非|而不是|不是|并非|(?:原文|原稿|原|此前|先前)?{_MISTOOK})"
_ENDS = r"(?=[,。;\n]|$)"

_QUOTED = re.compile(
    rf"{_SAID}(?:一词|一句|一处|的表述|的说法)?(?:有误|不准确|系笔误|为笔误)?[,;。 ]?现?{_RIGHT}:?{_SAID}"
)
_MISTAKEN = re.compile(rf"{_SAID}{_MISTOOK}了?{_SAID}")
_BARE = re.compile(rf"{_RIGHT}{_PLAIN}(?:{_INSTEAD}|[,;]?非){_PLAIN}{_ENDS}")
_WRITTEN = re.compile(rf"{_MISTOOK}{_PLAIN}[,;。]现?(?:正确)?{_RIGHT}{_PLAIN}{_ENDS}")
_CHANGED = re.compile(rf"{_AMOUNT}(?:有误|不准确)?[,;。 ]?(?:实际|现)?{_RIGHT}{_AMOUNT}")
_AMOUNTS = re.compile(rf"为{_AMOUNT}{_INSTEAD}{_AMOUNT}")
_ENGLISH = re.compile(rf"{_LATIN_AMOUNT},? (?:not|instead of|rather than|from) {_LATIN_AMOUNT}")
# Words in quotes say it best; else words that are plain, else figures alone. Each with the place of what
# was wrong.
_WAYS = (
    ((_QUOTED, 1), (_MISTAKEN, 2)),
    ((_BARE, 2), (_WRITTEN, 1)),
    ((_CHANGED, 1), (_AMOUNTS, 2), (_ENGLISH, 2)),
)


def find_quotes(words: str) -> tuple[Quote, ...]:
    """Return what a folded text says was written, and what should have been.

    >>> find_quotes("此前报道中“62港元”应为“67港元”")
    (Quote(wrong='62港元', right='67港元'),)
    """
    for ways in _WAYS:
        found = [
            Quote(match[wrong], match[3 - wrong]) for way, wrong in ways for match in way.finditer(words)
        ]
        if found:
            return tuple(dict.fromkeys(found))[:MAX_QUOTES]
    return ()

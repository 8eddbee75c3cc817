"""Which language and script a text is in."""

from __future__ import annotations

import re

from streams.news.simplified import SIMPLIFIED

_LAST = "\uffff"  # one character beyond the first plane and the regular expression is a hundred times slower
# Frequent characters that only simplified script uses.
_SIMPLIFIED = re.compile(
    "[这个们来时说国会为对发从后过动东业两现经开关与证产实应点种当长问题见进还无员气车书电机间门马龙资财债银报资亿万涨盘创]"
)
# All that simplified script writes otherwise.
_TRADITIONAL = re.compile(f"[{''.join(char for char in SIMPLIFIED if char <= _LAST)}]")
_IDEOGRAPHS = re.compile("[\u4e00-\u9fff]+")
_KANA_OR_HANGUL = re.compile("[\u3040-\u30ff\uac00-\ud7af]+")
_LATIN = re.compile("[A-Za-z]+")
_SAMPLE_CHARS = 300
_LEAST_SHARE = 0.05


def detect_language(text: str) -> str:
    """Return `zh-Hans`, `zh-Hant`, `en`, or `und` where neither can be said.

    Args:
        text: Title and text; the first 300 characters are looked at.

    >>> detect_language("工行与证监会联合发布通知"), detect_language("Shares rose on Monday")
    ('zh-Hans', 'en')
    """
    sample = text[:_SAMPLE_CHARS]
    ideographs = _count(_IDEOGRAPHS, sample)
    # Most samples are ideographs throughout, and need no second look.
    latin = _count(_LATIN, sample) if ideographs * 5 < len(sample) else 0
    if ideographs * 4 < latin:
        return "en" if latin >= 8 and sample.count(" ") * 12 >= latin else "und"
    if not ideographs or _count(_KANA_OR_HANGUL, sample) > _LEAST_SHARE * ideographs:
        return "und"
    traditional = len(_TRADITIONAL.findall(sample))
    return "zh-Hant" if traditional and traditional > len(_SIMPLIFIED.findall(sample)) else "zh-Hans"


def _count(runs: re.Pattern[str], sample: str) -> int:
    return sum(map(len, runs.findall(sample)))

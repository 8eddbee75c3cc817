"""Whether a headline about a company says that its trading stops, or goes on again."""

from __future__ import annotations

import re
from enum import StrEnum


class Trading(StrEnum):
    """What a story says of the trading in its subject."""

    HALTED = "halted"
    DELISTED = "delisted"
    RESUMED = "resumed"


# The first that is found counts: a report that trading resumes often tells of the halt, too.
_SAYS = (
    (Trading.HALTED, re.compile("继续停牌|繼續停牌|延期复牌|延期復牌|(?:尚未|暂不)(?:复牌|恢复)")),
    (
        Trading.RESUMED,
        re.compile(
            "[复復]牌|恢[复復](?:买卖|買賣|交易|上市)|重新上市"
            r"|\bresum(?:e|es|ed|ption of) trading|\btrading (?:to )?resumes?\b",
            re.IGNORECASE,
        ),
    ),
    (
        Trading.DELISTED,
        re.compile(
            "[终終]止(?:[^,，。；]{1,12}(?:股票|股份))?上市(?!申请|申請|辅导|审核|计划|进程)"
            "|(?:股票|股份|将|被|予以)[^,，。；]{0,4}摘牌"
            "|(?<!不)(?<!避免)(?<!免于)退市(?!风险|整改|新规|制度|指标|警示|机制)"
            r"|\bdelist(?:s|ed|ing)?\b",
            re.IGNORECASE,
        ),
    ),
    (
        Trading.HALTED,
        re.compile(
            "(?<!不)(?<!未)(?<!无需)(?<!可能)停牌(?!风险)|暂停(?:买卖|交易|上市)|暫停(?:買賣|交易)"
            r"|\btrading (?:halt|suspen)|\b(?:halts|halted|suspends|suspended) (?:from )?trading",
            re.IGNORECASE,
        ),
    ),
)


def trading_in(headline: str) -> Trading | None:
    """Return what a headline says of the trading in its subject; None where it says nothing of it.

    >>> trading_in("某公司：筹划重大资产重组，股票明起停牌"), trading_in("某公司公布业绩")
    (<Trading.HALTED: 'halted'>, None)
    """
    return next((says for says, words in _SAYS if words.search(headline)), None)

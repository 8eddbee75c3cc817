"""Whether a headline about a company says that its trading stops, or goes on again."""

from __future__ import annotations

import re
from enum import StrEnum


class Trading(StrEnum):
    """What a story says of the trading in its subject."""

    HALTED = "halted"
    DELISTED = "delisted"
    RESUMED = "resumed"


# What may come, is denied, asked for or told of another's does not stop trading.
_DOUBT = re.compile(
    "不会|不會|不存在|不涉及|不触及|未触及|可能|或被|或将|或將|避免|免于|风险|風險|传闻|傳聞|不实|不實|否认|否認|辟谣|澄清|是否|项目|項目"
    r"|\b(?:may|might|could|risks?|not|denie[sd]|rumou?rs?|avoids?)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile("申请[复復]牌|申請[复復]牌|被否|未收到|尚未|暂不|暫不|能否|何时")
# The first that is found counts: a report that trading resumes often tells of the halt, too.
_SAYS = (
    (
        Trading.HALTED,
        re.compile("继续停牌|繼續停牌|延期复牌|延期復牌|(?:尚未|暂不)(?:复牌|恢复(?:交易|买卖|上市))"),
    ),
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
    says = next((says for says, words in _SAYS if words.search(headline)), None)
    if says is Trading.RESUMED:
        return None if _NOT_YET.search(headline) else says
    return None if _DOUBT.search(headline) else says

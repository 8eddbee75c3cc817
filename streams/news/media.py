"""The originating medium: who wrote what this source relays."""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.news.lines import Line

_NAME = r"(?P<name>[^\s：:，,。；;|｜（）()【】\[\]<>《》]{2,30})"
_QUOTE = r"(?:[（(][-+\d.,%\s]{1,40}[）)])?"  # 人民网(20.880,0.29,1.41%): a price set into the name
# 来源：X as a line of its own, perhaps behind a date and before an author.
_LABELLED = re.compile(
    r"[（(【\[]?(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?[\s|｜]*)?"
    r"(?:(?:作者|记者|記者)[：:]\s?[^\s：:]{2,12}\s{1,4})?"
    rf"(?:(?:文章|本文|新闻|稿件|信息|消息)?\s?[来來]源|稿源|[转轉]自)\s?[：:丨|｜]\s?{_NAME}{_QUOTE}"
    r"(?:[\s|｜]+(?:作者|记者|記者|编辑|責任|责任|时间|時間|日期|发布|网址|網址|\d{4}).{0,40})?[）)】\]]?"
)
_LABELLED_TAIL = re.compile(rf"[（(]文章[来來]源[：:]\s?{_NAME}{_QUOTE}[）)]$")
# Without 文章 it may stand under a picture or a table as well, so only behind the end of the text.
_LABELLED_END = re.compile(
    rf"(?<=[。！？!?；;”」…])\s?[（(](?:本文|稿件|信息|消息)?(?:[来來]源|稿源)[：:]\s?{_NAME}{_QUOTE}[）)]$"
)
_BRACKETED = re.compile(r"(?:^|[。！？!?；;”」…%％\d])\s*[（(](?P<name>[^（）()：:，,。；;、\s]{2,16})[）)]$")
_BRACKETED_TAIL = re.compile(r"\s*[（(](?P<name>[^（）()]{2,30})[）)]$")
_MEDIUM = re.compile(
    r"(?:报|報|网|網|社|台|臺|刊|视|視|讯|訊|邦|汇|匯|界|新闻|新聞|财经|財經|时报|時報|周刊|週刊|杂志|通讯|客户端|公司|news|com|cn)$",
    re.IGNORECASE,
)
_PERSON_OR_NOTE = re.compile(
    r"记者|記者|作者|编辑|編輯|实习|通讯员|见习|分析师|完$|注|图|圖|摄|攝|原标题|更新|更正|数据|單位|单位|应为|應為|截至|附|详见|声明|代码"
    r"|^\d|[%％]|^[A-Za-z0-9.]{1,6}$|亿|万元|年|月|日$|股份|集团|有限|同比|环比|涨|跌"
)
_NO_MEDIUM = frozenset(
    (
        "互联网",
        "网络",
        "网上",
        "综合",
        "公告",
        "公司公告",
        "未知",
        "本站",
        "原创",
        "转载",
        "网友",
        "官网",
        "Wind",
        "Choice",
        "wind",
    )
)
_CLOSING = re.compile(
    r"(?:^|[~～—]\s{0,2})(?P<name>[^\s。，,：:；;！!？?~～—（）()]{2,14}(?:新闻|新聞|通讯社|通訊社))(?:\s(?:网址|網址)[：:].{0,60})?$"
)


def find_media(lines: Sequence[Line]) -> str | None:
    """Return the medium that an article names as its origin.

    In this order: a line `来源：X` or the tail `（文章来源：X）` anywhere, the name in brackets behind
    the last sentence （X）, a last line that is nothing but a medium's name. A dateline (`X月X日电`)
    is none, nor is where a chart or a figure comes from (`图片来源`, `数据来源`).

    Args:
        lines: The article's lines, in order.

    Returns:
        The name as written, without a price set into it; None where none is named.
    """
    for line in lines:
        if _may_label(line.text) and (name := _labelled(line.text)):
            return name
    return next((name for line in lines[-1:] if (name := _at_the_end(line.text))), None)


def names_media(line: Line) -> bool:
    """Whether the line says nothing but where the article comes from."""
    return _may_label(line.text) and _labelled_match(line.text) is not None


def without_media(text: str, media: str | None) -> str:
    """Return the last line of a text without the medium in brackets behind it."""
    if not media or text[-1:] not in ("）", ")"):
        return text
    for tail in (_LABELLED_TAIL, _LABELLED_END, _BRACKETED_TAIL):
        match = tail.search(text)
        if match and match["name"] == media:
            return text[: match.start()]
    return text


def _may_label(text: str) -> bool:
    """Whether a closer look is worth its time: by far the most lines hold none of the words."""
    return "源" in text or "转自" in text or "轉自" in text


def _labelled_match(text: str) -> re.Match[str] | None:
    return _LABELLED.fullmatch(text) if len(text) <= 120 else None


def _labelled(text: str) -> str | None:
    match = _labelled_match(text) or _LABELLED_TAIL.search(text[-60:])
    return match["name"] if match and match["name"] not in _NO_MEDIUM else None


def _at_the_end(text: str) -> str | None:
    match = _LABELLED_END.search(text[-60:])
    if match and match["name"] not in _NO_MEDIUM:
        return match["name"]
    return _bracketed(text) or _closing(text)


def _bracketed(text: str) -> str | None:
    match = _BRACKETED.search(text[-40:])
    if match is None or _PERSON_OR_NOTE.search(match["name"]):
        return None
    name = match["name"]
    return name if len(name) >= 4 or _MEDIUM.search(name) else None


def _closing(text: str) -> str | None:
    match = _CLOSING.search(text[-100:])
    return match["name"] if match else None

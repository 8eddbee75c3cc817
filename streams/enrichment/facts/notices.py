"""What a medium says of its own article: that a part of it was wrong, or that it is taken back.

A notice names the article (by title, by time, by quoting it), not the company. A company that corrects its
own report, or withdraws its own application, makes news and no notice: a notice speaks of reports, articles
and telegrams, and of what this medium published.
"""

from __future__ import annotations

import re

from streams.enrichment.facts.record import Notice, NoticeKind, Quote
from streams.enrichment.facts.wordlists import one_of

# A notice is short; a full article with a note on its correction is a version of that article.
MAX_NOTICE = 500
MAX_TITLES = 3
MAX_QUOTES = 5

_CORRECTS = one_of("更正 勘误 订正 更正声明 更正启事 更正说明 致歉更正 correction")
_WITHDRAWS = one_of("撤稿 撤回 撤销 撤稿声明 撤稿说明 稿件撤回 删稿 retraction")
_HEAD = re.compile(
    rf"^\W{{0,2}}(?:(?P<correct>{_CORRECTS})|(?P<withdraw>{_WITHDRAWS}))"
    r"(?:声明|启事|说明|通知|公告|致歉)?(?:[】\]):,\s]|$)"
)
_ITSELF = one_of("本网 本报 本社 本站 本刊 本台 本公众号 本平台 本频道 本端 我社 我网 我报 我台 我刊 我站")
_EARLIER = one_of(
    """此前报道 此前的报道 今日报道 昨日报道 早前报道 稍早报道 刚才报道 此前消息 此前快讯 电报 快讯 一文
    稿件 原文 该文 此文 该稿 刊发 刊登 转载 播发 推送 发布的《 发表的《 报道《 报道中 报道有误 报道的
    前发"""
)
_MEDIUM = re.compile(f"{_ITSELF}|{_EARLIER}")
_WRONG = re.compile(
    one_of("应为 应该为 应是 实为 更正为 改为 订正为 应改为 有误 误写 误为 误作 特此更正 予以更正 更正如下")
)
_BACK = re.compile(
    one_of(
        """撤稿 撤回 撤下 撤销 撤除 作废 删除 现予撤 不再有效 取消该 取消此 取消本 请勿引用 请勿转载
        请勿使用"""
    )
)
# A company's own papers.
_OWN = re.compile(
    one_of("公告 年度报告 季度报告 半年报 年报 季报 申请 招股 决议 议案 预案 注册申请文件 业绩预告")
)

_TITLE = re.compile(r"《([^《》\n]{4,60})》")
_OPENING, _CLOSING = '“"「『‘《', '”"」』’》'
_SAID = rf"[{_OPENING}]([^{_OPENING}{_CLOSING}\n]{{1,40}})[{_CLOSING}]"
_PLAIN = r"([^,。;“”\"\n]{1,24}?)"
_RIGHT = one_of("应为 应该为 应是 实为 实际为 更正为 改为 订正为 应改为 应更正为 正确应为 正确为")
_MISTOOK = one_of("误写为 误为 误作 误报为 错写为 写成")
_QUOTED = re.compile(
    rf"{_SAID}(?:一词|一句|一处|的表述|的说法)?(?:有误|不准确|系笔误|为笔误)?[,;。 ]?现?{_RIGHT}:?{_SAID}"
)
_MISTAKEN = re.compile(rf"{_SAID}{_MISTOOK}了?{_SAID}")
_BARE = re.compile(rf"{_RIGHT}{_PLAIN}[,;]?(?:而非|而不是|不是|并非|原文误为|非){_PLAIN}(?=[,。;\n]|$)")
_WRITTEN = re.compile(rf"{_MISTOOK}{_PLAIN}[,;。]现?(?:正确)?{_RIGHT}{_PLAIN}(?=[,。;\n]|$)")
_SENTENCE = re.compile(r"[^。!?;\n]+")
_PART_OF_NOTICE = re.compile(
    f"{_MEDIUM.pattern}|{_WRONG.pattern}|{_BACK.pattern}|"
    f"{one_of('更正 勘误 撤稿 致歉 谅解 歉意 不便 为准 如下')}"
)
# Characters of other sentences in what is still a notice and no article.
_MOST_BESIDE = 40
_CLOCK = r"(\d{1,2})(?:时|点|:)(\d{2})"
_SENT = one_of("发布 播发 刊发 报道 推送 电报 快讯 消息 发出 电讯")
_AT = re.compile(rf"{_CLOCK}分?(?=[^。;\n]{{0,12}}{_SENT})|{_SENT}(?:于|时间为?)?{_CLOCK}")


def find_notice(title: str, text: str) -> Notice | None:
    """Return what a medium says of its own article; None where it says nothing of the kind.

    Args:
        title: Folded title, "" where there is none.
        text: Folded text.
    """
    words = f"{title}\n{text}"
    if len(words) > MAX_NOTICE:
        return None
    kind = _kind(title.strip(), text.strip(), words)
    if kind is None:
        return None
    beside = sum(len(part) for part in _SENTENCE.findall(words) if not _PART_OF_NOTICE.search(part))
    titles = dict.fromkeys(match[1] for match in _TITLE.finditer(words))
    return Notice(
        kind=kind,
        alone=beside <= _MOST_BESIDE,
        titles=tuple(titles)[:MAX_TITLES],
        quotes=find_quotes(words),
        minute=_minute(words),
    )


def _minute(words: str) -> str:
    at = _AT.search(words)
    if at is None:
        return ""
    hour, minute = (at[1], at[2]) if at[1] else (at[3], at[4])
    return f"{int(hour):02d}:{minute}" if int(hour) < 24 else ""


def find_quotes(words: str) -> tuple[Quote, ...]:
    """Return what a folded text says was written, and what should have been.

    >>> find_quotes("此前报道中“62港元”应为“67港元”")
    (Quote(wrong='62港元', right='67港元'),)
    """
    found = [Quote(match[1], match[2]) for match in _QUOTED.finditer(words)]
    found += [Quote(match[2], match[1]) for match in _MISTAKEN.finditer(words)]
    if not found:
        found += [Quote(match[2], match[1]) for match in _BARE.finditer(words)]
        found += [Quote(match[1], match[2]) for match in _WRITTEN.finditer(words)]
    return tuple(dict.fromkeys(found))[:MAX_QUOTES]


def _kind(title: str, text: str, words: str) -> NoticeKind | None:
    head = _HEAD.match(title) or _HEAD.match(text)
    medium = _MEDIUM.search(words)
    if medium is None or (head is None and _OWN.search(words) and not _TITLE.search(words)):
        return None
    back, wrong = _BACK.search(words), _WRONG.search(words)
    if head is not None:
        if head["withdraw"] and back:
            return NoticeKind.WITHDRAWAL
        if head["correct"]:
            return NoticeKind.CORRECTION
    if back and not find_quotes(words):
        return NoticeKind.WITHDRAWAL
    return NoticeKind.CORRECTION if wrong and find_quotes(words) else None

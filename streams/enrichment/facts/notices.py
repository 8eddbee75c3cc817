"""What a medium says of its own article: that a part of it was wrong, or that it is taken back.

A notice names the article (by title, by time, by quoting it), not the company. A company that corrects its
own report, or withdraws its own application, makes news and no notice: a notice speaks of reports, articles
and telegrams, and of what this medium published.
"""

from __future__ import annotations

import re

from streams.enrichment.facts.quotes import find_quotes
from streams.enrichment.facts.record import Notice, NoticeKind
from streams.enrichment.facts.wordlists import one_of

# A notice is short; a full article with a note on its correction is a version of that article.
MAX_NOTICE = 500
MAX_TITLES = 3

_CORRECTS = one_of("更正 勘误 订正 更正声明 更正启事 更正说明 致歉更正 correction corrected corrects")
_WITHDRAWS = one_of("撤稿 撤回 撤销 撤稿声明 撤稿说明 稿件撤回 删稿 retraction")
_HEAD = re.compile(
    rf"^\W{{0,2}}(?:(?P<correct>{_CORRECTS})|(?P<withdraw>{_WITHDRAWS}))"
    r"(?:声明|启事|说明|通知|公告|致歉)?(?:[】\]):,\s-]|$)"
)
_ITSELF = one_of("本网 本报 本社 本站 本刊 本台 本公众号 本平台 本频道 本端 我社 我网 我报 我台 我刊 我站")
_EARLIER = one_of(
    """此前报道 此前的报道 今日报道 昨日报道 早前报道 稍早报道 刚才报道 此前消息 此前快讯 电报 快讯 一文
    一稿 稿件 原文 该文 此文 该稿 刊发 刊登 转载 播发 推送 发布的《 发表的《 报道《 报道中 报道有误 报道的
    前发 前述报道 上述报道 一条快讯 一条消息"""
)
_MEDIUM = re.compile(f"{_ITSELF}|{_EARLIER}")
# What can be nothing but an article; of what was reported before, others speak as well (此前报道称).
_ARTICLE = re.compile(
    f"{_ITSELF}|{one_of('一文 一稿 稿件 原文 该文 此文 该稿 本稿 此稿 发布的《 发表的《 报道《')}"
)
_WRONG = re.compile(
    one_of(
        """应为 应该为 应是 实为 更正为 改为 订正为 应改为 有误 误写 误为 误作 误报 差错 错误 特此更正
        予以更正 更正如下"""
    )
)
# What only a medium does, and only with an article of its own.
_NOW_BACK = re.compile(r"(?:现予以?|予以|现已|特此|现作|即行)(?:撤[稿回下销除]|删除|作废)(?=[,。;\n]|$)")
_BACK = re.compile(
    one_of(
        """撤稿 撤回 撤下 撤销 撤除 作废 删除 现予撤 不再有效 取消该 取消此 取消本 请勿引用 请勿转载
        请勿使用 请勿采用 请勿刊用 停止转载 停止引用 请各用户停用 withdrawn retracted"""
    )
)
# A company's own papers.
_OWN = re.compile(
    one_of("公告 年度报告 季度报告 半年报 年报 季报 申请 招股 决议 议案 预案 注册申请文件 业绩预告")
)

# Who speaks then is the company, not a medium.
_ISSUED = re.compile("公告|公司|本行")

_TITLE = re.compile(r"《([^《》\n]{4,60})》")
# Other media put a title in other quotes.
_NAMED = re.compile(r"[《「『“\"]([^《》「」『』“”\"\n]{4,60})[》」』”\"]")
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
    titles = dict.fromkeys(match[1] for match in _NAMED.finditer(words))
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


def _kind(title: str, text: str, words: str) -> NoticeKind | None:
    """Return what is done with an article; None where no article is spoken of, or a company's paper."""
    head = _HEAD.match(title) or _HEAD.match(text)
    of_article = _MEDIUM.search(words) is not None
    if not (of_article or head):
        return None
    if head and head["correct"] and _ISSUED.search(words) is None and find_quotes(words):
        return NoticeKind.CORRECTION
    if not (of_article and head) and _OWN.search(words) and not _TITLE.search(words):
        return None
    if head and head["correct"]:
        if of_article and _NOW_BACK.search(words) and not find_quotes(words):
            return NoticeKind.WITHDRAWAL  # whatever it is called
        return NoticeKind.CORRECTION if of_article or find_quotes(words) else None
    back = of_article and _BACK.search(words)
    if back and (head or _ARTICLE.search(words) or _NOW_BACK.search(words)) and not find_quotes(words):
        return NoticeKind.WITHDRAWAL
    return NoticeKind.CORRECTION if of_article and _WRONG.search(words) and find_quotes(words) else None

"""What a page says beside its article: further reading, sharing, editors, adverts, disclaimers.

Whole lines and the tails of lines are taken out. Rules match the form of a line and where it
stands, never a word alone: a company's statement (`公司声明`) and a broker's risk note are news.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.news.lines import Line

# Only lines with one of these are looked at closer.
_MARK = re.compile(
    "阅读|閱讀|推荐|推薦|新闻|新聞|报道|報道|資訊|资讯|文章|回顾|回顧|喜欢|编|編|校|审|声明|聲明|来源链接|原文|责|責|分享|扫|掃"
    "|微信|微博|收藏|打印|字号|评论|举报|点赞|返回|APP|App|app|客户端|公众号|下载|下載|开户|体验|点击|點擊|我要|领取|二维码"
    "|转载|轉載|仅供参考|僅供參考|不构成|不構成|自负|自担|延迟|延遲|版权|版權|关注"
)
_FURTHER = re.compile(
    r"[【\[■◆●▲>＞]?(?:(?:相关|相關|延伸|推荐|推薦|拓展|扩展|更多|热门|熱門|精彩|往期)"
    r"(?:阅读|閱讀|推荐|推薦|新闻|新聞|报道|報道|资讯|資訊|文章|专题|内容|回顾|回顧|链接)|猜你喜欢)"
    r"[】\]]?[：:]?(?P<rest>.*)"
)
_ENDS_SENTENCE = re.compile(r"[。！？!?；;）)]$")
_DROPPED = re.compile(
    r"[（(【\[]?(?:责任编辑|責任編輯|责编|編輯|编辑|校对|审校|主编|值班编辑|编审|监制)\s?[：:|｜/].{0,40}|(?:来源|原文)链接\s?[：:].*|(?:一键)?(?:分享(?:到|至|给).{0,30}|分享|收藏|打印|字号.{0,10}|大\s?中\s?小|举报|评论|点赞|微信|微博|朋友圈|QQ空间|复制链接)|(?:分享|收藏|打印|评论|微信|微博|朋友圈|QQ空间|举报|点赞|[\s|｜/·])+|.{0,30}(?:扫一扫|扫码|扫描).{0,30}(?:二维码|关注|分享|下载|查看|阅读|打开).{0,30}|.{0,80}【(?:点击|立即|我要|马上|戳|免费|查看).{0,16}】|[^。]{0,40}[，,！!\s](?:立即|马上|点击)(?:体验|开户|下载|领取|查看|进入|报名|了解).{0,6}|(?:点击|立即|马上)?(?:下载|打开|安装).{0,24}(?:APP|App|app|客户端)[^。]{0,30}|(?:关注|長按|长按).{0,30}公众号[^。]{0,30}|(?:点击|返回)(?:查看|返回|进入)?(?:原文|首页|专题|.{0,12}滚动新闻|更多.{0,10})[>＞»]*"
)
_DISCLAIMER = re.compile(
    r"[（(【\[*]*(?:(?:免责|版权|郑重|特别|本站|本网|网站|平台|智通|.{2,6}(?:网|财经|新闻|APP))(?:声明|聲明|提示)|本文|本内容|以上内容|"
    r"声明|转载|轉載|免責聲明|版權)"
)
_DISCLAIMS = re.compile(
    "不代表|仅供参考|僅供參考|不构成|不構成|风险自担|風險自擔|自行承担|责任自负|不对.{0,24}(?:准确|真实|完整)"
    "|(?:未经|未經).{0,12}(?:转载|轉載|使用|复制)|转载.{0,8}(?:注明|联系|授权)|版权(?:归|所有)"
)
_TAIL_LINES = 6
_TAILS = re.compile(
    r"\s*[（(](?:责任编辑|責任編輯|责编|编辑)[：:][^（）()]{0,24}[）)]$"
    r"|\s*(?:\([a-z]{1,3}/[a-z]{1,3}\))?[（(]港股[报報][^（）()]{0,80}[）)]$"
)


def without_boilerplate(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that belong to the article, with their tails trimmed.

    Args:
        lines: As read from a format.

    Returns:
        The lines that stay; [] where all is boilerplate. Linear in the number of lines.
    """
    kept: list[Line] = []
    further = False
    for place, line in enumerate(lines):
        if further and (line.anchored or not _ENDS_SENTENCE.search(line.text)):
            continue
        further = False
        if _MARK.search(line.text) is None:
            kept.append(line)
        elif _is_further(line):
            further = True
        elif not _is_dropped(line, from_end=len(lines) - place):
            kept.append(_trimmed(line))
    return kept


def _is_further(line: Line) -> bool:
    """Whether the line heads a list of further reading, or is one."""
    if len(line.text) > 120 or (match := _FURTHER.fullmatch(line.text)) is None:
        return False
    heading = line.text[: match.start("rest")]
    return (len(heading) >= 4 and not match["rest"]) or heading.endswith(("：", ":", "】", "]"))


def _is_dropped(line: Line, *, from_end: int) -> bool:
    if len(line.text) <= 200 and _DROPPED.fullmatch(line.text):
        return True
    return (
        from_end <= _TAIL_LINES
        and _DISCLAIMER.match(line.text) is not None
        and _DISCLAIMS.search(line.text) is not None
    )


def _trimmed(line: Line) -> Line:
    match = _TAILS.search(line.text[-200:]) if line.text[-1] in "）)" else None
    if match is None:
        return line
    end = len(line.text) - len(match[0])
    if end == 0:
        return line
    return line._replace(text=line.text[:end], links=tuple(link for link in line.links if link.end <= end))

"""What a page says beside its article: further reading, sharing, editors, adverts, disclaimers.

Whole lines and the tails of lines are taken out. Rules match the form of a line and where it
stands, never a word alone: a company's statement (`公司声明`) and a broker's risk note are news.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from streams.news.lines import Line

# Only lines with one of these are looked at closer.
# Plain words only: a class or a group at the head of one would make the search ten times slower.
_MARK = re.compile(
    "阅读|閱讀|推荐|推薦|新闻|新聞|报道|報道|資訊|资讯|文章|全文|回顾|回顧|喜欢|都在看|编辑|编审|"
    "編輯|责编|責編|主编|校对|审校|审核|监制|声明|聲明|链接|原文|分享|扫|掃|微信|微博|收藏|打印|字号|"
    "字体|大中小|大 中 小|评论|举报|反馈|点赞|朋友圈|返回|APP|App|app|客户端|公众号|下载|下載|立即|"
    "马上|点击|點擊|【我要|【戳|【免费|【查看|二维码|转载|轉載|仅供参考|僅供參考|不构成|不構成|自负|"
    "自担|谨慎|謹慎|延迟|延遲|版权|版權|更多|标签|关键词|关键字|關鍵詞|位置|首页|首頁|自选股|行情|"
    "一篇|一頁|炒股|展开|加载|显示|剩余|立场无关|专题"
)
_FURTHER = re.compile(
    r"[【\[■◆●▲>＞]?(?:(?:相关|相關|延伸|推荐|推薦|拓展|扩展|更多|热门|熱門|精彩|往期)"
    r"(?:阅读|閱讀|推荐|推薦|新闻|新聞|报道|報道|资讯|資訊|文章|专题|内容|回顾|回顧|链接)"
    r"|猜你喜欢|大家都在看|为[您你]推荐|你可能(?:也|还)(?:喜欢|感兴趣))"
    r"[】\]]?[：:]?(?P<rest>.*)"
)
_ENDS_SENTENCE = re.compile(r"[。！？!?；;）)]$")
_SHARE = "分享|收藏|打印|评论|微信|微博|朋友圈|QQ空间|QQ好友|举报|反馈|点赞|复制链接"
_MENU = (
    "首页|股票|基金|财经|新闻|公司|正文|热点栏目|热点|栏目|自选股|数据中心|行情中心|行情|资金流向|模拟交易|客户端"
    "|论坛|博客|股吧|更多"
)
# Lines that say nothing of the article, by their form.
_FORMS = (
    # who edited
    r"[（(【\[]?(?:责任编辑|責任編輯|责编|編輯|编辑|文字编辑|本文编辑|校对|审校|审核|主编|值班编辑|编审|监制)\s?[：:|｜/丨].{0,40}",
    r"[（(【\[]?(?:责任编辑|責任編輯|责编|编辑)\s\S{2,4}[）)】\]]?",
    # sharing and reading elsewhere
    rf"(?:一键)?(?:分享(?:到|至|给).{{0,30}}|字[号体].{{0,10}}|大\s?中\s?小|(?:{_SHARE})(?:[\s|｜/·]*(?:{_SHARE}))*[\s|｜/·]*)",
    r"(?:来源|原文)链接\s?[：:].*",
    r".{0,40}(?:扫一扫|扫码|扫描).{0,30}(?:二维码|关注|分享|下载|查看|阅读|打开).{0,30}",
    r"(?:点击|立即|马上)?(?:下载|打开|安装).{0,24}(?:APP|App|app|客户端)[^。]{0,30}",
    r".{0,30}尽在.{0,16}(?:APP|App|app|客户端)",
    r"(?:关注|長按|长按).{0,30}公众号[^。]{0,30}",
    r"(?:点击|返回)(?:查看|返回|进入)?(?:原文|首页|专题|搜狐.{0,20}|.{0,12}滚动新闻|更多.{0,10})[>＞»]*",
    r"(?:点击|查看|阅读|展开|加载|显示)?(?:阅读|查看|展开)?(?:全文|原文|剩余.{0,8})[>＞»↓]*",
    r"(?:欲知|想了解)?更多.{0,30}(?:请|請|敬请|敬請)(?:登陆|登陸|登录|登錄|登入|浏览|瀏覽|关注|關注|点击|點擊|留意|访问|訪問|下载|下載).{0,120}",
    # adverts
    r".{0,80}【(?:点击|立即|我要|马上|戳|免费|查看).{0,16}】",
    r"[^。]{0,40}[，,！!\s](?:立即|马上|点击)(?:体验|开户|下载|领取|查看|进入|报名|了解).{0,6}",
    r"炒股就看.{0,60}",
    # where the page stands
    rf"(?:(?:当前|您的|你的|您现在的|您所在的)(?:所在)?位置[：:]\s?.{{0,60}}|(?:{_MENU})(?:[\s|｜>＞»/·\-_]+(?:{_MENU})){{2,20}})",
    r"(?:标签|关键词|关键字|關鍵詞|Tags?)\s?[：:].{0,80}",
    r"(?:上一篇|下一篇|上一頁|下一頁)\s?[：:].{0,80}",
)
_DROPPED = re.compile("|".join(_FORMS))
_DISCLAIMER = re.compile(
    r"[（(【\[*]*(?:(?:免责|版权|郑重|特别|本站|本网|网站|平台|智通|风险|.{2,6}(?:网|财经|新闻|APP))(?:声明|聲明|提示)|本文|本内容|以上内容|"
    r"声明|转载|轉載|免責聲明|版權|(?:市场|投资|股市)有风险)"
)
_DISCLAIMS = re.compile(
    "不代表|仅供参考|僅供參考|不构成|不構成|风险自担|風險自擔|自行承担|责任自负|不对.{0,24}(?:准确|真实|完整)|立场无关"
    "|(?:投资|入市)(?:需|须)?谨慎"
    "|(?:未经|未經).{0,12}(?:转载|轉載|使用|复制)|(?:授权|经).{0,6}转载|转载.{0,8}(?:注明|联系|授权)|版权(?:归|所有)"
)
_TAIL_LINES = 6
_TAILS = re.compile(
    r"\s*[（(](?:责任编辑|責任編輯|责编|编辑|校对|审核)\s?[：:|｜/][^（）()]{0,24}[）)]$"
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

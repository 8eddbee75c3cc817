"""When and whither: the trading day that an article belongs to, and the running figure that it reports.

A running figure (a price move, a turnover, money flowing in) starts anew every trading day; a fixing is
published once a day. The day is that of the market: a report before the open is of the session before,
a report on an American price belongs to the session that began in the evening here.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from streams.enrichment.facts.record import Move, Running, Session
from streams.enrichment.facts.wordlists import one_of
from streams.news.times import CHINA

# Mainland and Hong Kong trade from 9:30 (auction 9:00); New York from 21:30 or 22:30 here, before the
# market opens from 16:00 or 17:00.
_OPENS = timedelta(hours=9)
_NEW_YORK_OPENS = timedelta(hours=16)
_SATURDAY = 5

_UP = (
    one_of("大涨 急涨 飙升 飙涨 暴涨 拉升 走高 反弹 涨停 封板 升幅 涨幅 高开 收涨 领涨 上涨 涨")
    + "|(?<!提)升"
)
_DOWN = one_of("大跌 急跌 暴跌 下挫 重挫 跳水 走低 跌停 跌幅 低开 收跌 领跌 下跌 跌 挫")
_PRICE = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:[^,。;:\n%]{{0,8}}?\d+(?:\.\d+)?%(?!的?股[权份])|(?=停|板|,|。|;|$))"
)
_NO_PRICE = re.compile(
    one_of(
        """pmi cpi ppi gdp m2 采购经理 物价指数 居民消费价格 生产者价格 失业率 通胀率 工业增加值 社会融资
        同比 环比 按年 按季 按月 偏离 较上年 较去年 较上月 比上年 预增 业绩 销量 营收 净利
        评级 目标价 公告 异常波动"""
    )
)
_QUOTED_PRICE = re.compile(
    one_of(
        """短线 盘中 盘初 现跌 现涨 现报 现升 早盘 午后 开盘 尾盘 收盘 收报 直线 涨停 跌停 封板 熔断
        跌幅扩大 涨幅扩大 股价 一度 大涨 大跌 急升 急跌"""
    )
)
_FLOW = one_of(
    """成交额 成交量 成交 净流入 净流出 净买入 净卖出 净买 净卖 市值 主力资金 北向资金 北上资金 南向资金
    换手率"""
)
_VOLUME = re.compile(rf"{_FLOW}[^。;\n]{{0,14}}?(?:突破|超过|超|破|逾|达|近|站上|约)?\d")
# Counted every day under these names.
_WHOSE = (
    ("北向", re.compile(r"(?:北向|北上)资金[^,。;\n]{0,6}?净")),
    ("南向", re.compile(r"(?:南向|南下)资金[^,。;\n]{0,6}?净")),
    ("两市", re.compile("两市(?:合计)?成交")),
)
_FIXING = re.compile(
    r"中间价|[sh]h?ibor|逆回购|(?<![a-z])lpr|同业拆借|(?:隔夜|回购|报价)利率|(?:现货|期货|批发)价|国债收益率"
)
_CLAUSE_ENDS = re.compile(r"[,。;:!?\n【】]")
_NO_THING = re.compile(
    one_of(
        """短线 盘中 盘初 早盘 午后 午间 开盘 尾盘 收盘 盘后 盘前 直线 一度 集体 全线 继续 持续 小幅 大幅
        快速 再度 震荡 今日 早间 晚间 日内 截至 发稿 目前 报 收 个股 板块 概念股 概念
        延续 强势 异动 跌幅 涨幅 扩大 收窄"""
    )
    + r"|现(?!货)|[\W\d]+"
)
_MAX_THING = 12
_MIDDAY = re.compile(one_of("午评 午间 午盘 早盘 半日 上午 今早 午前"))
_CLOSE = re.compile(one_of("收评 收盘 收涨 收跌 收报 收市 全天 尾盘 全日 收高 收低"))
_OPEN = re.compile(one_of("开盘 高开 低开 竞价 平开"))
# What a session is summed up of; of a company alone 开盘 and 早盘 only say when.
_SUMMED = re.compile(
    one_of("指数 沪指 深成指 板指 恒指 恒生 科指 大盘 两市 三大 股指 a股 港股 美股 期货 国债 商品 午评 早评")
)
_YESTERDAY = one_of("昨日 昨天 昨晚 昨夜 昨早 前一交易日 上一交易日 上个交易日 前日")
_RECAP = re.compile(
    f"(?=[昨前上])(?<![较比与跟]){_YESTERDAY}|上周[一二三四五]|昨(?=[^日天晚夜])|隔夜(?!shibor|hibor|品种|利率|报|拆|回购)"
)
_LEAD = 80


def trading_day(at: datetime, *, american: bool = False) -> str:
    """Return the trading day that a report belongs to, as `YYYY-MM-DD`.

    Args:
        at: When it was published; aware.
        american: True for a security that trades in New York.

    Returns:
        A day from Monday to Friday; holidays are not known.

    >>> trading_day(datetime.fromisoformat("2021-12-08T08:30:00+08:00"))
    '2021-12-07'
    """
    day = (at.astimezone(CHINA) - (_NEW_YORK_OPENS if american else _OPENS)).date()
    if day.weekday() >= _SATURDAY:
        day -= timedelta(days=day.weekday() - _SATURDAY + 1)
    return day.isoformat()


def running(title: str, text: str) -> tuple[Running | None, Move | None]:
    """Say which running figure an article reports, and which way it went.

    Args:
        title: Folded title, "" where there is none.
        text: Folded text about the subject.

    Returns:
        The running figure and the move; None for what is not there.
    """
    lead = f"{title}\n{text[:_LEAD]}"
    if _NO_PRICE.search(lead) is None and (_QUOTED_PRICE.search(lead) or len(text) <= _LEAD):
        move = _PRICE.search(lead)
        if move is not None:
            return Running.PRICE, Move.UP if move["up"] else Move.DOWN
    if _FIXING.search(lead):
        return Running.FIXING, None
    if _VOLUME.search(lead) and _NO_PRICE.search(lead) is None:
        return Running.VOLUME, None
    return None, None


def moving(title: str, text: str) -> str:
    """Return what a report on a price says that moved, at most 12 characters; "" where it says no price.

    >>> moving("国际金价盘中走高", ""), moving("", "恒生指数午后跌1.2%")
    ('国际金价', '恒生指数')
    """
    move = _PRICE.search(lead := f"{title}\n{text[:_LEAD]}")
    if move is None:
        return ""
    clauses = reversed(_CLAUSE_ENDS.split(lead[: move.start()]))
    return next(filter(None, (_NO_THING.sub("", clause)[-_MAX_THING:] for clause in clauses)), "")


def flowing(title: str, text: str) -> str:
    """Return whose money a report on a flow or turnover counts (`北向`), "" where it is one of many."""
    lead = f"{title}\n{text[:_LEAD]}"
    return next((name for name, words in _WHOSE if words.search(lead)), "")


def session(title: str, text: str) -> Session | None:
    """Return the part of the day that a report sums up, None where none is named in title or lead."""
    lead = f"{title}\n{text[:_LEAD]}"
    if _CLOSE.search(lead):
        return Session.CLOSE
    if _SUMMED.search(lead) is None:
        return None
    return Session.MIDDAY if _MIDDAY.search(lead) else Session.OPEN if _OPEN.search(lead) else None


def is_recap(title: str, text: str) -> bool:
    """Say whether an article tells in its title or lead what was the day before."""
    return _RECAP.search(f"{title}\n{text[:_LEAD]}") is not None

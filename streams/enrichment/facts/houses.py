"""Whose view an article tells: brokers, banks and agencies under all the names that media give them.

The table is this project's, from what Chinese media call these houses; 小摩, 摩通 and 摩根大通 are one.
"""

from __future__ import annotations

import re

import ahocorasick_rs

from streams.enrichment.facts.wordlists import one_of

# One house a line, the first name stands for it. Mainland brokers need no line: see `_MAINLAND`.
_HOUSES = """
摩根大通 小摩 摩通 jpmorgan j.p.morgan
摩根士丹利 大摩 morgan stanley
高盛 goldman sachs 高盛高华
瑞银 ubs 瑞银证券 瑞银集团
瑞信 瑞士信贷 credit suisse
花旗 花旗银行 花旗集团 citi
美银 美银证券 美银美林 美林 美国银行
汇丰 汇丰研究 汇证 汇丰证券 汇丰环球
渣打 渣打银行
德意志银行 德银 德银证券
巴克莱 巴克莱银行 barclays
野村 野村证券
大和 大和证券 大和资本 大和资本市场
里昂 中信里昂 里昂证券 clsa
麦格理 麦格理证券 麦格里
杰富瑞 富瑞 富瑞金融 jefferies
法巴 法国巴黎银行 法巴银行 法国巴黎证券
法兴 法国兴业银行 法兴银行 法兴证券
荷兰国际 荷兰国际集团 ing
伯恩斯坦 盛博 bernstein
富国银行 wells fargo
加拿大皇家银行 rbc
蒙特利尔银行 bmo
道明证券 道明
瑞穗 瑞穗证券 瑞穗银行
三菱日联 三菱ufj
星展 星展银行 星展证券 星展集团
大华继显 大华银行
华侨银行
联昌国际 联昌
凯投宏观 capital economics
牛津经济研究院
穆迪 穆迪评级 moody's
标普全球评级 标普评级
惠誉 惠誉评级
晨星 morningstar
韦德布什 wedbush
派杰 派珀桑德勒 piper sandler
奥本海默 oppenheimer
坎托 cantor
evercore
needham
keybanc
中金公司 中金
中信证券
中信建投 中信建投证券
中信建投国际
国泰君安 国泰君安证券 国泰海通 国泰海通证券
国泰君安国际
申万宏源 申万宏源证券 申万
中国银河证券 银河证券 中国银河
招银国际 招银
交银国际
建银国际
中银国际
工银国际
农银国际
海通国际
光大证券 光大
光大证券国际
第一上海
第一创业 第一创业证券
国元国际
信达国际
兴证国际
富途证券
耀才证券
辉立 辉立证券
国信香港
安信国际
民银国际
时富金融 时富证券
君怡 君怡证券
桥水 桥水基金
先锋领航
贝莱德
富达 富达国际
施罗德
景顺
安联
普徕仕
东方汇理
淡水泉
""".strip()


def _table() -> dict[str, str]:
    """Return every name with the house that it stands for; names in Latin letters may have two words."""
    table: dict[str, str] = {}
    for line in _HOUSES.splitlines():
        house, *others = line.split()
        latin = [word for word in (house, *others) if word.isascii()]
        for name in (house, *others):
            if not name.isascii():
                table[name] = house
        if latin:
            table[" ".join(latin)] = house
    return table


_TABLE = _table()
_NAMES = tuple(_TABLE)
_AUTOMATON = ahocorasick_rs.AhoCorasick(_NAMES, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
_NOT_A_BROKER = one_of(
    """报 时报 日报 之星 交易 市场 投资 监督 监管 法 化 代码 简称 公司 业 板块 股 etf 指数 登记 账户"""
)
_MAINLAND = re.compile(rf"([\u4e00-\u9fff]{{2,4}}?)证券(?!{_NOT_A_BROKER})")
# Behind a house's name: it speaks.
_CUES = one_of(
    """: 认为 表示 指出 指, 指 称 发表 发布 研报 报告 预计 预期 预测 预估 维持 给予 予 上调 下调 调高
    调低 重申 首予 首次 升 降 料 看好 看淡 建议 估计 策略 分析师 首席 经济学家 董事总经理 |"""
)
# Behind its name, too: it is its own business that is told.
_OWN = one_of(
    """筹划 正筹划 拟 公告 收到 股东 控股 子公司 董事会 董事长 净利 营收 业绩 发行 回购 获批 获准 终止
    控制权 股权 股价 停牌 复牌 被 遭 因 上半年 前三季度 一季度 三季度"""
)
_SPEAKS = re.compile(rf"(?!:?{_OWN}).{{0,14}}?{_CUES}")
_OPENING = 120


def find_speakers(title: str, text: str) -> tuple[str, ...]:
    """Return the houses that speak in a title or in the opening of a text, in the order of their names.

    Args:
        title: Folded title.
        text: Folded text.

    Returns:
        One name for each house, whatever it is called; () where none speaks.
    """
    found: dict[str, None] = {}
    for part in (title, text[:_OPENING]):
        for place, _, end in _AUTOMATON.find_matches_as_indexes(part):
            if _SPEAKS.match(part, end):
                found[_TABLE[_NAMES[place]]] = None
        for match in _MAINLAND.finditer(part):
            if match[0] not in _TABLE and _SPEAKS.match(part, match.end()):
                found[match[0]] = None
    return tuple(sorted(found))

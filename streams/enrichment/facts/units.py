"""Scales and units of figures, each unit in one spelling."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from streams.enrichment.facts.wordlists import one_of

SCALES = MappingProxyType(
    {
        "万亿": 1e12,
        "兆": 1e12,
        "千亿": 1e11,
        "百亿": 1e10,
        "亿": 1e8,
        "千万": 1e7,
        "百万": 1e6,
        "万": 1e4,
        "千": 1e3,
        "百": 1e2,
    }
)
LATIN_SCALES = MappingProxyType(
    {"trillion": 1e12, "billion": 1e9, "bn": 1e9, "million": 1e6, "mln": 1e6, "thousand": 1e3}
)
# Other spellings of a unit, each line ending in the one that is kept.
_SPELLINGS = """
人民币 元人民币 人币 元人币 块 元
港币 元港币 港纸 港元
美金 美元
日圆 日元
个百分点 百分点
基点 个基点 bps bp
只个股 支 个股 只
间 家
公吨 吨
"""
_LATIN_SPELLINGS = """
yuan rmb renminbi cny 元
dollar dollars 美元
euro euros 欧元
yen 日元
percent pct %
share shares 股
tonne tonnes 吨
vehicle vehicles cars 辆
barrel barrels 桶
gw gw
mw mw
gwh gwh
mwh mwh
kwh kwh
"""


def _kept(spellings: str) -> Mapping[str, str]:
    rows = map(str.split, spellings.strip().splitlines())
    return MappingProxyType({other: kept for *others, kept in rows for other in others})


SAME_UNIT, LATIN_UNITS = _kept(_SPELLINGS), _kept(_LATIN_SPELLINGS)
UNITS = one_of(
    f"""{" ".join(SAME_UNIT)} {" ".join(SAME_UNIT.values())} 欧元 英镑 韩元 澳元 加元 新元 新台币 台币
    瑞郎 卢布 卢比 % 头 公斤 千克 克 盎司 桶 蒲式耳 股 手 名 位 人 户 次 倍 点 辆 台 架 艘 座 套 件 份
    项 款 条 单 部 片 枚 口 个交易日 个 张 笔 层 批 轮 颗 箱 瓶 册 平方米 平方公里 公里 千米 米 公顷 亩
    立方米 千瓦时 千瓦 兆瓦时 兆瓦 吉瓦时 吉瓦 gwh mwh kwh gw mw kw 度 标准箱 teu 连板 板 场 城 国 处 例"""
)

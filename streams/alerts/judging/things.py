"""What moved, and where an accident was: whether two names of it may be one."""

from __future__ import annotations

from functools import lru_cache

from streams.enrichment.facts.accidents import province_of

# Metals, fuels, crops: one character names them in 金价 and 现货黄金 alike.
_GOODS = frozenset("金银铜铝锌镍锡铅铁钢油气煤糖棉豆粕胶锂硅")
# Pairs of characters that the names of many things share.
_COMMON = frozenset(
    """国际 现货 期货 指数 板指 主力 合约 日内 价格 纽约 伦敦 市场 美元 股指 连续 中国 全球 国内 亚太 三大
    两市""".split()
)


# Each index and quoted contract under its names; none is in another.
_INDICES = tuple(
    row.split()
    for row in """恒生科技指数 恒科指 恒生科技
恒生国企指数 国企指数 恒生中国企业指数
恒生指数 恒指
上证指数 沪指 上证综指
深证成指 深成指 深证成份指数
创业板指 创业板指数
科创50 科创综指
沪深300
中证1000
北证50
道琼斯 道指
纳斯达克 纳指
标普500 标普
日经225 日经
wti 美油 纽约原油
布伦特 布油
沪铜
伦铜
沪金
沪银""".splitlines()
)


@lru_cache(maxsize=1024)
def _index(name: str) -> int | None:
    """Return which index a name holds, as its row; None where it holds none."""
    return next((at for at, names in enumerate(_INDICES) if any(one in name for one in names)), None)


@lru_cache(maxsize=1024)
def one_accident(one: str, other: str) -> bool:
    """Say whether two places of accidents may be one: what was hit is, and no other province is named."""
    provinces = province_of(one), province_of(other)
    if all(provinces) and provinces[0] != provinces[1]:
        return False
    pairs = [{place[at : at + 2] for at in range(len(place) - 1)} for place in (one, other)]
    return len(pairs[0] & pairs[1]) > 1


@lru_cache(maxsize=1024)
def one_thing(one: str, other: str) -> bool:
    """Say whether two names of what moved may be one: 国际油价 and 布伦特原油 are, 国际金价 is another."""
    indices = _index(one), _index(other)
    if None not in indices:
        return indices[0] == indices[1]
    if one in other or other in one:
        return True
    pairs = [{name[at : at + 2] for at in range(len(name) - 1)} - _COMMON for name in (one, other)]
    goods = [_GOODS.intersection(name) for name in (one, other)]
    return bool(goods[0] & goods[1] if all(goods) else pairs[0] & pairs[1])

"""Where an accident was, of which an article tells the casualties: by that its reports are known for one.

The numbers of a report on casualties change with every report, and so do most words. The place and what was
hit stay: `四川一处水电站`.
"""

from __future__ import annotations

import re

from streams.enrichment.facts.wordlists import one_of

MAX_PLACE = 16

_HIT = one_of(
    """起火 火灾 失火 爆炸 闪爆 爆燃 燃爆 塌方 坍塌 垮塌 塌陷 透水 冒顶 瓦斯 地震 沉没 沉船 追尾 相撞 碰撞
    坠毁 坠机 空难 车祸 矿难 泥石流 山洪 洪灾 洪水 洪涝 内涝 暴雨 台风 龙卷风 雪崩 溃坝 决堤 踩踏 中毒
    泄漏 泄露 脱轨 侧翻 倾覆 滑坡 枪击 空袭"""
)
_NATURAL = frozenset("地震 泥石流 山洪 洪灾 洪水 洪涝 内涝 暴雨 台风 龙卷风 雪崩 滑坡".split())
_HURT = one_of("死亡 遇难 受伤 失联 失踪 被困 被埋 获救 救出 送医 伤亡 轻伤 重伤 身亡")
_ACCIDENT = re.compile(_HIT)
_CASUALTIES = re.compile(rf"(?:\d+|[一二两三四五六七八九十]+)余?[人名]|{_HURT}")
PLACES = """北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东
海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 美国 日本 韩国 印度 越南
印尼 土耳其 俄罗斯 乌克兰 伊朗 巴西 智利 墨西哥 泰国 菲律宾 加拿大 澳大利亚 德国 法国 英国"""
_PROVINCES = re.compile(one_of(PLACES))
_ENDS = re.compile(r"[,。;:!?\n【】]")
_NO_PLACE = re.compile(
    one_of("今日 今晨 今早 昨日 昨晚 凌晨 发生 一处 一起 当地 时许 突发 事故 附近") + r"|[\W\d_]+"
)


def place_of(lead: str) -> str:
    """Return where an accident was, at most 20 characters; "" where a lead tells no casualties of one.

    >>> place_of("四川一处水电站施工便道发生塌方,3名工人被埋"), place_of("某公司股价起火,大涨")
    ('四川水电站施工便道', '')
    """
    hit = _ACCIDENT.search(lead)
    if hit is None or _CASUALTIES.search(lead) is None:
        return ""
    clause = _NO_PLACE.sub("", _ENDS.split(lead[: hit.start()])[-1])
    province = _PROVINCES.search(lead)
    if province is not None and province[0] not in clause:
        clause = province[0] + clause
    # Of a quake the place is a name alone, and what hit it says that it is one.
    return clause[:MAX_PLACE] + (hit[0] if hit[0] in _NATURAL else "")


def province_of(place: str) -> str:
    """Return the province or country that a place begins with or holds; "" where it names none."""
    found = _PROVINCES.search(place)
    return found[0] if found else ""

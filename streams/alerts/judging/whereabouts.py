"""Where and who: places and people in the opening of a text, by which look-alike sentences are told apart."""

from __future__ import annotations

import re
from functools import lru_cache

from streams.enrichment.facts.accidents import PLACES
from streams.enrichment.facts.wordlists import one_of

_LEAD = 120
_CITY = re.compile(
    one_of(
        """北京 上海 天津 重庆 香港 澳门 广州 深圳 珠海 东莞 佛山 惠州 杭州 宁波 温州 嘉兴 绍兴 台州
        南京 苏州 无锡 常州 南通 徐州 合肥 芜湖 福州 厦门 泉州 南昌 济南 青岛 烟台 潍坊 郑州 洛阳 武汉
        宜昌 长沙 株洲
        南宁 柳州 海口 三亚 成都 绵阳 宜宾 贵阳 昆明 昭通 拉萨 西安 兰州 西宁 银川 乌鲁木齐 呼和浩特
        包头 石家庄
        唐山 太原 沈阳 大连 长春 哈尔滨"""
    )
)
_COUNTRY = re.compile(
    one_of(
        f"""{PLACES} 美联储 欧洲央行 欧央行 欧盟 欧元区 日央行 英央行 澳洲联储 澳联储 瑞士 瑞典 挪威 丹麦 波兰
        匈牙利 西班牙 意大利 荷兰 比利时 爱尔兰 沙特 阿联酋 以色列 卡塔尔 伊拉克 科威特 埃及 南非
        尼日利亚 新加坡 马来西亚
        新西兰 阿根廷 智利 哥伦比亚 秘鲁 哈萨克斯坦"""
    )
)
_BANK_OF = {
    "美联储": "美国",
    "欧洲央行": "欧元区",
    "欧央行": "欧元区",
    "日央行": "日本",
    "英央行": "英国",
    "澳洲联储": "澳大利亚",
    "澳联储": "澳大利亚",
}
_OFFICE = one_of(
    """董事长 总裁 总经理 行长 财务总监 财务官 执行官 董事会秘书 董秘 独立董事 董事 监事 主席 部长 主任
    负责人 分析师 经济学家"""
)
# The names that most people here have; what follows an office and begins so, but is none, is left out.
_PERSON = re.compile(
    rf"{_OFFICE}((?!任[职期免]|常务|文件|金融|方面|高[度管]|万元|于|余[名人])"
    "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董程曹袁"
    "邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟"
    "龙万段雷钱汤尹黎易常武乔贺赖龚文][\\u4e00-\\u9fff])"
)


@lru_cache(maxsize=512)
def named_in(words: str) -> tuple[frozenset[str], ...]:
    """Return the provinces and countries that the opening of a folded text names, its cities, its people.

    Of people the first two characters are given, behind an office.

    >>> [sorted(kind) for kind in named_in("四川宜宾通报,副行长彭某接受调查")]
    [['四川'], ['宜宾'], ['彭某']]
    """
    lead = words[:_LEAD]
    return (
        frozenset(_BANK_OF.get(name, name) for name in _COUNTRY.findall(lead)),
        frozenset(_CITY.findall(lead)),
        frozenset(_PERSON.findall(lead)),
    )

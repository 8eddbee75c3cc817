"""What a company's news is about, by its words: one round figure in common tells of one matter only."""

from __future__ import annotations

import re
from functools import lru_cache

from streams.enrichment.facts.amounts import number
from streams.enrichment.facts.wordlists import one_of

_LEAD = 160
_MATTERS = tuple(
    re.compile(one_of(row))
    for row in """债券 票据 可转债 次级债 永续债 公司债
套期 套保 衍生品
理财 现金管理 结构性存款
担保
授信 贷款 借款
回购
减持 增持
质押 冻结
分红 派息 派发 股息 每10股 每股派
中标 合同 订单 签约 供货 协议 大单
投资 建设 扩产 收购 购买 入股 并购 受让 增资
出售 转让 剥离 挂牌
定增 定向增发 特定对象发行 配股 发行股份
诉讼 起诉 判决 仲裁 法院 判赔
罚款 处罚 警示函 立案 被罚
补助 补贴
净利 营收 业绩 盈利 亏损
销量 产量 发电量 交付
捐赠 捐款""".splitlines()
)


# What a medicine is, with the end of its name.
_MEDICINE = re.compile(
    r"[\u4e00-\u9fff]{2}(?:(?<![芯图影晶硅唱名照刀瓦])片|胶囊|注射液|颗粒|单抗|疫苗|滴眼液|软膏|口服液)"
    r"(?=[,。;:(、获的与和在用新申上批\s]|$)"
)

_TERM = re.compile(r"(\d+|[一二两三五七十]+)(年|个?月|天)期(?!满|限)")


@lru_cache(maxsize=512)
def medicines_of(words: str) -> frozenset[str]:
    """Return the medicines that the opening of a folded text names, each by the end of its name."""
    return frozenset(_MEDICINE.findall(words[:_LEAD]))


@lru_cache(maxsize=512)
def terms_of(words: str) -> frozenset[str]:
    """Return the terms of what is lent or borrowed that the opening of a folded text names.

    >>> sorted(terms_of("3个月期买断式逆回购,7天期逆回购"))
    ['3月期', '7天期']
    """
    found = _TERM.findall(words[:_LEAD])
    return frozenset(f"{count if count.isdigit() else number(count)}{unit[-1]}期" for count, unit in found)


@lru_cache(maxsize=512)
def matters_of(words: str) -> frozenset[int]:
    """Return which matters the opening of a folded text tells of, each as its row."""
    lead = words[:_LEAD]
    return frozenset(row for row, matter in enumerate(_MATTERS) if matter.search(lead))


def other_matter(one: str, other: str) -> bool:
    """Say whether two folded texts tell of matters that have nothing in common; not where one tells none.

    >>> other_matter("拟发行不超过30亿元中期票据", "拟开展不超过30亿元外汇套期保值业务")
    True
    """
    mine, its = matters_of(one), matters_of(other)
    return bool(mine and its) and mine.isdisjoint(its)

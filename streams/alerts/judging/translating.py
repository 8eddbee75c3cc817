"""Whether a Chinese text and one in English tell of the same matter, where figures alone tell too little."""

from __future__ import annotations

import re
from functools import lru_cache

from streams.enrichment.facts.wordlists import one_of

# English word stems, then what Chinese media write.
_MATTERS = tuple(
    (re.compile(rf"\b{one_of(english.replace(',', ' '))}"), re.compile(one_of(chinese)))
    for english, _, chinese in (
        row.partition(" ")
        for row in """bond,note 债 票据
buyback,repurchase,buy-back 回购
dividend,payout 股息 分红 派息 派发 每股派
recall 召回
acqui,takeover,buys,purchase 收购 购买 入股
stake,shareholding 股份 股权 持股 减持 增持
profit,earnings,income 净利 盈利 利润
loss 亏损
revenue,sales 营收 收入 销售 销量
contract,order,deal 合同 订单 中标 协议
ipo,listing 上市 招股 首发
deliver 交付
layoff,job 裁员 岗位
plant,factory 工厂 产线 基地
invest 投资
output,production 产量 发电量
fine,penalt 罚款 处罚
approv 获批 批准 批复
halt,suspen 停牌 暂停 停产
target,rating,upgrade,downgrade 目标价 评级""".splitlines()
    )
)


@lru_cache(maxsize=512)
def same_matter(one: str, other: str) -> bool:
    """Say whether two folded texts, one of them in Chinese, tell of one matter (bond and 债)."""
    return any(
        (english.search(one) and chinese.search(other)) or (english.search(other) and chinese.search(one))
        for english, chinese in _MATTERS
    )

"""The part a company plays: subject, mention, or source (it only speaks).

The rules, in order:

1. `source`: a broker, bank or data vendor all of whose mentions are those of a speaker (高盛：, 中信证券研报认为,
   同花顺数据显示), in the title or in the text.
2. `subject`: the title names it outside a list; or it is named first, in the opening of the text; or something is
   said of it that is said of companies that make news (公告, 拟, 获, 涨停); or it carries most of the mentions.
3. `mention`: the rest: customers, examples, members of a list, holders.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from streams.enrichment.article import Role
from streams.enrichment.linking.candidates import Candidate

if TYPE_CHECKING:
    from streams.enrichment.linking.securities import Master

# Behind the name of who speaks.
_SPEAKS = (
    "认为",
    "表示",
    "指出",
    "研报",
    "研究报告",
    "发布研报",
    "发布研究报告",
    "发表报告",
    "发布报告",
    "发表研报",
    "预计",
    "预测",
    "预期",
    "分析师",
    "分析员",
    "首席",
    "研究员",
    "研究部",
    "策略",
    "称,",
    "称:",
    ":",
    "维持",
    "给予",
    "上调",
    "下调",
    "重申",
    "首予",
    "发表",
    "建议",
    "看好",
    "数据",
    "ifind",
    "choice",
    "证券研报",
    "证券认为",
    "研究所",
    "统计",
    "资讯",
    "最新研报",
    "宏观",
    "固收",
    "报告",
    "料",
    "估计",
    "升",
    "降",
    "的分析",
    "将",
)
# In front of the name of who speaks.
_SAYS = ("据", "根据", "引述", "获", "来自", "被")
# Behind the name of a company of which something is reported.
_REPORTS = (
    "公告",
    "公布",
    "发布公告",
    "发布",
    "宣布",
    "披露",
    "拟",
    "计划",
    "获",
    "中标",
    "签署",
    "签订",
    "与",
    "联合",
    "完成",
    "涨停",
    "跌停",
    "成功",
    "启动",
    "推出",
    "上线",
    "将",
    "已",
    "正式",
    "近日",
    "今日",
    "日前",
    "收到",
    "回购",
    "增持",
    "减持",
    "董事",
    "股东",
    "控股股东",
    "股份有限公司公告",
    "预计",
    "业绩",
    "净利",
    "营收",
    "上半年",
    "前三季度",
    "一季度",
    "回应",
    ":",
    "称",
    "表示",
    "股价",
    "大涨",
    "大跌",
    "涨超",
    "跌超",
    "盘中",
    "高开",
    "低开",
    "因",
    "遭",
    "被",
    "旗下",
    "全资子公司",
    "子公司",
    "在",
    "向",
    "于",
)
_LIST = ("、", "/")
_OPENING = 60


def role_of(candidates: Sequence[Candidate], master: Master, companies: int) -> Role:
    """Return a company's role.

    Args:
        candidates: All its mentions that were taken, in order, at least one.
        master: Knows who is a broker.
        companies: How many companies the article names.

    Returns:
        The role, by the rules at the head of this module.
    """
    first = candidates[0]
    if first.issuer in master.brokers and all(_speaks(c) for c in candidates):
        return Role.SOURCE
    if any(_reported(c) for c in candidates):
        return Role.SUBJECT
    if first.field == "title" and not _in_list(first):
        return Role.SUBJECT
    if first.field == "text" and first.start < _OPENING and not _in_list(first) and companies <= 3:
        return Role.SUBJECT
    return Role.MENTION


def _speaks(candidate: Candidate) -> bool:
    return candidate.after.startswith(_SPEAKS) or candidate.before.endswith(_SAYS)


def _reported(candidate: Candidate) -> bool:
    return candidate.after.startswith(_REPORTS)


def _in_list(candidate: Candidate) -> bool:
    return candidate.after.startswith(_LIST) or candidate.before.endswith(_LIST)

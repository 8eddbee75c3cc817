"""Steps that are news where what goes before was told: a reply after an inquiry, trading again after a halt.

A step alone says little: a first report tells of a signed contract as well, and its copies in other words. So
each row says what a story must have told before it, and what it must not have told yet.
"""

from __future__ import annotations

import re
from functools import lru_cache

from streams.enrichment.facts.wordlists import one_of

_LEAD = 160
# Before it, the step, and, where other words tell it too, what shows that it was told.
_ROWS = """拟 计划 筹划 意向 中标 候选 谈判 | 已签 正式签 签署 签订 签约 | 签
候选 预中标 拟中标 | 中标通知书 正式中标 确定中标 签订 签署 |
停牌 | 复牌 |
立案 调查 | 事先告知书 |
立案 告知书 | 决定书 正式处罚 |
问询函 关注函 监管工作函 监管函 | 回复 复函 | 回复 答复 回应
拟减持 计划减持 减持计划 | 已减持 减持完 届满 实施完 完成减持 |
拟增持 计划增持 增持计划 | 已增持 增持完 届满 实施完 完成增持 |
拟回购 计划回购 | 首次回购 已回购 累计回购 |
拟每10股 拟10派 拟派 拟分红 拟每股 分配预案 | 股权登记日 除权除息 除权日 除息日 |
辞任 辞职 离任 卸任 退休 免职 去职 离职 | 聘任 任命 接任 继任 当选 出任 接替 | 接任 继任 接替 聘任
调查 诉讼 起诉 审理 开庭 仲裁 | 初裁 终裁 裁定 判决 宣判 裁决 和解 |
征求意见 草案 拟出台 | 正式发布 正式印发 正式施行 正式实施 表决通过 |
罢工 谈判 停工 | 达成协议 达成一致 结束罢工 复工 |
遇难 死亡 失联 失踪 被困 受伤 | 搜救结束 救援结束 全部找到 明火扑灭 明火已 搜救工作结束 救援工作结束 |"""
_NOT_YET = r"(?<![拟将未待])"
_STEPS = tuple(
    (
        re.compile(one_of(before)),
        re.compile(_NOT_YET + one_of(step)),
        re.compile(one_of(shown.strip() or step)),
    )
    for before, step, shown in (row.split("|") for row in _ROWS.splitlines())
)


# Most texts tell none of these: one look tells.
_ANY = re.compile(one_of(" ".join(row.split("|")[1] for row in _ROWS.splitlines())))


@lru_cache(maxsize=256)
def _taken(words: str) -> tuple[tuple[int, str], ...]:
    lead = words[:_LEAD]
    if _ANY.search(lead) is None:
        return ()
    found = ((row, step.search(lead)) for row, (_, step, _) in enumerate(_STEPS))
    return tuple((row, match[0]) for row, match in found if match)


def next_step(words: str, story: str) -> str | None:
    """Return the words by which a folded text tells the step that follows on what a story told.

    Args:
        words: The mention's, folded; its beginning is read.
        story: All that the story told, folded.

    >>> next_step("公司回复深交所问询函", "公司收到深交所问询函"), next_step("收到问询函", "收到问询函")
    ('回复', None)
    """
    for row, step in _taken(words):
        before, _, shown = _STEPS[row]
        if before.search(story) and not shown.search(story):
            return step
    return None

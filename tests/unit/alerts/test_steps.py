"""A step is news where what goes before was told, and only once."""

from __future__ import annotations

import pytest

from streams.alerts.judging.steps import next_step


@pytest.mark.parametrize(
    ("words", "story", "step"),
    [
        ("公司已签署收购协议", "公司拟收购某矿业全部股权", "已签"),
        ("公司签订收购协议", "公司拟签署收购协议", None),
        ("重组预案出炉,股票明日复牌", "筹划重组,股票停牌", "复牌"),
        ("筹划重组,股票停牌,预计月底复牌", "筹划重组,股票停牌,预计月底复牌", None),
        ("收到行政处罚决定书", "收到行政处罚事先告知书", "决定书"),
        ("聘任新的副总经理", "副总经理辞任", "聘任"),
        ("公司将回复问询函", "公司收到问询函", None),
        ("公司回复问询函", "公司发布年报", None),
    ],
)
def test_a_step_follows_on_what_was_told(words: str, story: str, step: str | None) -> None:
    assert next_step(words, story) == step

"""What of an article is compared: without where and when it was sent from, and with whose money it counts."""

from __future__ import annotations

import pytest

from streams.enrichment.facts.part import part_of
from streams.enrichment.facts.record import Running


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("财讯社3月15日电,示例股份公告", "示例股份公告"),
        ("财讯通社3月15日电示例股份公告", "示例股份公告"),
        ("本报讯 示例股份公告", "示例股份公告"),
        ("腾讯控股公告,拟回购", "腾讯控股公告,拟回购"),
        ("长江电力公告,拟分红", "长江电力公告,拟分红"),
    ],
)
def test_a_dateline_is_left_out_and_a_name_like_one_is_not(text: str, words: str) -> None:
    assert part_of(None, "", text, ()).words.strip() == words


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("北上资金净买入超30亿元", "北向"),
        ("沪深两市成交额突破8000亿元", "两市"),
        ("主力资金净流入5亿元", ""),
    ],
)
def test_a_flow_is_told_by_whose_money_it_is(text: str, thing: str) -> None:
    part = part_of(None, "", text, ())

    assert (part.running, part.thing) == (Running.VOLUME, thing)

"""Which way a price went, what moved, when: by the words of title and lead."""

from __future__ import annotations

import pytest

from streams.enrichment.facts.moves import is_recap, moving, running, session
from streams.enrichment.facts.part import part_of
from streams.enrichment.facts.record import Move, Running, Session


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("现货黄金失守4000美元/盎司,日内跌0.3%。", "现货黄金失守美元盎司"),
        ("现货黄金短线走低,日内跌0.3%", "现货黄金"),
        ("恒生指数午后跌1.2%", "恒生指数"),
        ("公司披露年报", ""),
    ],
)
def test_what_moved_stands_before_the_move(text: str, expected: str) -> None:
    assert moving("", text) == expected


def test_a_stake_is_no_price() -> None:
    assert running("", "公司拟收购东升电子51%股权") == (None, None)
    assert running("", "翻新需求占比提升至45%") == (None, None)
    assert running("", "东升电子涨51%") == (Running.PRICE, Move.UP)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a股三大指数早盘集体上涨", Session.MIDDAY),
        ("沪指高开0.3%", Session.OPEN),
        ("两市收盘涨跌不一", Session.CLOSE),
        ("游戏股早盘拉升,某某互娱涨停", None),
        ("某某股份开盘涨停", None),
    ],
)
def test_a_session_is_summed_up_for_a_market(text: str, expected: Session | None) -> None:
    assert session("", text) is expected


def test_what_is_held_against_the_day_before_is_no_recap() -> None:
    assert not is_recap("", "两市成交额突破8000亿元,较上一交易日此时缩量1200亿元")
    assert is_recap("", "上一交易日两市成交额2.1万亿元")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("某通社11月3日电,公司公告", "公司公告"),
        ("某通社11月3日电公司公告", "公司公告"),
        ("锂电股走弱", "锂电股走弱"),
        ("公司购买东升电子51%股权", "公司购买东升电子51%股权"),
    ],
)
def test_a_dateline_tells_nothing(text: str, expected: str) -> None:
    assert part_of(None, "", text, ()).words == f"\n{expected}"

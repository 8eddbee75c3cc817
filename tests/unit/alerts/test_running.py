"""What runs on over the day or days, and what starts anew: prices, fixings, tolls, one listing, a recap."""

from __future__ import annotations

from dataclasses import replace

import pytest

from streams.alerts.judging.likeness import compare
from streams.enrichment.facts.record import Move, Running, Stage
from tests.unit.alerts.facts_of import facts


def test_a_price_that_went_the_other_way_is_another_happening() -> None:
    down = facts("盘中跳水,现跌超3%", running=Running.PRICE, move=Move.DOWN)
    up = facts("盘中拉升,现涨超3%", running=Running.PRICE, move=Move.UP)

    assert compare(down, up).why == "the price went down, there up"


def test_a_flow_of_one_day_runs_on_whatever_else_is_told_of_it() -> None:
    flow = {"running": Running.VOLUME, "thing": "北向"}
    story = facts("北向资金净卖出超30亿元,其中沪股通净卖出18.2亿元", **flow)

    assert compare(facts("北向资金净卖出额扩大至60亿元", **flow), story).same
    south = facts("南向资金净买入额扩大至60亿元", running=Running.VOLUME, thing="南向")
    assert not compare(south, story).same


def test_the_yield_of_another_term_is_another() -> None:
    story = facts("日本10年期国债收益率上行1.5个基点至1.675%", running=Running.FIXING)

    assert not compare(facts("日本30年期国债收益率上行2.5个基点至3.08%", running=Running.FIXING), story).same
    assert compare(facts("日本10年期国债收益率续升至1.675%", running=Running.FIXING), story).same


def test_a_company_lists_in_hong_kong_once() -> None:
    story = facts("公司已向香港联交所递交发行h股并上市的申请")
    said = facts("某重工递表港交所,集资拟用于扩产")

    assert compare(said, story, issuer=True).same
    assert not compare(replace(said, day="2026-03-03"), story, issuer=True).same


def test_who_tells_the_day_before_once_more_has_words_of_his_own() -> None:
    story = facts("公司向联交所递交上市申请,申请资料于同日在联交所网站刊登")
    recap = facts(
        "公司昨日向联交所递交上市申请,申请资料已刊登,有望成为又一家在两地挂牌的工程机械制造企业,引来投资者关注"
    )

    assert compare(recap, story).news
    again = compare(replace(recap, recap=True), story)
    assert again.same
    assert not again.news


def test_a_price_of_a_company_does_not_run_on_in_that_of_bonds() -> None:
    story = facts("某互娱涨停", running=Running.PRICE, move=Move.UP, actors=("002555.SZ",))
    bonds = facts("国债期货普遍上涨", running=Running.PRICE, move=Move.UP, thing="国债期货")

    assert not compare(bonds, story).same


def test_a_toll_runs_on_over_days() -> None:
    story = facts("四川水电站塌方,3名工人被埋", running=Running.TOLL, thing="四川水电站")
    later = replace(
        facts("四川水电站塌方2人遇难", running=Running.TOLL, thing="四川水电站", stages=(Stage.FATAL,)),
        day="2026-03-04",
    )

    assert compare(later, story).why == "toll of 四川水电站"
    assert "stage fatal" in map(str, compare(later, story).news)


@pytest.mark.parametrize(
    ("thing", "other", "same"),
    [
        ("国际金价", "现货黄金", True),
        ("国际油价", "布伦特原油期货", True),
        ("港股恒指", "恒指", True),
        ("恒生指数", "港股恒生指数", True),
        ("国际金价", "国际油价", False),
        ("恒生指数", "创业板指", False),
        ("人民币汇率", "国际金价", False),
        ("白酒", "白银", False),
        ("沪指", "上证指数", True),
        ("恒生科技指数", "恒生指数", False),
    ],
)
def test_a_price_runs_on_only_for_the_thing_that_moved(thing: str, other: str, same: bool) -> None:
    """However alike the words: the market has many prices, and each is news."""
    story = facts(f"{other}盘中走高", running=Running.PRICE, move=Move.UP, thing=other)
    said = facts(f"{thing}盘中走高", running=Running.PRICE, move=Move.UP, thing=thing)

    assert compare(said, story).same is same

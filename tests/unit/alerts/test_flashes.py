"""Short texts of one act beside longer ones on the same company: another matter, or the same reworded."""

from __future__ import annotations

import pytest

from streams.alerts.judging.facing import Facing
from streams.alerts.judging.flashes import tells_another
from streams.alerts.judging.likeness import compare
from streams.alerts.judging.news_of import news_of
from streams.enrichment.facts.record import Facts
from tests.unit.alerts.facts_of import facts

MEETING = facts(
    "示例重工:股东大会审议通过利润分配方案\n"
    "示例重工(600999.SH)公告,公司股东大会审议通过利润分配方案,公司董事长出席会议并回答投资者提问。"
)


def flash(act: str) -> Facts:
    return facts(f"示例重工:{act}\n示例重工(600999.SH)公告,公司{act}。")


@pytest.mark.parametrize("act", ["董事长被调查", "董事长辞职", "明起停牌", "被证监会立案调查", "遭股东起诉"])
def test_one_act_is_another_matter_than_an_article_with_the_same_names(act: str) -> None:
    assert not compare(flash(act), MEETING).same
    assert not compare(MEETING, flash(act)).same


def test_without_a_colon_the_company_is_no_matter_either() -> None:
    said = facts("示例重工停牌\n【示例重工停牌】示例重工今日公告称,公司停牌。")

    assert tells_another(said, MEETING)


def test_in_another_act_with_one_party_the_party_is_no_matter() -> None:
    story = facts("示例重工与港务集团签署合作协议,双方将在供应链方面合作", parties=("港务集团",))

    assert tells_another(facts("示例重工遭港务集团起诉"), story)
    assert not tells_another(facts("示例重工与港务集团签合作协议"), story)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例重工被证监会立案调查", "证监会决定对示例重工立案调查"),
        ("示例重工:股票明起停牌", "示例重工(600999.SH):公司股票自明日起停牌"),
        ("示例重工:董事长被留置", "示例董事长被留置,示例公告称,董事长被监察机关留置"),
        ("ST示例:控股股东拟减持股份", "示例重工控股股东计划减持公司股份"),
    ],
)
def test_a_flash_in_other_words_tells_the_same(one: str, other: str) -> None:
    assert not tells_another(facts(one), facts(other))
    assert not tells_another(facts(other), facts(one))


def test_a_flash_goes_on_in_its_full_text() -> None:
    full = facts(
        "示例重工(600999.SH)公告,公司收到证监会立案告知书,因涉嫌信息披露违法违规,公司被证监会立案调查,"
        "目前生产经营正常,公司将积极配合调查,并按规定履行披露义务,提醒广大投资者注意风险。"
    )

    found = compare(full, flash("被证监会立案调查"))

    assert found.same
    assert found.news


def test_a_clause_of_title_and_lead_is_news_once() -> None:
    clause = "合同价款的争议提交国际仲裁"

    found = news_of(Facing(facts(f"{clause}\n{clause}"), MEETING))

    assert [str(change) for change in found] == [f"words {clause}"]

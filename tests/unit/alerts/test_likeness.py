"""Facts beside facts: what is one figure, what contradicts, what is news, and what a story keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from streams.alerts.judging.figuring import same_figure, split
from streams.alerts.judging.gathering import MAX_FIGURES, MAX_NAMES, MAX_WORDS, gathered
from streams.alerts.judging.likeness import compare, compare_version
from streams.enrichment.facts.record import Facts, Stage
from tests.unit.alerts.facts_of import facts, figure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("98亿", "98亿元"),
        ("增12.5%", "增12.53%"),
        ("超3600万头", "3609.6万头"),
        ("nearly 400%", "396.5%"),
        ("每股280元", "280元/股"),
        ("2.1bp", "2.1个基点"),
        ("57港元", "57元"),
        ("44名", "44人"),
        ("7142.86万元", "0.714286亿元"),
        ("近330亿元", "约329.2亿元"),
    ],
)
def test_figures_are_one_however_they_are_written_or_rounded(one: str, other: str) -> None:
    assert same_figure(figure(one), figure(other))
    assert same_figure(figure(other), figure(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("44名", "45名"),
        ("超880万头", "890万头"),
        ("5%", "5元"),
        ("突破8000亿元", "突破1万亿元"),
        ("100亿美元", "100亿港元"),
        ("跌超10%", "跌超12%"),
    ],
)
def test_figures_that_differ_are_two(one: str, other: str) -> None:
    assert not same_figure(figure(one), figure(other))


def test_the_same_words_with_other_values_are_another_happening() -> None:
    found = compare(
        facts("公司中标港口项目,金额12.6亿元,工期400天"), facts("公司中标港口项目,金额7.3亿元,工期300天")
    )

    assert not found.same
    assert str(found.why) == "金额 7.3亿元 to 12.6亿元, no figure in common"


def test_what_is_new_is_told_figures_first() -> None:
    found = compare(
        facts("公司与港务集团签署协议,金额12.6亿元,首期款3.1亿元,违约方须赔偿全部损失并承担诉讼费用"),
        facts("公司与港务集团签署协议,金额12.6亿元"),
    )

    assert found.same
    assert [str(change) for change in found.news][:2] == [
        "首期款 3.1亿元",
        "words 违约方须赔偿全部损失并承担诉讼费用",
    ]


def test_figures_alone_tell_a_translation() -> None:
    story = facts("公司子公司签订抽水蓄能电站合同,金额约45.6亿元,工期42个月")
    english = facts("its unit signed a contract worth about 4.56 billion yuan for a plant in a desert")

    assert compare(english, story).why == "both tell about 45.6亿元, in two languages"
    assert compare(english, story).news == ()


def test_of_few_figures_the_matter_must_be_one_as_well() -> None:
    story = facts("example plans to raise up to $2 billion by selling convertible bonds")

    assert compare(facts("示例集团拟发行可转换债券,募资至多20亿美元"), story).same
    assert not compare(facts("示例集团称服务器业务年增长20亿美元"), story).same


def test_a_percentage_that_follows_from_two_figures_is_no_news() -> None:
    story = facts("大行将目标价由302元上调至330元,评级增持")

    assert compare(facts("大行将目标价由302元升至330元,升幅9%"), story).news == ()
    assert compare(facts("大行将目标价由302元升至330元,升逾9%"), story).news == ()
    assert compare(facts("大行将目标价由302元升至330元,盈利预测升12%"), story).news != ()


def test_what_it_was_before_a_change_in_points_is_no_news() -> None:
    story = facts("5月制造业采购经理指数录得48.3,较4月下降2.1个百分点")

    assert compare(facts("5月制造业采购经理指数录得48.3,前值50.4"), story).news == ()
    assert compare(facts("5月制造业采购经理指数录得48.3,前值50.9"), story).news != ()


def test_the_one_figure_of_both_needs_few_words_beside_it() -> None:
    story = facts("示例汽车宣布,五月份新车交付量超过28000台,轿跑车型预计七月份量产")
    said = facts("示例集团公布上月交付汽车逾2.8万辆,料新款车型七月大规模投产")

    assert compare(said, story).why == "both tell 上月交付汽车 2.8万辆"
    assert not compare(replace(said, day="2026-03-03"), story).same


def test_what_another_holder_pledges_is_another_story() -> None:
    story = facts("控股股东质押1500万股股份,占其所持股份的7.4%,占总股本的2.17%", parties=("示例银行",))
    other = facts("实际控制人质押1500万股股份,占其所持股份的34.6%,占总股本的2.17%")
    to_whom = facts("控股股东质押1500万股股份,占总股本的3.24%", parties=("示例信托",))

    assert str(compare(other, story).why) == "占其所持股份 7.4% to 34.6%, of another holder"
    assert compare(to_whom, story).why == "示例信托, there 示例银行"


def test_what_is_beyond_two_figures_of_the_story_is_no_news() -> None:
    said = facts("央行开展1860亿元逆回购,有12亿元到期,净投放1848亿元")
    more = facts("央行开展1860亿元逆回购,有12亿元到期,其中隔夜1520亿元")
    story = facts("央行开展1860亿元逆回购,12亿元到期")

    assert compare(said, story).news == ()
    assert [str(change) for change in compare(more, story).news] == ["其中隔夜 1520亿元"]


@pytest.mark.parametrize(
    ("words", "story"),
    [
        ("关税下调10个百分点至15%", "关税由25%降至15%,下月起实施"),
        ("央行降准50个基点,释放1万亿元", "央行降准0.5个百分点,释放资金1万亿元"),
    ],
)
def test_points_between_two_rates_are_no_news(words: str, story: str) -> None:
    assert [one for one in compare(facts(words), facts(story)).news if one.what != "words"] == []


def test_all_figures_in_common_and_no_other_tell_one_happening() -> None:
    story = facts("宣布全球裁员超过10%,约1.4万人受影响")

    assert compare(facts("内部邮件称,将裁掉10%以上岗位,涉及逾1.4万名员工"), story).same


def test_a_title_that_sums_up_its_text_is_no_news() -> None:
    text = "示例重工公告,与港务集团签署岸桥供货协议,金额12.6亿元,交付期为两年,首批设备明年六月运抵。"
    said, story = facts(f"大单落地!昔日龙头再度满血归来引爆市场遐想\n{text}"), facts(text)

    assert compare(said, story).news == ()


def test_of_a_figure_rounded_and_in_full_what_is_in_full_counts() -> None:
    shared, unknown = split((figure("38万辆"), figure("38.26万辆")), (figure("38.26万辆"),))

    assert [str(one) for one in shared] == ["38.26万辆"]
    assert unknown == []


def test_a_version_with_a_value_near_that_of_another_place_is_told_otherwise() -> None:
    story = facts("第二季度收入888.9亿元,净利润61.8亿元,创新业务收入64亿元")
    found = compare_version(facts("第二季度收入888.9亿元,净利润61.8亿元,创新业务收入62亿元"), story)

    assert [str(change) for change in found.differs] == ["创新业务收入 64亿元 to 62亿元"]


def test_in_a_version_what_is_written_as_exactly_is_no_rounding() -> None:
    story = facts("营业收入约180亿元,净利润24亿元")

    found = compare_version(facts("营业收入约185亿元,净利润24亿元"), story)
    assert [str(change) for change in found.differs] == ["营业收入 180亿元 to 185亿元"]
    assert not compare_version(facts("营业收入179.8亿元,净利润24亿元"), story).differs


def test_an_answer_goes_on_about_what_it_names() -> None:
    story = facts("拟在厦门市投资建设电池基地,总投资不超过140亿元,资金来源为自筹")

    assert compare(facts("公司回应厦门建厂:首期产能20GWh,当地国资参股"), story, issuer=True).same
    assert not compare(facts("公司回应欧洲裁员:涉及20人,不影响经营"), story, issuer=True).same


def test_a_house_writes_one_report_on_a_company_a_day() -> None:
    story = facts("大行将目标价由302元上调至330元", speakers=("大行",))
    reasons = facts("大行看好海外门店扩张,全年或达200家", speakers=("大行",))

    assert compare(reasons, story, issuer=True).why == "大行 on the same day"
    assert not compare(reasons, story).same


def test_a_company_tells_reasons_after_its_results() -> None:
    story = facts("公司预计前三季度净利润11.8亿元至12.7亿元,同比下降46%至50%")
    reasons = facts("公司前三季度业绩预降,净利润下降因需求低迷,计提减值3.6亿元")
    other = facts("公司上半年业绩预降,净利润下降因需求低迷,计提减值3.6亿元")

    assert compare(reasons, story, issuer=True).why == "results of the same day"
    assert not compare(other, story, issuer=True).same


def test_one_round_figure_does_not_join_two_matters() -> None:
    story = facts("公司公告,拟注册发行不超过30亿元中期票据")
    hedging = facts("公司公告,拟开展不超过30亿元外汇套期保值业务")

    assert compare(hedging, story).why == "拟开展 30亿元 in another matter"
    assert compare(facts("公司拟发行30亿元中期票据"), story).same


def test_the_same_step_of_another_medicine_is_another_story() -> None:
    step = (Stage.APPROVED,)
    story = facts("公司公告,示例鲁胺片获国家药监局批准上市", stages=step)
    other = facts("公司公告,示例利塞片获国家药监局批准临床", stages=step)

    assert compare(other, story).why == "利塞片, there 鲁胺片"
    assert compare(facts("公司的示例鲁胺片获批上市", stages=step), story).same


def test_two_answers_of_a_day_are_two_stories() -> None:
    story = facts("针对裁员传闻,公司回应称相关传闻不实,人员结构稳定")

    assert not compare(facts("针对换电站起火视频,公司回应称明火已扑灭,原因正在调查"), story).same
    assert compare(facts("公司再次回应裁员传闻:人员结构稳定,相关传闻不实,将报案"), story).same


def test_english_words_are_compared_as_words() -> None:
    story = facts("example to recall sedans over a parking software fault, the regulator said on monday")
    other = facts("example to launch its first suv next june, the founder said on monday")
    again = facts("the regulator said example will recall sedans over a fault in parking software")

    assert not compare(other, story).same
    assert compare(again, story).same


def test_all_is_resumed_only_after_a_part_of_it() -> None:
    closed = facts("港区暂停作业")
    partly = facts("港区部分泊位恢复作业", stages=(Stage.PARTLY,))
    wholly = facts("港区全面恢复作业", stages=(Stage.WHOLLY,))

    assert [change.new for change in compare(wholly, partly).news] == [Stage.WHOLLY]
    assert compare(wholly, closed).news == ()


def test_a_company_that_corrects_its_own_paper_makes_news() -> None:
    story = facts("公司披露业绩快报,净利润3.98亿元")
    corrected = facts("公司更正业绩快报,净利润由3.98亿元修正为3.89亿元", stages=(Stage.AMENDED,))

    assert compare(corrected, story).why == "the company corrects its own paper"


def test_a_story_keeps_its_first_and_last_facts_within_bounds() -> None:
    story = facts("开头的话")
    for number in range(400):
        place = f"{chr(0x4E00 + number)}{chr(0x5E00 + number)}"
        said = facts(f"第{number}次通报新增病例{number * 7 + 11}例,{place}地新情况")
        story = gathered(story, Facts(words=said.words, figures=said.figures, names=(f"name-{number}",)))

    assert len(story.words) <= MAX_WORDS
    assert (len(story.figures), len(story.names)) == (MAX_FIGURES, MAX_NAMES)
    assert (story.names[0], story.names[-1]) == ("name-0", "name-399")

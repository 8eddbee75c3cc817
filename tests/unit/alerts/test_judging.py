"""One alert per story: what is a copy, an update, a correction, a withdrawal, and what is another story."""

from __future__ import annotations

from datetime import timedelta

import pytest

from streams.news.article import Action
from tests.unit.alerts.telling_of import Wire

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)

PLAN = "工商银行(601398)公告，拟在全国银行间债券市场发行不超过850亿元二级资本债券，期限为10年。"


@pytest.fixture
def bank() -> Wire:
    return Wire("601398.SH")


def test_the_same_facts_in_other_words_script_and_markup_are_a_copy(bank):
    created, story = bank.take(PLAN, "工商银行：拟发行不超过850亿元二级资本债")
    copies = [
        bank.take("财讯社3月3日电，工商银行公告称，拟发行不超850亿元的二级资本债。"),
        bank.take(
            "工商銀行(601398.SH)公佈，擬在全國銀行間債券市場發行不超過850億元二級資本債券。", "工行擬發二級債"
        ),
        bank.take(
            "【工商银行拟发８５０亿元二级资本债】工商银行今日公告，拟在银行间市场发行不超过８５０亿元二级资本债券。"
        ),
    ]

    assert created == "created"
    assert copies == [("copy", story)] * 3


def test_a_new_figure_amends_the_alert_and_says_which(bank):
    _, story = bank.take(PLAN)

    assert bank.take("工商银行拟发行850亿元二级资本债券，首期规模确定为300亿元，票面利率2.35%。") == (
        "updated",
        story,
    )
    assert "300亿元" in bank.said[-1][2]


def test_another_figure_for_the_same_thing_and_nothing_in_common_is_another_story(bank):
    _, first = bank.take("工商银行(601398)公告，董事会同意聘任两名副行长，并捐赠1200万元用于乡村教育项目。")
    created, second = bank.take("工商银行(601398)公告，董事会同意设立理财子公司，注册资本80亿元。")

    assert (created, first != second) == ("created", True)


def test_a_later_step_on_the_same_day_is_an_update(bank):
    _, story = bank.take(PLAN)

    assert bank.take("工商银行公告，850亿元二级资本债券的发行申请获得批准。", at=HOUR) == ("updated", story)


def test_another_broker_is_another_story_and_the_same_by_another_name_is_not():
    bank = Wire("601398.SH")
    _, first = bank.take("摩根大通发表报告，维持工商银行“增持”评级，目标价由6.2港元上调至6.8港元。")

    assert bank.take("小摩：升工商银行目标价至6.8港元，维持“增持”评级") == ("copy", first)
    created, second = bank.take("里昂发表报告，维持工商银行“跑赢大市”评级，目标价由6.2港元上调至7.1港元。")
    assert (created, second != first) == ("created", True)


def test_a_price_move_goes_on_during_its_day_and_starts_anew_on_the_next(bank):
    _, first = bank.take("工商银行盘中快速拉升，现涨超3%。")

    assert bank.take("【工商银行涨超3%】工商银行快速拉升，涨超3%。", at=MINUTE) == ("copy", first)
    assert bank.take("工商银行涨幅扩大，现涨超6%。", at=HOUR) == ("updated", first)
    created, second = bank.take("工商银行盘中快速拉升，现涨超3%。", at=24 * HOUR)
    assert (created, second != first) == ("created", True)


def test_the_same_agreement_with_another_party_is_another_story(bank):
    _, first = bank.take(
        "工商银行3月3日公告，与南海港务集团签署战略合作框架协议，双方将在供应链金融领域深化合作。"
    )
    created, second = bank.take(
        "工商银行3月4日公告，与北原钢铁集团签署战略合作框架协议，双方将在供应链金融领域深化合作。",
        at=24 * HOUR,
    )

    assert (created, second != first) == ("created", True)


def test_a_recap_on_the_next_morning_is_a_copy(bank):
    _, story = bank.take(PLAN)

    assert bank.take("工商银行昨日公告，拟发行不超过850亿元二级资本债券。", at=22 * HOUR) == ("copy", story)


def test_a_recap_of_several_stories_of_the_day_before_is_a_copy():
    market = Wire("market")
    market.take("国家统计局：8月CPI同比上涨0.6%，前值0.5%。")
    market.take("国家统计局：8月PPI同比下降1.8%，前值下降0.8%。")

    recap = "国家统计局昨日公布，8月CPI同比上涨0.6%，PPI同比下降1.8%。"
    assert market.take(recap, "早间要闻", at=22 * HOUR)[0] == "copy"


def test_a_version_with_another_value_in_the_same_place_is_a_correction(bank):
    _, story = bank.take(PLAN, id="a", source="wire")

    said = bank.take(PLAN.replace("850", "580"), id="a", source="wire", at=HOUR, action=Action.UPDATE)
    assert said == ("corrected", story)
    assert bank.take(PLAN, id="a", source="wire", at=2 * HOUR)[0] == "nothing"


def test_a_version_that_says_the_same_in_other_words_is_silent(bank):
    _, story = bank.take(PLAN, id="a", source="wire")

    shorter = "工商银行公告，拟在全国银行间债券市场发行不超过850亿元二级资本债券。"
    assert bank.take(shorter, id="a", source="wire", at=HOUR, action=Action.UPDATE) == ("copy", story)


def test_a_notice_corrects_the_story_that_it_quotes(bank):
    _, story = bank.take(PLAN, source="wire")
    bank.take("工商银行今日在香港举办业绩说明会，管理层介绍净息差走势。", source="wire", at=MINUTE)

    notice = "【更正】此前报道中工商银行“不超过850亿元”有误，应为“不超过580亿元”。"
    assert bank.take(notice, source="wire", at=HOUR) == ("corrected", story)


def test_a_notice_takes_back_by_title_whoever_relayed_it_and_a_late_copy_stays_silent(bank):
    _, story = bank.take(PLAN, "工商银行拟发行850亿元二级资本债券")
    bank.take(PLAN, "大行再融资：工商银行拟发二级债", source="relay", at=MINUTE)

    notice = "本站3月3日转载的《大行再融资：工商银行拟发二级债》一文，因信息有误，现予撤稿，请勿引用。"
    assert bank.take(notice, "撤稿声明", source="relay", at=HOUR) == ("withdrawn", story)
    assert bank.take("工商银行公告，拟发行不超过850亿元二级资本债。", at=2 * HOUR) == ("copy", story)


def test_a_medium_that_gives_up_its_copy_for_its_rights_takes_nothing_back(bank):
    title = "大行再融资：工商银行拟发二级债"
    bank.take(PLAN, title, source="wire")
    bank.take(PLAN, title, source="relay", at=MINUTE)

    rights = f"本站今日转载的《{title}》一文，因版权原因，现予撤稿。"
    assert bank.take(rights, "撤稿声明", source="relay", at=2 * HOUR)[0] == "nothing"
    assert bank.take(rights, "撤稿声明", source="wire", at=3 * HOUR)[0] == "withdrawn"


def test_a_source_tells_again_what_it_took_back_and_can_take_it_back_once_more(bank):
    _, story = bank.take(PLAN, id="a", source="wire")
    withdrawn = ("withdrawn", story)
    assert bank.take("", id="a", source="wire", at=MINUTE, action=Action.WITHDRAW) == withdrawn
    again = "工商银行公告，拟在全国银行间债券市场发行不超过850亿元二级资本债券。"
    assert bank.take(again, id="a", source="wire", at=HOUR) == ("updated", story)
    assert bank.take("", id="a", source="wire", at=2 * HOUR, action=Action.WITHDRAW) == withdrawn


def test_a_source_corrects_back_to_what_it_said_first(bank):
    _, story = bank.take(PLAN, id="a", source="wire")
    other = PLAN.replace("850亿元", "580亿元")
    assert bank.take(other, id="a", source="wire", at=MINUTE, action=Action.CORRECT) == ("corrected", story)
    assert bank.take(PLAN, id="a", source="wire", at=HOUR, action=Action.CORRECT) == ("corrected", story)
    assert bank.take(other, id="a", source="wire", at=2 * HOUR)[0] == "nothing"


def test_a_notice_takes_back_by_the_minute_of_its_medium(bank):
    _, story = bank.take(PLAN, source="wire")
    bank.take("工商银行今日在香港举办业绩说明会，管理层介绍净息差走势。", source="other")

    notice = "【撤稿】本社今日10时00分播发的关于发行二级资本债券的电报未经核实，现予撤回。"
    assert bank.take(notice, source="wire", at=HOUR) == ("withdrawn", story)


def test_a_company_that_withdraws_its_application_makes_news(bank):
    bank.take(PLAN)

    assert bank.take("工商银行公告，决定撤回在境外发行存托凭证的申请文件。", at=24 * HOUR)[0] == "created"


def test_one_company_of_an_article_about_two_is_a_copy_and_a_round_up_is_silent_for_it():
    text = "示例：工商银行(601398)拟发行850亿元二级资本债券。招商银行(600036)选举王某为新任监事长。"
    bank, other = Wire("601398.SH"), Wire("600036.SH")
    for wire in (bank, other):
        _, wire.story = wire.take(text, "晚间公告：工商银行拟发行二级资本债券")

    assert bank.take("工商银行公告，拟发行850亿元二级资本债券。") == ("copy", bank.story)
    round_up = "公告速递\n工商银行：拟发行850亿元二级资本债券\n平安银行：一季度净利润140亿元\n"
    assert bank.take(round_up, "公告速递") == ("copy", bank.story)
    assert Wire("000001.SZ").take(round_up, "公告速递")[0] == "created"


def test_a_round_up_tells_a_sector_nothing_that_its_stories_had():
    builders = Wire("BK0451")
    builders.take("万科A(000002)公告，9月实现合同销售金额181.6亿元。", "万科A：9月销售181.6亿元")
    builders.take("保利发展(600048)公告，9月签约金额192.31亿元。", "保利发展：9月签约192.31亿元")

    both = "万科A 9月合同销售金额181.6亿元，保利发展9月签约金额192.31亿元。"
    assert builders.take(both, "房企9月销售速览")[0] == "copy"
    more = f"{both}招商蛇口9月签约销售金额135.4亿元。"
    assert builders.take(more, "房企9月销售一览")[0] == "updated"

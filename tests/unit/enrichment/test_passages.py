"""Of an article about several companies each gets what is said of it."""

from __future__ import annotations

from streams.enrichment.article import Role
from tests.unit.alerts.telling_of import Wire


def figures_of(text: str, title: str | None = None) -> dict[str, list[str]]:
    """Return the figures of each company in an article."""
    wire = Wire("")
    wire.take(text, title)
    found = {}
    for story in wire.pipeline._deciding._stories:
        if story.listings and story.facts:
            found[story.subject] = [str(figure) for figure in story.facts.figures]
    return found


def test_items_are_each_companys_own() -> None:
    found = figures_of(
        "工商银行：拟发行850亿元债券；招商银行：一季度净利润391亿元；平安银行：不良率1.06%。", "公告速递"
    )

    assert found["600036.SH"] == ["一季度净利润 391亿元"]


def test_figures_in_turn_go_to_whose_turn_it_is() -> None:
    found = figures_of("前11个月牧原股份、温氏股份、新希望生猪销量分别为3600万头、1130万头和890万头。")

    assert {ticker: figures[0].split()[-1] for ticker, figures in found.items()} == {
        "002714.SZ": "3600万头",
        "300498.SZ": "1130万头",
        "000876.SZ": "890万头",
    }


def test_a_clause_led_by_a_company_is_its_own() -> None:
    found = figures_of("拼多多美股盘中跌超5%，京东跌超3%，哔哩哔哩跌超7%。")

    assert found["PDD.US"] == ["多美股盘中跌 5%"]


def test_behind_a_percentage_the_next_company_begins() -> None:
    found = figures_of("拼多多跌超5%、京东跌超3%。Tesla dropped 6 percent and Nvidia fell 4 percent.")

    assert {ticker: [one.split()[-1] for one in figures] for ticker, figures in found.items()} == {
        "PDD.US": ["5%"],
        "09618.HK": ["3%"],
        "TSLA.US": ["6%"],
        "NVDA.US": ["4%"],
    }


def test_a_full_stop_ends_a_sentence_in_english() -> None:
    found = figures_of("Tesla Inc. delivered 500,000 cars. Nvidia Corp. sold 30 billion dollars of chips.")

    assert [figure.split()[-1] for figure in found["TSLA.US"]] == ["50万辆"]


def test_which_way_a_company_went_stands_in_its_own_clause() -> None:
    wire = Wire("")
    wire.take("拼多多大涨5%，京东大跌3%。", "拼多多走高 京东大跌")
    stories = {story.subject: story.facts for story in wire.pipeline._deciding._stories if story.listings}

    assert {subject: facts and str(facts.move) for subject, facts in stories.items()} == {
        "PDD.US": "up",
        "09618.HK": "down",
    }


def test_a_deal_is_of_both_parties() -> None:
    found = figures_of("迈瑞医疗公告，全资子公司拟以66.52亿元受让惠泰医疗1412万股。")

    assert {figure.split()[-1] for figure in found["300760.SZ"]} == {"66.52亿元", "1412万股"}


def test_news_of_one_company_is_news_of_its_own_board_and_mentions_others() -> None:
    wire = Wire("")
    wire.take(
        "长城汽车公告，与芯片企业合作开发车规级半导体，首批芯片年内量产。", "长城汽车：车规级芯片年内量产"
    )
    assert wire.last is not None
    step_roles = {
        mention.subject: mention.role
        for mention, _ in wire.last.decisions
        if mention.subject.startswith("BK")
    }

    assert step_roles["BK1029"] is Role.SUBJECT
    assert set(step_roles.values()) <= {Role.SUBJECT, Role.MENTION}
    assert [code for code, role in step_roles.items() if role is Role.SUBJECT] == ["BK1029"]

"""A medium's notice on its own article is told from a company's news about its own papers."""

from __future__ import annotations

import pytest

from streams.enrichment.facts.notices import find_notice
from streams.enrichment.facts.quotes import find_quotes
from streams.enrichment.facts.record import NoticeKind, Quote
from streams.news.text import fold


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("【更正】本网今日10时20分发布的快讯中，“净利润3.2亿元”应为“净利润2.3亿元”。", NoticeKind.CORRECTION),
        ("更正：稍早报道中示例科技中标金额误写为12亿元，应为1.2亿元。", NoticeKind.CORRECTION),
        ("【勘误】昨日《某地港口扩建》一文中的“张三”应为“李四”，特此更正并致歉。", NoticeKind.CORRECTION),
        ("更正：此前報道中「下跌3%」應為「上漲3%」。", NoticeKind.CORRECTION),
        ("编者按：本报今日报道将增速误写为0.38%，正确数字为0.28%。", NoticeKind.CORRECTION),
        ("【更正】某公司分红消息中，合计“58亿元”有误，应为“85亿元”。", NoticeKind.CORRECTION),
        ("【訂正】較早前報道目標價升至398元，應為389元，特此訂正。", NoticeKind.CORRECTION),
        ("更正:本网此前发布的《工商银行与蓝湖科技签署协议》一文有误,现予以撤稿。", NoticeKind.WITHDRAWAL),
        ("本社刚刚播发的某公司快讯有误，现予撤销。", NoticeKind.WITHDRAWAL),
        ("撤稿声明\n本报3月2日刊发的《甲公司拟收购乙公司》一文因信源有误，现予撤回。", NoticeKind.WITHDRAWAL),
        ("【撤稿】本社9时15分播发的关于某车型降价的快讯因未经核实，予以撤销。", NoticeKind.WITHDRAWAL),
    ],
)
def test_a_medium_that_speaks_of_its_own_article_gives_notice(text: str, kind: NoticeKind) -> None:
    title, _, body = text.rpartition("\n")
    notice = find_notice(fold(title).text, fold(body).text)

    assert notice is not None
    assert (notice.kind, notice.alone) == (kind, True)


@pytest.mark.parametrize(
    "text",
    [
        "示例股份：更正2023年第三季度报告部分内容",
        "示例银行公告，对2023年年度报告中“不良贷款率1.2%”更正为“不良贷款率1.3%”。",
        "示例股份公告，决定撤回向不特定对象发行可转债的申请文件。",
        "示例证券关于撤销上海某营业部的公告",
        "示例公司澄清：有媒体报道称公司将被收购，相关报道不实。",
        "示例集团取消发行今年第一期中期票据",
        "市场消息：示例公司撤回报价。此前报道称，公司拟以30亿元收购一家同行。",
        "据此前报道，某国撤销了对钢材的关税。",
    ],
)
def test_a_company_that_corrects_or_withdraws_its_own_papers_gives_none(text: str) -> None:
    assert find_notice("", fold(text).text) is None


def test_a_notice_names_titles_and_the_minute() -> None:
    notice = find_notice("", "【撤稿】本社今日9时05分播发的《甲公司停产》一文有误,现予撤回。")

    assert notice is not None
    assert (notice.titles, notice.minute) == (("甲公司停产",), "09:05")


def test_an_article_with_a_note_on_its_correction_is_no_mere_notice() -> None:
    body = "示例能源今日介绍,三号机组已于上周并网,全年发电量预计增长一成,公司同时上调了资本开支计划。" * 2
    notice = find_notice("", f"{body}(更正:此前报道中“62港元”应为“67港元”)")

    assert notice is not None
    assert not notice.alone


@pytest.mark.parametrize(
    "text",
    [
        "“12亿元”应为“1.2亿元”",
        "“12亿元”有误,应为“1.2亿元”",
        "将“1.2亿元”误写为“12亿元”",
        "金额应为1.2亿元,而非12亿元",
        "误写为12亿元,应为1.2亿元。",
        "金额应为1.2亿元,原文误作12亿元",
        "升至12亿元,应为1.2亿元,特此订正",
        "金额为1.2亿元,此前误报为12亿元",
    ],
)
def test_what_was_wrong_and_what_is_right_is_read_in_many_words(text: str) -> None:
    assert find_quotes(text) == (Quote("12亿元", "1.2亿元"),)


def test_an_english_article_says_in_its_title_that_it_was_corrected() -> None:
    notice = find_notice(fold("CORRECTED-Example to invest $500 billion, not $50 billion").text, "")

    assert notice is not None
    assert notice.quotes == (Quote("$50 billion", "$500 billion"),)

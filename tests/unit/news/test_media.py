from __future__ import annotations

import pytest

from streams.news.lines import plain_lines
from streams.news.media import find_media, names_media, without_media


@pytest.mark.parametrize(
    ("text", "media"),
    [
        ("公司公告。（文章来源：某某日报）", "某某日报"),
        ("公司公告。\n（文章来源：第一财经）", "第一财经"),
        ("来源：格隆汇\n公司公告。", "格隆汇"),
        ("推广语\n來源：香港電台\n公司公告。", "香港電台"),
        ("来源：人民网(20.880,0.29,1.41%)\n公司公告。", "人民网"),
        ("2022年02月14日 04:29 来源：某某日报 作者：张三\n公司公告。", "某某日报"),
        ("公司公告。（新华社）", "新华社"),
        ("公司公告。 (央视新闻)", "央视新闻"),
        ("今年涨幅达5%（e公司）", "e公司"),
        ("公司公告。\n某某新闻", "某某新闻"),
        ("公司公告。（来源：某某社）", "某某社"),
        ("来源丨某某经济报道\n公司公告。", "某某经济报道"),
        ("稿源：某某网\n公司公告。", "某某网"),
        ("轉自：某某日報\n公司公告。", "某某日報"),
        ("作者：张三 来源：某某周刊\n公司公告。", "某某周刊"),
        ("公司公告。 ~ 某某財經新聞 網址: www.example.com", "某某財經新聞"),
    ],
)
def test_the_origin_is_read_where_it_is_named(text: str, media: str) -> None:
    assert find_media(plain_lines(text)) == media


@pytest.mark.parametrize(
    "text",
    [
        "某社北京2月14日电 公司公告。",
        "图片来源：某公司官网\n公司公告。",
        "数据来源：Choice\n公司公告。",
        "来源：公司公告\n股价上涨。",
        "公司公告。（来源：公司公告）",
        "某产品价格走势（来源：某某数据）\n公司公告。",
        "公司公告，业务转自：某某网",
        "公司公告。（记者 张三）",
        "公司公告。（张三）",
        "公司公告。（完）",
        "今年增长(同比)",
        "收购两家公司（占注册资本的51%）",
        "公司公告，详见（附件）",
        "资金来源：自有资金及自筹资金，公司将按进度投入。",
        "本次更正。（此前“甲”应为“乙”）",
        "",
    ],
)
def test_what_is_no_medium_is_not_taken_for_one(text: str) -> None:
    assert find_media(plain_lines(text)) is None


def test_a_line_that_names_the_medium_says_nothing_else() -> None:
    assert [names_media(line) for line in plain_lines("来源：某报\n公司公告。（文章来源：某报）")] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "media", "left"),
    [
        ("公司公告。（某报）", "某报", "公司公告。"),
        ("公司公告。 (某报)", "某报", "公司公告。"),
        ("公司公告。某报", "某报", "公司公告。某报"),
        ("公司公告。（某报）", None, "公司公告。（某报）"),
        ("公司公告。（文章来源：某报）", "某报", "公司公告。"),
        ("公司公告。（来源：某报）", "某报", "公司公告。"),
    ],
)
def test_the_medium_behind_a_text_can_be_left_out(text: str, media: str | None, left: str) -> None:
    assert without_media(text, media) == left

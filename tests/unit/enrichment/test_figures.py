"""Numbers are read with what they count; dates, codes and names are none."""

from __future__ import annotations

import pytest

from streams.enrichment.facts.figures import find_figures
from streams.enrichment.facts.record import amount
from streams.news.text import fold


def figures(text: str) -> list[str]:
    return [str(figure) for _, figure in find_figures(fold(text).text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公司拟以3.5亿元收购资产", ["公司拟以 3.5亿元"]),
        ("目标價由62港幣下調至57港元", ["目标价 62港元", "目标价 57港元"]),
        ("销量逾８９０万头，同比增12.53%", ["销量 890万头", "同比增 12.53%"]),
        ("上行2.1bp", ["上行 2.1bp"]),
        ("上涨2.1个基点", ["上涨 2.1bp"]),
        ("分别带来7100、3150和800亿元", ["分别带来 7100亿元", "分别带来 3150亿元", "分别带来 800亿元"]),
        ("拟5至10亿元回购", ["拟 5亿元", "拟 10亿元"]),
        ("持股1,234,567股", ["持股 123.4567万股"]),
        ("累计营收1兆7,730亿元", ["累计营收 1.773万亿元"]),
        ("装机2兆瓦", ["装机 2兆瓦"]),
        ("成交额突破1万亿元", ["成交额 1万亿元"]),
        ("1美元对人民币7.0867元", ["对人民币 7.0867元"]),
        ("the S&P 500 fell 1.17 percent", ["fell 1.17%"]),
        ("6.5亿人幣售業務", ["6.5亿元"]),
        ("profit soars nearly 400%", ["nearly 400%"]),
        ("今年第9号台风生成，第2批试点", ["9第号", "2第批"]),
    ],
)
def test_a_figure_is_a_value_with_unit_and_label(text: str, expected: list[str]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "12月7日晚间公告",
        "截至14:09，16时05分",
        "2021年度，2022财年",
        "近5日，前11个月，3年期",
        "示例股份(600000)，00700.HK，000001",
        "沪深300、标普500指数",
        "HFO-1234yf与ET7、6G概念",
    ],
)
def test_what_says_when_or_who_is_no_figure(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1.705e9, "17.05亿"),
        (3.15, "3.15"),
        (2000.0, "2000"),
        (7.14286e7, "7142.86万"),
        (1e12, "1万亿"),
        (5e4, "5万"),
    ],
)
def test_an_amount_is_written_as_chinese_news_does(value: float, written: str) -> None:
    assert amount(value) == written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("拟投资一百亿元", ["拟投资 100亿元"], id="scale"),
        pytest.param("拟以一百一十五亿元收购", ["拟以 115亿元"], id="several-places"),
        pytest.param("利润下降两成", ["利润下降 20%"], id="tenths"),
        pytest.param("占比近九成半", ["占比 95%"], id="tenths-and-a-half"),
        pytest.param("占三分之一", ["占 33.3%"], id="part"),
        pytest.param("二十多家公司", ["20家"], id="tens"),
        pytest.param("合计五十五亿八千万元", ["55.8亿元"], id="two-scales"),
        pytest.param("判付1亿2600万元", ["判付 1.26亿元"], id="two-scales-in-digits"),
        pytest.param("一家公司成立三成员小组，十五日开会", [], id="no-amount"),
    ],
)
def test_an_amount_in_words_is_the_figure_that_it_stands_for(text: str, expected: list[str]) -> None:
    assert figures(text) == expected


def test_what_is_paid_for_ten_shares_is_told_for_one() -> None:
    assert figures("每10股派8.1元")[0].endswith(" 0.81元")
    assert figures("每10股转4股派1.6元") == ["转 0.4股", "派 0.16元"]
    assert figures("每10股派9.65元，共派90.45亿元")[1].endswith(" 90.45亿元")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("won a contract worth 4.56 billion yuan", ["worth 45.6亿元"]),
        ("sold US$1.2bn of bonds", ["us 12亿"]),
        ("revenue rose 16.3 percent", ["rose 16.3%"]),
        ("due on March 10, in 42 months", []),
    ],
)
def test_an_amount_in_english_is_the_figure_that_chinese_media_give(text: str, expected: list[str]) -> None:
    assert figures(text) == expected

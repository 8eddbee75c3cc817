"""Where the items of a digest begin."""

from __future__ import annotations

import pytest

from streams.news.items import item_starts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("一家公司发了公告。\n股价没有动。", (), id="an-article"),
        pytest.param("1、甲\n2、乙", (), id="too-few"),
        pytest.param("1、甲\n2、乙\n3、丙", (0, 4, 8), id="numbers"),
        pytest.param("早报\n1、甲\n2、乙\n3、丙", (0, 3, 7, 11), id="what-stands-before-is-an-item"),
        pytest.param("◆甲◆乙◆丙", (0, 2, 4), id="bullets-in-one-line"),
        pytest.param("【宏观】降准\n【公司】回购\n【海外】加息", (0, 7, 14), id="headings"),
        pytest.param("海天甲：中标\n海天乙：减持\n海天丙：扩产", (0, 7, 14), id="names-and-colons"),
        pytest.param(
            "某行业日报：甲公司公布了新的扩产计划一期；乙公司表示并未收到有关部门的问询；丙公司与两家新客户签订了供货合同",
            (0, 21, 38),
            id="semicolons-of-what-calls-itself-a-digest",
        ),
        pytest.param("风险提示公告：需求不及预期；原料涨价；政策变化", (), id="short-ones-are-a-list"),
        pytest.param(
            "要点如下。1、甲公司公布了新的扩产计划一期。2、乙公司表示并未收到有关部门的问询。3、丙公司与两家新客户签订了供货合同。",
            (0, 5, 22, 41),
            id="numbers-in-one-line",
        ),
        pytest.param("条件为：1、董事会通过；2、股东大会通过；3、监管批准。", (), id="short-conditions"),
        pytest.param("1.5万吨\n2.5万吨\n3.5万吨", (), id="figures-are-no-numbers-of-items"),
    ],
)
def test_items_begin_at_their_marks(text: str, expected: tuple[int, ...]) -> None:
    assert item_starts(text) == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("午间公告：甲公司中标", "甲公司：中标一个项目。乙公司：股东拟减持", (0, 11)),
        ("某市场公告精选|甲公司签约", "要点 - 甲公司签约 - 乙公司派息", (0, 3, 11)),
        ("甲公司公告：拟回购股份", "甲公司：拟回购。公司表示：资金充足", ()),
        ("", "甲公司：中标一个项目。乙公司：股东拟减持", ()),
        ("午间公告：甲公司中标", "甲公司中标一个项目", ()),
    ],
)
def test_what_its_title_calls_a_digest_needs_two_names_only(
    title: str, text: str, expected: tuple[int, ...]
) -> None:
    assert item_starts(text, title) == expected


def test_a_text_of_marks_is_bounded() -> None:
    assert len(item_starts("◆" * 100_000)) <= 501
    assert len(item_starts("1、\n" * 100_000)) <= 501
    assert len(item_starts("日报：" + "；甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳" * 10_000)) <= 501

from __future__ import annotations

import pytest

from streams.news.simplified import SIMPLIFIED
from streams.news.text import clean, fold, one_line


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("万  科Ａ", "万科a"),
        ("万\u3000科\xa0Ａ", "万科a"),
        ("TCL 科技", "tcl科技"),
        ("３０００１４", "300014"),
        ("（６０１３９８．ＳＨ）", "(601398.sh)"),
        ("NIO Inc. rose", "nio inc. rose"),
        ("Apple 发布 iPhone", "apple发布iphone"),
        ("第Ⅲ期", "第iii期"),
        ("等待……", "等待……"),
        ("恆生指數與滙豐", "恒生指数与汇丰"),
        ("乾隆年間", "干隆年间"),
        ("工商\u200b银行", "工商银行"),
        ("一行\n二行\t三", "一行\n二行\t三"),
        ("涨 ，跌", "涨 ,跌"),
        ("", ""),
    ],
)
def test_width_case_and_inner_blanks_do_not_matter(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "name", "surface"),
    [
        ("深市万  科Ａ涨停", "万科a", "万  科Ａ"),
        ("看 ＴＣＬ 科技 走势", "tcl科技", "ＴＣＬ 科技"),
        ("第Ⅲ期工商 银行债", "工商银行", "工商 银行"),
        ("第Ⅲ期", "iii", "Ⅲ"),
        ("平 安\u200b银 行", "平安银行", "平 安\u200b银 行"),
        ("没有变化", "变化", "变化"),
        ("看中國 銀行業", "中国银行", "中國 銀行"),
    ],
)
def test_a_folded_span_slices_back_to_its_surface(text: str, name: str, surface: str) -> None:
    folded = fold(text)
    start = folded.text.index(name)
    begin, end = folded.span(start, start + len(name))
    assert text[begin:end] == surface


def test_an_empty_span_is_empty_in_the_original() -> None:
    assert fold("万  科").span(1, 1) == (3, 3)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("　　首段&nbsp; 文字 \r\n\r\n\r\n 次段", "首段 文字\n次段"),
        ("S&amp;P 500 &lt;指数&gt;", "S&P 500 <指数>"),
        ("AT&T & 其他", "AT&T & 其他"),
        ("隐\u200b藏\x07的\ufeff字\ud800符", "隐藏的字符"),
    ],
)
def test_text_is_cleaned_for_reading(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
    assert clean(text).encode()


def test_blanks_alone_clean_to_nothing() -> None:
    assert clean(" \n\t\u3000\n ") == ""


def test_a_title_is_one_line() -> None:
    assert one_line(" 上\n 下 ") == "上 下"


def test_a_text_of_very_many_characters_is_folded_like_a_short_one() -> None:
    text = "".join(SIMPLIFIED)
    assert fold(text).text == "".join(fold(char).text for char in text)


def test_folding_twice_changes_nothing() -> None:
    for char in (*SIMPLIFIED, *SIMPLIFIED.values()):
        assert fold(fold(char).text).text == fold(char).text

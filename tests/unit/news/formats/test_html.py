from __future__ import annotations

from streams.news.formats.html import read_html
from streams.news.formats.plain import read_plain

PAGE = """<html><body><h1>甲公司中标大单</h1><div class="info">2022年02月14日 04:29 来源：某报</div>
<p>甲公司中标一项总额三亿元的工程，工期两年，公司称对今年业绩有积极影响，具体以合同为准。</p></body></html>"""


def test_a_fragment_has_no_metadata() -> None:
    read = read_html("<p>甲公司中标。</p>")
    assert ([line.text for line in read.lines], read.title, read.published_at) == (
        ["甲公司中标。"],
        None,
        None,
    )


def test_the_time_of_a_page_is_found_in_its_header_line() -> None:
    read = read_html(PAGE)
    assert (read.title, read.published_at) == ("甲公司中标大单", "2022年02月14日 04:29")


def test_what_stands_above_the_article_is_metadata_and_no_text() -> None:
    read = read_html(PAGE.replace("<p>", '<div class="article"><p>').replace("</p>", "</p></div>"))
    assert [line.text[:4] for line in read.lines] == ["甲公司中"]
    assert (read.published_at, read.media) == ("2022年02月14日 04:29", "某报")


def test_a_menu_above_the_heading_is_no_text() -> None:
    read = read_html(PAGE.replace("<body>", "<body><div><a href='/'>首页</a></div>"))
    assert [line.text[:4] for line in read.lines] == ["2022", "甲公司中"]


def test_plain_text_reads_as_its_lines() -> None:
    assert [line.text for line in read_plain("一 < 二\n\n 三 ").lines] == ["一 < 二", "三"]


def test_markup_that_is_declared_plain_reads_as_markup() -> None:
    assert [line.text for line in read_plain("<p>甲</p><p>乙</p>").lines] == ["甲", "乙"]

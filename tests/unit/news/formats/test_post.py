from __future__ import annotations

import pytest

from streams.news.formats.post import front_matter, read_post

POST = """---
layout: post
title: "甲银行发布新规"
date: 2022-02-14 04:29:08 +0800
categories: rolling
tags: 滚动
---
> 甲银行日前发布新规。（某报）

<p>甲银行日前发布新规。</p>
<p>与<span id="stock_1.601398"><a data-code="1,601398">工商银行</a></span>合作。</p>

<http://news.example/1.html>

[返回滚动新闻](//x.example/)｜[返回首页](/)
"""


def _texts(content: str) -> list[str]:
    return [line.text for line in read_post(content).lines]


def test_a_post_gives_text_and_metadata() -> None:
    read = read_post(POST)
    assert [line.text for line in read.lines] == ["甲银行日前发布新规。", "与工商银行合作。"]
    assert (read.title, read.published_at) == ("甲银行发布新规", "2022-02-14 04:29:08 +0800")
    assert read.url == "http://news.example/1.html"
    assert [line.text for line in read.summary] == ["甲银行日前发布新规。（某报）"]
    assert read.lines[1].links[0].target.ticker == "601398.SH"


def test_a_summary_that_says_more_comes_first() -> None:
    assert _texts("> 提要另有所述。\n\n正文在此。") == ["提要另有所述。", "正文在此。"]


@pytest.mark.parametrize(
    ("front", "fields"),
    [
        ('---\ntitle: ""\ndate:  +0800\n---\n', {}),
        ("---\r\ntitle: 甲：乙\r\ndate: 2022-02-14\r\n---\r\n", {"title": "甲：乙", "date": "2022-02-14"}),
        ("\ufeff---\ntitle: '单引号'\n---\n", {"title": "单引号"}),
        ('---\ntitle: "带\\"引号\\"的"\nunknown: x\n---\n', {"title": '带"引号"的'}),
        ("title: 没有围栏\ncategory: 滚动\n", {"title": "没有围栏", "category": "滚动"}),
        ("", {}),
        ("---\ntitle: 没有结束\n", {}),
    ],
    ids=["blank", "CRLF", "mark and single quotes", "escaped quotes", "unfenced", "none", "unclosed"],
)
def test_front_matter_is_read(front: str, fields: dict[str, str]) -> None:
    assert front_matter(f"{front}正文")[0] == fields


def test_fields_are_no_text() -> None:
    assert _texts("title: 标题\ntags: 滚动\n正文。") == ["正文。"]


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        ("# 标题\n\n1、**粗体**正文\n- 一项", ["标题", "1、粗体正文", "一项"]),
        ("看[甲公司](http://quote.eastmoney.com/r/1.600000)的![图](x.png)公告", ["看甲公司的公告"]),
        ("第一行\r\n第二行", ["第一行", "第二行"]),
        ("[返回](../)\n[返回首页](../)", []),
        ("<>\n", []),
        ("价格 < 5 元", ["价格 < 5 元"]),
    ],
)
def test_markdown_reads_as_its_words(content: str, texts: list[str]) -> None:
    assert _texts(content) == texts


def test_a_quote_link_in_markdown_stands_at_its_words() -> None:
    (line,) = read_post('看 [甲 公司](http://quote.eastmoney.com/r/1.600000 "行情") 公告').lines
    (link,) = line.links
    assert (line.text[link.start : link.end], link.target.ticker) == ("甲 公司", "600000.SH")


def test_a_line_of_markdown_links_alone_is_anchored() -> None:
    read = read_post("旧闻：\n\n- [甲](http://x.example/1)\n\n正文[乙](http://x.example/2)")
    assert [line.anchored for line in read.lines] == [False, True, False]


def test_a_url_line_without_an_address_is_nothing() -> None:
    assert read_post("正文。\n\n<>\n").url is None

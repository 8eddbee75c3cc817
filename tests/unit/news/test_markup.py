from __future__ import annotations

import pytest

from streams.news.lines import Line
from streams.news.markup import fragment_lines, page, soup_lines

ICBC = (
    '<span id="stock_1.601398"><a class="keytip" data-code="1,601398" '
    'href="http://quote.eastmoney.com/unify/r/1.601398">工商银行</a></span><span id="quote_1.601398"></span>'
)


def _texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def _linked(lines: list[Line]) -> list[tuple[str, str | None]]:
    return [
        (line.text[link.start : link.end], link.target.ticker or link.target.board)
        for line in lines
        for link in line.links
    ]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        pytest.param("<p>　　首段</p>\n<p>次段</p>", ["首段", "次段"], id="paragraphs"),
        pytest.param("甲<br>乙<br/>丙", ["甲", "乙", "丙"], id="line ends"),
        pytest.param("<p>一 <b>二</b>三\n四</p>", ["一 二三 四"], id="blanks"),
        pytest.param("<p>价&amp;量 &#8203;&lt;新&gt;</p>", ["价&量 <新>"], id="entities"),
        pytest.param("<p>两次&amp;nbsp;编码</p>", ["两次 编码"], id="entities encoded twice"),
        pytest.param(
            "<script>x</script><style>y</style>正文<!-- 注 -->", ["正文"], id="scripts and comments"
        ),
        pytest.param("<noscript>无</noscript><iframe>框</iframe>正文", ["正文"], id="frames"),
        pytest.param('<p style="display: none">隐</p><p hidden>藏</p><p>显</p>', ["显"], id="hidden"),
        pytest.param('<div class="share-box">分享</div><p>正文</p>', ["正文"], id="share bar"),
        pytest.param('<div class="sharehold">正文</div>', ["正文"], id="a class that only starts so"),
        pytest.param('<p><a class="toplink" href="x">立即体验</a></p><p>正文</p>', ["正文"], id="advert"),
        pytest.param(
            "<table><tr><th>代码</th><th>简称</th></tr><tr><td>600000</td><td>甲</td></tr></table>",
            ["代码\t简称", "600000\t甲"],
            id="table",
        ),
        pytest.param("<ul><li>甲</li><li>乙</li></ul>", ["甲", "乙"], id="list"),
        pytest.param("<div>外<div>内</div>外</div>", ["外", "内", "外"], id="nested"),
        pytest.param("<p>未关<b>粗<p>下一", ["未关粗", "下一"], id="unclosed"),
        pytest.param("<form><p>正文</p><button>提交</button></form>", ["正文"], id="a form around it all"),
        pytest.param("没有标记", ["没有标记"], id="no markup"),
        pytest.param("<p>N\0UL \ud800</p>", ["NUL"], id="NUL and surrogate"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_a_fragment_reads_as_its_blocks(html: str, texts: list[str]) -> None:
    assert _texts(fragment_lines(html)) == texts


def test_a_link_stands_at_its_words_once() -> None:
    assert _linked(fragment_lines(f"<p>中国{ICBC}日前公告</p>")) == [("工商银行", "601398.SH")]


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ('<p>看<a data-code="002353"> 杰瑞 股份 </a>吧</p>', [("杰瑞 股份", "002353.SZ")]),
        (
            '<p><span class="em_stock_key_common" data-code="0,000931">中关村</span>科技园</p>',
            [("中关村", "000931.SZ")],
        ),
        ('工商<span id="bk_90.BK0475"><a data-code="90,BK0475">银行</a></span>', [("银行", "BK0475")]),
        ('<a href="http://quote.eastmoney.com/r/106.NIO"><img src="k.png"></a>', []),
        (
            '<p><a data-code="1,601398"><p>工行</p><p>又</p></a></p>',
            [("工行", "601398.SH"), ("又", "601398.SH")],
        ),
        (
            '<span id="Info.3293"><a class="infokey" href="http://data.eastmoney.com/zlsj/">基金</a></span>',
            [],
        ),
    ],
)
def test_links_of_all_forms_slice_to_their_words(html: str, linked: list[tuple[str, str]]) -> None:
    assert _linked(fragment_lines(html)) == linked


def test_a_line_of_hyperlinks_alone_is_anchored() -> None:
    lines = fragment_lines('<p><a href="x">旧闻</a></p><p>正文<a href="y">链接</a></p>')
    assert [line.anchored for line in lines] == [True, False]


def test_both_parsers_read_the_same() -> None:
    html = f"<div><p>中国{ICBC}</p><table><tr><td>甲</td><td>乙</td></tr></table><!-- 注 --></div>尾"
    assert fragment_lines(html) == soup_lines(html)


PAGE = """<!DOCTYPE html><html><head><title>行业新规出台_财经频道_某网</title>
<meta property="og:url" content="https://news.example/og.html">
<link rel="canonical" href="https://news.example/a.html">
<meta name="publishdate" content="2022-02-14 04:29:08"><meta name="source" content="某日报">
<script>var x = 1;</script></head><body><nav>首页 股票 基金</nav>
<h1>行业新规出台 影响几何</h1><div id="ContentBody"><p>新规自下月起施行，业内人士认为影响有限，市场反应平稳，
有关公司表示将认真落实各项要求。</p></div>
<div class="related"><a href="b">别的新闻</a></div><footer>版权所有</footer></body></html>"""


def test_a_page_gives_its_article_and_metadata() -> None:
    read = page(PAGE)
    assert len(read.lines) == 1
    assert read.lines[0].text.startswith("新规自下月起施行")
    assert (read.title, read.url) == ("行业新规出台 影响几何", "https://news.example/a.html")
    assert (read.published_at, read.media) == ("2022-02-14 04:29:08", "某日报")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta property="og:title" content="甲公司公告">', "甲公司公告"),
        ("<title>甲公司公告 _ 财经频道 _ 某网</title>", "甲公司公告"),
        ("<title>甲公司公告</title>", "甲公司公告"),
        ("", None),
    ],
)
def test_the_title_of_a_page_is_without_its_site(head: str, title: str | None) -> None:
    assert page(f"<html><head>{head}</head><body><p>正文</p></body></html>").title == title


@pytest.mark.parametrize(
    ("body", "published_at"),
    [
        ('<time datetime="2022-02-14T04:29:08+08:00">昨天</time>', "2022-02-14T04:29:08+08:00"),
        ('<script type="application/ld+json">{"datePublished": "2022-02-14"}</script>', "2022-02-14"),
        ("<p>正文</p>", None),
    ],
)
def test_the_time_of_a_page_is_found_in_its_data(body: str, published_at: str | None) -> None:
    assert page(f"<html><body>{body}</body></html>").published_at == published_at


def test_a_page_too_large_for_soup_is_read_all_the_same() -> None:
    read = page(
        f"<html><head><title>大页面标题 - 某网站</title></head><body>{'<p>甲乙丙</p>' * 30_000}</body></html>"
    )
    assert read.title == "大页面标题"
    assert len(read.lines) == 30_000

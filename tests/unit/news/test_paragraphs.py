from __future__ import annotations

import pytest

from streams.news.lines import Line, Link
from streams.news.links import target
from streams.news.paragraphs import paragraph_lines

LINKED = '<a class="keytip" data-code="1,601398">工行</a>'
ICBC = target(None, "1,601398", None)


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        pytest.param("<p>甲</p>\n<p>　乙 &amp; 丙</p>", [Line("甲"), Line("乙 & 丙")], id="plain"),
        pytest.param("<p><b>甲</b>乙</p>", [Line("甲乙")], id="stress"),
        pytest.param("<p>甲</p><p> </p>", [Line("甲")], id="an empty one"),
        pytest.param(f"<p>看{LINKED}吧</p>", [Line("看工行吧", (Link(1, 3, ICBC),))], id="a link"),
        pytest.param(f"<p>{LINKED}</p>", [Line("工行", (Link(0, 2, ICBC),), anchored=True)], id="all a link"),
        pytest.param('<p>正文<span class="share">分享<b>到</b></span></p>', [Line("正文")], id="noise"),
        pytest.param('<p>涨<span id="quote_1.600519"></span>停</p>', [Line("涨停")], id="a price"),
    ],
)  # fmt: skip
def test_a_row_of_paragraphs_is_read_without_a_tree(html: str, lines: list[Line]) -> None:
    assert paragraph_lines(html) == lines


@pytest.mark.parametrize(
    "html",
    [
        "",
        "没有标记",
        "<p>未关",
        "<p>甲</p>乙<p>丙</p>",
        "<p>甲<br>乙</p>",
        '<p style="display:none">隐</p>',
        "<p>甲<table><tr><td>乙</td></tr></table></p>",
        f"<p><a>{LINKED}</a></p>",
        "<p><span>甲</p><p>乙</span></p>",
        '<p><b class="share">甲<b>乙</p>',
        "<p>甲<!-- 注 --></p>",
        '<p><a href="x?a&lt=1">甲</a></p>',
        "<p>1 < 2</p>",
        "<p><script>甲</script></p>",
    ],
)
def test_anything_else_is_left_to_a_parser(html: str) -> None:
    assert paragraph_lines(html) is None

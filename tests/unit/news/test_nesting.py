from __future__ import annotations

import pytest

from streams.news.markup import fragment_lines, page
from streams.news.nesting import MAX_DEPTH, SMALL_TAGS, bounded

FILLER = "<p>甲</p>" * SMALL_TAGS  # enough tags that the markup is rewritten


def _depth(html: str) -> int:
    depth = deepest = 0
    for part in html.split("<")[1:]:
        depth += -1 if part.startswith("/") else 1
        deepest = max(deepest, depth)
    return deepest


def test_small_markup_is_passed_as_it_is() -> None:
    html = "<div><p>甲"
    assert bounded(html) is html


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        "<span>",
        "<dl><dd>",
        "<table><tr><td>",
        "<div><table><td></div></table>",
        "<font size=1>",
        "<a href=x>",
    ],
)
def test_depth_is_bounded_whatever_is_nested(unit: str) -> None:
    html = bounded(unit * 20_000 + "深处")
    assert _depth(html) <= MAX_DEPTH
    assert html.count("</") * 2 == html.count("<")
    assert fragment_lines(unit * 20_000 + "深处")[-1].text.endswith("深处")


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        pytest.param("<b>粗</b>尾", ["粗尾"], id="formatting"),
        pytest.param("<script>if (a < b) '</p>'</script>尾", ["尾"], id="script"),
        pytest.param("<style>p < q {}</STYLE >尾", ["尾"], id="style in capitals"),
        pytest.param("<!-- <p>注</p> -->尾", ["尾"], id="comment"),
        pytest.param("<p>3 < 5 且 7 > 6</p>尾", ["3 < 5 且 7 > 6", "尾"], id="signs"),
        pytest.param("<div>外<p>内</div>尾", ["外", "内", "尾"], id="unclosed"),
        pytest.param("</div></p>尾", ["尾"], id="never opened"),
        pytest.param("甲<br>乙<hr/>丙", ["甲", "乙", "丙"], id="void"),
        pytest.param(f"<p {'a ' * 2_000}>尾</p>", ["尾"], id="overlong tag"),
        pytest.param("<script>没有结束", [], id="endless script"),
        pytest.param("<!-- 没有结束", [], id="endless comment"),
    ],
)
def test_rewritten_markup_reads_the_same(html: str, texts: list[str]) -> None:
    lines = fragment_lines(FILLER + html)
    assert [line.text for line in lines[SMALL_TAGS:]] == texts


def test_links_live_through_the_rewriting() -> None:
    lines = fragment_lines(FILLER + '<p>看<a data-code="1,601398">工商银行</a></p>')
    link = lines[-1].links[0]
    assert (link.start, link.end, link.target.ticker) == (1, 5, "601398.SH")


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<div>" * 20_000, id="div"),
        pytest.param("<" * 1_000_000, id="signs"),
        pytest.param('<a "' * 250_000, id="quotes"),
        pytest.param("<!--" * 250_000, id="comments"),
        pytest.param("<p " + "a " * 500_000 + ">", id="attributes"),
        pytest.param("&" * 1_000_000, id="ampersands"),
        pytest.param(
            "<p>" + "<font size=1>" * 5_000 + "</p>" + "<p>甲" * 20_000, id="formatting opened again"
        ),
    ],
)
def test_hostile_markup_ends(html: str) -> None:
    assert fragment_lines(html) is not None
    assert page(f"<html>{html}") is not None


def test_the_words_of_markup_beyond_the_bound_are_cut() -> None:
    assert sum(len(line.text) for line in fragment_lines("<p>甲乙丙丁</p>" * 400_000)) < 1_100_000

"""Reading holds for any text: offsets slice back, nothing but BadArticle is raised, twice is equal."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from streams.errors import BadArticle
from streams.news.article import Action, Article, ContentType, RawArticle
from streams.news.encoding import decode
from streams.news.links import target
from streams.news.markup import fragment_lines, soup_lines, tree_lines
from streams.news.reading import read
from streams.news.text import clean, fold
from streams.wire.files import SUFFIXES, raw_articles
from streams.wire.raw import decode_raw, encode_raw

RECEIVED = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = [
    "工商银行",
    "中关村",
    "万  科Ａ",
    "NIO",
    "公告",
    "。",
    " ",
    "\u3000",
    "\n",
    "（某报）",
    "来源：某报",
    "相关阅读：",
    "&nbsp;",
    "&lt;",
    "Ⅲ",
    "…",
    "\u200b",
    "３％",
    "İ",
    "𝐀",
    "\0",
    "\ud800",
    "- ",
    "> ",
    "---\n",
    "title: x\n",
    "[a](b)",
    "**",
]
TAGS = [
    "<p>",
    "</p>",
    "<div class='x'>",
    "</div>",
    "<br>",
    "<b>",
    "</b>",
    "<table><tr><td>",
    "</td><td>",
    "</table>",
    "<span id='stock_1.601398'>",
    "<a data-code='0,000931'>",
    "<a href='http://quote.eastmoney.com/r/106.NIO'>",
    "<span id='bk_90.BK0475'>",
    "<span id='quote_1.601398'></span>",
    "</a>",
    "</span>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "<html>",
    "<body>",
    "<title>",
    "</title>",
    "<",
    ">",
    "<h1>",
    "</h1>",
    "<p style='display:none'>",
    "<meta charset=gbk>",
    "<![CDATA[",
    "<noscript>",
    "<template>",
    "<select>",
    "<svg>",
]
INLINE = [
    "<b>",
    "</b>",
    "<em>",
    "</em>",
    "<strong> </strong>",
    '<span id="stock_1.601398">',
    '<span id="quote_1.601398"></span>',
    '<span class="share">',
    "<span>",
    "</span>",
    '<a href="x?a=1&amp;b=2">',
    '<a data-code="0,000931" class="keytip">',
    '<b style="display:none">',
    "</a>",
    "<br>",
    "<!-- -->",
    "&amp;nbsp;",
    "&lt",
    "<",
]
plain = st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=30).map("".join)
marked = st.lists(st.sampled_from(WORDS + TAGS) | st.text(max_size=8), max_size=40).map("".join)
written = st.binary(max_size=200) | marked.map(lambda text: text.encode("utf-8", "ignore"))


@st.composite
def well_formed(draw: st.DrawFn, depth: int = 3) -> str:
    """Fragments without parse errors: what the two parsers make of errors is theirs."""
    words = st.sampled_from(["工商银行", " 公告 ", "NIO", "&amp;", "一\n二"])
    if depth == 0:
        return draw(words)
    inner = "".join(draw(st.lists(well_formed(depth=depth - 1), max_size=3)))
    linked = draw(words)
    return draw(
        st.sampled_from(
            [
                inner,
                f"<div>{inner}</div>",
                f"<section class='related'>{inner}</section>",
                f"<div>{linked}<br>{inner}</div>",
                f"<ul><li>{inner}</li></ul>",
                f"<table><tbody><tr><td>{linked}</td><td>{linked}</td></tr></tbody></table>",
                f"<strong>{linked}</strong>",
                f"<span id='stock_1.601398'><a data-code='1,601398'>{linked}</a></span>",
                f"<a href='/x'>{linked}</a>",
            ]
        )
    )


def _read(content: str, kind: str, title: str | None = None) -> Article | list[str]:
    try:
        return read(RawArticle(source="s", title=title, content=content, content_type=kind), RECEIVED)
    except BadArticle as error:
        return [str(fault) for fault in error.faults]


@given(content=marked, title=st.none() | marked, kind=st.sampled_from(list(ContentType)))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_or_refused_and_twice_the_same(content: str, title: str | None, kind: str) -> None:
    article = _read(content, kind, title)
    assert article == _read(content, kind, title)
    if isinstance(article, Article):
        assert f"{article.title}{article.text}{article.summary}{article.media}{article.url}".encode()
        assert all(line and line == line.strip() for line in article.text.split("\n") if article.text)
        for link in article.links:
            words = getattr(article, link.field)[link.start : link.end]
            assert words == words.strip()
            assert words


@given(before=plain, words=st.sampled_from(["工商银行", "万 科 Ａ", "NIO"]), behind=plain)
@settings(max_examples=100, deadline=None)
def test_a_link_slices_back_to_its_words(before: str, words: str, behind: str) -> None:
    before, behind = before.replace("<", ""), behind.replace("<", "")
    (link,) = [
        (line.text[link.start : link.end], link.target)
        for line in fragment_lines(f"<p>{before}<a data-code='1,601398'>{words}</a>{behind}</p>")
        for link in line.links
    ]
    assert link == (words, target(None, "1,601398", None))


@given(html=well_formed())
@settings(max_examples=100, deadline=None)
def test_both_parsers_read_well_formed_markup_alike(html: str) -> None:
    assert fragment_lines(html) == soup_lines(html)


@given(
    row=st.lists(st.lists(st.sampled_from(WORDS + INLINE), max_size=8).map("".join), max_size=4),
    between=st.sampled_from(["", "\n", "</p>", "字"]),
)
@settings(max_examples=500, deadline=None)
def test_a_row_of_paragraphs_reads_as_its_tree_does(row: list[str], between: str) -> None:
    html = between.join(f"<p>{words}</p>" for words in row)
    assert fragment_lines(html) == tree_lines(html)


@given(text=plain, data=st.data())
@settings(max_examples=100, deadline=None)
def test_any_folded_span_slices_back_to_what_folds_to_it(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    begin, stop = folded.span(start, end)
    assert 0 <= begin <= stop <= len(text)
    if start < end:
        assert folded.text[start:end] in fold(text[begin:stop]).text


@given(text=plain)
def test_folding_and_cleaning_twice_is_doing_it_once(text: str) -> None:
    assert fold(fold(text).text).text == fold(text).text
    cleaned = clean(text.replace("&", ""))
    assert clean(cleaned) == cleaned


@given(data=st.binary(max_size=200) | plain.map(lambda text: text.encode("gb18030", "ignore")))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except BadArticle:
        return
    assert text.encode() is not None
    assert "\0" not in text


@given(value=st.none() | written)
@settings(max_examples=100, deadline=None)
def test_any_value_is_a_raw_article_or_refused(value: bytes | None) -> None:
    with suppress(BadArticle):
        assert decode_raw(value, max_bytes=100).source


@given(
    suffix=st.sampled_from(list(SUFFIXES)),
    data=st.binary(max_size=100) | marked.map(lambda t: t.encode("utf-8", "ignore")),
)
@settings(max_examples=100, deadline=None)
def test_any_file_gives_articles_or_is_refused(suffix: str, data: bytes) -> None:
    with suppress(BadArticle):
        assert all(raw.id for raw in raw_articles(f"a{suffix}", data))


sendable = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@given(
    source=sendable.map(lambda text: text.strip()[:100].strip()),
    content=sendable,
    title=st.none() | sendable,
    identity=st.none() | sendable,
    action=st.sampled_from(list(Action)),
)
@settings(deadline=None)
def test_encoding_is_undone_by_decoding(
    source: str, content: str, title: str | None, identity: str | None, action: Action
) -> None:
    raw = RawArticle(source=source, content=content, title=title, id=identity, action=action)
    assert decode_raw(encode_raw(raw), max_bytes=1_000_000) == raw

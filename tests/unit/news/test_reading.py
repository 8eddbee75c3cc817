from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from streams.errors import BadArticle
from streams.news.article import Action, Article, RawArticle
from streams.news.reading import MAX_TEXT_CHARS, SUMMARY_CHARS, read

RECEIVED = datetime(2022, 2, 14, 12, tzinfo=UTC)
RAW = RawArticle(
    source="wire",
    id="1",
    content="<p>甲公司与<a data-code='1,601398'>工商银行</a>签约。</p>",
    content_type="text/html",
)


def _read(**fields: object) -> Article:
    return read(replace(RAW, **fields), RECEIVED)


def test_an_article_is_read_as_a_whole() -> None:
    article = _read(title="签约 <b>仪式</b>", url=" http://x.example/1 ", published_at="2022-02-14 04:29")
    assert (article.title, article.text) == ("签约 仪式", "甲公司与工商银行签约。")
    assert (article.url, article.source, article.action) == ("http://x.example/1", "wire", Action.PUBLISH)
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2022-02-14T04:29:00+08:00"
    assert (article.language, article.summary, article.warnings) == ("zh-Hans", "甲公司与工商银行签约。", ())
    (link,) = article.links
    assert (link.field, article.text[link.start : link.end], link.ticker) == ("text", "工商银行", "601398.SH")


def test_a_link_in_the_title_points_into_the_title() -> None:
    article = _read(title="快讯：<a data-code='0,000002'>万 科</a>公告")
    link = article.links[0]
    assert article.title is not None
    assert (link.field, article.title[link.start : link.end], link.ticker) == ("title", "万 科", "000002.SZ")


def test_offsets_are_right_behind_dropped_lines() -> None:
    article = _read(content="<p>返回首页</p><p>前文。</p><p>看<a data-code='1,601398'>工商银行</a></p>")
    (link,) = article.links
    assert article.text == "前文。\n看工商银行"
    assert article.text[link.start : link.end] == "工商银行"


def test_what_the_envelope_says_goes_before_the_content() -> None:
    post = '---\ntitle: "内"\ndate: 2022-02-13\n---\n正文。\n\n<http://x.example/in>\n'
    inner = _read(content=post, content_type="text/markdown")
    outer = _read(
        content=post,
        content_type="text/markdown",
        title="外",
        url="http://x.example/out",
        published_at="2022-02-12",
    )
    assert (inner.title, inner.url) == ("内", "http://x.example/in")
    assert (outer.title, outer.url) == ("外", "http://x.example/out")
    assert (str(inner.published_at)[:10], str(outer.published_at)[:10]) == ("2022-02-13", "2022-02-12")


def test_a_headline_in_brackets_stays_in_the_text() -> None:
    assert _read(content="【某社讯】甲公司公告。", content_type="text/plain").title is None


@pytest.mark.parametrize(
    ("fields", "warning"),
    [
        ({"published_at": "2199-01-01"}, "published_at is more than a day ahead"),
        ({"published_at": "last Tuesday"}, "published_at is not a time"),
        ({"url": "javascript:alert(1)"}, "url is not an address on the web"),
        ({"url": "http://x.example/\na"}, "url is not an address on the web"),
        ({"content": "<p>甲乙</p>" * 100_000}, f"text is cut after {MAX_TEXT_CHARS} characters"),
        ({"content": " " * 700_000 + "甲。", "content_type": "text/plain", "title": "甲"},
         "the end of very long content is not read"),
    ],
)  # fmt: skip
def test_what_is_odd_is_told_and_not_believed(fields: dict[str, str], warning: str) -> None:
    article = _read(**fields)
    assert article.warnings == (warning,)
    assert (article.published_at, article.url) == (None, None)
    assert len(article.text) <= MAX_TEXT_CHARS


def test_links_beyond_the_cut_are_left_out() -> None:
    article = _read(
        content="<p><a data-code='1,601398'>工行</a>甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸</p>" * 12_000
    )
    assert all(article.text[link.start : link.end] == "工行" for link in article.links)


def test_the_medium_is_no_part_of_the_wording() -> None:
    one, other = (
        _read(content=f"甲公司公告。（{name}）", content_type="text/plain")
        for name in ("某某日报", "某某晚报")
    )
    assert (one.media, other.media) == ("某某日报", "某某晚报")
    assert one.text.endswith("（某某日报）")
    assert one.digest == other.digest
    assert one.summary == "甲公司公告。"


def test_markup_is_no_part_of_the_wording() -> None:
    assert _read().digest == _read(content="甲公司与工商 银行签约。", content_type="text/plain").digest


def test_a_misread_article_is_repaired() -> None:
    misread = "甲公司与工商银行今日签约".encode().decode("latin-1")
    assert _read(content=misread, content_type="text/plain").text == "甲公司与工商银行今日签约"


@pytest.mark.parametrize("sentence", ["甲公司公告如下。", "没有标点", "一" * 300 + "。"])
def test_the_summary_is_short(sentence: str) -> None:
    summary = _read(content=sentence * 60, content_type="text/plain").summary
    assert 0 < len(summary) <= SUMMARY_CHARS
    assert summary[-1] in "。…"


def test_a_withdrawal_needs_no_content() -> None:
    assert _read(content="", action=Action.WITHDRAW).text == ""


def test_a_title_alone_is_an_article() -> None:
    assert _read(content="<img src='x'>", title="甲公司停牌").title == "甲公司停牌"


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        (
            {"source": " ", "content": "\n", "content_type": "image/png"},
            ["source", "content_type", "content"],
        ),
        ({"content_type": "application/json"}, ["content_type"]),
        ({"content": "<script>x</script>"}, ["content"]),
        ({"content": "\0\u200b", "content_type": "text/plain"}, ["content"]),
    ],
)
def test_what_cannot_be_read_tells_every_fault(fields: dict[str, str], faults: list[str]) -> None:
    with pytest.raises(BadArticle) as refused:
        _read(**fields)
    assert [fault.field for fault in refused.value.faults] == faults

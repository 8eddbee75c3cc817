"""What holds for any article, also a hostile one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from streams.enrichment.article import EnrichedArticle, Evidence
from streams.enrichment.subjects import subjects
from streams.news.article import Article, QuoteLink
from tests.unit.enrichment.builders import a_master, an_article, enriched

MASTER = a_master()
WORDS = st.sampled_from(
    (
        "工商银行 中关村 科技园 机器人 万科Ａ AMD 贵州茅台 中信证券 人民网 中国证券报 、 ( ) 600519 "
        "(600519.SH) （300104） 01398.HK 公告 涨停 回购 未 白酒 信贷 x … ㈱"
    ).split(" ")
)
TEXTS = st.lists(
    WORDS | st.sampled_from(["工 商银行", "NYSE: ", "\n", " "]) | st.text(max_size=4), max_size=25
).map("".join)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    title, text = draw(TEXTS), draw(TEXTS)
    links = []
    for _ in range(draw(st.integers(0, 4))):
        field = draw(st.sampled_from(["title", "text"]))
        length = len(title if field == "title" else text)
        start, end = sorted((draw(st.integers(0, length)), draw(st.integers(0, length))))
        ticker = draw(st.sampled_from(["601398.SH", "000931.SZ", "603999.SH", "161125.SZ", None]))
        board = None if ticker else "BK0475"
        links.append(QuoteLink(field=field, start=start, end=end, ticker=ticker, board=board))
    links.sort(key=lambda link: (link.field == "text", link.start, link.end))
    return an_article(text, title=title, links=tuple(links))


def evidence_of(article: EnrichedArticle) -> list[Evidence]:
    parts = (*article.mentions, *article.sectors, *article.events)
    return [evidence for part in parts for evidence in part.evidence]


@given(articles())
@settings(max_examples=150, deadline=None)
def test_all_evidence_slices_back_to_its_surface(article: Article) -> None:
    found = enriched(article, MASTER)
    for place in (*evidence_of(found), *found.rejected):
        assert getattr(found, place.field)[place.start : place.end] == place.surface


@given(articles())
@settings(max_examples=100, deadline=None)
def test_the_same_article_is_understood_alike_and_in_order(article: Article) -> None:
    found = enriched(article, MASTER)
    assert found == enriched(article, a_master())
    relevances = [mention.relevance for mention in found.mentions]
    assert relevances == sorted(relevances, reverse=True)
    assert len({mention.ticker for mention in found.mentions}) == len(found.mentions)


@given(articles())
@settings(max_examples=100, deadline=None)
def test_there_is_always_a_subject_and_never_one_twice(article: Article) -> None:
    told = subjects(enriched(article, MASTER))
    assert told
    assert len({one.subject for one in told}) == len(told)
    assert all(0 <= one.relevance <= 1 for one in told)

"""A small master and articles with the one thing that matters."""

from __future__ import annotations

from datetime import UTC, datetime

from streams.enrichment.article import EnrichedArticle, Origin, RejectReason
from streams.enrichment.boards import Board
from streams.enrichment.enrich import enrich
from streams.enrichment.event_words import EventWords
from streams.enrichment.linking.cues import Cue
from streams.enrichment.linking.securities import Master, Row, WordRow
from streams.news.article import Article, QuoteLink

RECEIVED = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)

ROWS = tuple(
    Row(ticker=ticker, kind=kind, name=name, source="curated")
    for ticker, kind, name in (
        ("601398.SH", "short", "工商银行"),
        ("601398.SH", "full", "中国工商银行股份有限公司"),
        ("601398.SH", "alias", "工行"),
        ("601398.SH", "board", "BK0475"),
        ("01398.HK", "short", "工商银行"),
        ("01398.HK", "listing", "601398.SH"),
        ("000931.SZ", "short", "中关村"),
        ("300024.SZ", "short", "机器人"),
        ("000002.SZ", "short", "万科A"),
        ("600519.SH", "short", "贵州茅台"),
        ("600519.SH", "board", "BK0477"),
        ("600030.SH", "short", "中信证券"),
        ("600028.SH", "short", "中国石化"),
        ("603000.SH", "short", "人民网"),
        ("09988.HK", "short", "阿里巴巴-W"),
        ("09988.HK", "alias", "阿里巴巴"),
        ("BABA.US", "short", "阿里巴巴"),
        ("BABA.US", "listing", "09988.HK"),
        ("AMD.US", "english", "AMD"),
        ("AAPL.US", "english", "Apple"),
    )
)
WORDS = (
    WordRow(name="中关村", reason=RejectReason.PLACE),
    WordRow(name="机器人", reason=RejectReason.WORD),
    WordRow(name="中国石化集团", reason=RejectReason.NAMESAKE),
    WordRow(name="手工行当", reason=None),
)
GUARDS = (
    Cue(meaning="place", side="after", words=("科技园", "街道")),
    Cue(meaning="fund_or_index", side="after", words=("指数", "etf")),
    Cue(meaning="fund_or_index", side="soon", words=("reit",)),
    Cue(meaning="boilerplate", side="before", words=("热门股票:",)),
    Cue(meaning="board", side="after", words=("概念",)),
    Cue(meaning="board", side="near", words=("等概念",)),
    Cue(meaning="part_of_name", side="after", words=("理财", "基金")),
    Cue(meaning="word", side="after", scope="工行", words=("业",)),
    Cue(meaning="company", side="after", words=("公告", "涨停")),
)
ROLES = (
    Cue(meaning="speaks", side="after", words=(":", "研报")),
    Cue(meaning="serves", side="after", words=("为财务顾问",)),
    Cue(meaning="own", side="after", words=("公告",)),
    Cue(meaning="reports", side="after", words=("公告", "涨停")),
    Cue(meaning="example", side="before", words=("如",)),
    Cue(meaning="passing", side="before", words=("质押给",)),
)
BOARDS = (
    Board(code="BK0475", name="银行", words=("信贷", "银行业")),
    Board(code="BK0477", name="酿酒行业", words=("白酒",)),
    Board(code="BK0473", name="证券", words=("证券", "白中")),
)
EVENTS = (
    EventWords(kind="policy", points=3, words=("专项行动", "印发")),
    EventWords(kind="buyback", points=3, words=("回购",)),
    EventWords(kind="shareholding", points=3, words=("减持",)),
    EventWords(kind="macro", points=3, words=("降准",)),
    EventWords(kind="price-move", points=3, words=("涨停",)),
    EventWords(kind="rating", points=1, words=("看好",)),
    EventWords(kind="negation", points=0, words=("未", "否认")),
)


def a_master() -> Master:
    """Return a master of twelve issuers with a rule of every kind."""
    return Master.from_rows(
        ROWS,
        words=WORDS,
        guards=GUARDS,
        brokers=("中信证券", "中信证券资管"),
        researchers=("车市研究会",),
        media=("人民网", "中国证券报", "工商银行报"),
        boards=BOARDS,
        roles=ROLES,
        events=EVENTS,
    )


def an_article(text: str = "", *, title: str | None = None, links: tuple[QuoteLink, ...] = ()) -> Article:
    """Return an article as read."""
    return Article(
        id="article_0123456789abcdef", source="test", title=title, text=text, links=links, digest="00"
    )


def links_on(
    text: str, words: str, ticker: str | None = None, board: str | None = None
) -> tuple[QuoteLink, ...]:
    """Return a quote link on every place of the words."""
    places = []
    at = text.find(words)
    while at >= 0:
        places.append(QuoteLink(field="text", start=at, end=at + len(words), ticker=ticker, board=board))
        at = text.find(words, at + 1)
    return tuple(places)


def enriched(article: Article, master: Master | None = None) -> EnrichedArticle:
    """Return the article as understood, first version."""
    origin = Origin(topic="news.raw", partition=0, offset=7)
    return enrich(
        article, master or a_master(), version=1, digests=("00",), received_at=RECEIVED, origin=origin
    )

"""Industries, kinds of event, urgency."""

from __future__ import annotations

import pytest

from streams.enrichment.article import Event, EventKind, Method, Role, Strength
from streams.enrichment.tagging.urgency import urgency
from streams.news.article import Action
from tests.unit.enrichment.builders import a_master, an_article, enriched, links_on


def sectors(text: str, **fields: object) -> list[tuple[str, Strength]]:
    return [(s.code, s.strength) for s in enriched(an_article(text, **fields)).sectors]


def kinds(text: str, title: str | None = None) -> list[EventKind]:
    return [event.kind for event in enriched(an_article(text, title=title)).events]


def test_a_board_link_makes_a_sector() -> None:
    text = "与工商银行合作"
    article = enriched(an_article(text, links=links_on(text, "银行", board="BK0475")))
    assert [(s.code, s.name, s.strength) for s in article.sectors] == [("BK0475", "银行", Strength.PRIMARY)]
    assert article.sectors[0].evidence[0].method is Method.BOARD_LINK


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("白酒提价，白酒缺货", ["BK0477"], id="word-twice"),
        pytest.param("白酒缺货", ["BK0477"], id="word-in-the-lead-of-a-flash"),
        pytest.param(f"{'天气晴好' * 40}。说起白酒", [], id="word-once-in-the-body"),
        pytest.param("中国证券报讯，中国证券报记者", [], id="medium"),
        pytest.param("中信证券研报：中信证券看好", [], id="company-name"),
        pytest.param("公司提到白中信证券", [], id="across-the-start-of-a-name"),
        pytest.param("贵州茅台公告，回购", ["BK0477"], id="own-board-of-the-subject"),
        pytest.param("贵州茅台公告，股东减持", [], id="no-trade-in-news-of-owners"),
        pytest.param("贵州茅台公告，天气晴好", [], id="no-trade-where-nothing-of-it-happened"),
        pytest.param("*ST贵州公告，回购", [], id="no-trade-in-news-of-distress"),
        pytest.param("贵州茅台午后涨停", [], id="no-trade-in-a-price"),
        pytest.param("贵州茅台公告，回购。工商银行公告", ["BK0477"], id="the-second-of-two-boards"),
    ],
)
def test_sectors_come_from_words_and_companies_never_from_names(text: str, expected: list[str]) -> None:
    assert [code for code, _ in sectors(text)] == expected


def test_a_word_in_the_title_suffices() -> None:
    assert sectors("", title="白酒提价") == [("BK0477", Strength.PRIMARY)]


def test_the_lesser_sector_is_secondary() -> None:
    text = "白酒" * 5 + "信贷信贷"
    assert sectors(text) == [("BK0477", Strength.PRIMARY), ("BK0475", Strength.SECONDARY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("公司拟回购", [EventKind.BUYBACK], id="one"),
        pytest.param("今天天气好", [EventKind.OTHER], id="none"),
        pytest.param(f"{'天气晴好' * 40}。看好", [EventKind.OTHER], id="a-hint-in-the-body-is-not-enough"),
        pytest.param("股东未减持", [EventKind.OTHER], id="negated"),
        pytest.param("公司否认减持", [EventKind.OTHER], id="denied"),
        pytest.param(
            "减持与回购", [EventKind.BUYBACK, EventKind.SHAREHOLDING], id="equal-in-the-design-s-order"
        ),
    ],
)
def test_kinds_come_from_words_that_are_not_negated(text: str, expected: list[EventKind]) -> None:
    assert kinds(text) == expected


def test_what_moved_a_price_is_no_news_of_its_own() -> None:
    assert kinds("贵州茅台午后涨停") == kinds("贵州茅台午后涨停，消息面上，公司拟回购")
    assert kinds("公司拟回购，贵州茅台午后涨停") == [EventKind.BUYBACK, EventKind.PRICE_MOVE]


def test_the_title_decides_the_first_kind() -> None:
    assert kinds("减持", title="公司拟回购")[0] is EventKind.BUYBACK


def test_of_two_kinds_told_alike_the_one_that_opens_the_news_is_first() -> None:
    behind = "，" + "天气晴好" * 7
    assert kinds(f"公司拟回购{behind}，股东减持")[0] is EventKind.BUYBACK
    assert kinds(f"股东减持{behind}，公司拟回购")[0] is EventKind.SHAREHOLDING


def test_a_broker_that_speaks_in_the_title_makes_a_rating() -> None:
    (first, *_) = enriched(an_article("回购", title="中信证券：看好贵州茅台")).events
    assert first.kind is EventKind.RATING
    assert first.evidence[0].surface == "中信证券"


def test_a_researcher_that_speaks_tells_of_its_trade() -> None:
    assert kinds("车市研究会：天气晴好") == [EventKind.INDUSTRY]


def test_every_word_of_a_kind_is_its_evidence() -> None:
    events = enriched(an_article("印发专项行动", title="专项行动")).events
    assert [(e.field, e.surface) for e in events[0].evidence] == [
        ("title", "专项行动"),
        ("text", "印发"),
        ("text", "专项行动"),
    ]


def test_a_headline_company_is_more_urgent_than_one_in_the_text() -> None:
    headline = enriched(an_article("回购", title="贵州茅台公告"))
    in_text = enriched(an_article("回购。贵州茅台公告"))
    assert headline.mentions[0].role is in_text.mentions[0].role is Role.SUBJECT
    assert headline.urgency < in_text.urgency


@pytest.mark.parametrize("kind", list(EventKind), ids=str)
def test_urgency_lies_between_one_and_nine(kind: EventKind) -> None:
    for action in Action:
        assert 1 <= urgency((Event(kind=kind),), (), action) <= 9


def test_a_withdrawal_is_more_urgent_than_what_it_withdraws() -> None:
    event = (Event(kind=EventKind.RATING),)
    assert urgency(event, (), Action.WITHDRAW) < urgency(event, (), Action.PUBLISH)


def test_every_event_kind_has_words_in_the_shipped_table() -> None:
    from streams.wire.reference import load_master

    assert load_master().tag_words.kinds() == set(EventKind)
    assert EventKind.ACCIDENT not in a_master().tag_words.kinds()

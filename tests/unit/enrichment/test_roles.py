"""The part a company plays and how much the article is about it."""

from __future__ import annotations

import pytest

from streams.enrichment.article import Role
from streams.enrichment.linking.mentions import find_mentions
from streams.enrichment.linking.relevance import Weighed, relevance
from tests.unit.enrichment.builders import a_master, an_article

MASTER = a_master()


def roles(text: str, title: str | None = None) -> dict[str, Role]:
    mentions, _ = find_mentions(an_article(text, title=title), MASTER)
    return {mention.ticker: mention.role for mention in mentions}


@pytest.mark.parametrize(
    ("text", "ticker", "role"),
    [
        pytest.param("贵州茅台公告", "600519.SH", Role.SUBJECT, id="something-is-reported"),
        pytest.param("看好贵州茅台", "600519.SH", Role.SUBJECT, id="alone"),
        pytest.param("中信证券研报看好贵州茅台", "600030.SH", Role.SOURCE, id="broker-that-speaks"),
        pytest.param("中信证券公告", "600030.SH", Role.SUBJECT, id="broker-with-its-own-news"),
        pytest.param("人民网消息", "603000.SH", Role.SOURCE, id="listed-medium"),
        pytest.param("人民网公告", "603000.SH", Role.SUBJECT, id="listed-medium-with-its-own-news"),
        pytest.param("贵州茅台公告，其股东质押给工商银行", "601398.SH", Role.MENTION, id="pledgee"),
        pytest.param(
            "贵州茅台公告，聘请中信证券为财务顾问", "600030.SH", Role.MENTION, id="broker-that-serves"
        ),
        pytest.param("万科A平台数据显示，出游增长", "000002.SZ", Role.SOURCE, id="data-of-others"),
        pytest.param("万科A数据显示，万科A公告", "000002.SZ", Role.SUBJECT, id="data-and-a-report"),
        pytest.param("万科A、贵州茅台、中信证券在列", "600030.SH", Role.MENTION, id="broker-in-a-row"),
        pytest.param("万科A、贵州茅台、工商银行在列", "600519.SH", Role.MENTION, id="enumerated"),
    ],
)
def test_a_role_follows_from_the_words_around_the_name(text: str, ticker: str, role: Role) -> None:
    assert roles(text)[ticker] is role


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "贵州茅台涨6%，万科A涨2%，工商银行跌半成", "贵州茅台 工商银行", id="moves-of-five-percent"
        ),
        pytest.param(
            "贵州茅台、万科A和工商银行涨停", "贵州茅台 万科A 工商银行", id="one-predicate-for-a-row"
        ),
        pytest.param("贵州茅台涨6%，万科A、工商银行涨6%", "贵州茅台", id="a-figure-that-two-share"),
        pytest.param(
            "贵州茅台涨6%，万科A、工商银行涨12%", "贵州茅台 万科A 工商银行", id="a-large-figure-shared"
        ),
        pytest.param(
            "贵州茅台、万科A、工商银行等多家公司公告", "贵州茅台 万科A 工商银行", id="counted-and-told"
        ),
        pytest.param("贵州茅台、万科A、工商银行等多家公司在列", "", id="counted"),
        pytest.param("贵州茅台公告，客户如万科A、工商银行", "贵州茅台", id="examples"),
        pytest.param(
            "贵州茅台公告。贵州茅台涨停。贵州茅台高于万科A的规模", "贵州茅台", id="once-beside-another"
        ),
        pytest.param(
            "贵州茅台公告。贵州茅台涨停。贵州茅台开会；万科A开工", "贵州茅台 万科A", id="own-clause"
        ),
        pytest.param(
            "贵州茅台公告。贵州茅台涨停。贵州茅台开会。万科A开工", "贵州茅台", id="a-further-sentence"
        ),
        pytest.param(
            "贵州茅台公告。贵州茅台涨停。贵州茅台开会。万科A则公告", "贵州茅台 万科A", id="joined-and-told"
        ),
        pytest.param(
            "贵州茅台公告。贵州茅台涨停。贵州茅台开会。【万科A】开工", "贵州茅台 万科A", id="an-item"
        ),
        pytest.param("贵州茅台走出三连板，万科A涨2%，工商银行5天4板", "贵州茅台 工商银行", id="runs"),
        pytest.param(
            "贵州茅台公告，万科A、工商银行、中国石化等公司陆续公告",
            "贵州茅台 万科A 工商银行 中国石化",
            id="one-after-another",
        ),
        pytest.param("贵州茅台公告，工商银行增速居前，中国石化增幅居首", "贵州茅台", id="ranks"),
        pytest.param(
            "贵州茅台709.4亿元，增长7.7%；工商银行3.2亿元；中国石化80亿元", "贵州茅台", id="a-result"
        ),
    ],
)
def test_subjects_are_those_of_which_something_is_told(text: str, expected: str) -> None:
    mentions, _ = find_mentions(an_article(text), MASTER)
    assert {m.name for m in mentions if m.role is Role.SUBJECT} == set(expected.split())


def test_a_price_told_of_the_hong_kong_market_is_that_of_the_listing_there() -> None:
    assert set(roles("港股早盘，工商银行涨6%")) == {"01398.HK"}
    assert set(roles("港股早盘，工商银行公告")) == {"601398.SH", "01398.HK"}
    assert set(roles("A股和港股早盘，工商银行涨6%")) == {"601398.SH", "01398.HK"}


def test_a_title_that_gives_the_speaker_makes_a_source() -> None:
    assert roles("中信证券表示看好", title="中信证券：看好贵州茅台") == {
        "600030.SH": Role.SOURCE,
        "600519.SH": Role.SUBJECT,
    }


BASE = Weighed(headline=False, first=50, length=100, times=1, total=2, companies=2, role=Role.SUBJECT)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"headline": True}, id="headline"),
        pytest.param({"first": 0}, id="named-early"),
        pytest.param({"times": 4, "total": 5}, id="named-often"),
    ],
)
def test_relevance_grows_with_each_part(more: dict[str, int]) -> None:
    base = BASE._replace(times=2, total=4)
    assert relevance(base._replace(**more)) > relevance(base)


@pytest.mark.parametrize(
    "less",
    [
        pytest.param({"companies": 12}, id="round-up"),
        pytest.param({"role": Role.MENTION}, id="in-passing"),
        pytest.param({"role": Role.SOURCE}, id="speaker"),
    ],
)
def test_relevance_shrinks_with_each_part(less: dict[str, object]) -> None:
    base = BASE._replace(headline=True)
    assert relevance(base._replace(**less)) < relevance(base)


def test_the_only_company_of_a_headline_that_is_all_about_it_has_full_relevance() -> None:
    assert relevance(BASE._replace(headline=True, times=5, total=5, companies=1)) == 1.0


def test_mentions_come_by_relevance() -> None:
    mentions, _ = find_mentions(an_article("万科A公告。贵州茅台公告", title="贵州茅台公告"), MASTER)
    assert [mention.ticker for mention in mentions] == ["600519.SH", "000002.SZ"]
    assert [m.relevance for m in mentions] == sorted((m.relevance for m in mentions), reverse=True)

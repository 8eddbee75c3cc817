"""What is said of securities at run time, over the shipped master."""

from __future__ import annotations

from datetime import date

import pytest

from streams.enrichment.linking.amended import Register
from streams.enrichment.linking.mentions import find_mentions
from streams.enrichment.linking.securities import Master
from streams.enrichment.security import NameKind, Security, SecurityName
from tests.unit.enrichment.builders import a_master, an_article

DAY = date(2026, 3, 2)
SHIPPED = a_master()


def name(text: str, kind: NameKind = NameKind.ALIAS, **days: date) -> SecurityName:
    return SecurityName(name=text, kind=kind, **days)


def amended(*said: Security, day: date = DAY) -> Master:
    return Register(SHIPPED, said).on(day)


def linked(text: str, master: Master) -> list[str]:
    mentions, _ = find_mentions(an_article(text), master)
    return [mention.ticker for mention in mentions]


def test_nothing_said_is_the_shipped_master() -> None:
    assert amended() is SHIPPED


def test_a_name_of_an_unknown_ticker_links_from_then_on() -> None:
    said = Security(ticker="688999.SH", names=(name("晨光新材", NameKind.SHORT),))
    assert linked("晨光新材公告，与工商银行签约。", SHIPPED) == ["601398.SH", "01398.HK"]
    assert set(linked("晨光新材公告，与工商银行签约。", amended(said))) == {
        "688999.SH",
        "601398.SH",
        "01398.HK",
    }
    assert amended(said).name_of("688999.SH") == "晨光新材"


def test_a_name_comes_on_top_of_the_shipped_ones() -> None:
    master = amended(Security(ticker="601398.SH", names=(name("宇宙行"),)))
    assert (
        linked("宇宙行上调评级。", master)
        == linked("工商银行上调评级。", master)
        == ["601398.SH", "01398.HK"]
    )


def test_a_record_that_replaces_leaves_no_shipped_name_of_its_ticker() -> None:
    master = amended(Security(ticker="000002.SZ", names=(name("万科地产"),), replace=True))
    assert linked("万科A公告。", master) == []
    assert linked("万科地产公告。", master) == ["000002.SZ"]
    assert master.name_of("000002.SZ") is None


def test_a_name_that_another_ticker_of_the_issuer_has_stays() -> None:
    master = amended(Security(ticker="601398.SH", replace=True))
    assert linked("工商银行公告。", master) == ["601398.SH", "01398.HK"]
    assert linked("工行公告。", master) == []


def test_a_shorter_shipped_name_shows_where_a_longer_one_is_gone() -> None:
    said = Security(ticker="600030.SH", names=(name("中国石化油服", NameKind.SHORT),))
    assert linked("中国石化油服公告。", amended(said)) == ["600030.SH"]
    gone = Security(ticker="601398.SH", names=(name("工商银行"),), replace=True)
    assert linked("中国工商银行股份有限公司公告。", amended(gone)) == ["601398.SH", "01398.HK"]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        pytest.param(date(2026, 1, 31), [], id="before"),
        pytest.param(date(2026, 2, 1), ["688999.SH"], id="first-day"),
        pytest.param(date(2026, 3, 31), ["688999.SH"], id="last-day"),
        pytest.param(date(2026, 4, 1), [], id="after"),
    ],
)
def test_a_name_means_its_ticker_on_the_days_said(day: date, found: list[str]) -> None:
    dated = name("晨光新材", NameKind.SHORT, valid_from=date(2026, 2, 1), valid_to=date(2026, 3, 31))
    register = Register(SHIPPED, [Security(ticker="688999.SH", names=(dated,))])
    assert linked("晨光新材公告。", register.on(day)) == found
    assert linked("晨光新材公告。", register.on(DAY).on(day)) == found


def test_days_of_quotation_are_first_and_last_day() -> None:
    said = Security(ticker="01398.HK", valid_from=date(2026, 2, 1), valid_to=date(2026, 3, 2))
    master = amended(said)
    assert master.listings("601398.SH", date(2026, 3, 2)) == ("601398.SH", "01398.HK")
    assert master.listings("601398.SH", date(2026, 3, 3)) == ("601398.SH",)
    assert master.listings("601398.SH", date(2026, 1, 31)) == ("601398.SH",)


def test_a_new_listing_joins_its_issuer_and_leads_it_where_it_is_the_mainland_one() -> None:
    said = Security(ticker="688998.SH", listing="09988.HK", board="BK0477")
    master = amended(said)
    assert master.listings("688998.SH") == ("688998.SH", "09988.HK", "BABA.US")
    assert linked("阿里巴巴公告。", master) == ["688998.SH", "09988.HK", "BABA.US"]
    assert master.board_of("688998.SH") == "BK0477"


def test_a_listing_of_its_own_is_parted_from_the_others() -> None:
    master = amended(Security(ticker="BABA.US", listing="BABA.US"))
    assert master.listings("09988.HK") == ("09988.HK",)
    assert master.issuer_of("BABA.US") == "BABA.US"


def test_what_is_known_by_issuer_follows_a_new_primary_listing() -> None:
    master = amended(Security(ticker="601398.SH", listing="601398.SH"))
    assert master.board_of("601398.SH") == "BK0475"
    master = amended(
        Security(ticker="600031.SH", listing="603000.SH"), Security(ticker="600029.SH", listing="600030.SH")
    )
    assert master.brokers == {"600029.SH"}


def test_a_name_that_is_a_word_needs_company_evidence_as_a_shipped_one() -> None:
    assert (
        linked(
            "机器人走进课堂。", amended(Security(ticker="300024.SZ", names=(name("机器人"),), replace=True))
        )
        == []
    )


def test_a_phrase_that_covers_a_new_name_covers_it() -> None:
    master = amended(Security(ticker="688999.SH", names=(name("国石化集"),)))
    assert linked("中国石化集团称。", master) == linked("中国石化集团称。", SHIPPED)


def test_a_cut_name_behind_a_mark_of_the_exchange_is_known() -> None:
    master = amended(Security(ticker="600999.SH", names=(name("晨光新材", NameKind.SHORT),)))
    assert linked("XD晨光新今日除息。", master) == ["600999.SH"]
    assert linked("XD晨光新今日除息。", SHIPPED) == []

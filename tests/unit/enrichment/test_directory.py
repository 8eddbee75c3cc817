"""The master as it is looked up: by code, by name, by part."""

from __future__ import annotations

from datetime import date

import pytest

from streams.enrichment.linking.directory import Directory
from streams.enrichment.linking.rows import Row
from streams.enrichment.security import NameKind, Security, SecurityName
from tests.unit.enrichment.builders import ROWS, a_master

DAYS = (Row("000002.SZ", "since", "2020-01-02"), Row("000002.SZ", "until", "2025-01-02"))


def directory(*said: Security) -> Directory:
    return Directory((*ROWS, *DAYS), said, a_master().issuer_of)


@pytest.mark.parametrize(
    ("query", "tickers"),
    [
        pytest.param("601398", ["601398.SH"], id="digits"),
        pytest.param("601398.sh", ["601398.SH"], id="code"),
        pytest.param("工商银行", ["601398.SH", "01398.HK"], id="name-of-two-listings"),
        pytest.param("工商銀行", ["601398.SH", "01398.HK"], id="another-script"),
        pytest.param(
            "中", ["000931.SZ", "600028.SH", "600030.SH", "601398.SH"], id="beginnings-before-parts"
        ),
        pytest.param("apple", ["AAPL.US"], id="case"),
        pytest.param("nobody", [], id="nothing"),
        pytest.param(" ", [], id="blank"),
    ],
)
def test_a_listing_is_found_best_first(query: str, tickers: list[str]) -> None:
    assert [match.sheet.ticker for match in directory().find(query)] == tickers


def test_an_issuer_is_shown_with_all_its_listings_and_names_by_kind() -> None:
    ((first, second),) = directory().issuers("01398")
    assert (first.ticker, second.ticker, second.issuer) == ("601398.SH", "01398.HK", "601398.SH")
    assert [(called.kind, called.name) for called in first.names] == [
        ("short", "工商银行"),
        ("full", "中国工商银行股份有限公司"),
        ("alias", "工行"),
    ]
    assert first.board == "BK0475"


def test_days_of_quotation_are_the_first_and_the_last() -> None:
    ((sheet,),) = directory().issuers("000002")
    assert (sheet.valid_from, sheet.valid_to) == (date(2020, 1, 2), date(2025, 1, 1))


def test_what_was_said_comes_on_top_or_instead() -> None:
    names = (SecurityName(name="万科地产", kind=NameKind.SHORT, valid_from=date(2026, 1, 5)),)
    on_top = directory(Security(ticker="000002.SZ", names=names, source="desk", valid_to=date(2026, 12, 31)))
    ((sheet,),) = on_top.issuers("000002")
    assert [(one.name, one.said, one.source) for one in sheet.names] == [
        ("万科A", False, "curated"),
        ("万科地产", True, "desk"),
    ]
    assert (sheet.name, sheet.valid_to, sheet.said) == ("万科地产", date(2026, 12, 31), True)

    instead = directory(Security(ticker="000002.SZ", names=names, replace=True))
    assert [match.by for match in instead.find("万科")] == ["万科地产"]

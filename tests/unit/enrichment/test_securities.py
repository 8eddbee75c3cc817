"""Issuers, their listings, and whose a name is."""

from __future__ import annotations

from datetime import date

import pytest

from streams.enrichment.linking.securities import Master, Row


def master(*rows: tuple[str, str, str]) -> Master:
    return Master.from_rows(Row(ticker, kind, name, "curated") for ticker, kind, name in rows)


def called(name: str, *rows: tuple[str, str, str]) -> list[tuple[str, ...]]:
    return [entry.issuers for _, _, entry in master(*rows).matches(name)]


CODES = (
    ("920001.BJ", "short", "晨光新材"),
    ("830001.BJ", "short", "晨光新材"),
    ("830001.BJ", "until", "2025-10-09"),
    ("920001.BJ", "since", "2025-10-09"),
    ("830001.BJ", "listing", "920001.BJ"),
)


@pytest.mark.parametrize(
    ("day", "listings"),
    [
        pytest.param(date(2025, 10, 8), ("830001.BJ",), id="old-code"),
        pytest.param(date(2025, 10, 9), ("920001.BJ",), id="new-code"),
        pytest.param(None, ("920001.BJ",), id="today"),
    ],
)
def test_a_listing_is_told_while_it_is_quoted(day: date | None, listings: tuple[str, ...]) -> None:
    assert master(*CODES).listings("920001.BJ", day) == listings


def test_a_code_that_is_quoted_no_more_still_means_its_issuer() -> None:
    assert master(*CODES).issuer_of("830001.BJ") == "920001.BJ"


def test_a_b_share_belongs_to_the_issuer_and_is_not_among_what_a_name_means() -> None:
    rows = (("600001.SH", "short", "晨光新材"), ("900001.SH", "listing", "600001.SH"))
    assert master(*rows).issuer_of("900001.SH") == "600001.SH"
    assert master(*rows).listings("600001.SH") == ("600001.SH",)


@pytest.mark.parametrize(
    ("rows", "issuers"),
    [
        pytest.param(
            [("000001.SZ", "former", "晨光新材"), ("600001.SH", "short", "晨光新材")],
            [("600001.SH", "000001.SZ")],
            id="who-is-called-so-now",
        ),
        pytest.param(
            [("000001.SZ", "short", "晨光新材"), ("600001.SH", "short", "晨光新材股份")],
            [("000001.SZ",)],
            id="a-row-over-a-rule",
        ),
        pytest.param(
            [("000001.SZ", "short", "晨光新材控股"), ("600001.SH", "short", "晨光新材股份")],
            [],
            id="a-rule-that-gives-two-says-nothing",
        ),
    ],
)
def test_a_name_is_whose_it_is_likeliest(
    rows: list[tuple[str, str, str]], issuers: list[tuple[str, ...]]
) -> None:
    assert called("晨光新材", *rows) == issuers

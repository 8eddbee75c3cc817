"""The shipped reference data."""

from __future__ import annotations

import csv
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from streams.enrichment.linking.guards import is_share
from streams.enrichment.linking.mentions import find_mentions
from streams.news.article import Article
from streams.wire.reference import load_master

MASTER = load_master()
NOTICE = Path(__file__).parents[3] / "NOTICE"


def rows(name: str) -> list[dict[str, str]]:
    text = resources.files("streams.enrichment.data").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


SECURITIES = rows("securities.csv") + rows("curated.csv")


def test_the_pair_of_listings_of_one_company_is_one_issuer() -> None:
    assert MASTER.listings("601398.SH") == ("601398.SH", "01398.HK")
    assert MASTER.issuer_of("01398.HK") == "601398.SH"
    assert MASTER.name_of("01398.HK") == "工商银行"


def test_every_row_names_a_source_that_notice_names() -> None:
    notice = NOTICE.read_text(encoding="utf-8")
    sources = {part for row in SECURITIES for part in row["source"].split("+")}
    assert [source for source in sorted(sources) if f"\n{source}: " not in notice] == []


def test_rows_of_our_own_alone_are_in_the_file_of_our_own() -> None:
    assert {row["source"] for row in rows("curated.csv")} == {"curated"}
    assert "curated" not in {row["source"] for row in rows("securities.csv")}


def test_every_security_is_in_a_range_of_shares() -> None:
    assert [row["ticker"] for row in SECURITIES if not is_share(row["ticker"])] == []


@pytest.mark.parametrize(
    "name",
    ["securities.csv", "curated.csv", "words.csv", "joints.csv", "boards.csv", "media.csv", "brokers.csv"],
)
def test_no_row_is_there_twice(name: str) -> None:
    counted = Counter(tuple(row.items()) for row in rows(name))
    assert [row for row, times in counted.items() if times > 1] == []


def test_there_are_86_boards_and_every_company_s_board_is_one_of_them() -> None:
    codes = {row["code"] for row in rows("boards.csv")}
    assert len(codes) == 86
    assert {row["name"] for row in SECURITIES if row["kind"] == "board"} <= codes


@pytest.mark.parametrize(
    ("text", "tickers"),
    [
        pytest.param("在中关村科技园举行", set(), id="place"),
        pytest.param("推进金融创新", set(), id="two-words"),
        pytest.param("陆家嘴财经早餐", set(), id="medium"),
        pytest.param("纳斯达克综合指数收高", set(), id="index"),
        pytest.param("中国移动互联网用户", set(), id="adjective"),
        pytest.param("宁德时代拟赴港", {"300750.SZ", "03750.HK"}, id="company"),
    ],
)
def test_the_shipped_tables_tell_companies_from_their_look_alikes(text: str, tickers: set[str]) -> None:
    mentions, _ = find_mentions(Article(id="a", source="s", text=text), MASTER)
    assert {mention.ticker for mention in mentions} == tickers


@pytest.mark.parametrize(
    "name",
    sorted(
        entry.name
        for entry in resources.files("streams.enrichment.data").iterdir()
        if entry.name.endswith(".csv")
    ),
)
def test_every_row_has_a_field_for_each_column_and_no_more(name: str) -> None:
    """A comma among the words of a rule cuts the rest of them off, unless the field is quoted."""
    text = resources.files("streams.enrichment.data").joinpath(name).read_text(encoding="utf-8")
    header, *rest = csv.reader(text.splitlines())
    assert [row for row in rest if len(row) != len(header)] == []

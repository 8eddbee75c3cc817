"""The figures on the labelled articles do not fall, and the labels are well-formed."""

from __future__ import annotations

import pytest

from streams.enrichment.article import EventKind, Role
from streams.wire.reference import load_master
from tests.quality.figures import (
    ALL,
    COLUMNS,
    COUNTS,
    LOWER_IS_BETTER,
    Figures,
    figures,
    kept,
    markdown,
    rows,
    shown,
    understood,
)
from tests.quality.figures import README as PAGE
from tests.quality.material import Labelled, labelled

# How far a figure may fall below the kept one: an article of a slice weighs more than one of all.
MARGIN_ALL, MARGIN_SLICE = 0.01, 0.05
LEAST_ARTICLES = 370
LEAST_IN_A_SLICE = 12
GAPS_OF_THE_MASTER = {"NDAQ.US", "01992.HK"}

ARTICLES = labelled()
MASTER = load_master()


@pytest.fixture(scope="module")
def present() -> Figures:
    return figures(understood(ARTICLES, MASTER))


@pytest.mark.parametrize("name", kept())
def test_a_slice_stays_as_right_as_it_was(name: str, present: Figures) -> None:
    margin = MARGIN_ALL if name == ALL else MARGIN_SLICE
    for column in COLUMNS:
        fall = kept()[name][column] - present[name][column]
        fall = -fall if column in LOWER_IS_BETTER else fall
        assert fall <= margin, f"{column} was {kept()[name][column]}, is {present[name][column]:.3f}"


def test_every_slice_has_kept_figures(present: Figures) -> None:
    assert _counts(kept()) == _counts(present), "keep the new ones with: make quality ARGS=--write"


def _counts(made: Figures) -> list[tuple[str, list[float]]]:
    return [(name, [row[column] for column in COUNTS]) for name, row in made.items()]


def test_readme_shows_the_kept_figures() -> None:
    assert shown(PAGE.read_text("utf-8")) == markdown(kept())


def test_the_set_is_large_enough() -> None:
    assert len(ARTICLES) >= LEAST_ARTICLES
    for name, *cells in rows(kept())[1:]:
        assert int(cells[0]) >= LEAST_IN_A_SLICE, name


def test_every_article_has_an_id_and_a_wording_of_its_own() -> None:
    assert len({gold.id for gold in ARTICLES}) == len(ARTICLES)
    assert len({gold.raw.content for gold in ARTICLES}) == len(ARTICLES)


@pytest.mark.parametrize("gold", ARTICLES, ids=lambda gold: f"{gold.slice}/{gold.id}")
def test_an_articles_labels_are_well_formed(gold: Labelled) -> None:
    words = "".join(f"{gold.raw.title or ''}\n{gold.raw.content}".split())
    tickers = [label.ticker for label in gold.tickers]
    assert len(set(tickers)) == len(tickers)
    for label in gold.tickers:
        assert label.role in list(Role)
        assert "".join(label.surface.split()) in words, label.surface
    for trap in gold.traps:
        assert trap.ticker not in tickers, f"{trap.ticker} is both labelled and a trap"
        assert "".join(trap.surface.split()) in words, trap.surface
        assert trap.why
    for sector in gold.sectors:
        assert MASTER.boards.name_of(sector.code) == sector.name
    assert 1 <= len(gold.events) <= 3
    assert all(kind in list(EventKind) for kind in gold.events)


def test_every_ticker_is_in_the_master() -> None:
    tickers = {named.ticker for gold in ARTICLES for named in (*gold.tickers, *gold.traps)}
    assert {ticker for ticker in tickers if not MASTER.issuer_of(ticker)} <= GAPS_OF_THE_MASTER


def test_an_alternate_is_another_listing_of_a_labelled_issuer_or_explained() -> None:
    for gold in ARTICLES:
        owed = {MASTER.issuer_of(label.ticker) for label in gold.tickers if not label.alternate}
        for label in gold.tickers:
            assert not label.alternate or gold.note or MASTER.issuer_of(label.ticker) in owed, (
                gold.id,
                label,
            )

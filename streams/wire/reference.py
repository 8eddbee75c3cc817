"""Loads the reference data that ships inside the package (`streams/enrichment/data/*.csv`) into a master.

Plain CSV with a header row, UTF-8, read once at start: under a second and 40 MB for the shipped master.
NOTICE names the sources.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib import resources

from streams.enrichment.article import RejectReason
from streams.enrichment.boards import Board
from streams.enrichment.event_words import EventWords
from streams.enrichment.linking.cues import Cue
from streams.enrichment.linking.review import Known
from streams.enrichment.linking.securities import Master, Row, WordRow
from streams.news.text import fold

_DATA = "streams.enrichment.data"
# Who counts a trade or publishes data, and has no view of a share.
_NO_BROKERS = frozenset(("consult", "data"))


@cache
def load_master() -> Master:
    """Return the shipped security master with its guards, word lists and boards; a process has one."""
    return Master.from_rows(
        shipped_rows(),
        words=_words(),
        guards=_cues("guards.csv", "reason"),
        roles=_cues("roles.csv", "cue"),
        brokers=(row["name"] for row in _rows("brokers.csv") if row["kind"] not in _NO_BROKERS),
        researchers=(row["name"] for row in _rows("brokers.csv") if row["kind"] == "consult"),
        media=(row["name"] for row in _rows("media.csv")),
        boards=shipped_boards(),
        events=(
            EventWords(kind=row["kind"], points=float(row["points"]), words=tuple(row["words"].split()))
            for row in _rows("events.csv")
        ),
        joints=(row["word"] for row in _rows("joints.csv")),
    )


def load_known() -> Known:
    """Return the lists that a security's names are held against."""
    return Known(
        words=tuple(_words()),
        joints=frozenset(row["word"] for row in _rows("joints.csv")),
        places=_folded("places.csv"),
        media=_folded("media.csv"),
        boards=_folded("boards.csv"),
        accepted={(row["concern"], row["subject"]): row["reason"] for row in _rows("accepted.csv")},
    )


def shipped_rows() -> Iterator[Row]:
    """Yield the rows of the shipped master, those of other sources before our own."""
    for name in ("securities.csv", "curated.csv"):
        text = resources.files(_DATA).joinpath(name).read_text(encoding="utf-8")
        rows = csv.reader(text.splitlines())
        next(rows)
        yield from map(Row._make, rows)


def shipped_boards() -> Iterator[Board]:
    """Yield the industry boards, each with its words."""
    for row in _rows("boards.csv"):
        yield Board(
            code=row["code"],
            name=row["name"],
            words=tuple(row["words"].split()),
            hints=tuple(row["hints"].split()),
            names=tuple(row["names"].split()),
        )


def _words() -> Iterator[WordRow]:
    for row in _rows("words.csv"):
        yield WordRow(name=row["name"], reason=RejectReason(row["reason"]) if row["reason"] else None)


def _folded(name: str) -> frozenset[str]:
    return frozenset(fold(row["name"]).text for row in _rows(name))


def _cues(name: str, meaning: str) -> Iterator[Cue]:
    for row in _rows(name):
        words = tuple(row["words"].split())
        yield Cue(meaning=row[meaning], side=row["side"], scope=row.get("scope", ""), words=words)


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files(_DATA).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())

"""Loads the reference data that ships inside the package (`streams/enrichment/data/*.csv`) into a master.

Plain CSV with a header row, UTF-8, read once at start: 30 ms for the shipped master. NOTICE names the sources.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib import resources

from streams.enrichment.article import RejectReason
from streams.enrichment.linking.guards import Guard
from streams.enrichment.linking.securities import Master, Row, WordRow
from streams.enrichment.tagging.boards import Board

_DATA = "streams.enrichment.data"


def load_master() -> Master:
    """Return the shipped security master with its guards, word lists and boards."""
    return Master.from_rows(
        (Row(**row) for row in _rows("securities.csv")),
        words=(WordRow(name=row["name"], reason=RejectReason(row["reason"])) for row in _rows("words.csv")),
        guards=(
            Guard(
                reason=row["reason"], side=row["side"], scope=row["scope"], words=tuple(row["words"].split())
            )
            for row in _rows("guards.csv")
        ),
        brokers=(row["name"] for row in _rows("brokers.csv")),
        media=(row["name"] for row in _rows("media.csv")),
        boards=(
            Board(code=row["code"], name=row["name"], words=tuple(row["words"].split()))
            for row in _rows("boards.csv")
        ),
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with resources.files(_DATA).joinpath(name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)

"""Tickers and boards that somebody asks for and nobody knows: told, not refused; they may be added later."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import cache
from typing import Protocol

from streams.cli.master import read_said
from streams.cli.output import note
from streams.enrichment.linking.rows import RowKind
from streams.errors import BrokerFault
from streams.settings import Settings
from streams.wire.reference import shipped_boards, shipped_rows
from streams.wire.topics import SECURITIES, full_name


class Asking(Protocol):
    """A subscription or a silence, as far as it matters here."""

    @property
    def tickers(self) -> tuple[str, ...]:
        """Listings."""
        ...

    @property
    def sectors(self) -> tuple[str, ...]:
        """Codes of boards."""
        ...


class Strangers:
    """Warns of codes that are not known, of each once.

    Args:
        settings: Where the topic is that adds to the shipped master; None to look at what is shipped only.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings
        self._met: dict[str, str] = {}

    def meet(self, asking: Asking, of: str = "") -> None:
        """Look at what is asked for.

        Args:
            asking: By whom.
            of: Where it stands, for a person.
        """
        start = f"{of}: " if of else ""
        for code in asking.tickers:
            if code not in _shipped_tickers():
                self._met.setdefault(code, f"{start}tickers: {code}")
        for code in asking.sectors:
            if code not in _shipped_boards():
                self._met.setdefault(code, f"{start}sectors: {code}")

    def tell(self) -> None:
        """Warn of those met whom the topic does not know either; one that cannot be read knows none."""
        if not self._met:
            return
        where, said = "the shipped master", set[str]()
        if self._settings is not None:
            where = f"the shipped master, nor in {full_name(SECURITIES, self._settings.prefix)}"
            with suppress(BrokerFault):
                said = set(asyncio.run(read_said(self._settings))[0])
        for code, words in self._met.items():
            if code not in said:
                note(f"warning: {words} is not in {where}: nothing is known to be about it")


def warn_of_strangers(settings: Settings, asking: Asking) -> None:
    """Warn of what one subscription or silence asks for and neither master nor topic knows."""
    strangers = Strangers(settings)
    strangers.meet(asking)
    strangers.tell()


@cache
def _shipped_tickers() -> frozenset[str]:
    rows = tuple(shipped_rows())
    return frozenset(row.ticker for row in rows) | {row.name for row in rows if row.kind == RowKind.LISTING}


@cache
def _shipped_boards() -> frozenset[str]:
    return frozenset(board.code for board in shipped_boards())

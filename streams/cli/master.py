"""The securities as the commands see them: shipped, and as the topic has them where a broker is named."""

from __future__ import annotations

import asyncio
import os
from contextlib import aclosing
from dataclasses import dataclass

import click

from streams.cli.output import note
from streams.enrichment.linking.amended import Register
from streams.enrichment.linking.directory import Directory
from streams.enrichment.linking.review import Finding, review
from streams.enrichment.linking.rows import Row
from streams.enrichment.linking.securities import Master
from streams.enrichment.security import Security
from streams.errors import BadInput
from streams.kafka.reading import read_range
from streams.observe.clock import now
from streams.settings import Settings, variable
from streams.wire.reference import load_known, load_master, shipped_rows
from streams.wire.securities import read_security
from streams.wire.topics import SECURITIES, full_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Securities:
    """The shipped rows, what was said since, and the master of both, as of today."""

    rows: tuple[Row, ...]
    said: dict[str, Security]
    master: Master

    def directory(self) -> Directory:
        """Return them ready to be looked up."""
        return Directory(self.rows, self.said.values(), self.master.issuer_of)

    def review(self) -> list[Finding]:
        """Return all that is odd in what is in force."""
        replaced = {ticker for ticker, one in self.said.items() if one.replace}
        rows = [row for row in self.rows if row.ticker not in replaced]
        for one in self.said.values():
            rows += (Row(one.ticker, name.kind, name.name, one.source or "") for name in one.names)
        return review(rows, load_known(), self.master.issuer_of)


def load_securities(said: dict[str, Security]) -> Securities:
    """Return the shipped securities with what was said laid over."""
    master = Register(load_master(), said.values()).on(now().date())
    return Securities(rows=tuple(shipped_rows()), said=said, master=master)


def said_where_asked(settings: Settings) -> dict[str, Security]:
    """Return what the topic says, where flag or variable names a broker; else {}. Bad records are noted."""
    source = click.get_current_context().get_parameter_source("broker")
    if source is not click.core.ParameterSource.COMMANDLINE and not os.environ.get(variable("broker")):
        return {}
    said, bad = asyncio.run(read_said(settings))
    for key, error in bad.items():
        note(f"not held: {key}: {error}")
    return said


async def read_said(settings: Settings) -> tuple[dict[str, Security], dict[str, BadInput]]:
    """Return what the topic says by ticker, and what is wrong with records that workers refuse, by key."""
    said: dict[str, Security] = {}
    bad: dict[str, BadInput] = {}
    async with aclosing(read_range(settings, full_name(SECURITIES, settings.prefix))) as records:
        async for record in records:
            key = (record.key or b"").decode("utf-8", "replace")
            bad.pop(key, None)
            if record.value is None:
                said.pop(key, None)
                continue
            try:
                said[key] = read_security(record.value, key)
            except BadInput as error:  # what was said before still counts
                bad[key] = error
    return said, bad

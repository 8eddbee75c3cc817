"""`news-alerts securities`: the names that companies are known by, shipped and said at run time."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import click

from streams.cli.exits import Exit
from streams.cli.inputs import open_input
from streams.cli.master import load_securities, read_said, said_where_asked
from streams.cli.options import CONNECTION, json_option, settings_options
from streams.cli.output import complain_of, note, say, say_json, say_line
from streams.cli.sheets import say_match, say_record, say_sheets
from streams.cli.since import Since
from streams.cli.unknown import count_unknown
from streams.enrichment.security import NameKind, Security, SecurityName, faults_of
from streams.errors import BadInput, BadSecurity, ErrorCode, Fault
from streams.kafka.publisher import open_publisher
from streams.settings import Settings
from streams.wire.envelope import security_message, security_tombstone
from streams.wire.message import Message
from streams.wire.security_files import read_security_rows

_DAY = click.DateTime(["%Y-%m-%d"])
_REPLACE = "The shipped names of the ticker mean it no more."


@click.group("securities")
def command() -> None:
    """Look names of companies up, add and correct them; live in every worker in under a second."""


@command.command("find")
@settings_options(*CONNECTION)
@click.argument("query", metavar="QUERY")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Most lines.")
@json_option
def find(settings: Settings, *, query: str, limit: int, as_json: bool) -> int:
    """Find listings by code, by name, or by part of a name; with --broker also what the topic says."""
    found = load_securities(said_where_asked(settings)).directory().find(query)
    for match in found[:limit]:
        say_json(match) if as_json else say_match(match)
    if len(found) > limit:
        note(f"{len(found) - limit:,} more; --limit shows them")
    if not found:
        note(f"nothing is called {query!r}")
    return Exit.DONE if found else Exit.BAD_INPUT


@command.command("show")
@settings_options(*CONNECTION)
@click.argument("query", metavar="TICKER|NAME")
@json_option
def show(settings: Settings, *, query: str, as_json: bool) -> None:
    """Show all listings of an issuer: names by kind, their sources, days of quotation."""
    found = load_securities(said_where_asked(settings)).directory().issuers(query)
    if not found:
        fault = Fault("name", ErrorCode.UNKNOWN_VALUE, f"{query!r} is no code and no whole name")
        raise BadSecurity(fault, hint=f"`news-alerts securities find {query}` looks for parts")
    for sheets in found:
        if as_json:
            for sheet in sheets:
                say_json(sheet)
        else:
            say_sheets(sheets)


@command.command("check")
@settings_options(*CONNECTION)
@click.argument("file", required=False)
@click.option("--all", "everything", is_flag=True, help="Tell also what is explained, and by what.")
@json_option
def check(settings: Settings, *, file: str | None, everything: bool, as_json: bool) -> int:
    """Report duplicates, codes that exist twice, names that are words or places or shared.

    Of the shipped master; with --broker also of what the topic says, and of the rows of a FILE (CSV) as if
    they were imported. What nothing explains makes the exit code 5, as a faulty row does.
    """
    said = said_where_asked(settings)
    rows, faulty = _read(file, replace=False) if file else ([], 0)
    securities = load_securities(said | {one.ticker: one for one in rows})
    findings = securities.review()
    unexplained = [finding for finding in findings if finding.explanation is None]
    for finding in findings if everything else unexplained:
        if as_json:
            say_json(finding)
        else:
            say_line(
                (f"{finding.concern:9}", {"bold": finding.explanation is None}),
                (f"{finding.subject}  {' '.join(finding.tickers)}  {finding.words}", {}),
                (finding.explanation or "", {"dim": True}),
            )
    explained = len(findings) - len(unexplained)
    note(f"{len(securities.rows):,} rows: {len(unexplained):,} unexplained, {explained:,} explained")
    return Exit.BAD_INPUT if unexplained or faulty else Exit.DONE


@command.command("list")
@settings_options(*CONNECTION)
@json_option
def list_(settings: Settings, *, as_json: bool) -> None:
    """List what the topic says beside the shipped master. Bad records are named on stderr."""
    said, bad = asyncio.run(read_said(settings))
    for key, error in bad.items():
        note(f"not held: {key}: {error}")
    for ticker in sorted(said):
        say_json(said[ticker]) if as_json else say_record(said[ticker])


@command.command("import")
@settings_options(*CONNECTION)
@click.argument("file")
@click.option("--replace", is_flag=True, help=_REPLACE)
def import_(settings: Settings, *, file: str, replace: bool) -> int:
    """Say what a FILE (CSV: ticker,kind,name[,source,valid_from,valid_to]) has of its tickers.

    Of each ticker the file takes the place of what was said before. A faulty row is named with its line,
    its ticker is left as it is, and the exit code is 5.
    """
    rows, faulty = _read(file, replace=replace)
    asyncio.run(_publish(settings, [security_message(one, settings.prefix) for one in rows]))
    say(f"{len(rows):,} tickers said, {faulty:,} rows refused")
    return Exit.BAD_INPUT if faulty else Exit.DONE


@command.command("add")
@settings_options(*CONNECTION)
@click.argument("ticker")
@click.option("--name", "names", multiple=True, help="A name; repeat for more.")
@click.option(
    "--kind",
    default=str(NameKind.ALIAS),
    type=click.Choice([str(kind) for kind in NameKind]),
    help="Of these names.",
)
@click.option("--from", "first", type=_DAY, help="First day on which they mean it.")
@click.option("--to", "last", type=_DAY, help="Last day on which they mean it.")
@click.option("--listing", help="Another listing of the same issuer.")
@click.option("--board", help="Code of the issuer's industry board, as BK0475.")
@click.option("--quoted-from", type=_DAY, help="First day on which the ticker is quoted.")
@click.option("--quoted-to", type=_DAY, help="Last day on which it is quoted.")
@click.option("--source", help="Who says so.")
@click.option("--replace", is_flag=True, help=f"{_REPLACE} So does what was said of it before.")
@json_option
def add(
    settings: Settings,
    *,
    ticker: str,
    names: Sequence[str],
    kind: str,
    first: datetime | None,
    last: datetime | None,
    quoted_from: datetime | None,
    quoted_to: datetime | None,
    listing: str | None,
    board: str | None,
    source: str | None,
    replace: bool,
    as_json: bool,
) -> None:
    """Say more of a TICKER: names, a listing of the same issuer, its board, days of quotation."""
    days = {"valid_from": _date(first), "valid_to": _date(last)}
    facts: dict[str, Any] = {
        "listing": listing,
        "board": board,
        "valid_from": _date(quoted_from),
        "valid_to": _date(quoted_to),
        "source": source,
    }
    given = tuple(SecurityName(name=name, kind=NameKind(kind), **days) for name in names)
    said = Security(ticker=ticker, names=given, replace=replace, **facts)
    if faults := faults_of(said):
        raise BadSecurity(*faults)
    whole = asyncio.run(_add(settings, said))
    say_json(whole) if as_json else say_record(whole)


async def _add(settings: Settings, said: Security) -> Security:
    """Say it on top of what was said before; return what is said now."""
    before = (await read_said(settings))[0].get(said.ticker)
    if before is not None and not said.replace:
        again = {name.name for name in said.names}
        names = tuple(name for name in before.names if name.name not in again) + said.names
        told = {name: value for name in _FACTS if (value := getattr(said, name)) is not None}
        said = dataclasses.replace(before, names=names, **told)
        if faults := faults_of(said):
            raise BadSecurity(*faults)
    await _publish(settings, [security_message(said, settings.prefix)])
    return said


_FACTS = ("listing", "board", "valid_from", "valid_to", "source")


@command.command("remove")
@settings_options(*CONNECTION)
@click.argument("ticker")
def remove(settings: Settings, *, ticker: str) -> None:
    """Take back all that was said of a TICKER: the shipped master counts again."""
    asyncio.run(_remove(settings, ticker))
    say(f"removed {ticker}: the shipped master counts again")


async def _remove(settings: Settings, ticker: str) -> None:
    said, bad = await read_said(settings)
    if ticker not in said and ticker not in bad:
        fault = Fault("ticker", ErrorCode.UNKNOWN_VALUE, f"nothing is said of {ticker!r}")
        raise BadSecurity(fault, hint="`news-alerts securities list` shows all")
    await _publish(settings, [security_tombstone(ticker, settings.prefix)])


@command.command("unknown")
@settings_options(*CONNECTION)
@click.option("--since", type=Since(), help="Only articles of 15m, 1h, 2d ago or later, or of a time.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Most lines.")
@json_option
def unknown(settings: Settings, *, since: datetime | None, limit: int, as_json: bool) -> None:
    """List names that look like listed companies and are not in the master, those of most articles first."""
    tally = asyncio.run(count_unknown(settings, since))
    for one in tally[:limit]:
        if as_json:
            say_json(one)
        else:
            say_line(
                (f"{one.articles:6,}", {"bold": True}),
                (f"{one.surface}  {one.ticker or ''}".rstrip(), {}),
                (
                    f"{one.kind.replace('_', ' ')}; last in {one.article} {one.title or ''}".rstrip(),
                    {"dim": True},
                ),
            )
    note(
        f"{len(tally):,} names" + (f", {len(tally) - limit:,} more than shown" if len(tally) > limit else "")
    )


async def _publish(settings: Settings, messages: Sequence[Message]) -> None:
    async with open_publisher(settings) as publisher:
        await publisher.publish(messages)


def _read(file: str, *, replace: bool) -> tuple[list[Security], int]:
    """Read a list; complain of each faulty row, and return how many there are."""
    found, faulty = [], 0
    with open_input(file) as lines:
        for line, entry in read_security_rows(lines, replace=replace):
            if isinstance(entry, BadInput):
                faulty += 1
                complain_of(entry, of=f"{file}:{line}")
            else:
                found.append(entry)
    return found, faulty


def _date(moment: datetime | None) -> date | None:
    return moment.date() if moment else None

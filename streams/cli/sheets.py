"""Securities in words, for a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from streams.cli.output import say, say_line
from streams.enrichment.linking.directory import Called, Match, Sheet
from streams.enrichment.security import Security, SecurityName

_LABEL = 11


def say_match(match: Match) -> None:
    """Print a listing that was found, and by which name."""
    sheet = match.sheet
    of = f"of {sheet.issuer}" if sheet.issuer != sheet.ticker else ""
    by = f"by {match.by}" if match.by and match.by != sheet.name else ""
    parts = [part for part in (of, by, _days(sheet.valid_from, sheet.valid_to, "quoted")) if part]
    say_line(
        (f"{sheet.ticker:10}", {"bold": True}),
        (sheet.name or "(no name)", {}),
        (", ".join(parts), {"dim": True}),
    )


def say_sheets(sheets: Sequence[Sheet]) -> None:
    """Print all listings of an issuer."""
    for sheet in sheets:
        about = ["the issuer's first" if sheet.ticker == sheet.issuer else f"listing of {sheet.issuer}"]
        about += [part for part in (sheet.board, _days(sheet.valid_from, sheet.valid_to, "quoted")) if part]
        say_line(
            (f"{sheet.ticker:10}", {"bold": True}),
            (sheet.name or "(no name)", {}),
            (", ".join(about), {"dim": True}),
        )
        for called in sheet.names:
            say_line((f"  {called.kind:{_LABEL}}", {}), (called.name, {}), (_about(called), {"dim": True}))


def say_record(said: Security) -> None:
    """Print what was said of a ticker."""
    facts = [f"listing of {said.listing}" if said.listing else "", said.board or ""]
    facts += [
        _days(said.valid_from, said.valid_to, "quoted"),
        "instead of the shipped names" if said.replace else "",
    ]
    names = ", ".join(map(_name, said.names)) or "no names"
    source = f"({said.source})" if said.source else ""
    say(
        " ".join(filter(None, [f"{said.ticker:10}", names, *(f"; {fact}" for fact in facts if fact), source]))
    )


def _name(name: SecurityName) -> str:
    days = _days(name.valid_from, name.valid_to, "")
    return f"{name.name} ({', '.join(filter(None, (name.kind, days)))})"


def _about(called: Called) -> str:
    said = "said at run time" if called.said else ""
    return ", ".join(filter(None, (said, called.source, _days(called.valid_from, called.valid_to, ""))))


def _days(first: date | None, last: date | None, verb: str) -> str:
    days = " ".join(filter(None, (f"from {first}" if first else "", f"to {last}" if last else "")))
    return f"{verb} {days}".strip() if days else ""

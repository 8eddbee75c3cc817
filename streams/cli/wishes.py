"""A subscription on the command line: its flags, its files, and the same in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import click

from streams.alerts.subscription import Listings, Subscription
from streams.enrichment.article import EventKind, Role
from streams.errors import BadInput, BadSubscription, ErrorCode, Fault
from streams.wire.subscription_files import Entry, read_subscriptions

# Opened by `read_wishes`; `-` is stdin.
WISH_FILE = click.Path(exists=True, dir_okay=False, allow_dash=True)

_OPTIONS = (
    click.option("--id", help="Derived from subscriber and wish where absent, so that adding twice is one."),
    click.option("--subscriber", help="Whose topic gets the alerts."),
    click.option("--ticker", "tickers", multiple=True, help="An issuer, by any listing; repeat for more."),
    click.option("--sector", "sectors", multiple=True, help="A board code, as BK0475; repeat for more."),
    click.option("--market", is_flag=True, help="News of the market as a whole."),
    click.option("--event", "events", multiple=True, help=f"Only these kinds: {', '.join(EventKind)}."),
    click.option("--role", "roles", multiple=True, help=f"Only these: {', '.join(Role)}; default subject."),
    click.option("--min-relevance", help="Only mentions at least so relevant, 0 to 1."),
    click.option("--source", "sources", multiple=True, help="Only articles of these sources."),
    click.option("--keyword-any", "any_", multiple=True, help="At least one of these words."),
    click.option("--keyword-all", "all_", multiple=True, help="All of these words."),
    click.option("--keyword-none", "none_", multiple=True, help="None of these words."),
    click.option("--listings", help=f"{' or '.join(Listings)}: news of the issuer, or of the listing named."),
    click.option("--disabled", is_flag=True, help="Keep it, and send nothing."),
)


def wish_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the flags of a subscription; `wish_fields` takes what they give."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wish_fields(wish: dict[str, Any]) -> dict[str, object]:
    """Return the fields of a subscription as its flags give them; nothing is checked here."""
    keywords = {name: list(words) for name in ("any", "all", "none") if (words := wish[f"{name}_"])}
    given = {name: value for name, value in wish.items() if value and not name.endswith("_")}
    fields: dict[str, object] = {
        name: list(value) if isinstance(value, tuple) else value for name, value in given.items()
    }
    if "min_relevance" in fields:
        with suppress(ValueError):  # what is no number stays text, and is told of with all other faults
            fields["min_relevance"] = float(given["min_relevance"])
    if fields.pop("disabled", False):
        fields["enabled"] = False
    return fields | ({"keywords": keywords} if keywords else {})


def read_wishes(path: str) -> Iterator[Entry]:
    """Yield the subscriptions of a `WISH_FILE`, or what is wrong with them, each with its line."""
    with click.open_file(path, "rb") as file:
        yield from read_subscriptions(file)


def read_all_wishes(path: str) -> list[Subscription]:
    """Return the subscriptions of a `WISH_FILE`, where every one of them is valid.

    Raises:
        BadSubscription: With every fault of every line, or when the file holds none.
    """
    faults: list[Fault] = []
    held = []
    for line, found in read_wishes(path):
        if isinstance(found, BadInput):
            faults += [
                Fault(f"line {line}, {fault.field}", fault.code, fault.message) for fault in found.faults
            ]
        else:
            held.append(found)
    if not faults and not held:
        faults.append(Fault("subscriptions", ErrorCode.EMPTY, f"{path} holds none"))
    if faults:
        raise BadSubscription(*faults)
    return held


def wish_in_words(subscription: Subscription) -> str:
    """Return a subscription in words: `desk-a gets 601398.SH, events policy`."""
    s = subscription
    subjects = [*s.tickers, *s.sectors, *(["market"] if s.market else [])]
    parts = [f"{s.subscriber} gets {' '.join(subjects)}"]
    lists = (
        ("events", s.events),
        ("sources", s.sources),
        ("roles", s.roles if s.roles != (Role.SUBJECT,) else ()),
        ("any of", s.keywords.any),
        ("all of", s.keywords.all),
        ("none of", s.keywords.none),
    )
    parts += [f"{name} {' '.join(values)}" for name, values in lists if values]
    if s.min_relevance:
        parts.append(f"relevance from {s.min_relevance:g}")
    if s.listings is Listings.NAMED:
        parts.append("only where the listing is named")
    return ", ".join(parts + ([] if s.enabled else ["disabled"]))

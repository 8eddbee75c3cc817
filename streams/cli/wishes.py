"""What subscriptions and silences ask for, on the command line: its flags, and the same in words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import click

from streams.alerts.routing.silence import Silence
from streams.alerts.routing.subscription import Listings, Subscription
from streams.enrichment.article import EventKind, Role

_MATCHER = (
    click.option("--ticker", "tickers", multiple=True, help="An issuer, by any listing; repeat for more."),
    click.option("--sector", "sectors", multiple=True, help="A board code, as BK0475; repeat for more."),
    click.option("--market", is_flag=True, help="News of the market as a whole."),
    click.option("--event", "events", multiple=True, help=f"Only these kinds: {', '.join(EventKind)}."),
)
_AND_MORE = (
    click.option("--min-relevance", help="Only mentions at least so relevant, 0 to 1."),
    click.option("--source", "sources", multiple=True, help="Only articles of these sources."),
    click.option("--keyword-any", "any_", multiple=True, help="At least one of these words."),
    click.option("--keyword-all", "all_", multiple=True, help="All of these words."),
    click.option("--keyword-none", "none_", multiple=True, help="None of these words."),
    click.option("--listings", help=f"{' or '.join(Listings)}: news of the issuer, or of the listing named."),
)

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def matcher_options(roles: str) -> tuple[Decorator, ...]:
    """Return the flags of a matcher; `wish_fields` takes what they give.

    Args:
        roles: Which roles it asks for where none is given.
    """
    role = click.option(
        "--role", "roles", multiple=True, help=f"Only these: {', '.join(Role)}; default {roles}."
    )
    return (*_MATCHER, role, *_AND_MORE)


def with_options(*options: Decorator) -> Decorator:
    """Return what gives a command these flags, in this order."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


wish_options = with_options(
    click.option("--id", help="Derived from subscriber and wish where absent, so that adding twice is one."),
    click.option("--subscriber", help="Whose topic gets the alerts."),
    *matcher_options("subject"),
    click.option("--disabled", is_flag=True, help="Keep it, and send nothing."),
)


def wish_fields(wish: dict[str, Any]) -> dict[str, object]:
    """Return the fields of a subscription or silence as its flags give them; nothing is checked here."""
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


def wish_in_words(subscription: Subscription) -> str:
    """Return a subscription in words: `desk-a gets 601398.SH, events policy`."""
    subjects, *conditions = matcher_in_words(subscription, (Role.SUBJECT,))
    parts = [f"{subscription.subscriber} gets {subjects}", *conditions]
    return ", ".join(parts + ([] if subscription.enabled else ["disabled"]))


def matcher_in_words(asked: Subscription | Silence, roles: tuple[Role, ...]) -> list[str]:
    """Return what is asked for in words: the subjects, "" where there are none, then each condition.

    Args:
        asked: The subscription or silence.
        roles: Those that need not be told.
    """
    parts = [" ".join([*asked.tickers, *asked.sectors, *(["market"] if asked.market else [])])]
    lists = (
        ("events", asked.events),
        ("sources", asked.sources),
        ("roles", asked.roles if asked.roles != roles else ()),
        ("any of", asked.keywords.any),
        ("all of", asked.keywords.all),
        ("none of", asked.keywords.none),
    )
    parts += [f"{name} {' '.join(values)}" for name, values in lists if values]
    if asked.min_relevance:
        parts.append(f"relevance from {asked.min_relevance:g}")
    if asked.listings is Listings.NAMED:
        parts.append("only where the listing is named")
    return parts

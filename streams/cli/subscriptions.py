"""`news-alerts subscriptions`: who wants what, in the compacted topic that every worker follows."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import click

from streams.alerts.routing.subscribing import parse_subscription
from streams.alerts.routing.subscription import Subscription
from streams.cli.holding import (
    check_file,
    find_held,
    import_file,
    list_held,
    publish_all,
    remove_held,
)
from streams.cli.options import CONNECTION, json_option, settings_options
from streams.cli.output import note, say, say_json, say_line
from streams.cli.strangers import warn_of_strangers
from streams.cli.wishes import wish_fields, wish_in_words, wish_options
from streams.settings import Settings
from streams.wire.control import SUBSCRIPTION


@click.group("subscriptions")
def command() -> None:
    """Say who wants what. A change is live in every worker in under a second."""


@command.command("add")
@settings_options(*CONNECTION, "replication")
@wish_options
@json_option
def add(settings: Settings, *, as_json: bool, **wish: Any) -> None:
    """Add a subscription, or replace the one with that id; the subscriber's topic is made where missing."""
    subscription = parse_subscription(wish_fields(wish))
    asyncio.run(_publish(settings, [subscription]))
    if as_json:
        say_json(SUBSCRIPTION.entry(subscription))
    else:
        say(f"added {subscription.id}: {wish_in_words(subscription)}")
    warn_of_strangers(settings, subscription)


@command.command("import")
@settings_options(*CONNECTION, "replication")
@click.argument("file")
def import_(settings: Settings, *, file: str) -> int:
    """Add the subscriptions of a FILE (NDJSON, or JSON) that are valid; the others are named, exit code 5."""
    return import_file(settings, SUBSCRIPTION, file, lambda chunk: _publish(settings, chunk))


@command.command("check")
@click.argument("file")
def check(file: str) -> int:
    """Check the subscriptions of a FILE (NDJSON, or JSON), without a broker; all faults with their lines."""
    return check_file(SUBSCRIPTION, file)


@command.command("list")
@settings_options(*CONNECTION)
@click.option("--subscriber", help="Only those of this subscriber.")
@json_option
def list_(settings: Settings, *, subscriber: str | None, as_json: bool) -> None:
    """List the subscriptions; --json gives lines that `import` takes. Bad records are named on stderr."""
    for subscription in list_held(settings, SUBSCRIPTION):
        if subscriber is not None and subscription.subscriber != subscriber:
            continue
        if as_json:
            say_json(SUBSCRIPTION.entry(subscription))
        else:
            say_line((subscription.id, {"bold": True}), (wish_in_words(subscription), {}))


@command.command("show")
@settings_options(*CONNECTION)
@click.argument("id_", metavar="ID")
def show(settings: Settings, *, id_: str) -> None:
    """Show one subscription as JSON, with the defaults of what it leaves out."""
    say_json(asyncio.run(find_held(settings, SUBSCRIPTION, id_)))


@command.command("remove")
@settings_options(*CONNECTION)
@click.argument("id_", metavar="ID")
def remove(settings: Settings, *, id_: str) -> None:
    """Remove a subscription. What was alerted before is still amended; the subscriber's topic stays."""
    asyncio.run(remove_held(settings, SUBSCRIPTION, id_))
    say(f"removed {id_}")


async def _publish(settings: Settings, subscriptions: Sequence[Subscription]) -> None:
    subscribers = {subscription.subscriber for subscription in subscriptions}
    messages = [SUBSCRIPTION.message(subscription, settings.prefix) for subscription in subscriptions]
    for name in await publish_all(settings, messages, subscribers=subscribers):
        note(f"topic {name} is missing, and this user may not make it; its alerts are suppressed meanwhile")
        note(f"hint: kafka-topics.sh --create --topic {name} --partitions 1, by a user who may")

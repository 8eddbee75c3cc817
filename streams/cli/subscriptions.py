"""`news-alerts subscriptions`: who wants what, in the compacted topic that every worker follows."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import click

from streams.alerts.subscribing import parse_subscription, to_fields
from streams.alerts.subscription import Subscription
from streams.cli.exits import Exit
from streams.cli.holding import find_held, publish_all, read_held
from streams.cli.options import CONNECTION, json_option, settings_options
from streams.cli.output import complain_of, note, progress, say, say_json, say_line
from streams.cli.wishes import WISH_FILE, read_wishes, wish_fields, wish_in_words, wish_options
from streams.errors import BadInput
from streams.settings import Settings
from streams.wire.envelope import subscription_message, subscription_tombstone

CHUNK = 2_000


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
        say_json(_entry(subscription))
    else:
        say(f"added {subscription.id}: {wish_in_words(subscription)}")


@command.command("import")
@settings_options(*CONNECTION, "replication")
@click.argument("file", type=WISH_FILE)
def import_(settings: Settings, *, file: str) -> int:
    """Add the subscriptions of a FILE (NDJSON, or JSON) that are valid; the others are named, exit code 5."""
    return asyncio.run(_import(settings, file))


async def _import(settings: Settings, file: str) -> int:
    added = faulty = 0
    chunk: list[Subscription] = []

    async def flush() -> None:
        nonlocal added
        await _publish(settings, chunk)
        added += len(chunk)
        advance(len(chunk))
        chunk.clear()

    with progress("adding", None) as advance:
        for line, found in read_wishes(file):
            if isinstance(found, BadInput):
                faulty += 1
                complain_of(found, of=f"{file}:{line}")
                continue
            chunk.append(found)
            if len(chunk) == CHUNK:
                await flush()
        await flush()
    say(f"{added:,} added, {faulty:,} refused")
    return Exit.BAD_INPUT if faulty else Exit.DONE


@command.command("check")
@click.argument("file", type=WISH_FILE)
def check(file: str) -> int:
    """Check the subscriptions of a FILE (NDJSON, or JSON), without a broker; all faults with their lines."""
    valid = faulty = 0
    for line, found in read_wishes(file):
        if isinstance(found, BadInput):
            faulty += 1
            complain_of(found, of=f"{file}:{line}")
        else:
            valid += 1
    say(f"{valid:,} valid, {faulty:,} faulty")
    return Exit.BAD_INPUT if faulty else Exit.DONE


@command.command("list")
@settings_options(*CONNECTION)
@click.option("--subscriber", help="Only those of this subscriber.")
@json_option
def list_(settings: Settings, *, subscriber: str | None, as_json: bool) -> None:
    """List the subscriptions; --json gives lines that `import` takes. Bad records are named on stderr."""
    held, bad = asyncio.run(read_held(settings))
    for key, error in bad.items():
        note(f"not held: {key}: {error}")
    for id_ in sorted(held):
        subscription = held[id_]
        if subscriber is not None and subscription.subscriber != subscriber:
            continue
        if as_json:
            say_json(_entry(subscription))
        else:
            say_line((id_, {"bold": True}), (wish_in_words(subscription), {}))


@command.command("show")
@settings_options(*CONNECTION)
@click.argument("id_", metavar="ID")
def show(settings: Settings, *, id_: str) -> None:
    """Show one subscription as JSON, with the defaults of what it leaves out."""
    say_json(asyncio.run(find_held(settings, id_)))


@command.command("remove")
@settings_options(*CONNECTION)
@click.argument("id_", metavar="ID")
def remove(settings: Settings, *, id_: str) -> None:
    """Remove a subscription. What was alerted before is still amended; the subscriber's topic stays."""
    asyncio.run(_remove(settings, id_))
    say(f"removed {id_}")


async def _remove(settings: Settings, id_: str) -> None:
    await find_held(settings, id_, or_bad=True)
    await publish_all(settings, [subscription_tombstone(id_, settings.prefix)])


async def _publish(settings: Settings, subscriptions: Sequence[Subscription]) -> None:
    subscribers = {subscription.subscriber for subscription in subscriptions}
    messages = [subscription_message(subscription, settings.prefix) for subscription in subscriptions]
    for name in await publish_all(settings, messages, subscribers=subscribers):
        note(f"topic {name} is missing, and this user may not make it; its alerts are suppressed meanwhile")
        note(f"hint: kafka-topics.sh --create --topic {name} --partitions 1, by a user who may")


def _entry(subscription: Subscription) -> dict[str, object]:
    return {"id": subscription.id} | to_fields(subscription)

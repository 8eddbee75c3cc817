"""`news-alerts tail`: alerts as they stand in the topic, or one readable line each."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import datetime, tzinfo
from typing import Any

import click

from streams.alerts.notification import Alert, AlertAction
from streams.cli.options import CONNECTION, json_option, settings_options
from streams.cli.output import note, say_bytes, say_line
from streams.cli.since import Since
from streams.errors import BadRecord, TopicFault
from streams.kafka.reading import read_range
from streams.observe.clock import now
from streams.settings import Settings
from streams.wire.codec import decode
from streams.wire.message import Record
from streams.wire.topics import ALERTS, full_name, subscriber_topic

_COLOURS = {
    AlertAction.CREATED: "green",
    AlertAction.UPDATED: "yellow",
    AlertAction.CORRECTED: "magenta",
    AlertAction.WITHDRAWN: "red",
}


@click.command("tail")
@settings_options(*CONNECTION)
@click.option(
    "--subscriber", help="Read this subscriber's topic; without it the tape, which has every alert."
)
@click.option("--ticker", help="Only alerts that concern this listing, or another of the same issuer.")
@click.option(
    "--since", type=Since(), help="Start there: 15m, 1h, 2d ago, or a time. Otherwise with the next alert."
)
@click.option("--follow/--no-follow", default=True, help="Wait for more, or end where the topic ends now.")
@json_option
def command(
    settings: Settings,
    *,
    subscriber: str | None,
    ticker: str | None,
    since: datetime | None,
    follow: bool,
    as_json: bool,
) -> None:
    """Read alerts, one a line.

    With --json each line is the record as it stands in the topic. With --no-follow the whole topic is read,
    or from --since on.
    """
    topic = full_name(subscriber_topic(subscriber) if subscriber else ALERTS, settings.prefix)
    start = now() if since is None and follow else since
    try:
        asyncio.run(_tail(settings, topic, start, ticker, follow=follow, as_json=as_json))
    except TopicFault as error:
        if subscriber:
            error.hint = f"`news-alerts subscriptions add --subscriber {subscriber} ...` makes it"
        raise


async def _tail(
    settings: Settings, topic: str, since: datetime | None, ticker: str | None, *, follow: bool, as_json: bool
) -> None:
    async with aclosing(read_range(settings, topic, since=since, follow=follow)) as records:
        async for record in records:
            _print(record, ticker, as_json=as_json)


def _print(record: Record, ticker: str | None, *, as_json: bool) -> None:
    if as_json and ticker is None:
        say_bytes(record.value or b"")
        return
    try:
        alert = decode(record.value, Alert)
    except BadRecord as error:
        note(f"not an alert: {record.topic}/{record.partition}@{record.offset}: {error}")
        return
    if ticker is not None and ticker not in tickers_of(alert):
        return
    if as_json:
        say_bytes(record.value or b"")
    else:
        say_line(*alert_parts(alert))


def tickers_of(alert: Alert) -> set[str]:
    """Return the tickers that an alert is about, in a digest those of what it lists."""
    return {alert.ticker, *alert.tickers, *(held.ticker for held in alert.held_back)}


def alert_parts(alert: Alert, zone: tzinfo | None = None) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Return an alert as the styled parts of one line.

    Args:
        alert: Any.
        zone: Of the time that is shown; None for this machine's.
    """
    local = alert.received_at.astimezone(zone)
    about = " ".join([alert.role, f"{alert.relevance:.2f}", *alert.events])
    if alert.held_back:
        about = "; ".join(f"{held.ticker} {held.headline}" for held in alert.held_back)
    elif alert.story.novelty and alert.story.novelty.h24:
        about += f", told by {alert.story.novelty.h24} in the 24 h before"
    return (
        (f"{local:%m-%d %H:%M:%S}", {"dim": True}),
        (f"{alert.action:9}", {"fg": _COLOURS[alert.action]}),
        (f"{alert.ticker:9}", {"bold": True}),
        (alert.name, {"bold": True}),
        (alert.headline, {}),
        (f"[{about}]", {"fg": "cyan"}),
        (alert.why.reason, {"dim": True}),
    )

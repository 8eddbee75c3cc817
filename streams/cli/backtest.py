"""`news-alerts backtest`: what subscriptions would have raised of the topic's articles, or of files."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from streams.alerts.explanation import why_not
from streams.alerts.notification import Alert
from streams.cli.exits import Exit
from streams.cli.holding import held_in_file
from streams.cli.options import CONNECTION, json_option, settings_options
from streams.cli.output import say, say_json, say_line
from streams.cli.replaying import (
    note_refused,
    paths_argument,
    plan_of,
    source_option,
    warm_up_option,
    workers_option,
)
from streams.cli.since import Since, check_order
from streams.cli.stored import Reader, Stored
from streams.cli.tail import alert_parts
from streams.news.times import CHINA
from streams.replay.plan import Plan
from streams.replay.raised import Raised
from streams.replay.running import Part, replayed
from streams.settings import Settings
from streams.wire.codec import decode
from streams.wire.control import SILENCE, SUBSCRIPTION
from streams.wire.topics import ALERTS, SUPPRESSED, full_name

# Subscriptions that are told one by one.
_MAX_TOLD = 20


@click.command("backtest")
@settings_options(
    *CONNECTION,
    "partitions",
    "max_article_bytes",
    "copy_window_h",
    "storm_per_minute",
    "memory_days",
    "most_stories",
)
@paths_argument
@click.option(
    "--subscription", "--subscriptions", "wishes", metavar="FILE", required=True, help="NDJSON or JSON."
)
@click.option("--silences", metavar="FILE", help="NDJSON or JSON of what is muted, and when.")
@click.option("--since", type=Since(), help="Articles received since then: 30d, 12h, or a time.")
@click.option("--until", type=Since(), help="Articles received before then.")
@warm_up_option
@source_option
@workers_option
@click.option("--list/--no-list", "listed", default=True, help="Print the alerts, or only what they come to.")
@json_option
def command(
    settings: Settings,
    *,
    paths: tuple[Path, ...],
    wishes: str,
    silences: str | None,
    since: datetime | None,
    until: datetime | None,
    warm_up: timedelta,
    source: str | None,
    workers: int,
    listed: bool,
    as_json: bool,
) -> int:
    """Say what subscriptions would have raised: the alerts, how many each day, and what was not sent and why.

    Stored articles of the topic go through the functions that the workers call, or those of files, each
    received when it was published. With --json a line for each alert, and a last one with the counts.
    What cannot be read is named, and the exit code is 5.
    """
    check_order(since, until, "--since", "--until")
    stored = Stored(paths=paths, source=source, since=since, until=until, warm_up=warm_up)
    held = held_in_file(SUBSCRIPTION, wishes)
    muted = held_in_file(SILENCE, silences) if silences else ()
    plan = plan_of(settings, stored, held, muted, only_subscribed=True)
    raised, reader = Raised(held), Reader(stored, settings)
    asyncio.run(_run(plan, reader, raised, workers, listed=listed, as_json=as_json))
    raised.refused += reader.refused
    if as_json:
        say_json({"summary": raised.entry()})
    else:
        _say_counts(raised)
    return Exit.BAD_INPUT if raised.refused else Exit.DONE


async def _run(
    plan: Plan, reader: Reader, raised: Raised, workers: int, *, listed: bool, as_json: bool
) -> None:
    with reader.bar("articles", await reader.total()) as advance:
        async with aclosing(replayed(reader.records(advance), plan, workers=workers)) as parts:
            async for part in parts:
                _take(part, plan, raised, listed=listed, as_json=as_json)


def _take(part: Part, plan: Plan, raised: Raised, *, listed: bool, as_json: bool) -> None:
    for record in part.records:
        received_at = datetime.fromtimestamp(record.timestamp_ms / 1000, UTC)
        if plan.tell_from is None or received_at >= plan.tell_from:
            raised.read(received_at)
    raised.redelivered += part.redelivered
    raised.refused += len(part.refused)
    raised.subscriptions.update(part.raised)
    note_refused(part)
    suppressed, subscribers = full_name(SUPPRESSED, plan.prefix), f"{full_name(ALERTS, plan.prefix)}."
    for message in part.messages:
        alert = decode(message.value, Alert)
        to = None if message.topic == suppressed else message.topic.removeprefix(subscribers)
        raised.add(alert, to)
        if listed and as_json:
            say_json({"subscriber": to, "alert": alert} if to else {"alert": alert})
        elif listed:
            say_line(*alert_parts(alert, CHINA), (f"-> {to}" if to else _why_not(alert), {"fg": "blue"}))


def _why_not(alert: Alert) -> str:
    unsent = alert.suppressed
    if unsent is None:
        return ""
    more = f" and {unsent.more} more" if unsent.more else ""
    return f"not sent to {', '.join(unsent.subscribers)}{more}: {why_not(unsent)}"


def _say_counts(raised: Raised) -> None:
    span = ""
    if raised.first and raised.last:
        first, last = (at.astimezone(CHINA) for at in (raised.first, raised.last))
        span = f", received {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} +08:00"
    say(f"{raised.articles:,} articles{span}; {raised.refused:,} refused, {raised.redelivered:,} redelivered")
    say(f"{raised.sent.total():,} alerts{_counted(raised.sent)}")
    say(f"{raised.unsent.total():,} not sent{_counted(raised.unsent)}")
    for day in sorted(raised.days):
        sent, unsent = raised.days[day].sent, raised.days[day].unsent
        say_line(
            (f"  {day}", {"bold": True}),
            (f"{sent.total():6,} alerts{_counted(sent)}", {}),
            (f"{unsent.total():6,} not sent{_counted(unsent)}", {"dim": True}),
        )
    for title, counts in (("subscriber", raised.subscribers), ("subscription", raised.subscriptions)):
        ranked = counts.most_common()
        for name, count in ranked[:_MAX_TOLD]:
            say_line((f"  {title:12}", {"fg": "cyan"}), (f"{count:6,}", {}), (name, {}))
        if len(ranked) > _MAX_TOLD:
            say(f"  and {len(ranked) - _MAX_TOLD:,} more; --json has them all")


def _counted(counts: Counter[str]) -> str:
    """Return `: 3 created, 1 updated`, most first; nothing where there are none."""
    parts = [f"{count:,} {name.replace('_', ' ')}" for name, count in counts.most_common() if count]
    return f": {', '.join(parts)}" if parts else ""

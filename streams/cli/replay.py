"""`news-alerts replay`: stored articles through the workers' functions again, under a prefix of its own."""

from __future__ import annotations

import asyncio
import dataclasses
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import datetime, timedelta
from pathlib import Path

import click

from streams.alerts.notification import Alert
from streams.cli.exits import Exit
from streams.cli.holding import held_in_file
from streams.cli.options import CONNECTION, json_option, settings_options
from streams.cli.output import note, say, say_bytes, say_json, say_line
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
from streams.errors import BadSettings, ErrorCode, Fault, TopicFault
from streams.kafka.admin import ensure_topics
from streams.kafka.publisher import open_publisher
from streams.kafka.reading import count_range
from streams.replay.plan import Plan
from streams.replay.running import Part, replayed
from streams.settings import Settings
from streams.wire.codec import decode
from streams.wire.control import SILENCE, SUBSCRIPTION
from streams.wire.topics import ALERTS, SUPPRESSED, full_name, subscriber_topic


@click.command("replay")
@settings_options(
    *CONNECTION,
    "partitions",
    "replication",
    "max_article_bytes",
    "copy_window_h",
    "storm_per_minute",
    "memory_days",
    "most_stories",
)
@paths_argument
@click.option("--from", "since", type=Since(), help="Articles received since then: 7d, 12h, or a time.")
@click.option("--to", "until", type=Since(), help="Articles received before then.")
@click.option("--into", metavar="PREFIX", help="Write tape, subscribers' topics and suppressed there.")
@click.option("--subscriptions", "wishes", metavar="FILE", help="Instead of those that the topic holds now.")
@click.option("--silences", metavar="FILE", help="Instead of those that the topic holds now.")
@click.option("--subscriber", help="Print what this subscriber gets; without it the tape.")
@warm_up_option
@source_option
@workers_option
@json_option
def command(
    settings: Settings,
    *,
    paths: tuple[Path, ...],
    since: datetime | None,
    until: datetime | None,
    into: str | None,
    wishes: str | None,
    silences: str | None,
    subscriber: str | None,
    warm_up: timedelta,
    source: str | None,
    workers: int,
    as_json: bool,
) -> int:
    """Run stored articles through the same code again, each at its record's time, and print the alerts.

    The same articles give the same bytes, whatever the number of processes. With --into they are written
    to topics of their own, made where they are missing; the live prefix is refused, and so are topics
    that hold something. Articles are the topic's, or those of files, each received when it was published.
    What cannot be read is named, and the exit code is 5.
    """
    check_order(since, until, "--from", "--to")
    target = None if into is None else _target(settings, into)
    stored = Stored(paths=paths, source=source, since=since, until=until, warm_up=warm_up)
    held = held_in_file(SUBSCRIPTION, wishes) if wishes else None
    muted = held_in_file(SILENCE, silences) if silences else None
    reader = Reader(stored, settings)
    plan = plan_of(settings, stored, held, muted, prefix=(target or settings).prefix)
    counts = asyncio.run(_run(reader, plan, target, workers, subscriber, as_json=as_json))
    refused = counts.pop("refused") + reader.refused
    if target is None:
        note(f"{counts['articles']:,} articles replayed, {refused:,} refused")
    elif as_json:
        say_json({"into": into, "refused": refused, **counts})
    else:
        done = f"{counts['articles']:,} articles replayed, {refused:,} refused"
        say(f"{done}, {counts['messages']:,} alerts written under {into}")
    return Exit.BAD_INPUT if refused else Exit.DONE


def _target(settings: Settings, into: str) -> Settings:
    """Return the settings of the topics that are written.

    Raises:
        BadSettings: When they would be the live ones, or could not be topics.
    """
    if into == settings.prefix or into.startswith(f"{settings.prefix}."):
        message = f"must lie outside the live prefix {settings.prefix!r}, is {into!r}"
        raise BadSettings(Fault("into", ErrorCode.BAD_SETTINGS, message))
    try:
        return Settings.from_mapping(dataclasses.asdict(settings) | {"prefix": into})
    except BadSettings as error:
        raise BadSettings(*(dataclasses.replace(fault, field="into") for fault in error.faults)) from None


async def _run(
    reader: Reader,
    plan: Plan,
    target: Settings | None,
    workers: int,
    subscriber: str | None,
    *,
    as_json: bool,
) -> Counter[str]:
    counts = Counter(articles=0, refused=0, redelivered=0, messages=0)
    with reader.bar("articles", await reader.total()) as advance:
        async with aclosing(replayed(reader.records(advance), plan, workers=workers)) as parts:
            if target is None:
                topic = full_name(subscriber_topic(subscriber) if subscriber else ALERTS, plan.prefix)
                async for part in _counted(parts, counts):
                    _print(part, topic, as_json=as_json)
            else:
                await _write(_counted(parts, counts), target, plan)
    return counts


async def _counted(parts: AsyncIterator[Part], counts: Counter[str]) -> AsyncIterator[Part]:
    async for part in parts:
        counts["articles"] += len(part.records)
        counts["refused"] += len(part.refused)
        counts["redelivered"] += part.redelivered
        counts["messages"] += len(part.messages)
        note_refused(part)
        yield part


def _print(part: Part, topic: str, *, as_json: bool) -> None:
    for message in part.messages:
        if message.topic != topic:
            continue
        if as_json:
            say_bytes(message.value or b"")
        else:
            say_line(*alert_parts(decode(message.value, Alert)))


async def _write(parts: AsyncIterator[Part], target: Settings, plan: Plan) -> None:
    subscribers = sorted({subscription.subscriber for subscription in plan.subscriptions})
    topics = [ALERTS, SUPPRESSED, *map(subscriber_topic, subscribers)]
    await ensure_topics(target, topics)
    for topic in topics:
        if await count_range(target, full_name(topic, target.prefix)):
            raise TopicFault(
                f"topic {full_name(topic, target.prefix)} holds something already",
                code=ErrorCode.TOPIC_DIFFERS,
                hint="replay into another prefix, or delete its topics",
            )
    async with open_publisher(target) as publisher:
        async for part in parts:
            await publisher.publish(part.messages)

"""What `backtest` and `replay` share: their options, and the plan of what it is done with."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from streams.alerts.routing.silence import Silence
from streams.alerts.routing.subscription import Subscription
from streams.cli.holding import read_held
from streams.cli.master import read_said, said_where_asked
from streams.cli.output import note
from streams.cli.since import Span
from streams.cli.stored import Stored
from streams.enrichment.security import Security
from streams.kafka.admin import existing_topics
from streams.observe.clock import now
from streams.replay.plan import Plan
from streams.replay.running import Part
from streams.settings import Settings
from streams.wire.control import SILENCE, SUBSCRIPTION
from streams.wire.topics import MENTIONS, full_name

source_option = click.option("--source", help="The source of articles of files that name none.")
workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=lambda: len(os.sched_getaffinity(0)),
    help="Processes that share the work; one for each core where not given. The outcome is the same.",
)
warm_up_option = click.option(
    "--warm-up",
    type=Span(),
    default=timedelta(0),
    help="So long before the first, articles are remembered, and nothing is told of them: 3d.",
)
paths_argument = click.argument("paths", metavar="[FILE|DIR|-]...", nargs=-1, type=click.Path(path_type=Path))


def plan_of(
    settings: Settings,
    stored: Stored,
    held: Sequence[Subscription] | None,
    muted: Sequence[Silence] | None,
    **fields: Any,
) -> Plan:
    """Return the plan to replay stored articles with.

    For the topic's articles partitions, names and, where none are given, subscriptions and silences are the
    broker's as they are now. For those of files names are the shipped ones, and the broker's where one is
    named.

    Args:
        settings: How to reach the broker, and what the workers would remember.
        stored: Which articles.
        held: Who wants what; None for whoever the broker knows of.
        muted: What is muted; None for what the broker knows of.
        fields: Others of the plan.
    """
    if stored.paths:
        said = said_where_asked(settings)
    else:
        there = asyncio.run(_at_the_broker(settings, held, muted))
        said, held, muted, fields["partitions"] = there
    return Plan.of(
        settings,
        subscriptions=tuple(held or ()),
        silences=tuple(muted or ()),
        said=tuple(said.values()),
        ends_at=stored.until or (None if stored.paths else now()),
        tell_from=stored.since,
        **fields,
    )


async def _at_the_broker(
    settings: Settings, held: Sequence[Subscription] | None, muted: Sequence[Silence] | None
) -> tuple[dict[str, Security], Sequence[Subscription], Sequence[Silence], int]:
    said, bad = await read_said(settings)
    if held is None:
        wishes, refused = await read_held(settings, SUBSCRIPTION)
        bad |= refused
        held = list(wishes.values())
    if muted is None:
        silences, refused = await read_held(settings, SILENCE)
        bad |= refused
        muted = list(silences.values())
    for key, error in bad.items():
        note(f"not held: {key}: {error}")
    partitions = (await existing_topics(settings)).get(full_name(MENTIONS, settings.prefix))
    return said, held, muted, partitions or settings.partitions


def note_refused(part: Part) -> None:
    """Tell of the articles of a part that cannot be worked on."""
    for refusal in part.refused:
        note(f"not read: {refusal.record}: {refusal.error}")

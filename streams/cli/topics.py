"""`news-alerts topics`: make those of the catalogue, and list those that are there."""

from __future__ import annotations

import asyncio

import click

from streams.cli.exits import Exit
from streams.cli.options import CONNECTION, json_option, settings_options
from streams.cli.output import say_json, say_line
from streams.kafka.admin import State, ensure_topics, existing_topics
from streams.settings import Settings
from streams.wire.topics import ALERTS, CATALOGUE, full_name

_COLOURS = {State.MADE: "green", State.SAME: "cyan", State.DIFFERS: "yellow"}


@click.group("topics")
def command() -> None:
    """Create and list the topics."""


@command.command("create")
@settings_options(*CONNECTION, "partitions", "replication", "memory_days")
@json_option
def create(settings: Settings, *, as_json: bool) -> int:
    """Make the topics that are missing, and say what differs of the others; safe to repeat.

    A topic that differs is left as it is, and the exit code is 4.
    """
    states = asyncio.run(ensure_topics(settings, CATALOGUE))
    for state in states:
        if as_json:
            say_json(state)
            continue
        words = "; ".join(state.differences) or _counted(state.partitions)
        say_line(
            (f"{state.state:7}", {"fg": _COLOURS[state.state]}), (state.name, {"bold": True}), (words, {})
        )
    return Exit.INCOMPLETE if any(state.differences for state in states) else Exit.DONE


@command.command("list")
@settings_options(*CONNECTION)
@json_option
def list_(settings: Settings, *, as_json: bool) -> int:
    """List the topics of the catalogue and of the subscribers; a missing one makes the exit code 4."""
    there = asyncio.run(existing_topics(settings))
    roles = {full_name(topic, settings.prefix): topic.role for topic in CATALOGUE}
    subscribers = f"{full_name(ALERTS, settings.prefix)}."
    for name in [*roles, *sorted(there.keys() - roles.keys())]:
        mine = "alerts for one subscriber" if name.startswith(subscribers) else "not of the catalogue"
        role, partitions = roles.get(name, mine), there.get(name, 0)
        if as_json:
            say_json({"name": name, "partitions": partitions, "role": role})
            continue
        count = f"{_counted(partitions) if partitions else 'not there':>14}"
        say_line((count, {} if partitions else {"fg": "red"}), (name, {"bold": True}), (role, {"dim": True}))
    return Exit.DONE if roles.keys() <= there.keys() else Exit.INCOMPLETE


def _counted(partitions: int) -> str:
    return f"{partitions} partition{'s' if partitions != 1 else ''}"

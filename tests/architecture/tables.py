"""The README's reference tables and its example, made from the code.

`python -m tests.architecture.tables` prints them; with `--write` it puts them into README.md, under the
headings of the same names. A cell that only a person can write (`None` here) keeps what README has.
"""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Callable, Iterator

import click

from streams.cli import exits
from streams.cli.group import cli
from streams.enrichment.article import EventKind
from streams.enrichment.tagging.urgency import URGENCY
from streams.errors import ErrorCode
from streams.observe.metrics import PREFIX, Metrics
from streams.settings import Settings, flag, variable
from streams.wire.topics import CATALOGUE, DAY_MS, Topic, subscriber_topic
from tests.architecture import example, records
from tests.architecture.markdown import README, Row, Table, first_table, markdown, section


def table(heading: str) -> Table:
    """Return the table under a heading as the code has it; `None` is a cell that README's writer fills."""
    columns, rows = TABLES[heading]
    return Table(columns, tuple(rows()))


def _commands(command: click.Command = cli, path: str = "news-alerts") -> Iterator[Row]:
    if not isinstance(command, click.Group):
        yield f"`{path}`", command.get_short_help_str(limit=200)
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        child = command.get_command(context, name)
        assert child is not None, f"{path} {name} is listed and missing"
        yield from _commands(child, f"{path} {name}")


def _settings() -> Iterator[Row]:
    for field in dataclasses.fields(Settings):
        default = f"`{field.default}`" if field.default != "" else "none"
        names = (field.name, flag(field.name), variable(field.name))
        yield (*(f"`{name}`" for name in names), default, field.metadata["doc"])


def _topics() -> Iterator[Row]:
    for topic in (*CATALOGUE, subscriber_topic("<subscriber>")):
        yield f"`<prefix>.{topic.name}`", topic.key, _kept(topic), topic.role


def _kept(topic: Topic) -> str:
    days = f"{topic.retention_ms // DAY_MS} days" if topic.retention_ms is not None else ""
    if topic.memory:
        days = "`memory_days` and a day"
    return ", ".join(filter(None, ("compacted" if "compact" in topic.cleanup else "", days)))


def _metrics() -> Iterator[Row]:
    registry = Metrics().registry
    for family in registry.collect():
        if not family.name.startswith(PREFIX):
            continue
        collector = registry._names_to_collectors[family.name]  # the only place that knows unused labels
        name = family.name + ("_total" if family.type == "counter" else "")
        labels = ", ".join(f"`{label}`" for label in collector._labelnames)
        yield f"`{name}`", family.type, labels, family.documentation


def _error_codes() -> Iterator[Row]:
    return ((f"`{code}`", None) for code in ErrorCode)


def _event_kinds() -> Iterator[Row]:
    return ((f"`{kind}`", str(URGENCY[kind]), None) for kind in EventKind)


def _exit_codes() -> Iterator[Row]:
    return ((f"{code:d}", exits.MEANING[code]) for code in exits.Exit)


TABLES: dict[str, tuple[tuple[str, ...], Callable[[], Iterator[Row]]]] = {
    "Parts of records": (("part", "stands in", "fields", "meaning"), records.parts),
    "Kinds of event": (("kind", "urgency", "what it tells"), _event_kinds),
    "Commands": (("command", "does"), _commands),
    "Settings": (("setting", "flag", "variable", "default", "meaning"), _settings),
    "Topics": (("topic", "key", "kept", "role"), _topics),
    "Metrics": (("metric", "type", "labels", "meaning"), _metrics),
    "Error codes": (("code", "meaning and remedy"), _error_codes),
    "Exit codes": (("code", "meaning"), _exit_codes),
}


def refreshed(readme: str) -> str:
    """Return README's text with every table and the example as the code has them.

    `<!-- table: x -->` holds a place for a table that is not there yet.
    """
    for heading in TABLES:
        old = section(heading, readme)
        new = markdown(table(heading), first_table(old))
        place = r"^\|.*\n\|[-| :]+\n(?:\|.*\n)*|^<!-- table: .* -->\n"
        readme = readme.replace(old, re.sub(place, lambda _, new=new: new, old, count=1, flags=re.MULTILINE))
    return example.refreshed(readme)


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        README.write_text(refreshed(README.read_text("utf-8")), "utf-8")
    else:
        print("\n".join(f"## {heading}\n\n{markdown(table(heading))}" for heading in TABLES))

"""`news-alerts schemas`: the contract, as JSON Schema."""

from __future__ import annotations

import click

from streams.cli.output import say_json
from streams.wire.schemas import schemas


@click.command("schemas")
@click.argument("topic", required=False, type=click.Choice(list(schemas())))
def command(topic: str | None) -> None:
    """Print the JSON Schema of a TOPIC's records, or of all by topic."""
    found = schemas()
    say_json(found[topic] if topic else found)

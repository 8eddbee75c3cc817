"""`news-alerts settings`: what is in effect, and where it comes from."""

from __future__ import annotations

import dataclasses
import os

import click

from streams.cli.options import EVERY, json_option, settings_options
from streams.cli.output import say, say_json
from streams.settings import Settings, variable

MASK = "****"


@click.command("settings")
@settings_options(*EVERY)
@json_option
def command(settings: Settings, *, as_json: bool) -> None:
    """Print the settings in effect, secrets masked, with the variable that sets each."""
    effective = {field.name: _shown(field, settings) for field in dataclasses.fields(Settings)}
    if as_json:
        say_json(effective)
        return
    names = max(map(len, effective))
    values = max(len(str(value)) for value in effective.values())
    for field in dataclasses.fields(Settings):
        value = effective[field.name]
        say(f"{field.name:{names}}  {value!s:{values}}  {_source(field, settings)}")


def _shown(field: dataclasses.Field[object], settings: Settings) -> object:
    value: object = getattr(settings, field.name)
    return MASK if field.metadata["secret"] and value else value


def _source(field: dataclasses.Field[object], settings: Settings) -> str:
    name, value = variable(field.name), getattr(settings, field.name)
    given = os.environ.get(name)
    if given is not None and type(value)(given) == value:
        return name
    return f"default ({name})" if value == field.default else "flag"

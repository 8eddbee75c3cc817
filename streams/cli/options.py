"""Flags made from the table of settings, so that a setting is told of once."""

from __future__ import annotations

import dataclasses
import functools
import os
from collections.abc import Callable
from typing import Any

import click

from streams.settings import Settings, flag, variable

CONNECTION = (
    "broker",
    "prefix",
    "username",
    "password",
    "sasl_mechanism",
    "ca_file",
    "cert_file",
    "key_file",
)
EVERY = tuple(field.name for field in dataclasses.fields(Settings))

Command = Callable[..., Any]


def settings_options(*names: str) -> Callable[[Command], Command]:
    """Give a command the flags of these settings and, as its first argument, the checked `Settings`.

    Values stay text until `Settings.from_mapping` checks them, so that all faults are told together.

    Args:
        names: Fields of `Settings`; `CONNECTION` and `EVERY` are the usual sets.

    Returns:
        A decorator; it raises `BadSettings` when the command runs with settings that cannot hold.
    """

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def with_settings(**arguments: Any) -> Any:
            given = {name: arguments.pop(name) for name in names}
            return command(Settings.from_mapping(given, os.environ), **arguments)

        # Click lists options in reverse order of decoration.
        for field in reversed([f for f in dataclasses.fields(Settings) if f.name in names]):
            with_settings = click.option(
                flag(field.name), field.name, metavar=_kind(field.default), help=_help(field)
            )(with_settings)
        return with_settings

    return decorate


json_option = click.option("--json", "as_json", is_flag=True, help="JSON lines for programs.")


def _kind(default: Any) -> str:
    return {int: "INTEGER", float: "NUMBER"}.get(type(default), "TEXT")


def _help(field: dataclasses.Field[Any]) -> str:
    default = f"; default {field.default}" if field.default != "" else ""
    return f"{field.metadata['doc']} [{variable(field.name)}{default}]"

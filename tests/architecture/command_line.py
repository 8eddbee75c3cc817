"""Reads a command line as `news-alerts` would, without running it."""

from __future__ import annotations

from collections.abc import Sequence

import click

from streams.cli.group import cli


def typed(words: Sequence[str]) -> click.Context:
    """Return the context of the command that these words ask for.

    Raises:
        click.UsageError: When `news-alerts` would refuse them.
    """
    command: click.Command = cli
    context = click.Context(cli, info_name="news-alerts")
    rest = list(words)
    while isinstance(command, click.Group):
        name, command, rest = command.resolve_command(context, rest)
        context = command.make_context(name, list(rest), parent=context, resilient_parsing=False)
    return context

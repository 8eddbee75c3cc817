"""The root of the command line. A command's module is imported when it is asked for, so `--help` is quick."""

from __future__ import annotations

import importlib
from typing import Any

import click

from streams import __version__
from streams.cli.exits import Exit
from streams.cli.output import hang_up
from streams.observe.logs import configure

# Command to (module, what it does), in the order in which a newcomer needs them.
COMMANDS = {
    "demo": ("demo", "Play sample news through a worker and a broker of its own."),
    "explain": ("explain", "Show what would be read, linked and alerted, without a broker."),
    "backtest": ("backtest", "Say what subscriptions would have raised."),
    "replay": ("replay", "Run stored articles through the same code again."),
    "topics": ("topics", "Create and list the topics."),
    "worker": ("worker", "Run a worker until SIGTERM."),
    "subscriptions": ("subscriptions", "Say who wants what."),
    "silences": ("silences", "Mute alerts for a time."),
    "securities": ("securities", "Look names of companies up, add and correct them."),
    "ingest": ("ingest", "Publish articles from files."),
    "tail": ("tail", "Read alerts as they come."),
    "dead-letters": ("dead_letters", "Look at what could not be read, and put it back."),
    "check": ("check", "Say what of broker, topics and rights is missing."),
    "settings": ("settings", "Print the settings in effect, secrets masked."),
    "schemas": ("schemas", "Print the JSON Schemas of the records."),
}


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; click itself would make a fault of a reader that has gone."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            hang_up()
            return Exit.DONE

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 click's
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"streams.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 click's
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in COMMANDS.items()])


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(__version__, message="news-alerts %(version)s")
def cli(**_: Any) -> None:
    """Raw market news in, one explained alert per story and ticker out, on Kafka.

    Every setting is a flag and an environment variable NEWS_ALERTS_*; `news-alerts settings` prints them.
    """
    # Of the Kafka client only what it calls an error; `worker` sets its own logs up.
    configure("text", "error")

"""`news-alerts worker`: one worker in this process."""

from __future__ import annotations

import click

from streams.cli.options import EVERY, settings_options
from streams.settings import Settings


@click.command("worker")
@settings_options(*EVERY)
@click.option(
    "--verify-topics/--no-verify-topics",
    default=True,
    help="Refuse to start when a topic is missing or differs; off only where the broker makes topics itself.",
)
def command(settings: Settings, *, verify_topics: bool) -> int:
    """Run a worker until SIGTERM or Ctrl-C; started batches end, then it exits with 0.

    A crash ends it with 1 and nothing of the open batches committed: start it again from outside.
    """
    from streams.agents.worker import run  # Faust takes a second to import

    return run(settings, verify_topics=verify_topics)

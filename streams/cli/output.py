"""What commands print: data to stdout, complaints to stderr, progress only where a person looks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from streams.errors import (
    BadArticle,
    BadInput,
    BadSecurity,
    BadSilence,
    BadSubscription,
    ErrorCode,
    NewsAlertsError,
)
from streams.wire.codec import encode

# What could move the cursor or recolour a terminal: all control characters but tab and line feed.
_CONTROL = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)], "�")

# What to do next, where the error itself does not say; the README's tables say more.
_NOT_TEXT = "send it in UTF-8, and not compressed"
_NOT_JSON = "each {} is one JSON object; NDJSON has one on each line"
_WHAT: dict[type[NewsAlertsError], str] = {
    BadArticle: "article",
    BadSilence: "silence",
    BadSubscription: "subscription",
}
_HINTS_OF_KIND: dict[type[NewsAlertsError], str] = {
    BadArticle: "README, The article, lists the fields",
    BadSecurity: "README, Securities, lists the fields",
    BadSilence: "README, Silences, lists the fields",
    BadSubscription: "README, Subscriptions, lists the fields",
}


def say(text: str, **style: Any) -> None:
    """Print data for a person, without control characters; colour only on a terminal that wants it."""
    text = text.translate(_CONTROL)
    click.echo(click.style(text, **style) if style and coloured() else text)


def say_line(*parts: tuple[str, dict[str, Any]]) -> None:
    """Print one line of several styled parts, as `say` does."""
    colour = coloured()
    clean = [(text.translate(_CONTROL).replace("\n", " "), style) for text, style in parts]
    click.echo(" ".join(click.style(text, **style) if colour and style else text for text, style in clean))


def say_json(record: Any) -> None:
    """Print one record as one line of JSON, UTF-8 as it is."""
    say_bytes(encode(record))


def say_bytes(line: bytes) -> None:
    """Print one line exactly as it stands in a topic."""
    sys.stdout.flush()
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def note(text: str) -> None:
    """Tell a person something that is not data, on stderr."""
    click.echo(text.translate(_CONTROL), err=True)


def complain(sentence: str, *, hint: str | None = None) -> None:
    """Tell of an error in one sentence on stderr, and what to do next."""
    note(f"error: {sentence}")
    if hint:
        note(f"hint: {hint}")


def complain_of(error: NewsAlertsError, *, of: str | None = None) -> None:
    """Tell of an error of our tree, and what to do next; several faults get a line each.

    Args:
        error: What happened.
        of: What it happened to, as a file's name.
    """
    start = f"{of}: " if of else ""
    hint = error.hint or _hint(error)
    faults = [str(fault).removeprefix("$: ") for fault in error.faults] if isinstance(error, BadInput) else []
    if len(faults) > 1:
        complain("\n  ".join([f"{start}{len(faults)} faults", *faults]), hint=hint)
    else:
        complain(start + (faults[0] if faults else str(error)), hint=hint)


def _hint(error: NewsAlertsError) -> str | None:
    if error.code is ErrorCode.NOT_TEXT:
        return _NOT_TEXT
    if error.code is ErrorCode.NOT_JSON:
        return _NOT_JSON.format(_WHAT.get(type(error), "record"))
    return _HINTS_OF_KIND.get(type(error))


def hang_up() -> None:
    """Stop writing to stdout, whose reader has gone; else Python complains when it flushes at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def coloured() -> bool:
    """Return whether stdout is a terminal that wants colour (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@contextmanager
def progress(what: str, total: int | None, *, in_bytes: bool = False) -> Iterator[Any]:
    """Show a bar on stderr while the block runs, on a terminal only.

    Args:
        what: What is done.
        total: How much there is; None when that is not known.
        in_bytes: Whether that is bytes, not pieces.

    Yields:
        A function that takes how much more is done.
    """
    console = Console(stderr=True)
    count = DownloadColumn() if in_bytes else MofNCompleteColumn()
    columns = (TextColumn("{task.description}"), BarColumn(), count, TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.advance(task, done)

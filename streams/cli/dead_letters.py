"""`news-alerts dead-letters`: what could not be read, and putting it back once the reason is gone."""

from __future__ import annotations

import asyncio
import codecs
from collections import Counter
from collections.abc import Callable
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any

import click

from streams.cli.letters import Chosen, Position, count_redrives, find_letter, read_letters
from streams.cli.options import CONNECTION, json_option, settings_options
from streams.cli.output import note, progress, say, say_json, say_line
from streams.cli.since import Since, check_order
from streams.errors import ErrorCode
from streams.kafka.publisher import open_publisher
from streams.settings import Settings
from streams.wire.dead_letters import (
    DeadLetter,
    Refusal,
    receipt_message,
    redrive_message,
    why_not_redrive,
)

_MAX_SHOWN_BYTES = 4_000


def _filters(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--until", type=Since(), help="Only those dead before then."),
        click.option("--since", type=Since(), help="Only those dead since then: 1h, 2d, or a time."),
        click.option("--topic", help="Only those that came from this topic."),
        click.option(
            "--code",
            type=click.Choice([str(code) for code in ErrorCode]),
            metavar="CODE",
            help="Only those with this error code.",
        ),
    ):
        function = option(function)
    return function


def _chosen(**filters: Any) -> Chosen:
    check_order(filters["since"], filters["until"], "--since", "--until")
    return Chosen(**filters)


@click.group("dead-letters")
def command() -> None:
    """Look at what could not be read, and put it back."""


@command.command("list")
@settings_options(*CONNECTION)
@_filters
@json_option
def list_(settings: Settings, *, as_json: bool, **filters: Any) -> None:
    """List dead letters, oldest first."""
    asyncio.run(_list(settings, _chosen(**filters), as_json=as_json))


async def _list(settings: Settings, chosen: Chosen, *, as_json: bool) -> None:
    redriven = await count_redrives(settings)
    async with aclosing(read_letters(settings, chosen)) as letters:
        async for letter in letters:
            if as_json:
                say_json(_summary(letter, redriven))
                continue
            dead_at = datetime.fromtimestamp(letter.record.timestamp_ms / 1000, UTC).astimezone()
            again = "put back" if letter.position in redriven else f"{letter.redrives} redrives"
            say_line(
                (f"{_place(letter):>6}", {"bold": True}),
                (f"{dead_at:%m-%d %H:%M:%S}", {"dim": True}),
                (f"{letter.code:16}", {"fg": "red"}),
                (f"{letter.topic}/{letter.partition}@{letter.offset}", {}),
                (f"{len(letter.record.value or b''):,} bytes, {again}", {"dim": True}),
                (letter.message.removeprefix("$: "), {}),
            )


@command.command("show")
@settings_options(*CONNECTION)
@click.argument("offset", type=Position())
@json_option
def show(settings: Settings, *, offset: tuple[int, int], as_json: bool) -> None:
    """Show one dead letter: its headers, and its bytes as text, or in hexadecimal where they are none."""
    letter = asyncio.run(find_letter(settings, offset))
    if as_json:
        body = letter.record.value or b""
        say_json(_summary(letter, Counter()) | {"headers": _headers(letter), "hex": body.hex()})
        return
    for name, value in _headers(letter):
        say(f"{name}: {value}")
    say(f"key: {as_text(letter.record.key)}")
    say("")
    say(as_text(letter.record.value))


@command.command("redrive")
@settings_options(*CONNECTION)
@_filters
@click.argument("offset", type=Position(), required=False)
@click.option("--again", is_flag=True, help="Also those that were put back before.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
def redrive(
    settings: Settings, *, offset: tuple[int, int] | None, again: bool, dry_run: bool, **filters: Any
) -> None:
    """Put dead letters (all, those of the filters, or the one at OFFSET) back where they came from.

    Bytes, key and headers are those that came. Only letters that are there now are taken, each once: a
    receipt stays in the dead-letter topic. One that came back three times is refused.
    """
    chosen = _chosen(position=offset, **filters)
    counts = asyncio.run(_redrive(settings, chosen, again=again, dry_run=dry_run))
    say(f"{counts.pop(_DONE, 0)} {'would be ' if dry_run else ''}put back")
    for reason, count in sorted(counts.items()):
        say(f"{count} refused: {reason}")


_DONE = ""


async def _redrive(settings: Settings, chosen: Chosen, *, again: bool, dry_run: bool) -> Counter[str]:
    redriven = Counter[tuple[int, int]]() if again else await count_redrives(settings)
    counts: Counter[str] = Counter()
    async with open_publisher(settings) as publisher, aclosing(read_letters(settings, chosen)) as letters:
        with progress("dead letters", None) as advance:
            async for letter in letters:
                refusal = why_not_redrive(
                    letter, prefix=settings.prefix, redriven=letter.position in redriven
                )
                counts[refusal or _DONE] += 1
                if refusal:
                    if refusal is not Refusal.REDRIVEN:  # the usual, and counted
                        note(f"{_place(letter)} {refusal}")
                elif not dry_run:
                    # One after the other: a crash between the two puts one letter back twice, not many.
                    await publisher.publish([redrive_message(letter)])
                    await publisher.publish([receipt_message(letter)])
                advance(1)
    return counts


def _summary(letter: DeadLetter, redriven: Counter[tuple[int, int]]) -> dict[str, Any]:
    partition, offset = letter.position
    return {
        "code": letter.code,
        "message": letter.message,
        "partition": partition,
        "offset": offset,
        "dead_at": datetime.fromtimestamp(letter.record.timestamp_ms / 1000, UTC),
        "origin": {"topic": letter.topic, "partition": letter.partition, "offset": letter.offset},
        "size_bytes": len(letter.record.value or b""),
        "redrives": letter.redrives,
        "redriven": redriven[letter.position],
    }


def _headers(letter: DeadLetter) -> list[tuple[str, str]]:
    return [(name, value.decode("utf-8", "backslashreplace")) for name, value in letter.record.headers]


def _place(letter: DeadLetter) -> str:
    partition, offset = letter.position
    return f"{partition}:{offset}" if partition else str(offset)


def as_text(data: bytes | None) -> str:
    """Return bytes as text; in hexadecimal where they are none, or hold what a terminal must not get."""
    if data is None:
        return "(none)"
    head, more = data[:_MAX_SHOWN_BYTES], len(data) - _MAX_SHOWN_BYTES
    # A cut may fall into a character: the decoder waits for its rest, and that is fine.
    shown = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(head, final=more <= 0)
    if not all(char.isprintable() or char in "\n\r\t" for char in shown):
        shown = head.hex(" ", -2)
    return shown + (f"\n(and {more:,} more bytes)" if more > 0 else "")

"""`news-alerts silences`: what is muted and when, in the compacted topic that every worker follows."""

from __future__ import annotations

import asyncio
import getpass
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import click

from streams.alerts.routing.silence import Silence, SilenceState
from streams.alerts.routing.silencing import parse_silence, to_fields
from streams.cli.holding import (
    check_file,
    find_held,
    import_file,
    list_held,
    publish_all,
    remove_held,
)
from streams.cli.options import CONNECTION, json_option, settings_options
from streams.cli.output import say, say_json, say_line
from streams.cli.since import Moment, Span
from streams.cli.strangers import warn_of_strangers
from streams.cli.wishes import matcher_in_words, matcher_options, wish_fields, with_options
from streams.enrichment.article import Role
from streams.errors import BadSilence, ErrorCode, Fault
from streams.observe.clock import now
from streams.settings import Settings
from streams.wire.control import SILENCE

_HOUR = timedelta(hours=1)
_WHEN = (
    click.option(
        "--starts-at", type=Moment(), help="The first moment that it mutes; UTC where no zone is given."
    ),
    click.option("--ends-at", type=Moment(), help="The moment from which it mutes no more."),
    click.option("--for", "lasting", type=Span(), help="Instead of --ends-at: how long, from its start."),
)


@click.group("silences")
def command() -> None:
    """Mute alerts for a time. A change is live in every worker in under a second."""


@command.command("add")
@settings_options(*CONNECTION)
@with_options(
    click.option("--id", help="Derived from what it mutes and its start where absent."),
    click.option("--subscriber", "subscribers", multiple=True, help="Only alerts to these; repeat for more."),
    *matcher_options("all"),
    *_WHEN,
    click.option("--author", help="Who makes it; default the user who is logged in."),
    click.option("--comment", help="Why."),
)
@json_option
def add(
    settings: Settings,
    *,
    starts_at: datetime | None,
    ends_at: datetime | None,
    lasting: timedelta | None,
    author: str | None,
    as_json: bool,
    **wish: Any,
) -> None:
    """Add a silence, or replace the one with that id; it starts now and lasts for 1h by default."""
    _one_end(ends_at, lasting)
    start = starts_at or now()
    fields = wish_fields(wish) | {
        "starts_at": start.isoformat(),
        "ends_at": _end(start, ends_at, lasting).isoformat(),
    }
    if given := author or _user():
        fields["author"] = given
    silence = parse_silence(fields)
    _publish(settings, silence)
    say_json(SILENCE.entry(silence)) if as_json else say(f"added {silence.id}: {_in_words(silence)}")
    warn_of_strangers(settings, silence)


@command.command("update")
@settings_options(*CONNECTION)
@click.argument("id_", metavar="ID")
@with_options(
    *_WHEN,
    click.option("--author", help="Who makes it."),
    click.option("--comment", help="Why."),
)
def update(
    settings: Settings,
    *,
    id_: str,
    starts_at: datetime | None,
    ends_at: datetime | None,
    lasting: timedelta | None,
    author: str | None,
    comment: str | None,
) -> None:
    """Extend or shorten a silence, or say better why; one that is active keeps its start."""
    _one_end(ends_at, lasting)
    if all(given is None for given in (starts_at, ends_at, lasting, author, comment)):
        raise click.UsageError("says nothing to change: give an option")
    silence, state = _held_now(settings, id_)
    if state is SilenceState.EXPIRED:
        raise _refusal("id", f"{id_} has expired; `news-alerts silences add` makes a new one")
    if starts_at and state is SilenceState.ACTIVE:
        raise _refusal("starts_at", f"is past: {id_} is active")
    start = starts_at or silence.starts_at
    end = _end(start, ends_at, lasting) if ends_at or lasting is not None else silence.ends_at
    changed = replace(
        silence,
        starts_at=start,
        ends_at=end,
        author=author or silence.author,
        comment=comment or silence.comment,
    )
    changed = parse_silence(to_fields(changed))  # every fault that it may have now
    _publish(settings, changed)
    say(f"updated {id_}: {_in_words(changed)}")


@command.command("expire")
@settings_options(*CONNECTION)
@click.argument("id_", metavar="ID")
def expire(settings: Settings, *, id_: str) -> None:
    """End a silence now. It is kept, and listed with --expired."""
    silence, state = _held_now(settings, id_)
    if state is SilenceState.EXPIRED:
        raise _refusal("id", f"{id_} has expired before")
    end = now()
    _publish(settings, replace(silence, starts_at=min(silence.starts_at, end), ends_at=end))
    say(f"expired {id_}")


@command.command("list")
@settings_options(*CONNECTION)
@click.option("--subscriber", help="Only those that mute alerts to this subscriber.")
@click.option("--expired", is_flag=True, help="Those that have expired, instead of the others.")
@json_option
def list_(settings: Settings, *, subscriber: str | None, expired: bool, as_json: bool) -> None:
    """List the silences that are active or pending; --json gives lines that `import` takes."""
    held = list_held(settings, SILENCE)
    present = now()
    for silence in held:
        state = silence.state(present)
        if (state is SilenceState.EXPIRED) is not expired:
            continue
        if subscriber is not None and silence.subscribers and subscriber not in silence.subscribers:
            continue
        if as_json:
            say_json(SILENCE.entry(silence))
        else:
            say_line((silence.id, {"bold": True}), (state, {}), (_in_words(silence), {}))


@command.command("show")
@settings_options(*CONNECTION)
@click.argument("id_", metavar="ID")
def show(settings: Settings, *, id_: str) -> None:
    """Show one silence as JSON, with the defaults of what it leaves out."""
    say_json(asyncio.run(find_held(settings, SILENCE, id_)))


@command.command("import")
@settings_options(*CONNECTION)
@click.argument("file")
def import_(settings: Settings, *, file: str) -> int:
    """Add the silences of a FILE (NDJSON, or JSON) that are valid; the others are named, exit code 5."""

    async def publish(chunk: list[Silence]) -> None:
        await publish_all(settings, [SILENCE.message(silence, settings.prefix) for silence in chunk])

    return import_file(settings, SILENCE, file, publish)


@command.command("check")
@click.argument("file")
def check(file: str) -> int:
    """Check the silences of a FILE (NDJSON, or JSON), without a broker; all faults with their lines."""
    return check_file(SILENCE, file)


@command.command("remove")
@settings_options(*CONNECTION)
@click.argument("id_", metavar="ID")
def remove(settings: Settings, *, id_: str) -> None:
    """Remove a silence for good: a replay of its days is muted no more. `expire` is the usual end."""
    asyncio.run(remove_held(settings, SILENCE, id_))
    say(f"removed {id_}")


def _one_end(ends_at: datetime | None, lasting: timedelta | None) -> None:
    if ends_at is not None and lasting is not None:
        raise click.UsageError("--ends-at and --for both say when it ends; give one")


def _end(start: datetime, ends_at: datetime | None, lasting: timedelta | None) -> datetime:
    if ends_at is not None:
        return ends_at
    try:
        return start + (_HOUR if lasting is None else lasting)
    except OverflowError:
        raise _refusal("ends_at", "is beyond the calendar") from None


def _held_now(settings: Settings, id_: str) -> tuple[Silence, SilenceState]:
    silence = asyncio.run(find_held(settings, SILENCE, id_))
    return silence, silence.state(now())


def _publish(settings: Settings, silence: Silence) -> None:
    asyncio.run(publish_all(settings, [SILENCE.message(silence, settings.prefix)]))


def _refusal(field: str, words: str) -> BadSilence:
    return BadSilence(Fault(field, ErrorCode.BAD_SILENCE, words))


def _user() -> str | None:
    with suppress(OSError, KeyError):  # a container's user may have no name
        return getpass.getuser()
    return None


def _in_words(silence: Silence) -> str:
    """Return a silence in words: `mutes 601398.SH, events policy, to desk-a, until ...; trader: too much`."""
    subjects, *conditions = matcher_in_words(silence, tuple(Role))
    to = [f"to {' '.join(silence.subscribers)}"] if silence.subscribers else []
    times = (
        f"from {silence.starts_at.isoformat(timespec='seconds')} "
        f"until {silence.ends_at.isoformat(timespec='seconds')}"
    )
    parts = ", ".join([f"mutes {subjects or 'all'}", *conditions, *to, times])
    return f"{parts}; {silence.author}: {silence.comment}"

"""Time as a person types it: `90s`, `15m`, `1h`, `2d`, or an RFC 3339 time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from streams.observe.clock import now

_AGO = re.compile(r"(\d{1,6})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def parse_since(text: str, present: datetime) -> datetime:
    """Return the instant that a person means.

    Args:
        text: `1h`, or RFC 3339; UTC where no zone is given.
        present: What `ago` counts from.

    Returns:
        An aware instant.

    Raises:
        ValueError: When it is neither.

    >>> parse_since("1h", datetime(2025, 3, 3, 9, tzinfo=UTC)).isoformat()
    '2025-03-03T08:00:00+00:00'
    """
    return present - parse_span(text) if _AGO.fullmatch(text.strip()) else _parse_moment(text)


def parse_span(text: str) -> timedelta:
    """Return the length of time that a person means.

    Args:
        text: `90s`, `15m`, `1h`, `2d`.

    Raises:
        ValueError: When it is none.

    >>> parse_span("2d")
    datetime.timedelta(days=2)
    """
    span = _AGO.fullmatch(text.strip())
    if span is None:
        raise ValueError(text)
    return timedelta(**{_UNITS[span[2]]: int(span[1])})


def _parse_moment(text: str) -> datetime:
    when = datetime.fromisoformat(text.strip())
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def check_order(since: datetime | None, until: datetime | None, *options: str) -> None:
    """Refuse a stretch of time that ends before it begins, or when it does: nothing lies in it.

    Args:
        since: Its begin; None for none.
        until: Its end, which is no longer in it; None for none.
        options: The two options that gave them.

    Raises:
        click.UsageError: Naming the two.
    """
    if since is not None and until is not None and since >= until:
        first, last = options
        raise click.UsageError(
            f"{first} {since.isoformat(timespec='seconds')} must be before "
            f"{last} {until.isoformat(timespec='seconds')}"
        )


class _Typed(click.ParamType):
    """A type of option whose values are times, or lengths of time."""

    fault: str

    def parse(self, text: str) -> datetime | timedelta:
        """Return what a person means; `ValueError` or `OverflowError` where it is none."""
        raise NotImplementedError

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return what is meant, or fail with what is possible; a value of the type is left as it is."""
        if not isinstance(value, str):
            return value
        try:
            return self.parse(value)
        except (ValueError, OverflowError):
            self.fail(f"{value!r} {self.fault}", param, ctx)


class Span(_Typed):
    """The type of lengths of time."""

    name = "1h"
    fault = "is not like 90s, 15m, 1h, 2d"

    def parse(self, text: str) -> timedelta:
        """Return the length."""
        return parse_span(text)


class Since(_Typed):
    """The type of `--since` and `--until`."""

    name = "1h|TIME"
    fault = "is neither like 90s, 15m, 1h, 2d nor a time like 2025-03-03T09:30"

    def parse(self, text: str) -> datetime:
        """Return the instant."""
        return parse_since(text, now())


class Moment(_Typed):
    """The type of a time to come or gone by, in RFC 3339; UTC where no zone is given."""

    name = "TIME"
    fault = "is no time like 2025-03-03T09:30+08:00"

    def parse(self, text: str) -> datetime:
        """Return the instant."""
        return _parse_moment(text)

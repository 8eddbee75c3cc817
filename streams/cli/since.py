"""Time as a person types it: `90s`, `15m`, `1h`, `2d`, or an RFC 3339 time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

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
    ago = _AGO.fullmatch(text.strip())
    if ago:
        return present - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    when = datetime.fromisoformat(text.strip())
    return when if when.tzinfo else when.replace(tzinfo=UTC)


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


class Span(click.ParamType):
    """The type of lengths of time."""

    name = "1h"

    def convert(
        self, value: timedelta | str, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Return the length, or fail with what is possible."""
        if isinstance(value, timedelta):
            return value
        try:
            return parse_span(value)
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is not like 90s, 15m, 1h, 2d", param, ctx)


class Since(click.ParamType):
    """The type of `--since` and `--until`."""

    name = "1h|TIME"

    def convert(
        self, value: datetime | str, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the instant, or fail with what is possible."""
        if isinstance(value, datetime):
            return value
        try:
            return parse_since(value, now())
        except (ValueError, OverflowError):
            self.fail(
                f"{value!r} is neither like 90s, 15m, 1h, 2d nor a time like 2025-03-03T09:30", param, ctx
            )


class Moment(click.ParamType):
    """The type of a time to come or gone by, in RFC 3339; UTC where no zone is given."""

    name = "TIME"

    def convert(
        self, value: datetime | str, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the instant, or fail with what is possible."""
        if isinstance(value, datetime):
            return value
        try:
            when = datetime.fromisoformat(value.strip())
        except ValueError:
            self.fail(f"{value!r} is no time like 2025-03-03T09:30+08:00", param, ctx)
        return when if when.tzinfo else when.replace(tzinfo=UTC)

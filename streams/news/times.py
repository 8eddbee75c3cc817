"""Times as sources write them, and which of them are believed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

CHINA = timezone(timedelta(hours=8), "CST")
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # the Shanghai exchange opened in December 1990
LATEST_AHEAD = timedelta(days=1)

_DATE = r"(?P<year>\d{4})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})\s?日?"
# Hong Kong's papers put the day first.
_DAY_FIRST = r"(?P<day_>\d{1,2})[-/.](?P<month_>\d{1,2})[-/.](?P<year_>\d{4})"
_WEEKDAY = r"(?:[,，]?\s?[（(]?(?:星期|周|週)[一二三四五六日天][）)]?)?"
_CLOCK = (
    r"(?:(?P<half>上午|早上|凌晨|中午|下午|晚上|[AP]M)\s?)?(?P<hour>\d{1,2})\s?[:：时]\s?(?P<minute>\d{1,2})"
    r"(?:\s?[:：分]\s?(?P<second>\d{1,2})(?:[.,]\d{1,9})?)?[秒分]?(?:\s?(?P<half_>[AP]M))?"
)
_ZONE = r"(?P<zone>Z|UTC|GMT|CST|[+-]\d{2}:?\d{2})"
_WRITTEN = re.compile(
    rf"(?:{_DATE}|(?<!\d){_DAY_FIRST}){_WEEKDAY}(?:(?:\s{{0,4}}[T|｜]?\s{{0,4}}){_CLOCK}(?:\s?{_ZONE})?)?",
    re.ASCII | re.IGNORECASE,
)
# By far the most frequent form, read by the standard library.
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{3}|\.\d{6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d{1,9})?|\d{12,13}", re.ASCII)


def parse_time(written: str) -> datetime | None:
    """Return the time that a source wrote, +08:00 where it gives no zone.

    Args:
        written: RFC 3339, `YYYY-MM-DD[ HH:MM[:SS]]` (also with `/`, `.` or 年月日, a weekday, 上午 or 下午),
            `DD/MM/YYYY[ HH:MM[:SS]]`, epoch seconds or milliseconds, or the form of mail and RSS
            (`Mon, 14 Feb 2022 04:29:08 GMT`).

    Returns:
        An aware time; None where it is no time.

    >>> parse_time("2022-02-14 04:29").isoformat()
    '2022-02-14T04:29:00+08:00'
    """
    written = written.strip()[:64]
    try:
        if _ISO.fullmatch(written):
            return datetime.fromisoformat(written).replace(microsecond=0)
        if _EPOCH.fullmatch(written):
            seconds = float(written)
            return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, tz=CHINA)
        if match := _WRITTEN.fullmatch(written):
            return _of_parts(match)
        found = parsedate_to_datetime(written)
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=CHINA)


def find_time(text: str) -> str | None:
    """Return the first date with a clock time that stands in a text, as written."""
    return next((match[0] for match in _WRITTEN.finditer(text[:4_000]) if match["hour"]), None)


def _of_parts(match: re.Match[str]) -> datetime:
    year, month, day = (int(match[part] or match[f"{part}_"]) for part in ("year", "month", "day"))
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    if half := match["half"] or match["half_"]:
        hour = _of_day(hour, half.upper())
    return datetime(year, month, day, hour, minute, second, tzinfo=_zone((match["zone"] or "").upper()))


def _of_day(hour: int, half: str) -> int:
    """Return the hour of the day; a clock of 24 hours may tell the half of the day as well."""
    if half in ("下午", "晚上", "PM") and hour < 12:
        return hour + 12
    return 0 if half == "AM" and hour == 12 else hour


def _zone(written: str) -> timezone:
    if written in ("", "CST"):  # China's, not Chicago's: these are Chinese sources
        return CHINA
    if written in ("Z", "UTC", "GMT"):
        return UTC
    offset = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    return timezone(-offset if written[0] == "-" else offset)


def believed_time(written: str | None, received: datetime) -> tuple[datetime | None, str | None]:
    """Return the time when it can be believed, else a warning.

    Args:
        written: As the source or the page gives it; None or blank for none.
        received: When the raw article arrived, aware.

    Returns:
        The time and None; None and what is odd about it; or None and None where none was given.
    """
    if written is None or not written.strip():
        return None, None
    found = parse_time(written)
    if found is None:
        return None, "published_at is not a time"
    if found < EARLIEST:
        return None, "published_at is before 1990"
    if found > received + LATEST_AHEAD:
        return None, "published_at is more than a day ahead"
    return found, None


def minute_of(time: datetime) -> datetime:
    """Return the start of the minute that an aware time lies in."""
    return time.astimezone(UTC).replace(second=0, microsecond=0)

"""A tick: it tells every partition of mentions that a new minute has begun, by record time.

So what waits for the end of a minute there (`streams.alerts.stories.storms`) waits no longer than until the
next article of any subject. Where none comes, a worker ticks by its clock (`streams.agents.ticking`), and a
replay at its end: as a record it stands in its place among the others, and no decision looks at the clock.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from streams.enrichment.article import Origin, Role, SubjectKind
from streams.enrichment.subjects import ArticleView, SubjectMention
from streams.news.article import Action
from streams.news.times import minute_of

TICK = "tick"
_MINUTE = timedelta(minutes=1)


def is_new_minute(newest: datetime | None, received_at: datetime) -> bool:
    """Say whether a record is the first of its minute, or of a later one.

    Args:
        newest: The latest time of a record before it; None for none.
        received_at: Its time.
    """
    return newest is None or minute_of(received_at) > minute_of(newest)


def next_minute(at: datetime) -> datetime:
    """Return the beginning of the minute after a time."""
    return minute_of(at) + _MINUTE


def minute_after(newest: datetime, now: datetime) -> datetime | None:
    """Return the beginning of the minute after a record's, None where it has not begun.

    Args:
        newest: The record's time.
        now: The time up to which nothing comes after it.
    """
    begin = next_minute(newest)
    return begin if begin <= now else None


def tick(received_at: datetime, origin: Origin) -> SubjectMention:
    """Return a tick.

    Args:
        received_at: What it tells: the time of the article that gives it, or the beginning of a minute.
        origin: Where that article stands, or the last one before.
    """
    return SubjectMention(
        subject=TICK,
        kind=SubjectKind.TICK,
        name=TICK,
        role=Role.MENTION,
        relevance=0.0,
        article=ArticleView(
            id=TICK,
            version=1,
            action=Action.PUBLISH,
            source=TICK,
            received_at=received_at,
            digest="",
            origin=origin,
        ),
    )

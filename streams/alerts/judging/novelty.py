"""How new a story is: how many articles told it before, in windows that end with the article in hand.

A story keeps sixteen takes; of articles whose takes it let go it keeps how many came when, as bursts of an
hour. So a count is exact while all its articles are among the takes, and beyond that an article counts from
the beginning of its burst: it leaves a window up to an hour early. Times are the records', never the clock's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from streams.alerts.notification import Novelty
from streams.alerts.stories.story import Burst, Story, Take

BURST = timedelta(hours=1)
WINDOWS = {
    "h12": timedelta(hours=12),
    "h24": timedelta(hours=24),
    "d3": timedelta(days=3),
    "d5": timedelta(days=5),
    "d7": timedelta(days=7),
}
LONGEST = max(WINDOWS.values())
_NEW = Novelty(**dict.fromkeys(WINDOWS, 0))


def novelty(story: Story, article: str, now: datetime) -> Novelty:
    """Count the articles that told a story before the one in hand.

    Args:
        story: With the article in hand told.
        article: Id of the article in hand; no version of it counts.
        now: The time of the record in hand.
    """
    first_told: dict[str, datetime] = {}
    for take in story.takes:
        first_told.setdefault(take.article, take.at)
    first_told.pop(article, None)
    if not first_told and not story.bursts:
        return _NEW  # almost all of them
    times = [(at, 1) for at in first_told.values()] + [(burst.at, burst.articles) for burst in story.bursts]

    def within(window: timedelta) -> int:
        return sum(articles for at, articles in times if now - at <= window)

    return Novelty(**{name: within(window) for name, window in WINDOWS.items()})


def burst(bursts: tuple[Burst, ...], gone: Iterable[Take], now: datetime) -> tuple[Burst, ...]:
    """Return a story's bursts once it has let takes go.

    Args:
        bursts: As they were, oldest first.
        gone: Takes of articles that have no other among the story's; oldest first.
        now: The time of the record in hand; what no window reaches is let go.
    """
    found = [each for each in bursts if now - each.at <= LONGEST]
    for take in gone:
        if found and take.at - found[-1].at < BURST:
            found[-1] = replace(found[-1], articles=found[-1].articles + 1)
        else:
            found.append(Burst(at=take.at, articles=1))
    return tuple(found)

"""The names by which a notice may call an article: its title, or its source and the minute it came out."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from streams.alerts.stories.story import Take
from streams.news.text import fold
from streams.news.times import CHINA

_NOT_WORDS = re.compile(r"\W+")
_TITLE_CHARS = 40


Name = tuple[str, str]


def names_of(take: Take) -> tuple[Name, ...]:
    """Return the names by which a notice may call the article of a take."""
    minute = take.source, _minute(take.published_at or take.at)
    return (title_name(take.title), minute) if take.title else (minute,)


@lru_cache(maxsize=16_384)
def title_name(title: str) -> Name:
    """Return the name of an article by its title: folded, without signs, cut."""
    return "title", _NOT_WORDS.sub("", fold(title).text)[:_TITLE_CHARS]


def minute_name(source: str, minute: str) -> Name:
    """Return the name of an article by its source and the minute it was published, `16:05`, Chinese time."""
    return source, minute


@lru_cache(maxsize=4096)
def _minute(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%H:%M}"

"""Who was told how much anew in which minute, and what was held back then; gathered from the stories.

Each story remembers its own part of it (`Story.surges`), so that what a partition remembers of a storm is
read back with its stories, and a replay counts the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from streams.alerts.stories.story import Story, StoryHead, Surge
from streams.news.times import minute_of

MINUTE = timedelta(minutes=1)
# So far time may go back, from one source to the next, to a minute whose tokens are still counted.
_BACK = timedelta(minutes=10)


class Held(NamedTuple):
    """What a subscriber was not sent in a minute."""

    minute: datetime
    subscriber: str
    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StormControl:
    """How much is too much.

    Args:
        per_minute: Tokens in a subscriber's bucket, filled at each full minute of record time; each alert
            that is created takes one. 0 for no bound.
        exempt_urgency: What is so urgent or more (1 is most) is sent, and takes nothing.
    """

    per_minute: int = 0
    exempt_urgency: int = 2

    def takes(self, urgency: int) -> bool:
        """Say whether an alert so urgent takes a token."""
        return self.per_minute > 0 and urgency > self.exempt_urgency


NO_CONTROL = StormControl()


class Storms:
    """The surges of a partition's stories."""

    def __init__(self) -> None:
        # Of the last minutes only, whatever stories were told in others.
        self._sent: dict[datetime, Counter[str]] = {}
        self._held: dict[tuple[datetime, str], dict[str, None]] = {}
        self._last: datetime | None = None

    def __bool__(self) -> bool:
        """Whether something is held back."""
        return bool(self._held)

    def sent(self, minute: datetime, subscriber: str) -> int:
        """Return how many alerts were created for a subscriber in a minute."""
        counts = self._sent.get(minute)
        return counts[subscriber] if counts else 0

    def ended(self, now: datetime) -> Iterator[Held]:
        """Yield what is held back of minutes that are over at a time, by minute and subscriber."""
        present = minute_of(now)
        for minute, subscriber in sorted(key for key in self._held if key[0] < present):
            yield Held(minute, subscriber, tuple(sorted(self._held[minute, subscriber])))

    def add(self, story: StoryHead) -> None:
        """Count the surges of a story."""
        for surge in story.surges:
            if surge.sent and self._counts(surge.minute):
                self._sent.setdefault(surge.minute, Counter()).update(surge.sent)
            for name in surge.held:
                self._held.setdefault((surge.minute, name), {})[story.id] = None

    def remove(self, story: StoryHead) -> None:
        """Count the surges of a story no more."""
        for surge in story.surges:
            if surge.minute in self._sent:
                self._sent[surge.minute].subtract(surge.sent)
            for name in surge.held:
                ids = self._held[surge.minute, name]
                del ids[story.id]
                if not ids:
                    del self._held[surge.minute, name]

    def _counts(self, minute: datetime) -> bool:
        """Say whether a minute is one of the last; forget those that are not, now that it came."""
        self._last = max(self._last or minute, minute)
        for past in [known for known in self._sent if known < self._last - _BACK]:
            del self._sent[past]
        return minute >= self._last - _BACK


def is_held(story: Story | None, subscriber: str) -> bool:
    """Say whether a story waits for a subscriber's digest."""
    return story is not None and any(subscriber in surge.held for surge in story.surges)


def surges_of(
    story: Story, now: datetime, *, sent: AbstractSet[str], taken: AbstractSet[str], held: AbstractSet[str]
) -> tuple[Surge, ...]:
    """Return a story's surges once it was told again.

    Args:
        story: As it was.
        now: The time of the record in hand.
        sent: For whom its alert is created now: they wait for no digest of it.
        taken: Those of them whom that took a token.
        held: From whom it is held back now.

    Returns:
        Those of this minute and of later ones (time may go back), and those that wait for a digest; others
        are over, and count no more.
    """
    minute = minute_of(now)
    surges = {}
    for surge in story.surges:
        waiting = tuple(name for name in surge.held if name not in sent)
        if waiting or surge.minute >= minute:
            surges[surge.minute] = replace(surge, held=waiting)
        held -= set(surge.held)
    if taken or held:
        known = surges.get(minute, Surge(minute=minute))
        surges[minute] = Surge(
            minute=minute,
            sent=tuple(sorted({*known.sent, *taken})),
            held=tuple(sorted({*known.held, *held})),
        )
    return tuple(surges[minute] for minute in sorted(surges))

"""The memory of one partition: the stories of the last days, found by article, wording or common facts.

What a mention is to them is for `judging` to say. Time is an argument: a story past its time counts as
forgotten whether `expire` has come by or not, so a replay decides the same.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache

from streams.alerts.candidates import Candidates
from streams.alerts.filed import Filed
from streams.alerts.storms import Storms
from streams.alerts.story import Story
from streams.enrichment.facts.record import Facts
from streams.errors import BadRecord, ErrorCode, Fault
from streams.news.text import fold
from streams.news.times import CHINA

# Stories let go in one call of `expire`, so that no event waits for a clean-up.
MAX_EXPIRED = 500

# Stories remembered of one subject. Of 20,000 articles a day about one in ten is news of the market, the
# busiest subject: 14,000 in seven days. More is a feed gone wild, and must not take the memory of the others.
MAX_OF_SUBJECT = 20_000

_MAX_SHARED = 10_000
_NOT_WORDS = re.compile(r"\W+")
_TITLE_CHARS = 40


class Stories:
    """The stories of one partition, by subject and article, by wording, and by what they tell.

    Args:
        copy_window: How long after a wording was first told the same wording is a copy.
        keep_for: How long a story is remembered after its last take.
        most: How many stories of one subject are remembered.
    """

    def __init__(
        self,
        *,
        copy_window: timedelta = timedelta(hours=72),
        keep_for: timedelta = timedelta(days=7),
        most: int = MAX_OF_SUBJECT,
    ) -> None:
        self.copy_window = copy_window
        self.keep_for = keep_for
        self.most = most
        self._held: OrderedDict[str, Story] = OrderedDict()
        self._of_subject: dict[str, dict[str, None]] = {}
        self._by_article: dict[tuple[str, str], str] = {}
        self._by_digest: dict[tuple[str, str], str] = {}
        self._candidates = Candidates()
        self._by_name: Filed[str] = Filed()
        self.storms = Storms()
        self._on_trading: Filed[str] = Filed()
        self._shared: dict[tuple[str, ...], tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self._held)

    def get(self, id_: str) -> Story:
        """Return the story of an id; raises KeyError where none is held."""
        return self._held[id_]

    def told_by(self, subject: str, article: str) -> Story | None:
        """Return the story about a subject that an article told, or None."""
        return self._held.get(self._by_article.get((subject, article), ""))

    def worded(self, subject: str, digest: str) -> Story | None:
        """Return the story about a subject that was last opened with a wording, or None."""
        return self._held.get(self._by_digest.get((subject, digest), ""))

    def alike(self, subject: str, facts: Facts, now: datetime) -> Iterator[tuple[Story, float]]:
        """Yield the stories about a subject that have most in common with facts, and were told of late.

        With each comes what share of the facts' keys is its own, too.

        Args:
            subject: The subject.
            facts: What a mention says of it.
            now: The time of the record in hand; stories last told longer ago than `copy_window` are left out.
        """
        oldest = next(iter(self._held.values()), None)
        late = oldest is not None and self.is_past(oldest, now)  # with its clean-up, which is in slices
        for id_, share in self._candidates.find(subject, facts, self._is_held_at(now) if late else None):
            story = self._held[id_]
            # Keys are hashed: once in a great while one finds a story of another subject.
            if now - story.takes[-1].at <= self.copy_window and story.subject == subject:
                yield story, share

    def named(self, names: Iterable[str], now: datetime) -> list[Story]:
        """Return the stories with a take that goes by one of some names (see `names_of`), by id."""
        ids = {id_ for name in names for id_ in self._by_name.newest(name)}
        return [story for id_ in sorted(ids) if not self.is_past(story := self._held[id_], now)]

    def trading_of(self, subject: str, now: datetime) -> Story | None:
        """Return the story of a subject that last began to tell whether it is traded, or None.

        Args:
            subject: The subject.
            now: The time of the record in hand.
        """
        stories = (self._held[id_] for id_ in self._on_trading.newest(subject))
        known = [story for story in stories if not story.withdrawn and not self.is_past(story, now)]
        return max(known, key=_age, default=None)

    def is_past(self, story: Story, now: datetime) -> bool:
        """Say whether a story is too old to be remembered."""
        return now - story.takes[-1].at > self.keep_for

    def _is_held_at(self, now: datetime) -> Callable[[str], bool]:
        return lambda id_: not self.is_past(self._held[id_], now)

    def keep(self, story: Story) -> Story | None:
        """Hold a story, in place of its earlier state.

        Returns:
            The story that was let go for it, because its subject has too many: the one told longest ago.
        """
        self.forget(story.id)
        # Stories of one subject go to the same receivers again and again: they share one tuple.
        if len(self._shared) > _MAX_SHARED:
            self._shared.clear()
        receivers = self._shared.setdefault(story.receivers, story.receivers)
        if receivers is not story.receivers:
            story = replace(story, receivers=receivers)
        self._held[story.id] = story
        self._candidates.file(story)
        if story.surges:
            self.storms.add(story)
        if story.trading is not None:
            self._on_trading.add(story.subject, story.id)
        for name in names_of(story):
            self._by_name.add(name, story.id)
        for take in story.takes:
            self._by_article[story.subject, take.article] = story.id
            other = self.worded(story.subject, take.digest)
            if other is None or _age(other) <= _age(story):
                self._by_digest[story.subject, take.digest] = story.id
        of_subject = self._of_subject.setdefault(story.subject, {})
        of_subject[story.id] = None
        return self.forget(next(iter(of_subject))) if len(of_subject) > self.most else None

    def recall(self, story: Story) -> None:
        """Hold a story that is read back, unless what is held of it is further on.

        A former owner of the partition may have written late, behind the records of its successor.

        Raises:
            BadRecord: When nothing told the story: no record of ours.
        """
        if not story.takes:
            raise BadRecord(Fault("takes", ErrorCode.EMPTY, "holds nothing"))
        held = self._held.get(story.id)
        if held is None or _progress(held) <= _progress(story):
            self.keep(story)

    def forget(self, id_: str) -> Story | None:
        """Let a story go; return it, None when it is not held."""
        story = self._held.pop(id_, None)
        if story is None:
            return None
        of_subject = self._of_subject[story.subject]
        del of_subject[id_]
        if not of_subject:
            del self._of_subject[story.subject]
        self._candidates.remove(story)
        if story.surges:
            self.storms.remove(story)
        if story.trading is not None:
            self._on_trading.remove(story.subject, id_)
        for name in names_of(story):
            self._by_name.remove(name, id_)
        for take in story.takes:
            for index, value in ((self._by_article, take.article), (self._by_digest, take.digest)):
                if index.get((story.subject, value)) == id_:
                    del index[story.subject, value]
        return story

    def expire(self, now: datetime) -> tuple[Story, ...]:
        """Let go of stories whose last take is older than `keep_for`.

        Args:
            now: The time of the record in hand.

        Returns:
            The stories let go, at most `MAX_EXPIRED`, so that their records can be deleted.
        """
        gone: list[Story] = []
        while self._held and len(gone) < MAX_EXPIRED:
            story = next(iter(self._held.values()))
            if not self.is_past(story, now):
                break
            self.forget(story.id)
            gone.append(story)
        return tuple(gone)


def names_of(story: Story) -> set[str]:
    """Return the names by which a notice may call a story's articles: title, or source and minute."""
    names = {title_name(take.title) for take in story.takes if take.title}
    return names | {minute_name(take.source, _minute(take.published_at or take.at)) for take in story.takes}


@lru_cache(maxsize=16_384)
def title_name(title: str) -> str:
    """Return the name of an article by its title: folded, without signs, cut."""
    return f"title {_NOT_WORDS.sub('', fold(title).text)[:_TITLE_CHARS]}"


def minute_name(source: str, minute: str) -> str:
    """Return the name of an article by its source and the minute it was published, `16:05`, Chinese time."""
    return f"{source} {minute}"


@lru_cache(maxsize=4096)
def _minute(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%H:%M}"


def _age(story: Story) -> tuple[datetime, str]:
    return story.takes[0].at, story.id


def _progress(story: Story) -> tuple[datetime, int, int, int, datetime]:
    """Return what only grows: a story that began anew under its old id begins later."""
    first, last = story.takes[0], story.takes[-1]
    return first.at, story.version, story.copies, len(story.receivers), last.at

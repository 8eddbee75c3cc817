"""The memory of one partition: the stories of the last days, found by article, wording or common facts.

What a mention is to them is for `judging` to say. Time is an argument: a story past its time counts as
forgotten whether `expire` has come by or not, so a replay decides the same.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from streams.alerts.filed import Filed
from streams.alerts.stories.candidates import Candidates
from streams.alerts.stories.naming import Name, names_of
from streams.alerts.stories.shelf import Packing, Shelf
from streams.alerts.stories.storms import Storms
from streams.alerts.stories.story import Story, StoryHead
from streams.enrichment.facts.record import Facts
from streams.errors import BadRecord, ErrorCode, Fault

# Stories let go in one call of `expire`, so that no event waits for a clean-up.
MAX_EXPIRED = 500

# Stories remembered of one subject. Of 20,000 articles a day about one in ten is news of the market, the
# busiest subject: 14,000 in seven days. More is a feed gone wild, and must not take the memory of the others.
MAX_OF_SUBJECT = 20_000


class Stories:
    """The stories of one partition, by subject and article, by wording, and by what they tell.

    Args:
        copy_window: How long after a wording was first told the same wording is a copy.
        keep_for: How long a story is remembered after its last take.
        most: How many stories are remembered.
        most_of_subject: How many of one subject.
        packing: Reads the records that are given to `keep` and `recall`.
    """

    def __init__(
        self,
        *,
        copy_window: timedelta = timedelta(hours=72),
        keep_for: timedelta = timedelta(days=7),
        most: int | None = None,
        most_of_subject: int = MAX_OF_SUBJECT,
        packing: Packing | None = None,
    ) -> None:
        self.copy_window = copy_window
        self.keep_for = keep_for
        self._window = min(copy_window, keep_for)
        self._most = most
        self._most_of_subject = most_of_subject
        self._held = Shelf(packing)
        self._of_subject: dict[str, dict[str, None]] = {}
        self._filed: Filed[int] = Filed()
        # Of the shelf, not of this: a circle of references would keep a memory that is over.
        self._candidates = Candidates(self._held.facts)
        self._late: OrderedDict[str, str] = OrderedDict()  # told in the copy window, with subjects
        self.storms = Storms()

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[Story]:
        return (story for id_ in self._held if (story := self._held.get(id_)) is not None)

    def get(self, id_: str) -> Story | None:
        """Return the story of an id, None where none is held."""
        return self._held.get(id_)

    def told_by(self, subject: str, article: str) -> Story | None:
        """Return the story about a subject that an article told, or None."""
        return next(self._under((subject, article)), None)

    def worded(self, subject: str, digest: str) -> Story | None:
        """Return the story about a subject that was last opened with a wording, or None."""
        return max(self._under((subject, digest)), key=_age, default=None)

    def alike(self, subject: str, facts: Facts, now: datetime) -> Iterator[tuple[Story, float]]:
        """Yield the stories about a subject that have most in common with facts, and were told of late.

        With each comes what share of the facts' keys is its own, too.

        Args:
            subject: The subject.
            facts: What a mention says of it.
            now: The time of the record in hand; stories last told longer ago than `copy_window`, or past
                their time, are left out.
        """
        for id_, share in self._candidates.find(subject, facts, self._is_late(now)):
            story = self._held.get(id_)
            # Keys are hashed: once in a great while one finds a story of another subject.
            if story is not None and story.subject == subject and now - story.last_told <= self._window:
                yield story, share

    def named(self, names: Iterable[Name], now: datetime) -> list[Story]:
        """Return the stories with a take that goes by one of some names (see `naming`), by id."""
        found = {story.id: story for name in names for story in self._under(name)}
        return [found[id_] for id_ in sorted(found) if not self.is_past(found[id_], now)]

    def trading_of(self, subject: str, now: datetime) -> Story | None:
        """Return the story of a subject that last began to tell whether it is traded, or None.

        Args:
            subject: The subject.
            now: The time of the record in hand.
        """
        stories = self._under(_trading(subject))
        known = [story for story in stories if not story.withdrawn and not self.is_past(story, now)]
        return max(known, key=_age, default=None)

    def is_past(self, story: Story, now: datetime) -> bool:
        """Say whether a story is too old to be remembered."""
        return now - story.last_told > self.keep_for

    def keep(self, story: Story, record: bytes | None = None) -> list[StoryHead]:
        """Hold a story, in place of its earlier state.

        Args:
            story: As it is now.
            record: Its record, which may stand for it.

        Returns:
            The stories that were let go for it, because there are too many: those told longest ago.
        """
        self.forget(story.id)
        self._held.put(story, record)
        self._candidates.file(story.subject, story.id, story.facts)
        return self._file(story)

    def recall(self, head: StoryHead, record: bytes) -> None:
        """Hold a story that is read back, unless what is held of it is further on.

        A former owner of the partition may have written late, behind the records of its successor.

        Args:
            head: What its record says first.
            record: The record.

        Raises:
            BadRecord: When nothing told the story: no record of ours.
        """
        if not head.takes:
            raise BadRecord(Fault("takes", ErrorCode.EMPTY, "holds nothing"))
        if head.id in self._held:
            held = self._held.get(head.id)
            if held is not None and _progress(held) > _progress(head):
                return
            self.forget(head.id)
        self._held.put_packed(head, record)
        self._candidates.file(head.subject, head.id)
        self._file(head)

    def forget(self, id_: str) -> StoryHead | None:
        """Let a story go; return it, None when it is not held."""
        story = self._held.pop(id_)
        if story is None:
            return None
        of_subject = self._of_subject[story.subject]
        del of_subject[id_]
        if not of_subject:
            del self._of_subject[story.subject]
        if self._late.pop(id_, None) is not None:
            self._candidates.remove(story.subject, id_)
        if story.surges:
            self.storms.remove(story)
        self._filed.remove(_places(story), id_)
        return story

    def expire(self, now: datetime) -> tuple[StoryHead, ...]:
        """Let go of stories whose last take is older than `keep_for`.

        Args:
            now: The time of the record in hand.

        Returns:
            The stories let go, at most `MAX_EXPIRED`, so that their records can be deleted.
        """
        gone: list[StoryHead] = []
        while len(gone) < MAX_EXPIRED and (id_ := self._held.oldest()):
            if now - self._held.last_told(id_) <= self.keep_for:
                break
            if story := self.forget(id_):
                gone.append(story)
        self._let_candidates_go(now)
        return tuple(gone)

    def _let_candidates_go(self, now: datetime) -> None:
        """Take stories out of the candidates that nothing is a copy of any more, `MAX_EXPIRED` at most."""
        for _ in range(MAX_EXPIRED):
            id_ = next(iter(self._late), None)
            if id_ is None or now - self._held.last_told(id_) <= self.copy_window:
                break
            self._candidates.remove(self._late.pop(id_), id_)

    def _file(self, story: StoryHead) -> list[StoryHead]:
        id_ = story.id
        self._late[id_] = story.subject
        if story.surges:
            self.storms.add(story)
        self._filed.add(_places(story), id_)
        of_subject = self._of_subject.setdefault(story.subject, {})
        of_subject[id_] = None
        too_many = [next(iter(of_subject))] if len(of_subject) > self._most_of_subject else []
        if not too_many and self._most is not None and len(self._held) > self._most:
            too_many.append(self._held.oldest() or id_)
        return [head for other in too_many if (head := self.forget(other))]

    def _under(self, place: tuple[str, str]) -> Iterator[Story]:
        """Yield the stories filed at a place, the one kept last first."""
        for id_ in self._filed.newest(hash(place)):
            story = self._held.get(id_)
            if story is not None:
                yield story

    def _is_late(self, now: datetime) -> Callable[[str], bool] | None:
        """Return what tells the stories that something may be a copy of; None where all candidates are."""
        oldest = next(iter(self._late), None)
        if oldest is None or now - self._held.last_told(oldest) <= self._window:
            return None
        return lambda id_: now - self._held.last_told(id_) <= self._window


def _places(story: StoryHead) -> list[int]:
    """Return where a story is filed, hashed to eight bytes: the words themselves would take more than it."""
    subject = story.subject
    places = [hash(_trading(subject))] if story.trading is not None else []
    for take in story.takes:
        places += (hash((subject, take.article)), hash((subject, take.digest)), *map(hash, names_of(take)))
    return places


def _trading(subject: str) -> tuple[str, str]:
    return subject, "trading"


def _age(story: StoryHead) -> tuple[datetime, str]:
    return story.takes[0].at, story.id


def _progress(story: StoryHead) -> tuple[datetime, int, int, int, datetime]:
    """Return what only grows: a story that began anew under its old id begins later."""
    first, last = story.takes[0], story.takes[-1]
    return first.at, story.version, story.copies, len(story.receivers), last.at

"""The memory of one partition: the stories of the last days, and what a mention is to them.

`judge` holds a mention against the memory and changes nothing; `told` says how the story goes on.
What is compared today is the article's id and its wording. Time is an argument: a story past its
time counts as forgotten whether `expire` has come by or not, so a replay decides the same.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from streams.alerts.identity import alert_id, story_id
from streams.alerts.story import Story, Take
from streams.enrichment.subjects import SubjectMention
from streams.news.article import Action

# A story told a thousand times stays a small record: its first takes, which are what later ones are
# copies of, and its last ones, which are what may come again after a crash.
FIRST_TAKES = 4
LAST_TAKES = 12
MAX_TAKES = FIRST_TAKES + LAST_TAKES
MAX_MEDIUM_LENGTH = 40
# Stories let go in one call of `expire`, so that no event waits for a clean-up.
MAX_EXPIRED = 500

_MAX_SHARED = 10_000


class Relation(StrEnum):
    """What a mention is to what was told before (metric label)."""

    NEW = "new"
    COPY = "copy"
    UPDATE = "update"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    REDELIVERY = "redelivery"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a mention is to the memory.

    Args:
        relation: The relation.
        story: The story it belongs to as it stands; None where there is none.
        reason: One clause for a person.
    """

    relation: Relation
    story: Story | None
    reason: str


class Stories:
    """The stories of one partition, by subject and article, and by subject and wording.

    Args:
        copy_window: How long after a wording was first told the same wording is a copy.
        keep_for: How long a story is remembered after its last take.
    """

    def __init__(
        self, *, copy_window: timedelta = timedelta(hours=72), keep_for: timedelta = timedelta(days=7)
    ) -> None:
        self.copy_window = copy_window
        self.keep_for = keep_for
        self._held: OrderedDict[str, Story] = OrderedDict()
        self._by_article: dict[tuple[str, str], str] = {}
        self._by_digest: dict[tuple[str, str], str] = {}
        self._shared: dict[tuple[str, ...], tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self._held)

    def told_by(self, subject: str, article: str) -> Story | None:
        """Return the story about a subject that an article told, or None."""
        return self._held.get(self._by_article.get((subject, article), ""))

    def worded(self, subject: str, digest: str) -> Story | None:
        """Return the story about a subject that was last opened with a wording, or None."""
        return self._held.get(self._by_digest.get((subject, digest), ""))

    def is_past(self, story: Story, now: datetime) -> bool:
        """Say whether a story is too old to be remembered."""
        return now - story.takes[-1].at > self.keep_for

    def keep(self, story: Story) -> None:
        """Hold a story, in place of its earlier state."""
        self._forget(story.id)
        # Stories of one subject go to the same receivers again and again: they share one tuple.
        if len(self._shared) > _MAX_SHARED:
            self._shared.clear()
        receivers = self._shared.setdefault(story.receivers, story.receivers)
        if receivers is not story.receivers:
            story = replace(story, receivers=receivers)
        self._held[story.id] = story
        for take in story.takes:
            self._by_article[story.subject, take.article] = story.id
            other = self.worded(story.subject, take.digest)
            if other is None or _age(other) <= _age(story):
                self._by_digest[story.subject, take.digest] = story.id

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
            self._forget(story.id)
            gone.append(story)
        return tuple(gone)

    def _forget(self, id_: str) -> None:
        story = self._held.pop(id_, None)
        if story is None:
            return
        for take in story.takes:
            for index, value in ((self._by_article, take.article), (self._by_digest, take.digest)):
                if index.get((story.subject, value)) == id_:
                    del index[story.subject, value]


def judge(mention: SubjectMention, stories: Stories, now: datetime) -> Judgement:
    """Hold a mention against what was told about its subject.

    Args:
        mention: An article seen from one subject.
        stories: The memory of the subject's partition; not changed.
        now: The time of the record in hand.

    Returns:
        The relation, the story as it stands, and the reason.
    """
    article = mention.article
    story = stories.told_by(mention.subject, article.id)
    if story is not None and not stories.is_past(story, now):
        return _judge_known(mention, story)
    if article.action is Action.WITHDRAW:
        return Judgement(Relation.WITHDRAWAL, None, "takes back an article that is not remembered")
    story = stories.worded(mention.subject, article.digest)
    if (
        story is not None
        and not stories.is_past(story, now)
        and now - _first_worded(story, article.digest) <= stories.copy_window
    ):
        return Judgement(Relation.COPY, story, f"same wording as {_teller(story, article.digest)}")
    return Judgement(Relation.NEW, None, "nothing remembered tells this")


def told(judgement: Judgement, mention: SubjectMention, now: datetime) -> Story:
    """Return the story as it stands once a mention has told it; receivers as before.

    Args:
        judgement: Of this mention; neither a redelivery nor late.
        mention: An article seen from one subject.
        now: The time of the record in hand.
    """
    article = mention.article
    medium = (article.media or article.source)[:MAX_MEDIUM_LENGTH]
    take = Take(article=article.id, version=article.version, digest=article.digest, at=now, media=medium)
    story = judgement.story
    if story is None:
        id_ = story_id(article.id, mention.subject)
        return Story(
            subject=mention.subject, id=id_, alert=alert_id(id_, mention.subject), version=1, takes=(take,)
        )
    takes = (*story.takes, take)
    if len(takes) > MAX_TAKES:
        takes = takes[:FIRST_TAKES] + takes[-LAST_TAKES:]
    if judgement.relation is Relation.COPY:
        another = all(known.article != article.id for known in story.takes)
        return replace(story, takes=takes, copies=story.copies + another)
    return replace(
        story, takes=takes, version=story.version + 1, withdrawn=judgement.relation is Relation.WITHDRAWAL
    )


def _judge_known(mention: SubjectMention, story: Story) -> Judgement:
    article = mention.article
    takes = [take for take in story.takes if take.article == article.id]
    newest = max(take.version for take in takes)
    withdraws = article.action is Action.WITHDRAW
    # A withdrawal often repeats the wording that it takes back, so it is known by its version only.
    if any(
        take.digest == article.digest and (take.version == article.version or not withdraws) for take in takes
    ):
        return Judgement(Relation.REDELIVERY, story, "this wording of the article was told before")
    if article.version <= newest:
        return Judgement(Relation.LATE, story, f"version {article.version} comes after version {newest}")
    if withdraws and story.takes[0].article != article.id:
        return Judgement(Relation.COPY, story, "a copy is taken back; the story stays as it is")
    if withdraws and story.withdrawn:
        return Judgement(Relation.REDELIVERY, story, "the story was taken back before")
    if withdraws:
        return Judgement(Relation.WITHDRAWAL, story, "its source takes it back")
    if article.action is Action.CORRECT:
        return Judgement(Relation.CORRECTION, story, f"version {article.version} corrects version {newest}")
    return Judgement(Relation.UPDATE, story, f"version {article.version} replaces version {newest}")


def _age(story: Story) -> tuple[datetime, str]:
    return story.takes[0].at, story.id


def _first_worded(story: Story, digest: str) -> datetime:
    return next(take.at for take in story.takes if take.digest == digest)


def _teller(story: Story, digest: str) -> str:
    return next(take.media for take in story.takes if take.digest == digest)

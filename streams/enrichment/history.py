"""What is known of an article by its id: its versions and the subjects of the last one.

A wording that was seen before under the same id is a redelivery, also when a newer version came
since; unless its source says that it goes back to it, or takes back what it told since. A subject
that a new version no longer names gets a withdrawal, so that its holders learn of it.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from streams.enrichment.article import SCHEMA, Origin, Role, Told
from streams.enrichment.subjects import ArticleView, SubjectMention
from streams.news.article import Action, Article

# Wordings remembered of one article; a live ticker page has hundreds, and only the last ones come again.
MAX_DIGESTS = 50
# Subjects of which one copy is held for all histories: more than are listed and traded in a week.
_MAX_SHARED = 20_000
_WITHDRAWN = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What is known of one article: what the next version needs of its record in `news.articles`.

    Args:
        id: The article's.
        version: The last one.
        digests: A mark of each version's wording, oldest first; the last `MAX_DIGESTS`.
        told: The subjects of the last version.
        received_at: When the last version was received.
        published_at: When it was published, where that is known.
        origin: Where it stands; None in no record of ours.
        schema: The record's number: what another version wrote is refused, not misread.
    """

    id: str
    version: int
    digests: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    received_at: datetime
    published_at: datetime | None = None
    origin: Origin | None = None
    schema: int = SCHEMA


def next_version(
    history: History | None, article: Article, origin: Origin
) -> tuple[int, tuple[str, ...]] | None:
    """Return the version number and digests of an article that has just been read.

    Args:
        history: What is known of its id; None for nothing.
        article: As read.
        origin: Where it stands.

    Returns:
        The version, from 1, and the digests with this one appended; None for a redelivery.
    """
    mark = _WITHDRAWN if article.action is Action.WITHDRAW else article.digest
    if history is None:
        return 1, (mark,)
    if mark in history.digests and not _says_again(history, mark, article, origin):
        return None
    return history.version + 1, (*history.digests, mark)[-MAX_DIGESTS:]


def _says_again(history: History, mark: str, article: Article, origin: Origin) -> bool:
    """Say whether a source takes back what it told since, or corrects it to words of an earlier version.

    What was read before, and is read once more after a crash, stands before the last version. A correction
    that its source sends twice is no later than that: without a later time it is no other.
    """
    if mark == history.digests[-1] or not _stands_behind(origin, history.origin):
        return False
    if article.action is not Action.CORRECT:
        return article.action is Action.WITHDRAW
    before, now = history.published_at, article.published_at
    return before is not None and now is not None and now > before


def _stands_behind(origin: Origin, last: Origin | None) -> bool:
    if last is None or (origin.topic, origin.partition) != (last.topic, last.partition):
        return True
    return origin.offset > last.offset


def told_to(mentions: tuple[SubjectMention, ...]) -> tuple[Told, ...]:
    """Return the subjects that a version was told to; withdrawals tell nothing."""
    return tuple(
        Told(subject=m.subject, kind=m.kind, name=m.name, listings=m.listings)
        for m in mentions
        if m.article.action is not Action.WITHDRAW
    )


def withdrawals(
    history: History | None, mentions: tuple[SubjectMention, ...], view: ArticleView
) -> tuple[SubjectMention, ...]:
    """Return a withdrawal for each subject that the last version told and this one does not.

    Args:
        history: What is known of the article before this version.
        mentions: The subjects of this version.
        view: This version, as its subjects see it.

    Returns:
        Mentions with action `withdraw`, in the order of the last version.
    """
    still = {mention.subject for mention in mentions}
    gone = replace(view, action=Action.WITHDRAW)
    return tuple(
        SubjectMention(
            subject=told.subject,
            kind=told.kind,
            name=told.name,
            listings=told.listings,
            role=Role.SUBJECT,
            relevance=0.0,
            article=gone,
        )
        for told in (history.told if history else ())
        if told.subject not in still
    )


class Histories:
    """The histories of one partition, by article id; bounded in time.

    Args:
        keep_for: How long a history is held after its last version.

    Attributes:
        newest: When the latest of all versions was received; None where there was none.
    """

    def __init__(self, keep_for: timedelta) -> None:
        self.keep_for = keep_for
        self.newest: datetime | None = None
        self._by_id: OrderedDict[str, History] = OrderedDict()
        self._shared: dict[Told, Told] = {}

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, article_id: str, now: datetime) -> History | None:
        """Return what is known of an article; nothing past its time, whether `expire` came by or not."""
        history = self._by_id.get(article_id)
        return None if history is None or self._is_past(history, now) else history

    def keep(self, history: History) -> None:
        """Hold a history in place of an earlier one of its article; an older version changes nothing.

        A lower version after `keep_for` is no older one: the article was forgotten, and began anew.
        """
        if self.newest is None or history.received_at > self.newest:
            self.newest = history.received_at
        known = self._by_id.get(history.id)
        if known is None or known.version <= history.version or self._is_past(known, history.received_at):
            self._by_id[history.id] = replace(history, told=tuple(map(self._share, history.told)))
            self._by_id.move_to_end(history.id)

    def expire(self, now: datetime) -> int:
        """Drop what is older than `keep_for` before `now`; return how many."""
        dropped = 0
        while self._by_id and self._is_past(next(iter(self._by_id.values())), now):
            self._by_id.popitem(last=False)
            dropped += 1
        return dropped

    def _share(self, told: Told) -> Told:
        """Return the one that stands for all that are equal: the same companies are told of all the time."""
        if len(self._shared) >= _MAX_SHARED:
            self._shared.clear()
        return self._shared.setdefault(told, told)

    def _is_past(self, history: History, now: datetime) -> bool:
        return history.received_at + self.keep_for < now

"""A story: what was told about one subject, and which alerts went where (record of `news.stories`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from streams.alerts.stories.trading import Trading
from streams.enrichment.article import Listing
from streams.enrichment.facts.record import Facts

SCHEMA = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One article (and version) that told the story.

    Args:
        article: The article's id.
        version: Its version.
        digest: Fingerprint of its wording.
        at: When it was received.
        media: The medium, else the source.
        source: Who sent it.
        title: Its title, else its first sentence, shortened.
        published_at: When it was published, where that is known.
    """

    article: str
    version: int
    digest: str
    at: datetime
    media: str
    source: str = ""
    title: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """How many articles told a story within an hour from `at` on."""

    at: datetime
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge:
    """Whom a story was told to anew in one minute, and from whom it was held back until the minute's digest.

    Args:
        minute: Its start.
        sent: Subscribers for whom the alert was created, which took a token of theirs.
        held: Subscribers who wait for their digest.
    """

    minute: datetime
    sent: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryHead:
    """What a story is found by again; the part of its record that is read when a memory is read back.

    Args:
        subject: Issuer's primary ticker, board code or `market`.
        id: `story_` and 16 hexadecimal digits, derived from its first article and the subject.
        version: What the tape said last, from 1.
        takes: The articles that told it, oldest first; of many, the first and the last (`telling.MAX_TAKES`).
        copies: How many articles told it as copies, those no longer among the takes included.
        receivers: The subscribers that its alert went to, sorted.
        trading: Whether trading in the subject stops or resumes, where a headline of it said so last.
        surges: What storm control counts of it; () where that is off.
    """

    older_schemas: ClassVar[tuple[int, ...]] = (1,)

    subject: str
    id: str
    version: int
    takes: tuple[Take, ...]
    copies: int = 0
    receivers: tuple[str, ...] = ()
    trading: Trading | None = None
    surges: tuple[Surge, ...] = ()
    schema: int = SCHEMA

    @property
    def last_told(self) -> datetime:
        """When it was told last; a record's time may be before that of the record before it."""
        return max(take.at for take in self.takes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(StoryHead):
    """One story about one subject. Keyed `<subject>|<id>` in the partition of its subject's mentions.

    Args:
        name: The subject's, as in its mentions.
        listings: The issuer's.
        alert: Id of its alert, derived from story and subject.
        bursts: Of the last 7 days, when articles told it that are no longer among the takes; oldest first.
        withdrawn: True once it was taken back.
        facts: All that its takes said, within bounds; None in records of schema 1.
    """

    name: str = ""
    listings: tuple[Listing, ...] = ()
    alert: str
    bursts: tuple[Burst, ...] = ()
    withdrawn: bool = False
    facts: Facts | None = None

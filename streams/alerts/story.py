"""A story: what was told about one subject, and which alerts went where (record of `news.stories`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One article (and version) that told the story.

    Args:
        article: The article's id.
        version: Its version.
        digest: Fingerprint of its wording.
        at: When it was received.
        media: The medium, else the source.
    """

    article: str
    version: int
    digest: str
    at: datetime
    media: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story about one subject. Keyed `<subject>|<id>` in the partition of its subject's mentions.

    Args:
        subject: Issuer's primary ticker, board code or `market`.
        id: `story_` and 16 hexadecimal digits, derived from its first article and the subject.
        alert: Id of its alert, derived from story and subject.
        version: What the tape said last, from 1.
        takes: The articles that told it, oldest first; of many, the first and the last (`stories.MAX_TAKES`).
        copies: How many articles told it as copies, those no longer among the takes included.
        receivers: The subscribers that its alert went to, sorted.
        withdrawn: True once it was taken back.
    """

    subject: str
    id: str
    alert: str
    version: int
    takes: tuple[Take, ...]
    copies: int = 0
    receivers: tuple[str, ...] = ()
    withdrawn: bool = False
    schema: int = 1

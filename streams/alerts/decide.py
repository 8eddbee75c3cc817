"""The decision: one mention in, outcomes and the new story state out. No clock, no Kafka, no log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from streams.alerts.matching import Subscriptions
from streams.alerts.notification import Alert
from streams.alerts.stories import Relation, Stories
from streams.alerts.story import Story
from streams.enrichment.subjects import SubjectMention


class Channel(StrEnum):
    """Where an outcome goes."""

    TAPE = "tape"
    SUBSCRIBER = "subscriber"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One alert and where it goes; `subscriber` is set for `Channel.SUBSCRIBER` only."""

    channel: Channel
    alert: Alert
    subscriber: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of one mention.

    Args:
        relation: What the mention is to what was told before.
        reason: One sentence for a person: why so.
        outcomes: The tape first, then subscribers in order of name, then suppressed; () for nothing.
        stories: The stories that changed, to be kept; () where none did.
        matches: How many subscriptions matched.
    """

    relation: Relation
    reason: str
    outcomes: tuple[Outcome, ...] = ()
    stories: tuple[Story, ...] = ()
    matches: int = 0


def decide(mention: SubjectMention, subscriptions: Subscriptions, stories: Stories, now: datetime) -> Decision:
    """Decide (stub, filled by the alerts room)."""
    raise NotImplementedError

"""What is decided of a mention: who is told what, who is not and why, and the story as it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from streams.alerts.judging.judgement import Relation
from streams.alerts.notification import Alert
from streams.alerts.routing.matching import Match
from streams.alerts.stories.story import Story


class Channel(StrEnum):
    """Where an outcome goes."""

    TAPE = "tape"
    SUBSCRIBER = "subscriber"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One alert and where it goes.

    Args:
        channel: Where.
        alert: What is told there.
        subscriber: To whom; set for `Channel.SUBSCRIBER` only.
        matches: Which of the subscriber's subscriptions matched, all of them; the line names the first ten.
    """

    channel: Channel
    alert: Alert
    subscriber: str | None = None
    matches: Sequence[Match] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of one mention.

    Args:
        relation: What the mention is to what was told before.
        reason: One sentence for a person: why so.
        outcomes: The tape first, then subscribers in order of name, then suppressed; () for nothing.
        stories: The stories that changed, to be kept; () where none did.
        matches: How many subscriptions matched.
        concerned: How many subscribers it concerned: whose subscriptions matched, and who had the alert that
            it amends. Each of them is in one outcome, as sent or as suppressed.
    """

    relation: Relation
    reason: str
    outcomes: tuple[Outcome, ...] = ()
    stories: tuple[Story, ...] = ()
    matches: int = 0
    concerned: int = 0

"""What a mention is to what was told before, as a value with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from streams.alerts.change import Change
from streams.alerts.stories.story import Story


class Relation(StrEnum):
    """What a mention is to what was told before (metric label).

    `digest` is no mention: what was held back in a minute that is over goes out.
    """

    NEW = "new"
    DISTINCT = "distinct"
    COPY = "copy"
    UPDATE = "update"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    REDELIVERY = "redelivery"
    LATE = "late"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a mention is to the memory.

    Args:
        relation: The relation.
        story: The story it belongs to as it stands; None where there is none.
        reason: One clause for a person, naming the story and the fact that decided.
        changes: What it tells that the story had not, or had otherwise.
    """

    relation: Relation
    story: Story | None
    reason: str
    changes: tuple[Change, ...] = ()

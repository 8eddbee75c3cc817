"""What the shares of a replay give each other and whoever runs it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from streams.errors import NewsAlertsError
from streams.wire.message import Message

# Where a mention stands in the order of all: the article's number, the mention's place in it, its partition.
Place = tuple[int, int, int]
Line = tuple[Place, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A record that cannot be worked on, and why: what a worker makes a dead letter.

    Args:
        place: The mention's; of an article that cannot be read, before its first mention.
        record: For a person.
        error: Why.
    """

    place: Place
    record: str
    error: NewsAlertsError


@dataclass(slots=True)
class Understood:
    """What a share understood of its part of a chunk.

    Args:
        lines: The mentions, by the share that decides them.
        refused: What cannot be read of what is to be told of.
        redelivered: How many wordings of that were known.
    """

    lines: dict[int, list[Line]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    redelivered: int = 0


@dataclass(slots=True)
class Decided:
    """What a share decided of its part of a chunk.

    Args:
        told: What is told of a mention, in their order; those of which nothing is told are left out.
        raised: How many of the alerts to subscribers each subscription raised, alone or with others.
        refused: What met a bug of ours.
    """

    told: list[tuple[Place, list[Message]]] = field(default_factory=list)
    raised: Counter[str] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)

"""Dead letters as the commands look for them: which are meant, and the reading of their topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import click

from streams.errors import BadInput, ErrorCode, Fault
from streams.kafka.reading import read_range
from streams.settings import Settings
from streams.wire.dead_letters import DeadLetter, read_dead_letter
from streams.wire.topics import DEAD_LETTER, full_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which dead letters are meant; None stands for all."""

    code: str | None = None
    topic: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    position: tuple[int, int] | None = None

    def takes(self, letter: DeadLetter, prefix: str) -> bool:
        """Say whether a letter is meant; the time is for `read_range` to look at."""
        return (
            (self.code is None or letter.code == self.code)
            and (self.topic is None or letter.topic in (self.topic, f"{prefix}.{self.topic}"))
            and (self.position is None or letter.position == self.position)
        )


class Position(click.ParamType):
    """The type of OFFSET: `17`, or `2:17` where the topic has more partitions than one."""

    name = "[partition:]offset"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Return partition and offset."""
        partition, _, offset = str(value).rpartition(":")
        if not offset.isdecimal() or not (partition or "0").isdecimal():
            self.fail(f"{value!r} is no offset", param, ctx)
        return int(partition or 0), int(offset)


async def read_letters(settings: Settings, chosen: Chosen) -> AsyncGenerator[DeadLetter, None]:
    """Yield the chosen letters that are there now, oldest first; no receipts."""
    topic = full_name(DEAD_LETTER, settings.prefix)
    async with aclosing(read_range(settings, topic, since=chosen.since, until=chosen.until)) as records:
        async for record in records:
            letter = read_dead_letter(record)
            if not letter.is_receipt and chosen.takes(letter, settings.prefix):
                yield letter


async def count_redrives(settings: Settings) -> Counter[tuple[int, int]]:
    """Return how often each letter, by its position, was put back: its receipts."""
    topic = full_name(DEAD_LETTER, settings.prefix)
    found: Counter[tuple[int, int]] = Counter()
    async with aclosing(read_range(settings, topic)) as records:
        async for record in records:
            letter = read_dead_letter(record)
            if letter.is_receipt:
                found[letter.partition, letter.offset] += 1
    return found


async def find_letter(settings: Settings, position: tuple[int, int]) -> DeadLetter:
    """Return the letter at a position.

    Raises:
        BadInput: When there is none.
    """
    async with aclosing(read_letters(settings, Chosen(position=position))) as letters:
        async for letter in letters:
            return letter
    raise BadInput(
        Fault("offset", ErrorCode.UNKNOWN_VALUE, f"{position[1]} is no dead letter"),
        hint="`news-alerts dead-letters list` shows them",
    )

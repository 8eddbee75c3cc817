"""Dead letters read back, and put back where they came from: bytes, key and headers as they were.

A redrive leaves a receipt in the dead-letter topic, so that the same letter is not put back twice.
A letter that comes back as a new one carries `redrive_count`, so that no letter circles for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from streams.wire.envelope import (
    DEAD_LETTER_HEADERS,
    ERROR_CODE,
    ERROR_MESSAGE,
    ORIGIN_OFFSET,
    ORIGIN_PARTITION,
    ORIGIN_TOPIC,
    REDRIVE_COUNT,
)
from streams.wire.message import Message, Record
from streams.wire.topics import CATALOGUE, DEAD_LETTER, full_name

# `error_code` of a receipt; no error, so not in `ErrorCode`.
REDRIVEN = "redriven"
# A letter that was put back so often and came again will come again.
MAX_REDRIVES = 3

_MAX_DIGITS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """One record of the dead-letter topic.

    Args:
        record: As it stands there.
        code: What was wrong, an `ErrorCode`; `redriven` for a receipt.
        message: The same in words.
        topic: Full name of the topic that it came from.
        partition: There.
        offset: There.
        redrives: How often it was put back before it came here.
    """

    record: Record
    code: str
    message: str
    topic: str
    partition: int
    offset: int
    redrives: int = 0

    @property
    def position(self) -> tuple[int, int]:
        """Partition and offset in the dead-letter topic."""
        return self.record.partition, self.record.offset

    @property
    def is_receipt(self) -> bool:
        """Whether it says that another letter, at `partition` and `offset`, was put back."""
        return self.code == REDRIVEN and self.topic == self.record.topic


class Refusal(StrEnum):
    """Why a dead letter is not put back."""

    REDRIVEN = "was put back before"
    EXHAUSTED = f"came back {MAX_REDRIVES} times"
    NO_ORIGIN = "does not come from a topic of the catalogue"


def read_dead_letter(record: Record) -> DeadLetter:
    """Return a record of the dead-letter topic, its headers read; one without sense reads as 0 or ""."""
    headers = dict(record.headers)

    def text(name: str) -> str:
        return (headers.get(name) or b"").decode("utf-8", "replace")

    def number(name: str) -> int:
        value = headers.get(name) or b""
        return int(value) if value.isdigit() and len(value) <= _MAX_DIGITS else 0

    return DeadLetter(
        record=record,
        code=text(ERROR_CODE),
        message=text(ERROR_MESSAGE),
        topic=text(ORIGIN_TOPIC),
        partition=number(ORIGIN_PARTITION),
        offset=number(ORIGIN_OFFSET),
        redrives=number(REDRIVE_COUNT),
    )


def why_not_redrive(letter: DeadLetter, *, prefix: str, redriven: bool) -> Refusal | None:
    """Return why a letter must not be put back, or None.

    Args:
        letter: No receipt.
        prefix: First part of the topics' names; a letter is put back only into a topic of the catalogue.
        redriven: Whether it has a receipt that counts.
    """
    origins = {full_name(topic, prefix) for topic in CATALOGUE if topic is not DEAD_LETTER}
    if letter.topic not in origins:
        return Refusal.NO_ORIGIN
    if letter.redrives >= MAX_REDRIVES:
        return Refusal.EXHAUSTED
    return Refusal.REDRIVEN if redriven else None


def redrive_message(letter: DeadLetter) -> Message:
    """Return the original record, to its topic; the key decides the partition, which may have changed."""
    kept = tuple(
        (name, value)
        for name, value in letter.record.headers
        if name not in DEAD_LETTER_HEADERS and name != REDRIVE_COUNT
    )
    return Message(
        topic=letter.topic,
        key=letter.record.key,
        value=letter.record.value,
        headers=(*kept, (REDRIVE_COUNT, b"%d" % (letter.redrives + 1))),
    )


def receipt_message(letter: DeadLetter) -> Message:
    """Return the receipt for a letter that was put back."""
    partition, offset = letter.position
    return Message(
        topic=letter.record.topic,
        key=letter.record.key,
        value=None,
        headers=(
            (ERROR_CODE, REDRIVEN.encode()),
            (ERROR_MESSAGE, f"put back into {letter.topic}".encode()),
            (ORIGIN_TOPIC, letter.record.topic.encode()),
            (ORIGIN_PARTITION, b"%d" % partition),
            (ORIGIN_OFFSET, b"%d" % offset),
        ),
    )

"""A Kafka message as a value, on its way out (`Message`) and as it was read (`Record`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

Headers = tuple[tuple[str, bytes], ...]

# What a message or record weighs in memory beside its value: its key, its headers, and the objects they are.
FRAME_BYTES = 500
# A message's partition where it is for whoever holds any of the topic.
EVERY_PARTITION = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to be published.

    Args:
        topic: Full name on the broker.
        key: None for no key.
        value: None for a tombstone.
        headers: In order.
        partition: None lets the key decide (Kafka's murmur2); set where memory must stay beside its input;
            `EVERY_PARTITION` for one copy in each.
    """

    topic: str
    value: bytes | None
    key: bytes | None = None
    headers: Headers = field(default=())
    partition: int | None = None

    @property
    def size_bytes(self) -> int:
        """About what it takes in memory."""
        return len(self.value or b"") + FRAME_BYTES


class Record(NamedTuple):
    """One message as it was read from a topic; `timestamp_ms` is epoch milliseconds of the record.

    A named tuple, because memory is read back by the hundred thousand: it takes half the time to make.
    """

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    value: bytes | None
    key: bytes | None = None
    headers: Headers = ()

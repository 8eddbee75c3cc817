"""What an agent needs of the outside, as one value; on Kafka in `worker`, in memory in the tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from streams.errors import NewsAlertsError
from streams.observe.clock import now
from streams.observe.metrics import Metrics
from streams.settings import Settings
from streams.wire.message import Message, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The edges an agent works with.

    Args:
        settings: The worker's.
        metrics: The process's.
        publish: Returns when every message is acknowledged; raises a BrokerFault otherwise.
        read_partition: Yields a partition's records from its beginning to its end as of the call.
        clock: The wall clock, for stamps and latencies only; no decision looks at it.
    """

    settings: Settings
    metrics: Metrics
    publish: Callable[[Sequence[Message]], Awaitable[None]]
    read_partition: Callable[[str, int], AsyncIterator[Sequence[Record]]]
    clock: Callable[[], datetime] = now


def as_record(fetched: Any) -> Record:
    """Return a record of the client library as a value."""
    return Record(
        topic=fetched.topic,
        partition=fetched.partition,
        offset=fetched.offset,
        timestamp_ms=fetched.timestamp,
        value=fetched.value,
        key=fetched.key,
        headers=tuple(fetched.headers),
    )


def count_dead_letter(metrics: Metrics, error: NewsAlertsError) -> None:
    """Count a record that goes to the dead-letter topic."""
    metrics.dead_letters.labels(error.code).inc()

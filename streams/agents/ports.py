"""What an agent needs of the outside, as one value; on Kafka in `worker`, in memory in the tests."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from streams.agents.outbox import Outbox
from streams.errors import InternalFault, NewsAlertsError
from streams.observe.clock import now
from streams.observe.metrics import Metrics
from streams.settings import Settings
from streams.wire.envelope import dead_letter_message
from streams.wire.message import Message, Record

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The edges an agent works with.

    Args:
        settings: The worker's.
        metrics: The process's.
        publish: Returns when every message is acknowledged; raises a BrokerFault otherwise.
        partition_count: Returns how many partitions a topic has by now; None when it is missing.
        read_partition: Yields a partition's records from its beginning to its end as of the call.
        clock: The wall clock, for stamps and latencies only; no decision looks at it.
    """

    settings: Settings
    metrics: Metrics
    publish: Callable[[Sequence[Message]], Awaitable[None]]
    partition_count: Callable[[str], Awaitable[int | None]]
    read_partition: Callable[[str, int], AsyncIterator[Sequence[Record]]]
    clock: Callable[[], datetime] = now

    def refuse(self, outbox: Outbox, fetched: Any, error: NewsAlertsError) -> None:
        """Make a dead letter of a record that cannot be worked on; logged, and counted once it stands there.

        Args:
            outbox: Of the batch that the record came with.
            fetched: The record, as the client library gave it.
            error: Why.
        """
        log.warning(
            "dead letter %s/%d@%d: %s: %s",
            fetched.topic,
            fetched.partition,
            fetched.offset,
            error.code,
            error,
        )
        outbox.add([dead_letter_message(as_record(fetched), error, self.settings.prefix)])
        outbox.count(self.metrics.dead_letters.labels(error.code))


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


def bug(fetched: Any, error: Exception) -> InternalFault:
    """Return what a bug of ours is to the record that met it; its trace is logged."""
    log.error("bug met by %s/%d@%d", fetched.topic, fetched.partition, fetched.offset, exc_info=error)
    return InternalFault(f"{type(error).__name__}: {error}")

"""Stalls that Faust never looks at: each in words, or None. The watchdog in `batch` ends the process on one.

Private names used, pinned by tests/unit/agents/test_batch_contract.py:
  aiokafka consumer._subscription, _client.cluster, _coordinator (_pending_exception, _coordination_task)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from streams.agents.lanes import Lane


def group_fault(client: Any) -> str | None:
    """Say why the consumer group's coordination is over.

    Args:
        client: A started consumer of aiokafka, in a group.
    """
    coordinator = client._coordinator
    if coordinator._pending_exception:
        return f"the consumer group refused this worker: {coordinator._pending_exception!r}"
    if coordinator._coordination_task and coordinator._coordination_task.done():
        return "the consumer group's coordination ended"
    return None


def missing_topics(client: Any) -> list[str]:
    """Return the input topics that the client does not know of: missing, or not to be read."""
    wanted = client._subscription.subscription
    known = client._client.cluster.partitions_for_topic
    return sorted(topic for topic in (wanted.topics if wanted else ()) if not known(topic))


def stuck(lanes: Iterable[Lane], since: float) -> str | None:
    """Say which lanes have a batch that does not end.

    Args:
        lanes: Of the assignment in force.
        since: A batch that was delivered before does not end; seconds of the monotonic clock.
    """
    found = [str(lane.tp) for lane in lanes if lane.flight and lane.flight[0].time_in < since]
    return f"a batch of {', '.join(found)} does not end" if found else None

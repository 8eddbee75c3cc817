"""Which rights a user has, found by trial.

The requests change nothing: where the right is there, the broker refuses them for another reason. Kafka
checks the right before it looks at the rest of a request (KafkaApis.handleProduceRequest,
handleFetchRequest, handleHeartbeatRequest), so a request without content tells.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from aiokafka import errors
from aiokafka.client import ConnectionGroup, CoordinationType
from aiokafka.protocol.fetch import FetchRequest
from aiokafka.protocol.group import HeartbeatRequest
from aiokafka.protocol.produce import ProduceRequest

_REFUSED = errors.TopicAuthorizationFailedError.errno
_GROUP_REFUSED = errors.GroupAuthorizationFailedError.errno
_TIMEOUT_MS = 5000
_COORDINATOR_TRIES = 25
_COORDINATOR_PAUSE_S = 0.2


async def unwritable(client: Any, topics: Iterable[str]) -> set[str]:
    """Return those of some topics that may not be written, by publishing no record.

    Args:
        client: A started aiokafka client.
        topics: Full names; one that is missing may be written.
    """
    request = ProduceRequest(None, -1, _TIMEOUT_MS, [(topic, [(0, b"")]) for topic in topics])
    answer = await client.send(client.get_random_node(), request)
    return {topic for topic, partitions in answer.topics if any(part[1] == _REFUSED for part in partitions)}


async def may_read(client: Any, topic: str) -> bool:
    """Tell whether a topic may be read, by fetching without waiting.

    Args:
        client: A started aiokafka client.
        topic: Full name of a topic that is there.
    """
    request = FetchRequest(0, 0, 1, 0, [(topic, [(0, 0, 1)])])
    answer = await client.send(client.get_random_node(), request)
    return all(partition[1] != _REFUSED for _, partitions in answer.topics for partition in partitions)


async def may_join(client: Any, group: str) -> bool:
    """Tell whether a consumer group may be joined, by the heartbeat of a member that there is not.

    Args:
        client: A started aiokafka client.
        group: The group's name.
    """
    try:
        node = await _find_coordinator(client, group)
    except errors.GroupAuthorizationFailedError:
        return False
    answer = await client.send(node, HeartbeatRequest(group, 0, "check"), group=ConnectionGroup.COORDINATION)
    return bool(answer.error_code != _GROUP_REFUSED)


async def _find_coordinator(client: Any, group: str) -> int:
    """Find a group's coordinator; the first to ask on a fresh cluster waits until it is made."""
    for _ in range(_COORDINATOR_TRIES - 1):
        try:
            return int(await client.coordinator_lookup(CoordinationType.GROUP, group))
        except errors.GroupCoordinatorNotAvailableError:
            await asyncio.sleep(_COORDINATOR_PAUSE_S)
    return int(await client.coordinator_lookup(CoordinationType.GROUP, group))

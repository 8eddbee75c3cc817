"""What the broker says about one topic, soon: aiokafka itself waits 30 s for a topic that is missing."""

from __future__ import annotations

import asyncio
from typing import Any

from streams.errors import BrokerUnreachable, NotPermitted, TopicFault
from streams.kafka.connection import REQUEST_TIMEOUT_S
from streams.kafka.failures import ASK_FOR_RIGHTS, MAKE_TOPICS

# A topic is missing when this many answers of the broker do not name it: the first may have been asked for
# before we knew its name, and a topic made a moment ago takes some ms to be known to all.
_TRIES = 3
_PAUSE_S = 0.05


async def find_partitions(client: Any, topic: str) -> int | None:
    """Return how many partitions a topic has, None when it is missing; asks the broker where unknown.

    Args:
        client: The aiokafka client of a producer or consumer.
        topic: Full name.

    Raises:
        NotPermitted: When the topic may not be described.
        BrokerUnreachable: When the broker does not answer.
    """
    cluster, clock = client.cluster, asyncio.get_running_loop().time
    give_up_at = clock() + REQUEST_TIMEOUT_S
    answers = 0
    while not (partitions := cluster.partitions_for_topic(topic)):
        if answers == _TRIES:
            return None
        if answers:
            await asyncio.sleep(_PAUSE_S)
        client.add_topic(topic)
        if await client.force_metadata_update():
            answers += 1
        elif clock() > give_up_at:
            raise BrokerUnreachable(f"the broker does not answer for topic {topic}")
        if topic in cluster.unauthorized_topics:
            raise NotPermitted(f"no right on topic {topic}", hint=ASK_FOR_RIGHTS)
    return len(partitions)


async def require_partitions(client: Any, topic: str) -> int:
    """Return how many partitions a topic has; arguments and errors as `find_partitions`.

    Raises:
        TopicFault: When the topic is missing.
    """
    count = await find_partitions(client, topic)
    if count is None:
        raise TopicFault(f"topic {topic} is not there", hint=MAKE_TOPICS)
    return count

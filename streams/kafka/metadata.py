"""What the broker says of topics, at once and without making any.

aiokafka's own way to a topic waits 30 s for one that is missing, and asks in a form that makes it on brokers
with auto-creation.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from aiokafka import errors
from aiokafka.protocol.metadata import MetadataRequest

from streams.errors import BrokerUnreachable, TopicFault
from streams.kafka.connection import REQUEST_TIMEOUT_S
from streams.kafka.failures import MAKE_TOPICS, translate

# A topic that was made a moment ago takes some ms to be known to every broker.
_PAUSES_S = (0.0, 0.05, 0.1)


async def describe(client: Any, topics: Sequence[str] | None = None) -> dict[str, int | type[Exception]]:
    """Ask one broker for topics.

    Args:
        client: A started aiokafka client.
        topics: Full names; None for all that may be seen.

    Returns:
        Name to how many partitions it has, or to the class of aiokafka's error for it.

    Raises:
        BrokerUnreachable: When no broker answers in `REQUEST_TIMEOUT_S`.
    """
    clock = asyncio.get_running_loop().time
    give_up_at = clock() + REQUEST_TIMEOUT_S
    request = MetadataRequest(None if topics is None else list(topics), allow_auto_topic_creation=False)
    while True:
        try:
            answer = await client.send(client.get_random_node(), request)
            break
        except errors.KafkaError as error:
            if clock() > give_up_at:
                raise BrokerUnreachable(f"the broker does not answer: {error!r}") from error
            await client.force_metadata_update()
            await asyncio.sleep(_PAUSES_S[-1])
    found = answer.to_object()["topics"]
    return {
        topic["topic"]: errors.for_code(topic["error_code"])
        if topic["error_code"]
        else len(topic["partitions"])
        for topic in found
    }


async def find_missing(client: Any, topics: Sequence[str]) -> set[str]:
    """Return those of some topics that are not there; arguments and errors as `describe`."""
    answers = await describe(client, topics)
    return {topic for topic, answer in answers.items() if answer is errors.UnknownTopicOrPartitionError}


async def find_partitions(client: Any, topic: str) -> int | None:
    """Return how many partitions a topic has, None when it is missing; asks the broker where unknown.

    Args:
        client: The started aiokafka client of a producer or consumer; it knows the topic afterwards.
        topic: Full name.

    Raises:
        NotPermitted: When the topic may not be described.
        BrokerUnreachable: When the broker does not answer.
    """
    known = client.cluster.partitions_for_topic(topic)
    if known:
        return len(known)
    for pause_s in _PAUSES_S:
        await asyncio.sleep(pause_s)
        answer = (await describe(client, [topic])).get(topic)
        if isinstance(answer, int) and answer:
            await _learn(client, topic)
            return answer
        if answer is errors.TopicAuthorizationFailedError:
            raise translate(answer(topic), topic=topic)
    return None


async def _learn(client: Any, topic: str) -> None:
    """Have a client know a topic that is there; an update under way may be of a time before."""
    clock = asyncio.get_running_loop().time
    give_up_at = clock() + REQUEST_TIMEOUT_S
    await client.add_topic(topic)
    while not client.cluster.partitions_for_topic(topic):
        if clock() > give_up_at:
            raise BrokerUnreachable(f"the broker does not tell where {topic} is")
        await asyncio.sleep(_PAUSES_S[1])
        await client.force_metadata_update()


async def require_partitions(client: Any, topic: str) -> int:
    """Return how many partitions a topic has; arguments and errors as `find_partitions`.

    Raises:
        TopicFault: When the topic is missing.
    """
    count = await find_partitions(client, topic)
    if count is None:
        raise TopicFault(f"topic {topic} is not there", hint=MAKE_TOPICS, topics=(topic,))
    return count

"""What the broker answers to batches that were sent: waited for, and what a failure means.

Private names used, pinned by tests/unit/kafka/test_client_contract.py: producer._message_accumulator, its
_batches, and a batch's _ttl.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import NoReturn

from aiokafka import AIOKafkaProducer, TopicPartition, errors

from streams.errors import BrokerFault, NotDelivered, NotPermitted, TopicFault
from streams.kafka.failures import translate
from streams.kafka.metadata import find_missing

# Seconds without an answer after which it is looked whether the topics are still there, and between looks.
LOOK_S = 1.0

Sent = tuple[TopicPartition, asyncio.Future[object]]  # where a batch went, and what ends when it is answered


async def await_answers(producer: AIOKafkaProducer, sent: Sequence[Sent]) -> set[str]:
    """Wait until each batch was acknowledged or failed.

    Args:
        producer: That sent them.
        sent: All of them.

    Returns:
        The topics that were deleted meanwhile. The client by itself would try for `REQUEST_TIMEOUT_S`.
    """
    deleted: set[str] = set()
    if not sent:
        return deleted
    _, waiting = await asyncio.wait([answer for _, answer in sent], timeout=LOOK_S)
    if waiting:
        looking = asyncio.ensure_future(_give_up_deleted(producer, sent, deleted))
        await asyncio.wait(waiting)
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        # Who else waits for the same topic may have ended its tries before it was found missing here.
        failed = {partition.topic for partition, answer in sent if answer.exception()} - deleted
        if failed:
            with suppress(BrokerFault):
                deleted |= await find_missing(producer.client, sorted(failed))
    return deleted


async def _give_up_deleted(producer: AIOKafkaProducer, sent: Sequence[Sent], deleted: set[str]) -> NoReturn:
    """Have the client end its tries for topics that are missing twice in a row.

    A topic that was made a moment ago is not known to every broker.
    """
    missing: set[str] = set()
    while True:
        before, waited_for = missing, {partition.topic for partition, answer in sent if not answer.done()}
        with suppress(BrokerFault):  # silence does not say that topics are missing
            missing = await find_missing(producer.client, sorted(waited_for))
            deleted |= missing & before
        for partition, batches in producer._message_accumulator._batches.items():
            if partition.topic in deleted:
                for batch in batches:
                    batch._ttl = 0
        await asyncio.sleep(LOOK_S)


def raise_first_failure(sent: Sequence[Sent], deleted: Collection[str]) -> None:
    """Raise what the first batch that failed means, naming all topics that failed; nothing where none did.

    Args:
        sent: All answered.
        deleted: Topics that are not there any more.
    """
    failures = [(partition, error) for partition, future in sent if (error := future.exception())]
    if not failures:
        return
    partition, error = failures[0]
    topics = tuple(sorted({partition.topic for partition, _ in failures}))
    if partition.topic in deleted:
        error = errors.UnknownTopicOrPartitionError()
    meaning = translate(error, topic=partition.topic)
    if isinstance(meaning, NotPermitted | NotDelivered | TopicFault):
        meaning.topics = topics
        raise meaning from error
    raise NotDelivered(
        f"{len(failures)} of {len(sent)} batches were not acknowledged, that for {partition.topic} first: "
        f"{meaning}",
        hint=meaning.hint,
        topics=topics,
    ) from error

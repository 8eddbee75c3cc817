"""What is missing of broker, topics and rights before a worker can do its work, in words."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass

from aiokafka import errors
from aiokafka.client import AIOKafkaClient

from streams.errors import BadSettings, BrokerFault, ErrorCode
from streams.kafka.admin import open_admin, read_configs
from streams.kafka.connection import connection
from streams.kafka.failures import MAKE_TOPICS, SET_CONFIG, START_ANEW, translating
from streams.kafka.fitness import unfit
from streams.kafka.metadata import describe
from streams.kafka.rights import may_join, may_read, unwritable
from streams.settings import Settings
from streams.wire.topics import (
    ALERTS,
    ARTICLES,
    CATALOGUE,
    DEAD_LETTER,
    MENTIONS,
    RAW,
    SECURITIES,
    SILENCES,
    STORIES,
    SUBSCRIPTIONS,
    SUPPRESSED,
    full_name,
)

READ = (RAW, ARTICLES, MENTIONS, STORIES, SUBSCRIPTIONS, SILENCES, SECURITIES)
WRITTEN = (ARTICLES, MENTIONS, STORIES, ALERTS, SUPPRESSED, DEAD_LETTER)
# Memory stands in the partition of its input, so both topics have as many.
SIDE_BY_SIDE = ((RAW, ARTICLES), (MENTIONS, STORIES))
BROKER = "broker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that keeps a worker from its work.

    Args:
        code: What kind of thing.
        subject: What it is about: `broker`, `topic news.raw`, `group news-alerts`.
        message: What is wrong with it, one clause; of the broker, a whole sentence.
        hint: What to do.
    """

    code: ErrorCode
    subject: str
    message: str
    hint: str

    def __str__(self) -> str:
        return self.message if self.subject == BROKER else f"{self.subject} {self.message}"


async def check(settings: Settings) -> list[Finding]:
    """Look at broker, topics, partitions and the rights of the user; changes nothing.

    Args:
        settings: As a worker would run with.

    Returns:
        All that is missing, broker and topics before rights; [] when a worker can start.
    """
    try:
        client = AIOKafkaClient(**connection(settings))
        try:
            with translating(settings=settings):
                await client.bootstrap()
                return [finding async for finding in _look(client, settings)]
        finally:
            await client.close()
    except (BrokerFault, BadSettings) as error:
        return [Finding(code=error.code, subject=BROKER, message=str(error), hint=error.hint or "")]


async def _look(client: AIOKafkaClient, settings: Settings) -> AsyncIterator[Finding]:
    prefix = settings.prefix
    names = [full_name(topic, prefix) for topic in CATALOGUE]
    subscribers = [
        name for name in await describe(client) if name.startswith(f"{full_name(ALERTS, prefix)}.")
    ]
    found = await describe(client, sorted({*names, *subscribers}))
    partitions = {name: count for name, count in found.items() if isinstance(count, int)}
    for name in names:
        if name not in partitions:
            yield _missing(name, found.get(name))
    for finding in _uneven(partitions, prefix):
        yield finding
    async for finding in _unfit(settings, partitions):
        yield finding
    for topic in READ:
        name = full_name(topic, prefix)
        if name in partitions and not await may_read(client, name):
            yield _no_right("read", f"topic {name}", "Read")
    written = ({full_name(topic, prefix) for topic in WRITTEN} | set(subscribers)) & partitions.keys()
    for name in sorted(await unwritable(client, written)):
        yield _no_right("write", f"topic {name}", "Write")
    if not await may_join(client, settings.group):
        yield _no_right("join", f"group {settings.group}", "Read")


def _missing(name: str, error: object) -> Finding:
    if error is errors.TopicAuthorizationFailedError:
        return _no_right("see", f"topic {name}", "Describe")
    return Finding(
        code=ErrorCode.TOPIC_MISSING, subject=f"topic {name}", message="is not there", hint=MAKE_TOPICS
    )


def _no_right(verb: str, subject: str, operation: str) -> Finding:
    return Finding(
        code=ErrorCode.NOT_PERMITTED,
        subject=subject,
        message=f"is not this user's to {verb}",
        hint=f"grant the operation {operation} on {subject}",
    )


def _uneven(partitions: Mapping[str, int], prefix: str) -> Iterator[Finding]:
    for source, memory in SIDE_BY_SIDE:
        first, second = full_name(source, prefix), full_name(memory, prefix)
        if first in partitions and second in partitions and partitions[first] != partitions[second]:
            yield Finding(
                code=ErrorCode.TOPIC_DIFFERS,
                subject=f"topic {second}",
                message=f"has {partitions[second]} partitions, but {first} has {partitions[first]}",
                hint=START_ANEW,
            )


async def _unfit(settings: Settings, partitions: Mapping[str, int]) -> AsyncIterator[Finding]:
    """Look at the configuration of the topics, where the user may see it."""
    topics = {name: topic for topic in CATALOGUE if (name := full_name(topic, settings.prefix)) in partitions}
    async with open_admin(settings) as admin:
        configs = await read_configs(admin, list(topics))
    for name, config in configs.items():
        for message in unfit(topics[name], config, settings.memory_days):
            yield Finding(
                code=ErrorCode.TOPIC_DIFFERS, subject=f"topic {name}", message=message, hint=SET_CONFIG
            )

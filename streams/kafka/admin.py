"""Topics on the broker: which there are, and making those of the catalogue."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aiokafka import errors
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from streams.errors import BrokerFault, NewsAlertsError, TopicFault
from streams.kafka.connection import connection
from streams.kafka.failures import translate, translating
from streams.settings import Settings
from streams.wire.topics import Topic, full_name

_VISIBLE_AFTER_S = 5.0


class State(StrEnum):
    """What `ensure_topics` found or did."""

    MADE = "made"
    SAME = "same"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicState:
    """One topic after `ensure_topics`.

    Args:
        name: Full name.
        state: What it was.
        partitions: How many it has.
        differences: What differs from the catalogue, one clause each; never changed by us.
    """

    name: str
    state: State
    partitions: int
    differences: tuple[str, ...] = ()


@asynccontextmanager
async def open_admin(settings: Settings) -> AsyncIterator[Any]:
    """Connect an admin client; aiokafka's errors inside are translated.

    Raises:
        BrokerUnreachable: When no broker answers.
    """
    admin = AIOKafkaAdminClient(**connection(settings))
    try:
        with translating(settings=settings):
            await admin.start()
            yield admin
    finally:
        await admin.close()


async def existing_topics(settings: Settings) -> dict[str, int]:
    """Return the topics that begin with the prefix and may be seen: full name to partitions."""
    async with open_admin(settings) as admin:
        return await _partitions_of_all(admin, settings.prefix)


async def ensure_topics(settings: Settings, topics: Sequence[Topic]) -> list[TopicState]:
    """Make the topics that are missing, and say what differs of the others; safe to repeat.

    Args:
        settings: Prefix, partitions and replication of what is made.
        topics: Of the catalogue, and subscribers' topics.

    Returns:
        One state for each, in the same order.

    Raises:
        NotPermitted: When topics are missing and may not be made.
        BrokerFault: When the broker refuses to make one, with its words.
        BrokerUnreachable: When no broker answers.
    """
    async with open_admin(settings) as admin:
        there = await _partitions_of_all(admin, settings.prefix)
        missing = [topic for topic in topics if full_name(topic, settings.prefix) not in there]
        made: set[str] = set()
        if missing:
            made = await _create(admin, settings, missing)
            there = await _await_topics(admin, settings.prefix, missing)
        old = [name for topic in topics if (name := full_name(topic, settings.prefix)) not in made]
        configs = await read_configs(admin, old)
    states = []
    for topic in topics:
        name, wanted = full_name(topic, settings.prefix), topic.partitions or settings.partitions
        if name in made:
            states.append(TopicState(name=name, state=State.MADE, partitions=wanted))
            continue
        wished = topic.config(settings.memory_days)
        differences = _differences(wished, wanted, there[name], configs.get(name))
        state = State.DIFFERS if differences else State.SAME
        states.append(TopicState(name=name, state=state, partitions=there[name], differences=differences))
    return states


async def read_configs(admin: Any, names: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return the configuration of topics; one that may not be seen is left out.

    Args:
        admin: Of `open_admin`.
        names: Full names.
    """
    if not names:
        return {}
    resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    answers = await admin.describe_configs(resources)
    return {
        name: {entry[0]: entry[1] for entry in entries}
        for answer in answers
        for code, _, _, name, entries in answer.resources
        if code == 0
    }


def _differences(
    wished: Mapping[str, str], wanted: int, partitions: int, config: Mapping[str, str] | None
) -> tuple[str, ...]:
    found = []
    if partitions != wanted:
        found.append(f"has {partitions} partitions, not {wanted}")
    if config is None:
        found.append("has a configuration that may not be seen")
    else:
        found += [
            f"has {key} {config.get(key)}, not {value}"
            for key, value in wished.items()
            if _normal(config.get(key)) != _normal(value)
        ]
    return tuple(found)


def _normal(value: str | None) -> list[str]:
    """Return a configuration's value such that the order of a list does not count."""
    return sorted((value or "").split(","))


async def _partitions_of_all(admin: Any, prefix: str) -> dict[str, int]:
    """Return all topics of a prefix; the list of all makes none on brokers with auto-creation."""
    return {
        topic["topic"]: len(topic["partitions"])
        for topic in await admin.describe_topics()
        if topic["topic"].startswith(f"{prefix}.")
    }


async def _await_topics(admin: Any, prefix: str, topics: Sequence[Topic]) -> dict[str, int]:
    """Wait until topics just made are known to the broker, so that whoever comes next finds them.

    Raises:
        TopicFault: When they are not to be seen after `_VISIBLE_AFTER_S`.
    """
    wanted = {full_name(topic, prefix) for topic in topics}
    give_up_at = asyncio.get_running_loop().time() + _VISIBLE_AFTER_S
    while not wanted <= (there := await _partitions_of_all(admin, prefix)).keys():
        if asyncio.get_running_loop().time() > give_up_at:
            hidden = ", ".join(sorted(wanted - there.keys()))
            raise TopicFault(f"made, but not to be seen: {hidden}", hint="is the right Describe missing?")
        await asyncio.sleep(0.05)
    return there


async def _create(admin: Any, settings: Settings, topics: Sequence[Topic]) -> set[str]:
    """Make topics; returns the names of those made, without those that are there meanwhile."""
    wanted = [
        NewTopic(
            full_name(topic, settings.prefix),
            topic.partitions or settings.partitions,
            settings.replication,
            topic_configs=topic.config(settings.memory_days),
        )
        for topic in topics
    ]
    answer = await admin.create_topics(wanted)
    made = set()
    for name, code, message in answer.topic_errors:
        if code == 0:
            made.add(name)
        elif code != errors.TopicAlreadyExistsError.errno:
            raise _refusal(name, errors.for_code(code), message)
    return made


def _refusal(name: str, error: type[Exception], message: str | None) -> NewsAlertsError:
    if error in (errors.TopicAuthorizationFailedError, errors.ClusterAuthorizationFailedError):
        return translate(
            error(name) if error is errors.TopicAuthorizationFailedError else error(), topic=name
        )
    return BrokerFault(f"topic {name} cannot be made: {message or error.__name__}")

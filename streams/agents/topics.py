"""The topics that a worker leans on: there, equal where they must be, and one for each subscriber."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

from streams.errors import BrokerFault, ErrorCode, NotPermitted, TopicFault
from streams.kafka.admin import ensure_topics, existing_topics, open_admin, read_configs
from streams.kafka.checks import SIDE_BY_SIDE
from streams.kafka.failures import ASK_FOR_RIGHTS, MAKE_TOPICS, SET_CONFIG, START_ANEW
from streams.kafka.fitness import unfit
from streams.settings import Settings
from streams.wire.topics import ALERTS, CATALOGUE, Topic, full_name, subscriber_topic

log = logging.getLogger(__name__)

FindUnwritable = Callable[[Sequence[str]], Awaitable[set[str]]]


async def require_topics(settings: Settings) -> None:
    """Refuse to start without the topics, or with some that would lose or refuse what is to be kept.

    Raises:
        TopicFault: Naming every topic that is missing, the pair whose partitions differ, or every topic
            whose configuration does not do. One that may not be seen is not looked at.
        BrokerUnreachable: When no broker answers.
    """
    there = await existing_topics(settings)
    names = {topic: full_name(topic, settings.prefix) for topic in CATALOGUE}
    if missing := [name for name in names.values() if name not in there]:
        raise TopicFault(f"missing: {', '.join(missing)}", hint=MAKE_TOPICS)
    for source, memory in SIDE_BY_SIDE:
        has, needs = there[names[memory]], there[names[source]]
        if has != needs:
            raise TopicFault(
                f"{names[memory]} has {has} partitions and {names[source]} has {needs}; they must be equal",
                code=ErrorCode.TOPIC_DIFFERS,
                hint=START_ANEW,
            )
    await _require_fitness(settings, {name: topic for topic, name in names.items()})


async def _require_fitness(settings: Settings, topics: Mapping[str, Topic]) -> None:
    async with open_admin(settings) as admin:
        configs = await read_configs(admin, list(topics))
    if hidden := sorted(topics.keys() - configs.keys()):
        log.info("not looked at, no right to see the configuration of %s", ", ".join(hidden))
    faults = [
        f"{name} {fault}"
        for name, config in configs.items()
        for fault in unfit(topics[name], config, settings.memory_days)
    ]
    if faults:
        raise TopicFault("; ".join(faults), code=ErrorCode.TOPIC_DIFFERS, hint=SET_CONFIG)


async def find_topic_faults(
    settings: Settings, subscribers: Iterable[str], find_unwritable: FindUnwritable
) -> dict[str, str]:
    """Say what is wrong with the topics of subscribers, after making what may be made.

    Args:
        settings: Of the worker.
        subscribers: Any.
        find_unwritable: Returns those of some topics that may not be written.

    Returns:
        By subscriber, one clause; a subscriber whose topic takes alerts is left out.

    Raises:
        NotPermitted: When the tape may not be written: then the rights of the worker are at fault.
        BrokerUnreachable: When no broker answers.
    """
    topics = {subscriber: subscriber_topic(subscriber) for subscriber in sorted(set(subscribers))}
    names = {subscriber: full_name(topic, settings.prefix) for subscriber, topic in topics.items()}
    tape = full_name(ALERTS, settings.prefix)
    refused = await find_unwritable([tape, *names.values()])
    if tape in refused:
        raise NotPermitted(f"no right on topic {tape}", hint=ASK_FOR_RIGHTS, topics=(tape,))
    there = await existing_topics(settings)
    missing = [topics[who] for who, name in names.items() if name not in there and name not in refused]
    if missing:
        try:
            await ensure_topics(settings, missing)
        except BrokerFault as error:
            log.warning("topics of %d subscribers not made: %s", len(missing), error)
        there = await existing_topics(settings)
    faults = {who: f"topic {name} is not there" for who, name in names.items() if name not in there}
    return faults | {who: f"no right on topic {name}" for who, name in names.items() if name in refused}

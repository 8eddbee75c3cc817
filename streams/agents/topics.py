"""The topics that a worker leans on: there, equal where they must be, and one for each subscriber."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from streams.errors import BrokerFault, ErrorCode, TopicFault
from streams.kafka.admin import ensure_topics, existing_topics
from streams.settings import Settings
from streams.wire.topics import ARTICLES, CATALOGUE, MENTIONS, RAW, STORIES, full_name, subscriber_topic

log = logging.getLogger(__name__)

# An agent's memory stands in the partition of its input.
_BESIDE = ((RAW, ARTICLES), (MENTIONS, STORIES))


async def require_topics(settings: Settings) -> None:
    """Refuse to start without the topics, or with memory that cannot stand beside its input.

    Raises:
        TopicFault: Naming every topic that is missing, or the pair whose partitions differ.
        BrokerUnreachable: When no broker answers.
    """
    there = await existing_topics(settings)
    names = {topic: full_name(topic, settings.prefix) for topic in CATALOGUE}
    if missing := [name for name in names.values() if name not in there]:
        raise TopicFault(f"missing: {', '.join(missing)}", hint="make them with `news-alerts topics create`")
    for source, memory in _BESIDE:
        has, needs = there[names[memory]], there[names[source]]
        if has != needs:
            raise TopicFault(
                f"{names[memory]} has {has} partitions and {names[source]} has {needs}; they must be equal",
                code=ErrorCode.TOPIC_DIFFERS,
                hint="memory stands beside its input: use a new prefix, and send again what is still needed",
            )


async def find_subscriber_topics(settings: Settings, subscribers: Iterable[str]) -> set[str]:
    """Return the subscribers whose topic is there, after making what may be made.

    Raises:
        BrokerUnreachable: When no broker answers.
    """
    wanted = {subscriber: subscriber_topic(subscriber) for subscriber in sorted(set(subscribers))}
    there = await existing_topics(settings)
    missing = [topic for topic in wanted.values() if full_name(topic, settings.prefix) not in there]
    if missing:
        try:
            await ensure_topics(settings, missing)
        except BrokerFault as error:
            log.warning("topics of %d subscribers not made: %s", len(missing), error)
        there = await existing_topics(settings)
    return {name for name, topic in wanted.items() if full_name(topic, settings.prefix) in there}

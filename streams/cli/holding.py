"""The subscriptions topic as the commands use it: read what is held, publish, make subscribers' topics."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import aclosing

from streams.alerts.subscribing import parse_subscription
from streams.alerts.subscription import Subscription
from streams.errors import BadInput, BadSubscription, ErrorCode, Fault, NotPermitted
from streams.kafka.admin import ensure_topics, existing_topics
from streams.kafka.publisher import open_publisher
from streams.kafka.reading import read_range
from streams.settings import Settings
from streams.wire.faults import load_object
from streams.wire.message import Message
from streams.wire.topics import SUBSCRIPTIONS, full_name, subscriber_topic


async def read_held(settings: Settings) -> tuple[dict[str, Subscription], dict[str, BadInput]]:
    """Return all subscriptions by id, and what is wrong with records that workers refuse, by key."""
    last: dict[bytes, bytes | None] = {}
    topic = full_name(SUBSCRIPTIONS, settings.prefix)
    async with aclosing(read_range(settings, topic)) as records:
        async for record in records:
            last[record.key or b""] = record.value
    held: dict[str, Subscription] = {}
    bad: dict[str, BadInput] = {}
    for key, value in last.items():
        name = key.decode("utf-8", "replace")
        if value is not None:
            try:
                held[name] = parse_subscription(load_object(value), key=name)
            except BadInput as error:
                bad[name] = error
    return held, bad


async def find_held(settings: Settings, id_: str, *, or_bad: bool = False) -> Subscription | None:
    """Return a subscription.

    Args:
        settings: How to reach the broker.
        id_: Its id.
        or_bad: Whether a record under that key that workers refuse will do; it is None.

    Raises:
        BadInput: When there is none of that id, or it is faulty.
    """
    held, bad = await read_held(settings)
    if id_ in held:
        return held[id_]
    if id_ not in bad:
        fault = Fault("id", ErrorCode.UNKNOWN_VALUE, f"{id_!r} is not held")
        raise BadSubscription(fault, hint="`news-alerts subscriptions list` shows all")
    if or_bad:
        return None
    raise bad[id_]


async def publish_all(
    settings: Settings, messages: Sequence[Message], *, subscribers: Collection[str] = ()
) -> list[str]:
    """Publish to the subscriptions topic, with the subscribers' topics made before.

    Args:
        settings: How to reach the broker.
        messages: All for that topic.
        subscribers: Whose topics are to be there.

    Returns:
        Full names of subscribers' topics that are missing and that this user may not make.
    """
    missing: list[str] = []
    if subscribers:
        topics = {full_name(topic, settings.prefix): topic for topic in map(subscriber_topic, subscribers)}
        there = await existing_topics(settings)
        wanted = sorted(topics.keys() - there.keys())
        try:
            await ensure_topics(settings, [topics[name] for name in wanted])
        except NotPermitted:
            missing = wanted
    async with open_publisher(settings) as publisher:
        await publisher.publish(messages)
    return missing

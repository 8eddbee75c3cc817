"""What an error of aiokafka means here: one of our tree, in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from aiokafka import errors

from streams.errors import (
    BrokerFault,
    BrokerUnreachable,
    NewsAlertsError,
    NotDelivered,
    NotPermitted,
    TopicFault,
)
from streams.settings import Settings

ASK_FOR_RIGHTS = "`news-alerts check` lists the rights that are missing"
MAKE_TOPICS = "`news-alerts topics create` makes the topics"
START_ANEW = (
    "memory stands in the partition of its input; use a new prefix, and send again what is still needed"
    " (README, Operations, Other partitions)"
)
SET_CONFIG = "`news-alerts topics create` tells what differs; set it with Kafka's own kafka-configs.sh"
START_ONE = (
    "start one (deploy/compose.yaml has one), or name another with --broker or NEWS_ALERTS_BROKER; one that"
    " wants TLS or a password needs ca_file or username, too"
)
# aiokafka ends in the same words for all of these; the reason stands in its log only (measured).
WHY_REFUSED = (
    "is it running at that address? If it is, one of three is wrong: the user or password; ca_file, which"
    " must hold the authority that signed the broker's certificate; or the port, which speaks TLS exactly"
    " when ca_file is set. The log says above what each broker answered"
)

_TOO_LARGE = (errors.MessageSizeTooLargeError, errors.RecordListTooLargeError, errors.RecordTooLargeError)
_MISSING = (errors.UnknownTopicOrPartitionError, errors.InvalidTopicError)
_UNREACHABLE = (
    errors.KafkaConnectionError,
    errors.KafkaUnavailableError,
    errors.NoBrokersAvailable,
    errors.NodeNotReadyError,
    errors.RequestTimedOutError,
    errors.KafkaTimeoutError,
    errors.LeaderNotAvailableError,
    errors.NotLeaderForPartitionError,
    errors.NotEnoughReplicasError,
    errors.NotEnoughReplicasAfterAppendError,
    OSError,  # TimeoutError is one, too
)


def translate(
    error: BaseException, *, topic: str | None = None, settings: Settings | None = None
) -> NewsAlertsError:
    """Return what an error of aiokafka means here; raise it `from` the original.

    Args:
        error: What was raised. An error of our own tree comes back as it is.
        topic: The topic that was worked on, for the message.
        settings: How the broker was to be reached, where a connection was being made.

    Returns:
        NotPermitted, TopicFault, NotDelivered (too large), BrokerUnreachable; BrokerFault for the rest. All
        of them name the topic that was given.
    """
    if isinstance(error, NewsAlertsError):
        return error
    where, topics = (f"topic {topic}", (topic,)) if topic else ("a topic", ())
    if right := _missing_right(error, where):
        return NotPermitted(f"no right on {right}", hint=ASK_FOR_RIGHTS, topics=topics)
    if isinstance(error, _MISSING):
        return TopicFault(f"{where} is not there", hint=MAKE_TOPICS, topics=topics)
    if isinstance(error, _TOO_LARGE):
        hint = "raise max.message.bytes of the topic"
        return NotDelivered(f"{where} takes no message so large", hint=hint, topics=topics)
    if "Unable to bootstrap" in str(error):
        where = f"at {settings.broker}" if settings else f"({error})"
        secured = settings is None or settings.username or settings.ca_file
        return BrokerUnreachable(
            f"no broker answers {where}", hint=WHY_REFUSED if secured else START_ONE, topics=topics
        )
    if isinstance(error, _UNREACHABLE):
        return BrokerUnreachable(f"the broker does not answer for {where}: {error!r}", topics=topics)
    return BrokerFault(f"the broker refused {where}: {error!r}", topics=topics)


@contextmanager
def translating(topic: str | None = None, settings: Settings | None = None) -> Iterator[None]:
    """Translate what aiokafka raises inside; arguments as `translate`."""
    try:
        yield
    except (errors.KafkaError, OSError) as error:
        raise translate(error, topic=topic, settings=settings) from error


def _missing_right(error: BaseException, where: str) -> str | None:
    """Name what an authorization error is about: it carries a name, a set of names, or nothing."""
    if isinstance(error, errors.ClusterAuthorizationFailedError):
        return "the cluster"
    if isinstance(error, errors.GroupAuthorizationFailedError):
        kind, unnamed = "group", "the group"
    elif isinstance(error, errors.TopicAuthorizationFailedError):
        kind, unnamed = "topic", where
    else:
        return None
    names = error.args[0] if error.args else ""
    names = names if isinstance(names, str) else ", ".join(sorted(map(str, names)))
    return f"{kind} {names}" if names else unnamed

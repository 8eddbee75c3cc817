"""Records as Kafka messages: topic, key, body and headers.

The body holds nothing but the record, so that a replay of the same log gives byte-identical bodies.
What differs from run to run (when a stage was reached, by the wall clock) rides in headers:
`received_at`, `enriched_at`, `decided_at`, as epoch milliseconds in ASCII digits.

Alerts also carry CloudEvents 1.0 headers in binary mode (Kafka Protocol Binding 1.0.2, section 3.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from streams.alerts.decision import Channel, Outcome
from streams.alerts.notification import Alert
from streams.alerts.stories.story import Story, StoryHead
from streams.enrichment.article import EnrichedArticle
from streams.enrichment.security import Security
from streams.enrichment.subjects import SubjectMention
from streams.errors import NewsAlertsError
from streams.wire.codec import encode, encode_mentions
from streams.wire.message import EVERY_PARTITION, Headers, Message, Record
from streams.wire.topics import (
    ALERTS,
    ARTICLES,
    DEAD_LETTER,
    MENTIONS,
    SECURITIES,
    STORIES,
    SUPPRESSED,
    full_name,
    subscriber_topic,
)

STAGES = ("received_at", "enriched_at", "decided_at")
REDRIVE_COUNT = "redrive_count"

ERROR_CODE, ERROR_MESSAGE = "error_code", "error_message"
ORIGIN_TOPIC, ORIGIN_PARTITION, ORIGIN_OFFSET = "origin_topic", "origin_partition", "origin_offset"
ORIGIN_TIMESTAMP = "origin_timestamp_ms"
DEAD_LETTER_HEADERS = frozenset(
    {ERROR_CODE, ERROR_MESSAGE, ORIGIN_TOPIC, ORIGIN_PARTITION, ORIGIN_OFFSET, ORIGIN_TIMESTAMP}
)
ERROR_MESSAGE_BYTES = 500
# Of a record of memory: how many partitions its topic, and its input, had when it was written.
PARTITIONS = "partitions"

# Epoch milliseconds have 13 digits until the year 2286; a header of thousands of digits is no time.
_STAMP_DIGITS = 15


def article_message(article: EnrichedArticle, prefix: str, partition: int, partitions: int) -> Message:
    """Return the message that keeps an enriched article.

    Args:
        article: What is kept.
        prefix: First part of the topic's name.
        partition: That of its raw record, so that the extract agent's memory stands beside its input.
        partitions: How many the topic has.
    """
    return Message(
        topic=full_name(ARTICLES, prefix),
        key=article.id.encode(),
        value=encode(article),
        headers=_written_among(partitions),
        partition=partition,
    )


def mention_messages(
    mentions: Sequence[SubjectMention], prefix: str, stamps: Mapping[str, int]
) -> list[Message]:
    """Return the messages for an article's mentions, keyed by subject; notices and ticks go to everyone.

    Args:
        mentions: All of one article.
        prefix: First part of the topic's name.
        stamps: Stage to epoch milliseconds.
    """
    topic, headers = full_name(MENTIONS, prefix), stamp_headers(stamps)
    return [
        Message(
            topic=topic,
            key=mention.subject.encode(),
            value=line,
            headers=headers,
            partition=EVERY_PARTITION if mention.kind.to_everyone else None,
        )
        for mention, line in zip(mentions, encode_mentions(mentions), strict=True)
    ]


def alert_messages(outcomes: Iterable[Outcome], prefix: str, stamps: Mapping[str, int]) -> list[Message]:
    """Return the messages for the outcomes of one decision, keyed by ticker, each to where its channel says.

    Args:
        outcomes: Of one decision: they tell of one alert, and differ in what it is to whom.
        prefix: First part of the topics' names.
        stamps: Stage to epoch milliseconds.
    """
    reached = stamp_headers(stamps)
    headers: dict[str, Headers] = {}
    messages = []
    for outcome in outcomes:
        alert = outcome.alert
        if alert.action not in headers:
            headers[alert.action] = (*cloud_event(alert, prefix), *reached)
        messages.append(
            Message(
                topic=channel_topic(outcome, prefix),
                key=alert.ticker.encode(),
                value=encode(alert),
                headers=headers[alert.action],
            )
        )
    return messages


def channel_topic(outcome: Outcome, prefix: str) -> str:
    """Return the full name of the topic that an outcome goes to.

    Raises:
        ValueError: When an outcome for a subscriber names none.
    """
    if outcome.channel is Channel.TAPE:
        return full_name(ALERTS, prefix)
    if outcome.channel is Channel.SUPPRESSED:
        return full_name(SUPPRESSED, prefix)
    if outcome.subscriber is None:
        raise ValueError("an outcome for a subscriber must name it")
    return full_name(subscriber_topic(outcome.subscriber), prefix)


def story_message(story: Story, prefix: str, partition: int, partitions: int) -> Message:
    """Return the message that keeps a story.

    Args:
        story: What is kept.
        prefix: First part of the topic's name.
        partition: That of its subject's mentions, so that the alert agent's memory stands beside its input.
        partitions: How many the topic has.
    """
    return Message(
        topic=full_name(STORIES, prefix),
        key=_story_key(story),
        value=encode(story),
        headers=_written_among(partitions),
        partition=partition,
    )


def story_tombstone(story: StoryHead, prefix: str, partition: int) -> Message:
    """Return the message that forgets a story; arguments as `story_message`."""
    return Message(topic=full_name(STORIES, prefix), key=_story_key(story), value=None, partition=partition)


def security_message(security: Security, prefix: str) -> Message:
    """Return the message that says something of a ticker, keyed by it."""
    topic = full_name(SECURITIES, prefix)
    return Message(topic=topic, key=security.ticker.encode(), value=encode(security))


def security_tombstone(ticker: str, prefix: str) -> Message:
    """Return the message that takes back what was said of a ticker."""
    return Message(topic=full_name(SECURITIES, prefix), key=ticker.encode(), value=None)


def dead_letter_message(record: Record, error: NewsAlertsError, prefix: str) -> Message:
    """Return a record that cannot be read as a dead letter: bytes, key and headers as they came, and why.

    Args:
        record: As it was read. Headers of an earlier dead-lettering are replaced, `redrive_count` is kept.
        error: Why it cannot be read; its message is cut to `ERROR_MESSAGE_BYTES`.
        prefix: First part of the topic's name.
    """
    reason = (
        (ERROR_CODE, str(error.code).encode()),
        (ERROR_MESSAGE, _cut(str(error), ERROR_MESSAGE_BYTES)),
        (ORIGIN_TOPIC, record.topic.encode()),
        (ORIGIN_PARTITION, b"%d" % record.partition),
        (ORIGIN_OFFSET, b"%d" % record.offset),
        (ORIGIN_TIMESTAMP, b"%d" % record.timestamp_ms),
    )
    kept = tuple(header for header in record.headers if header[0] not in DEAD_LETTER_HEADERS)
    return Message(
        topic=full_name(DEAD_LETTER, prefix), key=record.key, value=record.value, headers=kept + reason
    )


def cloud_event(alert: Alert, prefix: str) -> Headers:
    """Return the CloudEvents headers of an alert; `ce_id` is the same wherever and whenever it is sent."""
    return (
        ("ce_specversion", b"1.0"),
        ("ce_id", f"{alert.alert_id}:{alert.version}".encode()),
        ("ce_type", f"news.alert.{alert.action}.v1".encode()),
        ("ce_source", f"/news-alerts/{prefix}".encode()),
        ("ce_subject", alert.ticker.encode()),
        ("ce_time", alert.received_at.isoformat(timespec="milliseconds").encode()),
        ("content-type", b"application/json"),
    )


def stamp_headers(stamps: Mapping[str, int]) -> Headers:
    """Return stage stamps as headers, in the order of the stages; read them back with `stamps`."""
    return tuple([(stage, b"%d" % stamps[stage]) for stage in STAGES if stage in stamps])


def stamps(headers: Headers) -> dict[str, int]:
    """Return the stage stamps among a record's headers, stage to epoch milliseconds.

    What is not a stamp is passed over: headers come from anyone.
    """
    return {
        stage: int(value)
        for stage, value in headers
        if stage in STAGES and value and len(value) <= _STAMP_DIGITS and value.isdigit()
    }


def story_of(key: bytes) -> str:
    """Return the id of the story that a record is about, from the record's key."""
    return key.rpartition(b"|")[2].decode("utf-8", "replace")


def was_written_among(headers: Headers, partitions: int) -> bool:
    """Say whether a record of memory was written when its topic had so many partitions; True when unknown."""
    for name, value in headers:
        if name == PARTITIONS:
            return value == b"%d" % partitions
    return True


def _written_among(partitions: int) -> Headers:
    return ((PARTITIONS, b"%d" % partitions),)


def _story_key(story: StoryHead) -> bytes:
    return f"{story.subject}|{story.id}".encode()


def _cut(text: str, size_bytes: int) -> bytes:
    """Return the UTF-8 of a text, cut between characters."""
    return text.encode("utf-8", "replace")[:size_bytes].decode("utf-8", "ignore").encode()

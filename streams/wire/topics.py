"""The catalogue of topics: name, key, retention, and what each is for. README, "Topics", shows it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

DAY_MS = 86_400_000
# A raw record may hold a whole page with its pictures inlined; its dead letter adds headers.
RAW_BYTES = 10_000_000
# 200,000 characters of text and all that was found in it; a broker's default of 1 MB would refuse that, and a
# refused output ends the worker again and again.
ARTICLE_BYTES = 4_000_000
# A story names all who were told of it: 60,000 subscribers of the longest names, half with storm control.
STORY_BYTES = 4_000_000
# As brokers have it from 4.0 on: one record stamped in a year to come would keep its segment for ever.
AHEAD_MS = 3_600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic of the catalogue.

    Args:
        name: Without prefix: `raw`, `articles`, ...
        key: What the key of a record is, in words.
        role: What it is for, one clause.
        cleanup: Kafka's `cleanup.policy`.
        retention_ms: Kafka's `retention.ms`; None for the broker's default (-1 with `compact` alone).
        memory: Whether it is an agent's memory: kept for the setting `memory_days` and a day more.
        partitions: A fixed count; None for the setting `partitions`.
        max_bytes: Kafka's `max.message.bytes`; None for the broker's default of about 1 MB.
        ahead_ms: Kafka's `message.timestamp.after.max.ms`; None for the broker's default.
    """

    name: str
    key: str
    role: str
    cleanup: str = "delete"
    retention_ms: int | None = 7 * DAY_MS
    memory: bool = False
    partitions: int | None = None
    max_bytes: int | None = None
    ahead_ms: int | None = None

    def config(self, memory_days: float) -> dict[str, str]:
        """Return the topic configuration that `topics create` sets, and tells differences from.

        Args:
            memory_days: The setting.
        """
        kept_ms = math.ceil((memory_days + 1) * DAY_MS) if self.memory else self.retention_ms
        config = {
            "cleanup.policy": self.cleanup,
            "retention.ms": kept_ms,
            "max.message.bytes": self.max_bytes,
            "message.timestamp.after.max.ms": self.ahead_ms,
        }
        return {name: str(value) for name, value in config.items() if value is not None}


RAW = Topic(name="raw", key="article id", role="what a source sent", max_bytes=RAW_BYTES, ahead_ms=AHEAD_MS)
ARTICLES = Topic(
    name="articles",
    key="article id",
    cleanup="compact,delete",
    memory=True,
    max_bytes=ARTICLE_BYTES,
    role="what was said: one enriched article per id and version; the extract agent's memory",
)
MENTIONS = Topic(
    name="mentions",
    key="subject",
    role="an article seen from one issuer, sector or the market",
    max_bytes=ARTICLE_BYTES,
)
STORIES = Topic(
    name="stories",
    key="subject|story",
    cleanup="compact,delete",
    memory=True,
    max_bytes=STORY_BYTES,
    role="the alert agent's memory: stories of the last days and which alerts went where",
)
ALERTS = Topic(
    name="alerts",
    key="ticker, board code or market",
    retention_ms=30 * DAY_MS,
    role="the tape: one alert per story and subject, whoever subscribed",
)
SUPPRESSED = Topic(
    name="alerts.suppressed", key="ticker, board code or market", role="alerts that were not sent, and why"
)
DEAD_LETTER = Topic(
    name="dead-letter",
    key="as it came",
    retention_ms=30 * DAY_MS,
    partitions=1,
    max_bytes=RAW_BYTES + 100_000,
    role="what cannot be read, byte for byte, with the reason in its headers",
)
SUBSCRIPTIONS = Topic(
    name="subscriptions",
    key="subscription id",
    cleanup="compact",
    retention_ms=None,
    partitions=1,
    role="who wants what",
)
SILENCES = Topic(
    name="silences",
    key="silence id",
    cleanup="compact",
    retention_ms=None,
    partitions=1,
    role="what is muted, and when",
)
SECURITIES = Topic(
    name="securities",
    key="ticker",
    cleanup="compact",
    retention_ms=None,
    partitions=1,
    role="names added or corrected at run time, beside the shipped master",
)

CATALOGUE = (
    RAW,
    ARTICLES,
    MENTIONS,
    STORIES,
    ALERTS,
    SUPPRESSED,
    DEAD_LETTER,
    SUBSCRIPTIONS,
    SILENCES,
    SECURITIES,
)


@lru_cache(10_000)  # asked for with every alert that is sent
def subscriber_topic(subscriber: str) -> Topic:
    """Return the topic of one subscriber, `alerts.<subscriber>`; one partition, so its order is total."""
    return Topic(
        name=f"alerts.{subscriber}",
        key=ALERTS.key,
        retention_ms=30 * DAY_MS,
        partitions=1,
        role="the same alerts for one subscriber",
    )


def subscriber_of(name: str, prefix: str) -> str | None:
    """Return whose topic a full name is, None where it is no subscriber's; inverse of the two others."""
    start = f"{prefix}.{ALERTS.name}."
    if not name.startswith(start) or name == full_name(SUPPRESSED, prefix):
        return None
    return name.removeprefix(start)


def full_name(topic: Topic, prefix: str) -> str:
    """Return the topic's name on the broker, `<prefix>.<name>`."""
    return f"{prefix}.{topic.name}"

"""What of a topic's configuration would lose or refuse records of ours, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from streams.kafka.publisher import BATCH_BYTES
from streams.wire.topics import DAY_MS, Topic

FOR_EVER = -1


def unfit(topic: Topic, config: Mapping[str, str], memory_days: float) -> Iterator[str]:
    """Say what is wrong with a topic's configuration; more than is needed is never wrong.

    Args:
        topic: Of the catalogue, or a subscriber's.
        config: Kafka's, as the broker tells it; what it does not hold is not looked at.
        memory_days: The setting.

    Yields:
        One clause each, without the topic's name.
    """
    policies = config.get("cleanup.policy", topic.cleanup).split(",")
    if "compact" in topic.cleanup and "compact" not in policies:
        yield f"has cleanup.policy {','.join(policies)}, and forgets what must be remembered"
    kept_ms = int(config.get("retention.ms", FOR_EVER))
    if topic.memory and "delete" in policies and kept_ms != FOR_EVER and kept_ms < memory_days * DAY_MS:
        days = f"{kept_ms / DAY_MS:g} days"
        yield f"has retention.ms {kept_ms}, which is {days}, and memory_days is {memory_days:g}"
    # Batches of small messages are refused as one.
    needed = topic.max_bytes or BATCH_BYTES
    taken = int(config.get("max.message.bytes", needed))
    if taken < needed:
        yield f"has max.message.bytes {taken}, and must take {needed}"

"""Which partition a key goes to, as Kafka's Java client says it: equal keys meet, whoever wrote them."""

from __future__ import annotations

from functools import lru_cache

from aiokafka.partitioner import murmur2

# Tickers, ids and boards; longer keys come from strangers and would fill the cache.
_SHORT_KEY_BYTES = 128


def partition_of(key: bytes, count: int) -> int:
    """Return the partition that Kafka's Java client gives a key.

    Args:
        key: The key.
        count: How many partitions the topic has.

    Source: org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey.
    """
    if count == 1:
        return 0
    return (_murmur2_of_short(key) if len(key) <= _SHORT_KEY_BYTES else murmur2(key)) % 0x80000000 % count


@lru_cache(maxsize=65_536)
def _murmur2_of_short(key: bytes) -> int:
    return int(murmur2(key))

"""Raw records as they stand in a topic of several partitions, and a plan to replay them with."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from datetime import timedelta
from typing import Any

from streams.alerts.routing.subscribing import parse_subscription
from streams.kafka.partitioning import partition_of
from streams.replay.plan import Plan
from streams.replay.running import Part, replayed
from streams.wire.message import Message, Record

NINE = 1_772_413_200_000  # 2026-03-02 09:00 in China
SECOND = 1_000
PARTITIONS = 4


def records(articles: Iterable[dict[str, Any]], apart_ms: int = SECOND) -> list[Record]:
    """Return raw articles as a topic has them, one after the other."""
    offsets: Counter[int] = Counter()
    found = []
    for number, fields in enumerate(articles):
        key = fields["id"].encode()
        partition = partition_of(key, PARTITIONS)
        found.append(
            Record(
                topic="news.raw",
                partition=partition,
                offset=offsets[partition],
                timestamp_ms=NINE + number * apart_ms,
                key=key,
                value=json.dumps(fields).encode(),
            )
        )
        offsets[partition] += 1
    return found


def a_plan(*wishes: dict[str, Any], **fields: Any) -> Plan:
    """Return a plan with subscriptions of `desk`, unless said otherwise."""
    held = tuple(parse_subscription({"id": f"s{n}", "subscriber": "desk"} | w) for n, w in enumerate(wishes))
    given: dict[str, Any] = {
        "prefix": "again",
        "partitions": PARTITIONS,
        "subscriptions": held,
        "copy_window": timedelta(hours=72),
        "keep_for": timedelta(days=7),
        "most_stories": 100_000,
        "max_article_bytes": 100_000,
    }
    return Plan(**(given | fields))


async def parts(stored: Iterable[Record], plan: Plan, workers: int = 1, **options: int) -> list[Part]:
    """Replay records."""

    async def one_by_one() -> AsyncIterator[Record]:
        for record in stored:
            yield record

    return [part async for part in replayed(one_by_one(), plan, workers=workers, **options)]


async def told(stored: Iterable[Record], plan: Plan, workers: int = 1, **options: int) -> list[Message]:
    """Return what a replay tells."""
    return [message for part in await parts(stored, plan, workers, **options) for message in part.messages]

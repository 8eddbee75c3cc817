"""The extract agent: raw articles in; enriched articles and mentions out.

Mentions are acknowledged first, then the articles, which are this agent's memory; then the source
offset may be committed. So a mention may be told twice (the alert agent knows it by id and wording)
but never be missing behind an article that was remembered.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from streams.agents.lanes import Lane
from streams.agents.ports import Ports, as_record, count_dead_letter
from streams.enrichment.article import Origin
from streams.enrichment.extracting import extract
from streams.enrichment.history import Histories, History
from streams.enrichment.linking.securities import Master
from streams.errors import BadArticle, InternalFault, NewsAlertsError
from streams.wire.codec import decode
from streams.wire.envelope import article_message, dead_letter_message, mention_messages
from streams.wire.message import Message
from streams.wire.raw import decode_raw
from streams.wire.topics import ARTICLES, full_name

log = logging.getLogger(__name__)

# Articles between two breaths of the event loop: at 1 ms each the others wait at most 10 ms.
BREATH = 8


class ExtractAgent:
    """Works raw records off, partition by partition.

    Args:
        ports: The edges.
        master: The securities.
    """

    def __init__(self, ports: Ports, master: Master) -> None:
        self.ports = ports
        self.master = master
        self.prefix = ports.settings.prefix

    async def load(self, tp: Any) -> Histories:
        """Read the partition's memory back from the articles topic."""
        histories = Histories(timedelta(days=self.ports.settings.memory_days))
        topic = full_name(ARTICLES, self.prefix)
        count = 0
        async for batch in self.ports.read_partition(topic, tp.partition):
            for record in batch:
                if record.value is not None:
                    histories.keep(decode(record.value, History))
            count += len(batch)
        self.ports.metrics.restored.labels(topic, tp.partition).set(count)
        return histories

    async def handle(self, lane: Lane, records: list[Any]) -> None:
        """Work one batch off; return when everything that it led to is acknowledged."""
        histories: Histories = await lane.recall()
        mentions: list[Message] = []
        articles: list[Message] = []
        for number, record in enumerate(records):
            if number % BREATH == BREATH - 1:
                await asyncio.sleep(0)
            try:
                done = self._extract(record, histories)
            except BadArticle as error:
                mentions.append(self._dead_letter(record, error))
            except Exception as error:  # our own bug must not stop the partition
                log.exception("bug met by %s/%d@%d", record.topic, record.partition, record.offset)
                mentions.append(self._dead_letter(record, InternalFault(f"{type(error).__name__}: {error}")))
            else:
                if done:
                    mentions += done[0]
                    articles.append(done[1])
        lane.check_open()
        await self.ports.publish(mentions)
        lane.check_open()
        await self.ports.publish(articles)
        self._note(lane, histories, records)

    def _extract(self, record: Any, histories: Histories) -> tuple[list[Message], Message] | None:
        raw = decode_raw(record.value, max_bytes=self.ports.settings.max_article_bytes)
        received_at = datetime.fromtimestamp(record.timestamp / 1000, UTC)
        origin = Origin(topic=record.topic, partition=record.partition, offset=record.offset)
        extracted = extract(raw, histories, self.master, received_at=received_at, origin=origin)
        metrics = self.ports.metrics
        if extracted is None:
            metrics.articles.labels("redelivered").inc()
            return None
        article, mentions = extracted.article, extracted.mentions
        now = self.ports.clock()
        stamps = {"received_at": record.timestamp, "enriched_at": int(now.timestamp() * 1000)}
        messages = mention_messages(mentions, self.prefix, stamps)
        kept = article_message(article, self.prefix, record.partition)
        histories.keep(extracted.history)
        metrics.articles.labels(article.action).inc()
        for mention in mentions:
            metrics.mentions.labels(mention.kind).inc()
        for rejected in article.rejected:
            metrics.rejected.labels(rejected.reason).inc()
        if article.published_at:
            metrics.stage.labels("published_to_raw").observe(
                max(0.0, (received_at - article.published_at).total_seconds())
            )
        metrics.stage.labels("raw_to_article").observe(max(0.0, (now - received_at).total_seconds()))
        return messages, kept

    def _dead_letter(self, record: Any, error: NewsAlertsError) -> Message:
        log.warning(
            "dead letter %s/%d@%d: %s: %s", record.topic, record.partition, record.offset, error.code, error
        )
        self.ports.metrics.articles.labels("dead_letter").inc()
        count_dead_letter(self.ports.metrics, error)
        return dead_letter_message(as_record(record), error, self.prefix)

    def _note(self, lane: Lane, histories: Histories, records: list[Any]) -> None:
        metrics, last = self.ports.metrics, records[-1]
        histories.expire(datetime.fromtimestamp(last.timestamp / 1000, UTC))
        metrics.remembered.labels(full_name(ARTICLES, self.prefix), lane.tp.partition).set(len(histories))
        metrics.event_age.labels(last.topic).set(self.ports.clock().timestamp())

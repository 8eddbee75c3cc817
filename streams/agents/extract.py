"""The extract agent: raw articles in; enriched articles and mentions out.

Mentions are acknowledged first, then the articles, which are this agent's memory; then the source
offset may be committed. So a mention may be told twice (the alert agent knows it by id and wording)
but never be missing behind an article that was remembered.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from streams.agents.lanes import Lane
from streams.agents.memory import restore
from streams.agents.outbox import Outbox
from streams.agents.ports import Ports, bug
from streams.agents.securities import SecurityView
from streams.enrichment.article import Origin
from streams.enrichment.extracting import Extracted, extract
from streams.enrichment.history import Histories, History
from streams.errors import BadArticle, NewsAlertsError
from streams.wire.codec import decode
from streams.wire.envelope import article_message, mention_messages
from streams.wire.raw import decode_raw
from streams.wire.topics import ARTICLES, full_name


class ExtractAgent:
    """Works raw records off, partition by partition.

    Args:
        ports: The edges.
        view: The securities, kept live by a reader of their topic.
    """

    def __init__(self, ports: Ports, view: SecurityView) -> None:
        self.ports = ports
        self.view = view
        self.prefix = ports.settings.prefix
        self.partitions = 0

    async def load(self, tp: Any) -> Histories:
        """Read the partition's memory back from the articles topic."""
        histories = Histories(timedelta(days=self.ports.settings.memory_days))
        topic = full_name(ARTICLES, self.prefix)
        self.partitions = await restore(
            self.ports, topic, tp.partition, lambda record: histories.keep(decode(record, History))
        )
        return histories

    async def handle(self, lane: Lane, records: list[Any]) -> None:
        """Work one batch off; return when everything that it led to is acknowledged."""
        histories: Histories = await lane.recall()
        await self.view.caught_up.wait()
        outbox = Outbox(self.ports.publish, lane)
        for record in records:
            await outbox.breathe()
            try:
                self._extract(record, histories, outbox)
            except BadArticle as error:
                self._refuse(record, error, outbox)
            except Exception as error:  # noqa: BLE001 our own bug must not stop the partition
                self._refuse(record, bug(record, error), outbox)
        await outbox.flush()
        self._note(lane, histories, records)

    def _extract(self, record: Any, histories: Histories, outbox: Outbox) -> None:
        raw = decode_raw(record.value, max_bytes=self.ports.settings.max_article_bytes)
        received_at = datetime.fromtimestamp(record.timestamp / 1000, UTC)
        origin = Origin(topic=record.topic, partition=record.partition, offset=record.offset)
        extracted = extract(
            raw,
            histories,
            self.view.master,
            received_at=received_at,
            origin=origin,
            ticks=self.ports.settings.storm_per_minute > 0,
        )
        if extracted is None:
            outbox.count(self.ports.metrics.articles.labels("redelivered"))
            return
        article, mentions = extracted.article, extracted.mentions
        now = self.ports.clock()
        stamps = {"received_at": record.timestamp, "enriched_at": int(now.timestamp() * 1000)}
        messages = mention_messages(mentions, self.prefix, stamps)
        kept = article_message(article, self.prefix, record.partition, self.partitions)
        histories.keep(extracted.history)
        outbox.add(messages, {str(record.offset): kept})  # every version, not only the last
        self._count(extracted, now, outbox)

    def _count(self, extracted: Extracted, enriched_at: datetime, outbox: Outbox) -> None:
        metrics, article = self.ports.metrics, extracted.article
        outbox.count(metrics.articles.labels(article.action))
        for mention in extracted.mentions:
            outbox.count(metrics.mentions.labels(mention.kind))
        for rejected in article.rejected:
            outbox.count(metrics.rejected.labels(rejected.reason))
        for unknown in article.unknown:
            outbox.count(metrics.unknown.labels(unknown.kind))
        stage = metrics.stage.labels
        if article.published_at:
            waited = article.received_at - article.published_at
            outbox.observe(stage("published_to_raw"), max(0.0, waited.total_seconds()))
        took = enriched_at - article.received_at
        outbox.observe(stage("raw_to_article"), max(0.0, took.total_seconds()))

    def _refuse(self, record: Any, error: NewsAlertsError, outbox: Outbox) -> None:
        self.ports.refuse(outbox, record, error)
        outbox.count(self.ports.metrics.articles.labels("dead_letter"))

    def _note(self, lane: Lane, histories: Histories, records: list[Any]) -> None:
        metrics, last = self.ports.metrics, records[-1]
        # A producer may stamp what it likes; a time to come must not empty the memory.
        now = self.ports.clock()
        histories.expire(datetime.fromtimestamp(min(last.timestamp / 1000, now.timestamp()), UTC))
        metrics.remembered.labels(full_name(ARTICLES, self.prefix), lane.tp.partition).set(len(histories))
        metrics.event_age.labels(last.topic).set(now.timestamp())

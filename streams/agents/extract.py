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
from streams.enrichment.extracting import extract
from streams.enrichment.history import Histories, History
from streams.errors import BadArticle, NewsAlertsError
from streams.wire.codec import decode
from streams.wire.envelope import article_message, mention_messages
from streams.wire.message import Message
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
                done = self._extract(record, histories)
            except BadArticle as error:
                outbox.add([self._refuse(record, error)])
            except Exception as error:  # noqa: BLE001 our own bug must not stop the partition
                outbox.add([self._refuse(record, bug(record, error))])
            else:
                if done:
                    outbox.add(done[0], {str(record.offset): done[1]})  # every version, not only the last
        await outbox.flush()
        self._note(lane, histories, records)

    def _extract(self, record: Any, histories: Histories) -> tuple[list[Message], Message] | None:
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
        metrics = self.ports.metrics
        if extracted is None:
            metrics.articles.labels("redelivered").inc()
            return None
        article, mentions = extracted.article, extracted.mentions
        now = self.ports.clock()
        stamps = {"received_at": record.timestamp, "enriched_at": int(now.timestamp() * 1000)}
        messages = mention_messages(mentions, self.prefix, stamps)
        kept = article_message(article, self.prefix, record.partition, self.partitions)
        histories.keep(extracted.history)
        metrics.articles.labels(article.action).inc()
        for mention in mentions:
            metrics.mentions.labels(mention.kind).inc()
        for rejected in article.rejected:
            metrics.rejected.labels(rejected.reason).inc()
        for unknown in article.unknown:
            metrics.unknown.labels(unknown.kind).inc()
        if article.published_at:
            metrics.stage.labels("published_to_raw").observe(
                max(0.0, (received_at - article.published_at).total_seconds())
            )
        metrics.stage.labels("raw_to_article").observe(max(0.0, (now - received_at).total_seconds()))
        return messages, kept

    def _refuse(self, record: Any, error: NewsAlertsError) -> Message:
        self.ports.metrics.articles.labels("dead_letter").inc()
        return self.ports.refuse(record, error)

    def _note(self, lane: Lane, histories: Histories, records: list[Any]) -> None:
        metrics, last = self.ports.metrics, records[-1]
        # A producer may stamp what it likes; a time to come must not empty the memory.
        now = self.ports.clock()
        histories.expire(datetime.fromtimestamp(min(last.timestamp / 1000, now.timestamp()), UTC))
        metrics.remembered.labels(full_name(ARTICLES, self.prefix), lane.tp.partition).set(len(histories))
        metrics.event_age.labels(last.topic).set(now.timestamp())

"""One share of a replay: some partitions of raw articles to understand, some of mentions to decide.

Mentions travel between shares as they stand in `news.mentions`, so a share decides what an alert agent
would read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from streams.alerts.decision import Channel, Outcome
from streams.alerts.muting import Muting
from streams.alerts.pipeline import Deciding, Understanding
from streams.alerts.routing.matching import Subscriptions
from streams.alerts.routing.silences import Silences
from streams.alerts.stories.storms import StormControl
from streams.enrichment.article import Origin
from streams.enrichment.linking.amended import Register
from streams.enrichment.subjects import MARKET, SubjectMention
from streams.errors import BadArticle, InternalFault, NewsAlertsError
from streams.kafka.partitioning import partition_of
from streams.replay.exchange import Decided, Line, Refusal, Understood
from streams.replay.plan import Plan
from streams.wire.codec import decode, encode_mentions
from streams.wire.envelope import alert_messages
from streams.wire.message import Message, Record
from streams.wire.raw import decode_raw
from streams.wire.reference import load_master


class Shard:
    """One share.

    Args:
        plan: Of the replay.
        shares: How many there are; partition p is understood and decided by share p modulo that.
    """

    def __init__(self, plan: Plan, shares: int) -> None:
        self._plan, self._shares = plan, shares
        self._master = Register(load_master(), plan.said).on(date.max)
        self._subscriptions = Subscriptions()
        for subscription in plan.subscriptions:
            self._subscriptions.put(subscription)
        silences = Silences()
        for silence in plan.silences:
            silences.put(silence)
        self._muting = Muting(silences, StormControl(per_minute=plan.storm_per_minute))
        self._asked = self._asked_for() if plan.only_subscribed else None
        self._understanding: dict[int, Understanding] = {}
        self._deciding: dict[int, Deciding] = {}

    def understand(self, batch: Sequence[tuple[int, Record]]) -> Understood:
        """Read and understand raw records.

        Args:
            batch: Numbered records of this share's partitions, in order.
        """
        understood = Understood()
        for number, record in batch:
            fault: NewsAlertsError | None = None
            known = False
            try:
                known = self._understand(number, record, understood.lines)
            except BadArticle as error:
                fault = error
            except Exception as error:  # noqa: BLE001 our own bug stops no other article, as in a worker
                fault = _bug(error)
            if self._is_told(_time(record)):
                understood.redelivered += known
                if fault is not None:
                    where = f"{record.topic}/{record.partition}@{record.offset}"
                    understood.refused.append(Refusal(place=(number, -1, -1), record=where, error=fault))
        return understood

    def decide(self, lines: Sequence[Line]) -> Decided:
        """Decide mentions.

        Args:
            lines: Those of this share's partitions, in order of place.
        """
        decided = Decided()
        for place, line in lines:
            mention = decode(line, SubjectMention)
            try:
                outcomes = self._decide(mention, place[2])
                messages = self._messages(mention, outcomes)
            except Exception as error:  # noqa: BLE001 our own bug stops no other mention, as in a worker
                origin = mention.article.origin
                where = f"{origin.topic}/{origin.partition}@{origin.offset} about {mention.subject}"
                decided.refused.append(Refusal(place=place, record=where, error=_bug(error)))
                continue
            if messages:
                decided.told.append((place, messages))
                decided.raised.update(
                    match.subscription.id
                    for told in outcomes
                    for outcome in told
                    for match in outcome.matches
                )
        return decided

    def _decide(self, mention: SubjectMention, partition: int) -> list[Sequence[Outcome]]:
        """Decide; return what is to be told, () of what came before that."""
        deciding = self._deciding.get(partition)
        if deciding is None:
            deciding = self._deciding[partition] = Deciding(
                self._subscriptions,
                self._muting,
                copy_window=self._plan.copy_window,
                keep_for=self._plan.keep_for,
                most=self._plan.most_stories,
            )
        decisions = deciding.take(mention)
        if not self._is_told(mention.article.received_at):
            return []
        return [self._told(decision.outcomes) for _, decision in decisions]

    def _messages(self, mention: SubjectMention, outcomes: Iterable[Sequence[Outcome]]) -> list[Message]:
        stamps = {"received_at": round(mention.article.received_at.timestamp() * 1000)}
        return [message for told in outcomes for message in alert_messages(told, self._plan.prefix, stamps)]

    def _understand(self, number: int, record: Record, lines: dict[int, list[Line]]) -> bool:
        """Put a record's mentions with the lines; return whether it was known before."""
        raw = decode_raw(record.value, max_bytes=self._plan.max_article_bytes)
        understanding = self._understanding.get(record.partition)
        if understanding is None:
            understanding = self._understanding[record.partition] = Understanding(
                self._master, keep_for=self._plan.keep_for, ticks=self._plan.storm_per_minute > 0
            )
        origin = Origin(topic=record.topic, partition=record.partition, offset=record.offset)
        extracted = understanding.take(raw, _time(record), origin)
        if extracted is None:
            return True
        mentions = [mention for mention in extracted.mentions if self._is_asked_for(mention)]
        for index, (mention, line) in enumerate(zip(mentions, encode_mentions(mentions), strict=True)):
            for partition in self._partitions(mention):
                lines.setdefault(partition % self._shares, []).append(((number, index, partition), line))
        return False

    def _is_told(self, received_at: datetime) -> bool:
        return self._plan.tell_from is None or received_at >= self._plan.tell_from

    def _partitions(self, mention: SubjectMention) -> Iterable[int]:
        if mention.kind.to_everyone:
            return range(self._plan.partitions)
        return (partition_of(mention.subject.encode(), self._plan.partitions),)

    def _asked_for(self) -> frozenset[str]:
        """Return the subjects that somebody subscribed to."""
        asked: set[str] = set()
        for subscription in self._subscriptions:
            asked.update(self._master.issuer_of(ticker) or ticker for ticker in subscription.tickers)
            asked.update(subscription.sectors, (MARKET,) if subscription.market else ())
        return frozenset(asked)

    def _is_asked_for(self, mention: SubjectMention) -> bool:
        return self._asked is None or mention.kind.to_everyone or mention.subject in self._asked

    def _told(self, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
        if self._asked is None:
            return outcomes
        return [
            outcome
            for outcome in outcomes
            if outcome.channel is Channel.SUBSCRIBER
            or (outcome.alert.suppressed is not None and outcome.alert.suppressed.subscribers)
        ]


def _time(record: Record) -> datetime:
    return datetime.fromtimestamp(record.timestamp_ms / 1000, UTC)


def _bug(error: Exception) -> InternalFault:
    return InternalFault(f"{type(error).__name__}: {error}")

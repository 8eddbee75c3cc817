"""The pure steps alone: microseconds of CPU an article, without Kafka, on the articles of the benchmark."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from streams.alerts.decide import decide
from streams.alerts.decision import Decision
from streams.alerts.judging.judgement import Relation
from streams.alerts.judging.judging import judge
from streams.alerts.judging.telling import told
from streams.alerts.routing.matching import Subscriptions
from streams.alerts.routing.subscription import Subscription
from streams.alerts.stories.memory import Stories
from streams.enrichment.article import EnrichedArticle, Origin
from streams.enrichment.enrich import enrich
from streams.enrichment.extracting import Extracted, extract
from streams.enrichment.history import Histories
from streams.enrichment.linking.securities import Master
from streams.enrichment.subjects import SubjectMention, subjects
from streams.news.article import Article
from streams.news.reading import read
from streams.wire.codec import decode
from streams.wire.envelope import alert_messages, article_message, mention_messages, story_message
from streams.wire.raw import decode_raw
from streams.wire.reference import load_master
from tests.bench.material import Body

T = TypeVar("T")

REPEATS = 3
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
ORIGIN = Origin(topic="bench.raw", partition=0, offset=0)
# What the name of a step begins with that is a part of the one before it.
PART = "  "
STAMPS = {"received_at": 1_772_416_800_000, "enriched_at": 1_772_416_800_010, "decided_at": 1_772_416_800_020}


def understood(body: bytes, master: Master) -> Extracted | None:
    """Understand one raw article as if nothing were known of it; raises `BadArticle` as `extract`."""
    raw = decode_raw(body, max_bytes=10_000_000)
    return extract(raw, Histories(keep_for=timedelta(days=7)), master, received_at=NOW, origin=ORIGIN)


class Steps:
    """Runs each step over all articles, on the outcome of the step before."""

    def __init__(self, articles: int) -> None:
        self.articles = articles
        self.us: dict[str, float] = {}

    def run(self, name: str, work: Callable[[], Iterable[T]]) -> list[T]:
        """Run a step some times; note the best, as microseconds an article."""
        took = []
        gc.collect()
        gc.freeze()  # as a worker does with what it holds
        for _ in range(REPEATS):
            start = time.process_time()
            done = list(work())
            took.append(time.process_time() - start)
        self.us[name] = min(took) / self.articles * 1e6
        return done


def measure(bodies: list[Body], held: Iterable[Subscription]) -> dict[str, float]:
    """Return microseconds an article for each step of the whole way, in its order.

    A name that begins with `PART` is a part of the step before it, measured alone.
    """
    master = load_master()
    subscriptions = Subscriptions()
    for subscription in held:
        subscriptions.put(subscription)
    steps = Steps(len(bodies))
    raws = steps.run("decode raw", lambda: (decode_raw(body.value, max_bytes=10_000_000) for body in bodies))
    read_articles = steps.run("read", lambda: (read(raw, NOW) for raw in raws))
    enriched = steps.run(
        "enrich",
        lambda: (
            enrich(article, master, version=1, digests=(article.digest,), received_at=NOW, origin=ORIGIN)
            for article in read_articles
        ),
    )
    told = steps.run("subjects", lambda: map(_subjects, enriched, read_articles))
    lines = steps.run("encode article, mentions", lambda: _encode_articles(enriched, told))
    mentions = steps.run(
        "decode mentions", lambda: (decode(line, SubjectMention) for group in lines for line in group)
    )
    decisions = steps.run("decide", lambda: _decide(mentions, subscriptions))
    steps.run(PART + "judge stories", lambda: _judge(mentions))
    steps.run("encode alerts, stories", lambda: _encode_decisions(decisions))
    return steps.us


def _encode_articles(
    enriched: list[EnrichedArticle], told: list[tuple[SubjectMention, ...]]
) -> Iterable[list[Any]]:
    for article, group in zip(enriched, told, strict=True):
        article_message(article, "bench", 0, 8)
        yield [message.value for message in mention_messages(group, "bench", STAMPS)]


def _judge(mentions: list[SubjectMention]) -> Iterable[Relation]:
    """Judge alone, each mention against all told before it; part of what `decide` does."""
    stories = Stories(copy_window=timedelta(hours=72), keep_for=timedelta(days=7))
    for mention in mentions:
        judgement = judge(mention, stories, NOW)
        if judgement.relation not in (Relation.REDELIVERY, Relation.LATE):
            stories.keep(told(judgement, mention, NOW))
        yield judgement.relation


def _subjects(article: EnrichedArticle, as_read: Article) -> tuple[SubjectMention, ...]:
    return subjects(article, folded=as_read.folded)


def _decide(mentions: list[SubjectMention], subscriptions: Subscriptions) -> Iterable[Decision]:
    stories = Stories(copy_window=timedelta(hours=72), keep_for=timedelta(days=7))
    for mention in mentions:
        decision = decide(mention, subscriptions, stories, NOW)
        for story in decision.stories:
            stories.keep(story)
        stories.expire(NOW)
        yield decision


def _encode_decisions(decisions: list[Decision]) -> Iterable[None]:
    for decision in decisions:
        alert_messages(decision.outcomes, "bench", STAMPS)
        for story in decision.stories:
            story_message(story, "bench", 0, 8)
        yield None

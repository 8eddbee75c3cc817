"""Every metric, once, in a registry of the process's own; README, "Metrics", is held against this file.

Seconds and `_total`; labels only from closed lists: never a ticker, a subscriber or an article.
"""

from __future__ import annotations

import platform

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

import streams

PREFIX = "news_alerts_"
# A second series for every one, which nobody reads.
disable_created_metrics()  # type: ignore[no-untyped-call]  # prometheus_client left it bare
# From a good hop (5 ms) to a source that is a day late.
STAGE_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3600, 86400)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """All metric families of one process.

    Args:
        registry: Where they register; a fresh one for each process or test.
    """

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry = registry or CollectorRegistry()

        def counter(name: str, doc: str, *labels: str) -> Counter:
            return Counter(PREFIX + name, doc, labels, registry=registry)

        def gauge(name: str, doc: str, *labels: str) -> Gauge:
            return Gauge(PREFIX + name, doc, labels, registry=registry)

        self.articles = counter("articles", "Raw articles worked on, by outcome", "outcome")
        self.mentions = counter("mentions", "Mention records written, by kind of subject", "kind")
        self.rejected = counter(
            "rejected_candidates", "Candidates that were not the security they look like, by reason", "reason"
        )
        self.unknown = counter(
            "unknown_names",
            "Names that look like listed companies and are not in the master, by what makes them look so",
            "kind",
        )
        self.alerts = counter("alerts", "Alerts on the tape, by action and urgency", "action", "urgency")
        self.deliveries = counter("deliveries", "Alerts written to subscribers' topics")
        self.suppressed = counter("suppressed", "Alerts not sent, by reason", "reason")
        self.matched = counter(
            "matched", "Subscribers whom alerts concerned; each is one delivery or one withheld alert"
        )
        self.withheld = counter(
            "withheld", "Alerts withheld from subscribers whom they concerned, by reason", "reason"
        )
        self.digests = counter("digests", "Digests of alerts that storm control had held back")
        self.decisions = counter(
            "decisions", "Mentions decided on, by what they are to what was told before", "relation"
        )
        self.dead_letters = counter("dead_letters", "Records that cannot be read, by error code", "code")
        self.stage = Histogram(
            PREFIX + "stage_seconds",
            "Time from one stage to the next: published_to_raw, raw_to_article, article_to_alert",
            ("stage",),
            buckets=STAGE_BUCKETS,
            registry=registry,
        )
        self.lag = gauge(
            "lag_records", "Records not yet worked on, by topic and partition", "topic", "partition"
        )
        self.subscriptions = gauge("subscriptions_held", "Subscriptions held, disabled ones included")
        self.refused = counter("subscriptions_refused", "Bad records seen in the subscriptions topic")
        self.silences = gauge("silences_held", "Silences held, expired ones included")
        self.silences_refused = counter("silences_refused", "Bad records seen in the silences topic")
        self.securities = gauge("securities_held", "Tickers whose names were added or corrected at run time")
        self.securities_refused = counter("securities_refused", "Bad records seen in the securities topic")
        self.topicless = gauge("subscribers_without_topic", "Subscribers whose topic is missing or refuses")
        self.restored = gauge(
            "memory_restored_records",
            "Records of memory read back, by topic and partition",
            "topic",
            "partition",
        )
        self.remembered = gauge(
            "memory_entries", "Entries held in memory, by topic and partition", "topic", "partition"
        )
        self.let_go = counter(
            "stories_let_go",
            "Stories forgotten: past, after memory_days; crowded, their subject or partition has too many",
            "reason",
        )
        self.event_age = gauge(
            "last_event_timestamp_seconds", "When the last record of a topic was worked on, epoch", "topic"
        )
        self.ready = gauge("ready", "1 when /readyz says yes")
        gauge("build_info", "1; the version in its labels", "version", "python").labels(
            streams.__version__, platform.python_version()
        ).set(1)
        ProcessCollector(registry=registry)

    def exposition(self) -> bytes:
        """Return all families in Prometheus' text format (`CONTENT_TYPE`)."""
        return generate_latest(self.registry)

"""What the delivery promise means, as a check on topics: nothing missing, no pair under a second alert."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from streams.alerts.pipeline import Pipeline
from streams.enrichment.article import Origin
from streams.errors import BadArticle
from streams.wire.raw import decode_raw
from streams.wire.reference import load_master

Pair = tuple[str, str]
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Held:
    """How the topics stand against the promise.

    Args:
        missing: (article, subject) pairs that were owed and are nowhere.
        doubled: Pairs told under more than one alert id.
        repeats: Records on the tape that repeat an alert id and version (at least once allows them).
    """

    missing: frozenset[Pair]
    doubled: frozenset[Pair]
    repeats: int


def owed(articles: Iterable[dict[str, Any]]) -> frozenset[Pair]:
    """Return every (article, subject) pair that raw articles owe, by the pure functions."""
    pipeline, pairs = Pipeline(load_master()), set()
    for number, fields in enumerate(articles):
        raw = decode_raw(json.dumps(fields).encode(), max_bytes=10_000_000)
        try:
            step = pipeline.take(raw, NOW, Origin(topic="news.raw", partition=0, offset=number))
        except BadArticle:
            continue
        if step:
            pairs |= {(step.article.id, mention.subject) for mention, _ in step.decisions}
    return frozenset(pairs)


def pairs_of(alerts: Iterable[dict[str, Any]]) -> frozenset[Pair]:
    """Return the (article, subject) pairs of alerts, suppressed ones too."""
    return frozenset((alert["article"]["id"], alert["ticker"]) for alert in alerts)


def held(pairs: frozenset[Pair], tape: list[dict[str, Any]], suppressed: list[dict[str, Any]]) -> Held:
    """Hold the tape and the suppressed topic against what is owed."""
    ids: dict[Pair, set[str]] = defaultdict(set)
    for alert in (*tape, *suppressed):
        ids[alert["article"]["id"], alert["ticker"]].add(alert["alert_id"])
    versions = [(alert["alert_id"], alert["version"]) for alert in tape]
    return Held(
        missing=frozenset(pairs - ids.keys()),
        doubled=frozenset(pair for pair, found in ids.items() if len(found) > 1),
        repeats=len(versions) - len(set(versions)),
    )

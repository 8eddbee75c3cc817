"""JSON Schema of each contract record, made from the dataclasses that read and write it."""

from __future__ import annotations

from typing import Any

import msgspec

from streams.alerts.notification import Alert
from streams.alerts.story import Story
from streams.alerts.subscription import Subscription
from streams.enrichment.article import EnrichedArticle
from streams.enrichment.subjects import SubjectMention
from streams.news.article import RawArticle
from streams.wire.topics import ALERTS, ARTICLES, MENTIONS, RAW, STORIES, SUBSCRIPTIONS, Topic

# What a topic's records hold. The subscribers' topics and `alerts.suppressed` hold alerts, too.
CONTRACT: tuple[tuple[Topic, type], ...] = (
    (RAW, RawArticle),
    (ARTICLES, EnrichedArticle),
    (MENTIONS, SubjectMention),
    (STORIES, Story),
    (ALERTS, Alert),
    (SUBSCRIPTIONS, Subscription),
)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema (draft 2020-12) of each topic's records, by the topic's name without prefix."""
    return {
        topic.name: {"$schema": _DIALECT, "title": record.__name__, **msgspec.json.schema(record)}
        for topic, record in CONTRACT
    }

"""JSON Schema of each contract record, made from the dataclasses that read and write it."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterable, Iterator
from typing import Any, cast, get_args, get_type_hints

import msgspec
import orjson

from streams.alerts.notification import Alert
from streams.alerts.routing.silence import Silence
from streams.alerts.routing.subscription import Subscription
from streams.alerts.stories.story import Story
from streams.enrichment.article import EnrichedArticle
from streams.enrichment.security import Security
from streams.enrichment.subjects import SubjectMention
from streams.news.article import RawArticle
from streams.wire.topics import (
    ALERTS,
    ARTICLES,
    MENTIONS,
    RAW,
    SECURITIES,
    SILENCES,
    STORIES,
    SUBSCRIPTIONS,
    Topic,
)

# What a topic's records hold. The subscribers' topics and `alerts.suppressed` hold alerts, too.
CONTRACT: tuple[tuple[Topic, type], ...] = (
    (RAW, RawArticle),
    (ARTICLES, EnrichedArticle),
    (MENTIONS, SubjectMention),
    (STORIES, Story),
    (ALERTS, Alert),
    (SUBSCRIPTIONS, Subscription),
    (SILENCES, Silence),
    (SECURITIES, Security),
)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema (draft 2020-12) of each topic's records, by the topic's name without prefix.

    Properties stand in the order of the line. An absent field is left out, never null.
    """
    return {topic.name: _schema(record) for topic, record in CONTRACT}


def _schema(record: type) -> dict[str, Any]:
    schema = {"$schema": _DIALECT, "title": record.__name__, **msgspec.json.schema(record)}
    for part in set(_parts(record)):
        definition = schema["$defs"][part.__name__]
        properties = definition["properties"]
        definition["properties"] = {field.name: properties[field.name] for field in dataclasses.fields(part)}
        definition["description"] = inspect.cleandoc(part.__doc__ or "")
    plain: dict[str, Any] = orjson.loads(orjson.dumps(schema))  # defaults are tuples and enumerations
    return plain


def _parts(hint: Any) -> Iterator[type]:
    """Give every record class within a type, itself included."""
    inner: Iterable[Any] = get_args(hint)
    if dataclasses.is_dataclass(hint):
        yield cast("type", hint)
        inner = get_type_hints(hint).values()
    for each in inner:
        yield from _parts(each)

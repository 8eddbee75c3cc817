"""README's record reference: which fields and headers there are, as the code has them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

from streams.alerts.notification import Alert
from streams.alerts.routing.silence import Silence
from streams.alerts.routing.subscription import Subscription
from streams.enrichment.article import EnrichedArticle
from streams.enrichment.subjects import SubjectMention
from streams.news.article import RawArticle
from streams.wire.envelope import STAGES, cloud_event
from streams.wire.schemas import CONTRACT
from tests.architecture.markdown import Row
from tests.unit.alerts.builders import Desk

# Heading to the record whose fields its first table explains. `schema`, which every record has, is told once.
FIELDS: dict[str, type] = {
    "The alert": Alert,
    "The article": RawArticle,
    "The enriched article": EnrichedArticle,
    "The mention": SubjectMention,
    "Subscriptions": Subscription,
    "Silences": Silence,
}


def fields_of(record: type) -> set[str]:
    """Return the names of a record's fields but `schema`."""
    return {field.name for field in dataclasses.fields(record)} - {"schema"}


def parts() -> Iterator[Row]:
    """Yield the records within records, by the names that `news-alerts schemas` has for them."""
    places: dict[type, list[str]] = {}
    for _, record in CONTRACT:
        _place(record, places)
    for part in sorted(places, key=lambda part: part.__name__):
        names = [f"`{field.name}`" for field in dataclasses.fields(part)]
        stands_in = [f"`{place}`" for place in dict.fromkeys(places[part])]
        yield f"`{part.__name__}`", ", ".join(stands_in), ", ".join(names), None


def alert_headers() -> list[str]:
    """Return the names of an alert's headers, in their order."""
    alert = Desk().told().outcomes[0].alert
    return [*(name for name, _ in cloud_event(alert, "news")), *STAGES]


def _place(record: type, places: dict[type, list[str]]) -> None:
    for name, hint in get_type_hints(record).items():
        for part in filter(dataclasses.is_dataclass, _within(hint)):
            places.setdefault(part, []).append(name)
            _place(part, places)


def _within(hint: Any) -> Iterator[Any]:
    yield hint
    for inner in get_args(hint):
        yield from _within(inner)

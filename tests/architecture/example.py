"""README's example of an alert: what the workers' functions make of the walk's article and subscription."""

from __future__ import annotations

import dataclasses
import json
import re
import shlex
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from streams.alerts.pipeline import Pipeline
from streams.alerts.routing.subscribing import parse_subscription
from streams.alerts.routing.subscription import Subscription
from streams.cli.wishes import wish_fields
from streams.enrichment.article import Origin
from streams.settings import Settings
from streams.wire.codec import encode
from streams.wire.raw import decode_raw
from streams.wire.reference import load_master
from tests.architecture.command_line import typed
from tests.architecture.markdown import section

WIDTH = 112
BLOCK = re.compile(r"(?<=^```json\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


def example(readme: str) -> str:
    """Return the alert that README's walk ends with, broken for the page.

    When it was received and where it stands in the raw topic differs from run to run; both are taken
    from the example that is written there.
    """
    article = re.search(r"echo '(\{.*\})' \| news-alerts ingest -", readme)
    add = re.search(r"^news-alerts (subscriptions add .*)$", readme, re.MULTILINE)
    written = BLOCK.search(section("The alert", readme))
    assert article, "README's walk publishes no article"
    assert add, "README's walk adds no subscription"
    assert written, "README has no example of an alert"
    told = json.loads(written[0])
    subscription = _subscription(add[1])
    step = Pipeline(load_master(), [subscription]).take(
        decode_raw(article[1].encode(), max_bytes=100_000),
        datetime.fromisoformat(told["received_at"]),
        Origin(**{name: told["article"][name] for name in ("topic", "partition", "offset")}),
    )
    assert step, "one article alone is no redelivery"
    (alert,) = (
        outcome.alert
        for _, decision in step.decisions
        for outcome in decision.outcomes
        if outcome.subscriber == subscription.subscriber
    )
    return laid_out(json.loads(encode(alert))) + "\n"


def refreshed(readme: str) -> str:
    """Return README's text with the example as the code has it."""
    old = section("The alert", readme)
    return readme.replace(old, BLOCK.sub(lambda _: example(readme), old, count=1))


def _subscription(command: str) -> Subscription:
    settings = {field.name for field in dataclasses.fields(Settings)} | {"as_json"}
    given = typed(shlex.split(command)).params.items()
    return parse_subscription(wish_fields({name: value for name, value in given if name not in settings}))


def laid_out(value: Any, indent: int = 0) -> str:
    """Return JSON in lines of a page's width, broken between the fields of objects only.

    >>> laid_out({"a": 1, "b": [2, 3]})
    '{"a":1,"b":[2,3]}'
    """
    flat = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if indent + len(flat) <= WIDTH or not isinstance(value, dict):
        return flat
    lines = [""]
    for piece in _pieces(value, indent + 1):
        if lines[-1] and indent + 1 + len(lines[-1]) + len(piece) > WIDTH:
            lines.append("")
        lines[-1] += piece
    return "{" + ("\n" + " " * (indent + 1)).join(lines) + "}"


def _pieces(fields: dict[str, Any], indent: int) -> Iterator[str]:
    last = list(fields)[-1]
    for name, value in fields.items():
        start = f'"{name}":'
        yield start + laid_out(value, indent + len(start)) + ("" if name == last else ",")

"""Labelled streams of events: read, run through the pipeline, and scored by what a desk wants of each."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from streams.alerts.decision import Channel
from streams.alerts.pipeline import Pipeline, Step
from streams.enrichment.article import Origin, Role
from streams.enrichment.linking.securities import Master
from streams.news.article import Action, RawArticle

STREAMS = Path(__file__).parent / "streams"
_TYPES = {"plain": "text/plain", "html": "text/html"}
# What an event counts as, by the strongest action that any of its subjects got.
_MEANS = (
    ("created", "new"),
    ("withdrawn", "withdrawal"),
    ("corrected", "correction"),
    ("updated", "update"),
)
_SAME = {"distinct": "new", "redelivery": "copy"}


@dataclass(frozen=True, slots=True)
class Event:
    """One event and what it is to those before it.

    Args:
        raw: As a source sends it.
        relation: new, distinct, copy, update, correction, withdrawal or redelivery.
        of: Number of the event that it relates to, from 1; None for a new one.
        accepted: The relations that are right.
        known: Tickers whose holders know it all.
    """

    raw: RawArticle
    relation: str
    of: int | None
    accepted: frozenset[str]
    known: frozenset[str]


def events(name: str) -> list[Event]:
    """Return the events of a stream, in order of arrival."""
    found = []
    for fields in tomllib.loads((STREAMS / f"{name}.toml").read_text("utf-8"))["event"]:
        relation = fields["relation"]
        raw = RawArticle(
            **fields["sent"],
            content=fields["content"],
            content_type=_TYPES[fields.get("type", "plain")],
            action=Action(fields.get("action", "publish")),
        )
        accepted = frozenset(_SAME.get(each, each) for each in fields.get("accept", [relation]))
        found.append(Event(raw, relation, fields.get("of"), accepted, frozenset(fields.get("known", ()))))
    return found


def said(stream: list[Event], master: Master) -> list[Mapping[str, tuple[str, str]]]:
    """Return for each event what a subscriber to everything gets: subject to action and story."""
    pipeline = Pipeline(master)
    now, found = None, []
    for number, event in enumerate(stream):
        at = datetime.fromisoformat(event.raw.published_at or "")
        now = at if now is None else max(now, at)
        step = pipeline.take(event.raw, now, Origin(topic="stream", partition=0, offset=number))
        found.append(dict(_alerts(step)) if step else {})
    return found


def misses(stream: list[Event], found: list[Mapping[str, tuple[str, str]]]) -> tuple[Counter[str], list[str]]:
    """Return how many events of each kind are wrong, and each of them in words.

    Counted are `copies alerted`, `merged`, `updates`, `corrections`, `withdrawals` (another relation, or on
    another story), `false amends`, `false withdrawals` and `known alerted`.
    """
    wrong: Counter[str] = Counter()
    words = []
    for number, (event, alerts) in enumerate(zip(stream, found, strict=True), 1):
        actions = {action for action, _ in alerts.values()}
        relation = next((means for action, means in _MEANS if action in actions), "copy")
        right = relation in event.accepted
        if right and relation == event.relation and relation in ("update", "correction", "withdrawal"):
            told = set(found[event.of - 1].items()) if event.of else set()
            before = {(subject, story) for subject, (_, story) in told}
            right = any((subject, story) in before for subject, (_, story) in alerts.items())
        kinds = list(_kinds(event, relation)) if not right else []
        if {subject for subject, (action, _) in alerts.items() if action == "created"} & event.known:
            kinds.append("known alerted")
        wrong.update(kinds)
        words += [f"{number} {event.relation} of {event.of}: said {relation}, {kind}" for kind in kinds]
    return wrong, words


def _kinds(event: Event, relation: str) -> Iterator[str]:
    label = _SAME.get(event.relation, event.relation)
    if label == "copy" and relation == "new":
        yield "copies alerted"
    if label == "new":
        yield "merged"
    if label in ("update", "correction", "withdrawal"):
        yield f"{label}s"
    elif relation in ("update", "correction"):
        yield "false amends"
    if relation == "withdrawal" and label != "withdrawal":
        yield "false withdrawals"


def _alerts(step: Step) -> Iterator[tuple[str, tuple[str, str]]]:
    for mention, decision in step.decisions:
        if mention.role is Role.SUBJECT and decision.outcomes:
            alert = decision.outcomes[0].alert
            on_tape = decision.outcomes[0].channel is Channel.TAPE
            yield mention.subject, (str(alert.action) if on_tape else "suppressed", alert.story.id)

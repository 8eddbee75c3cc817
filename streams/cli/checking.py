"""Runs golden cases through the functions that the workers call, and says what is not as expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from streams.alerts.decide import Channel, Outcome
from streams.alerts.pipeline import Pipeline, Step
from streams.cli.cases import Case
from streams.enrichment.article import Origin
from streams.enrichment.linking.securities import Master
from streams.errors import BadArticle

FIRST_RECEIVED_AT = datetime(2026, 3, 2, 1, 1, tzinfo=UTC)
APART = timedelta(minutes=1)

Entry = Mapping[str, Any]


def check_case(case: Case, master: Master) -> tuple[str, ...]:
    """Run a case.

    Args:
        case: Of `read_case`.
        master: The securities.

    Returns:
        What is not as expected, a line each; () when all is.
    """
    pipeline = Pipeline(master, case.subscriptions, silences=case.silences)
    differences: list[str] = []
    for number, raw in enumerate(case.articles, 1):
        origin = Origin(topic="case", partition=0, offset=number - 1)
        try:
            step = pipeline.take(raw, FIRST_RECEIVED_AT + APART * (number - 1), origin)
        except BadArticle as error:
            differences.append(f"article {number} cannot be read: {error}")
            continue
        expected = case.expect.get(number, {})
        lines = [*_compare_alerts(expected, step, case.subjects), *_compare_findings(expected, step)]
        differences += (f"article {number}, {line}" for line in lines)
    return tuple(differences)


def _compare_alerts(expected: Entry, step: Step | None, subjects: Sequence[str]) -> Iterator[str]:
    if "alerts" not in expected:
        return
    wanted: Sequence[Entry] = expected["alerts"]
    found: Sequence[Entry] = [
        _alert(mention.subject, outcome)
        for mention, decision in (step.decisions if step else ())
        for outcome in decision.outcomes
        if not subjects or mention.subject in subjects
    ]
    missing = [alert for alert in wanted if alert not in found]
    extra = [alert for alert in found if alert not in wanted]
    yield from (f"alert expected: {_words(alert)}" for alert in missing)
    yield from (f"alert not expected: {_words(alert)}" for alert in extra)
    if not missing and not extra and found != wanted:
        yield f"alerts in another order or number: {'; '.join(map(_words, found))}"


def _compare_findings(expected: Entry, step: Step | None) -> Iterator[str]:
    for kind in ("mentions", "rejected"):
        there: Sequence[object] = getattr(step.article, kind) if step else ()
        for wanted in expected.get(kind, ()):
            if not any(all(getattr(one, name) == value for name, value in wanted.items()) for one in there):
                yield f"{kind}: none with {_words(wanted)}"


def _alert(subject: str, outcome: Outcome) -> Entry:
    to = f"subscriber:{outcome.subscriber}" if outcome.channel is Channel.SUBSCRIBER else str(outcome.channel)
    found = {"subject": subject, "action": str(outcome.alert.action), "to": to}
    if outcome.alert.suppressed:
        found["reason"] = str(outcome.alert.suppressed.reason)
    return found


def _words(fields: Entry) -> str:
    return ", ".join(f"{name} {fields[name]}" for name in sorted(fields))

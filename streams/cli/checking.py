"""Runs golden cases through the functions that the workers call, and says what is not as expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from streams.alerts.decision import Channel, Decision, Outcome
from streams.alerts.pipeline import Pipeline, Step
from streams.cli.cases import Case
from streams.enrichment.article import Origin
from streams.enrichment.linking.securities import Master
from streams.errors import BadArticle

Entry = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What became of an article of a case.

    Args:
        alerts: As a case writes them, each with its reason in words as `why`.
        step: None for a redelivery, and where the article cannot be read.
        error: Why it cannot be read.
    """

    alerts: tuple[Entry, ...] = ()
    step: Step | None = None
    error: BadArticle | None = None


def run_case(case: Case, master: Master) -> tuple[Found, ...]:
    """Run a case; return what became of each article."""
    pipeline = Pipeline(master, case.subscriptions, silences=case.silences)
    found = []
    for offset, (raw, received_at) in enumerate(zip(case.articles, case.received_at, strict=True)):
        try:
            step = pipeline.take(raw, received_at, Origin(topic="case", partition=0, offset=offset))
        except BadArticle as error:
            found.append(Found(error=error))
            continue
        alerts = tuple(
            _alert(mention.subject, decision, outcome)
            for mention, decision in (step.decisions if step else ())
            for outcome in decision.outcomes
            if not case.subjects or mention.subject in case.subjects
        )
        found.append(Found(alerts=alerts, step=step))
    return tuple(found)


def differences(case: Case, found: Sequence[Found]) -> tuple[str, ...]:
    """Say what of a case is not as expected.

    Args:
        case: Of `read_case`.
        found: Of `run_case`.

    Returns:
        Lines, () when all is as expected. Where the alerts of an article differ all of them are there:
        `-` before those expected, `+` before those found, a blank before those that are both.
    """
    lines: list[str] = []
    for number, one in enumerate(found, 1):
        expected = case.expect.get(number, {})
        if one.error is not None:
            lines.append(f"article {number} cannot be read: {one.error}")
            continue
        if "alerts" in expected and (differing := tuple(_compare_alerts(expected["alerts"], one.alerts))):
            lines += (f"article {number}, alerts:", *(f"  {line}" for line in differing))
        lines += (f"article {number}, {line}" for line in _compare_findings(expected, one.step))
    return tuple(lines)


def is_met(wanted: Entry, alert: Entry) -> bool:
    """Say whether an alert is the one expected; of `why` what is given must stand in its reason."""
    return _words(wanted) == _words(alert) and str(wanted.get("why", "")) in str(alert["why"])


def _compare_alerts(wanted: Sequence[Entry], alerts: Sequence[Entry]) -> Iterator[str]:
    if len(wanted) == len(alerts) and all(map(is_met, wanted, alerts)):
        return
    # An entry that is met stands for its alert, whatever part of the reason it gives.
    met = [next((alert for alert in alerts if is_met(entry, alert)), entry) for entry in wanted]
    lines = [[_line(entry) for entry in side] for side in (met, alerts)]
    for tag, i, j, k, m in SequenceMatcher(None, lines[0], lines[1], autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (f"  {line}" for line in lines[0][i:j])
        else:
            yield from (f"- {_line(entry)}" for entry in wanted[i:j])
            yield from (f"+ {line}" for line in lines[1][k:m])


def _compare_findings(expected: Mapping[str, Sequence[Entry]], step: Step | None) -> Iterator[str]:
    for kind in ("mentions", "rejected"):
        there: Sequence[object] = getattr(step.article, kind) if step else ()
        for wanted in expected.get(kind, ()):
            if not any(all(getattr(one, name) == value for name, value in wanted.items()) for one in there):
                yield f"{kind}: none with {', '.join(f'{name} {wanted[name]}' for name in sorted(wanted))}"


def _alert(subject: str, decision: Decision, outcome: Outcome) -> Entry:
    to = f"subscriber:{outcome.subscriber}" if outcome.channel is Channel.SUBSCRIBER else str(outcome.channel)
    found = {"subject": subject, "action": str(outcome.alert.action), "to": to}
    if outcome.alert.suppressed:
        found["reason"] = str(outcome.alert.suppressed.reason)
    return found | {"why": decision.reason}


def _words(entry: Entry) -> str:
    return ", ".join(
        f"{name} {entry[name]}" for name in ("subject", "action", "to", "reason") if name in entry
    )


def _line(entry: Entry) -> str:
    return f"{_words(entry)} ({entry['why']})" if "why" in entry else _words(entry)

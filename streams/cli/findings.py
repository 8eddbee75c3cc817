"""What was understood of an article: in lines for a person, and as an entry for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from streams.alerts.decision import Channel, Decision
from streams.alerts.pipeline import Step
from streams.cli.inputs import Refused, Unit
from streams.cli.output import say_line
from streams.enrichment.article import EnrichedArticle, Evidence, Mention
from streams.enrichment.subjects import SubjectMention
from streams.errors import BadInput

_SHOWN = 3
_LABEL = {"fg": "cyan"}


def step_entry(unit: Unit | Refused, step: Step | None) -> dict[str, Any]:
    """Return the entry of an article that was read; fields that it lacks are null.

    Args:
        unit: Where it stands.
        step: What became of it; None for a redelivery.
    """
    entry: dict[str, Any] = {"path": unit.path, "n": unit.number}
    if step is None:
        return entry | {"redelivery": True, "mentions": [], "alerts": []}
    article = step.article
    return entry | {
        "id": article.id,
        "version": article.version,
        "action": article.action,
        "source": article.source,
        "title": article.title,
        "published_at": article.published_at,
        "url": article.url,
        "media": article.media,
        "language": article.language,
        "mentions": list(article.mentions),
        "rejected": list(article.rejected),
        "unknown": list(article.unknown),
        "sectors": list(article.sectors),
        "events": list(article.events),
        "items": list(article.items),
        "urgency": article.urgency,
        "warnings": list(article.warnings),
        "alerts": [decision_entry(mention, decision) for mention, decision in step.decisions],
        "summary": article.summary,
    }


def error_entry(unit: Unit | Refused, error: BadInput) -> dict[str, Any]:
    """Return the entry of an article that cannot be read."""
    faults = [{"field": f.field, "code": f.code, "message": f.message} for f in error.faults]
    return {
        "path": unit.path,
        "n": unit.number,
        "error": {"code": error.code, "message": str(error), "faults": faults},
    }


def decision_entry(mention: SubjectMention, decision: Decision) -> dict[str, Any]:
    """Return the entry of one subject of an article: what it was, and the alert on the tape."""
    told = decision.outcomes[0].alert if decision.outcomes else None
    on_tape = any(outcome.channel is Channel.TAPE for outcome in decision.outcomes)
    return {
        "subject": mention.subject,
        "name": mention.name,
        "relation": decision.relation,
        "reason": decision.reason,
        "action": told.action if told and (on_tape or told.held_back) else "suppressed",
        "story": told.story.id if told else None,
        "alert_id": told.alert_id if told else None,
        "version": told.version if told else None,
        "to": [outcome.subscriber for outcome in decision.outcomes if outcome.subscriber],
        "not_sent": [outcome.alert.suppressed for outcome in decision.outcomes if outcome.alert.suppressed],
    }


def say_article(name: str, article: EnrichedArticle) -> None:
    """Print what was read and understood."""
    say_line((name, {"dim": True}), (article.title or "(no title)", {"bold": True}))
    published = f"{article.published_at:%Y-%m-%d %H:%M %z}" if article.published_at else "no time"
    facts = [article.id, f"version {article.version}", published, article.source, article.media, article.url]
    _say_row("read", ", ".join(fact for fact in facts if fact))
    for mention in article.mentions:
        _say_row("linked", f"{mention.ticker:9} {mention.name}  {_how(mention, article.mentions)}")
    rejections = Counter(
        (rejected.ticker, rejected.surface, rejected.reason) for rejected in article.rejected
    )
    for (ticker, surface, reason), count in rejections.items():
        times = f", {count} times" if count > 1 else ""
        _say_row("rejected", f"{ticker:9} {surface}  {reason.replace('_', ' ')}{times}")
    for sector in article.sectors:
        _say_row("sector", f"{sector.code:9} {sector.name}  {sector.strength}{_where(sector.evidence)}")
    for event in article.events:
        _say_row("event", f"{event.kind}{_where(event.evidence)}")
    for unknown in article.unknown:
        _say_row("unknown", f"{unknown.ticker or '':9} {unknown.surface}  {unknown.kind.replace('_', ' ')}")
    for warning in article.warnings:
        _say_row("odd", warning)


def _say_row(label: str, text: str) -> None:
    say_line((f"  {label:8}", _LABEL), (text, {}))


def _how(mention: Mention, mentions: Iterable[Mention]) -> str:
    found = f"{mention.role} {mention.relevance:.2f}"
    if mention.named:
        return found + _where(mention.evidence)
    named = (other.ticker for other in mentions if other.issuer == mention.issuer and other.named)
    return f"{found}: same issuer as {next(named, mention.issuer)}"


def _where(evidence: tuple[Evidence, ...]) -> str:
    """Say where something was found; the same words once."""
    places = list(dict.fromkeys(f"{e.surface} ({e.method.replace('_', ' ')})" for e in evidence))
    more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
    return ": " + ", ".join(places[:_SHOWN]) + more if places else ""

"""A decision in lines for a person: what it was, who got it for what, who did not and why.

It tells what `decide` decided and computes nothing of its own but the subscriptions that did not match.
"""

from __future__ import annotations

from collections.abc import Iterator

from streams.alerts.decision import Channel, Decision, Outcome
from streams.alerts.judging.judgement import Relation
from streams.alerts.notification import Alert, Suppressed, Unsent
from streams.alerts.routing.matching import Subscriptions
from streams.enrichment.subjects import SubjectMention
from streams.news.article import Action

# Misses that are told one by one.
MAX_MISSES = 20


def explain(mention: SubjectMention, decision: Decision, subscriptions: Subscriptions) -> tuple[str, ...]:
    """Tell a decision.

    Args:
        mention: The mention that was decided.
        decision: What `decide` made of it.
        subscriptions: Those that it was decided with.

    Returns:
        Lines; the first is the decision, the others are indented: the tape, each subscriber with what
        matched, what was suppressed, and at most `MAX_MISSES` subscriptions to the subject that did
        not match, each with its reason.
    """
    return (
        f"{mention.subject} {mention.name}: {decision.relation}, {decision.reason}",
        *(f"  {_told(outcome)}" for outcome in decision.outcomes),
        *(f"  {line}" for line in _missed(mention, decision, subscriptions)),
    )


def _told(outcome: Outcome) -> str:
    alert = outcome.alert
    if outcome.channel is Channel.TAPE:
        return f"tape: {alert.action}, version {alert.version}, {alert.why.reason}"
    if alert.suppressed:
        return f"not sent: {_not_sent(alert.suppressed)}"
    if alert.held_back:
        return f"{outcome.subscriber}: a digest of {', '.join(one.alert_id for one in alert.held_back)}"
    return f"{outcome.subscriber}: {alert.action}, {_wishes(alert)}"


def _wishes(alert: Alert) -> str:
    wishes = [f"{wish.subscription} ({', '.join(wish.by)})" for wish in alert.why.subscriptions]
    if alert.why.more:
        wishes.append(f"{alert.why.more} more")
    return "; ".join(wishes) or "had the alert before"


def why_not(suppressed: Suppressed) -> str:
    """Return why an alert was not sent, in words: `copy of alert_...`, `silenced by ...`."""
    reason = str(suppressed.reason).replace("_", " ")
    by = suppressed.by
    if suppressed.of and suppressed.reason is Unsent.INHIBITED:
        by = (*by, suppressed.of)
    elif suppressed.of:
        reason += f" of {suppressed.of}"
    return f"{reason} by {', '.join(by)}" if by else reason


def _not_sent(suppressed: Suppressed) -> str:
    names = [*suppressed.subscribers, *([f"{suppressed.more} more"] if suppressed.more else [])]
    return f"{why_not(suppressed)}, to {', '.join(names) or 'nobody'}"


def _missed(mention: SubjectMention, decision: Decision, subscriptions: Subscriptions) -> Iterator[str]:
    unasked = decision.relation is Relation.DIGEST or mention.article.action is Action.WITHDRAW
    if not decision.outcomes or unasked:
        return  # nobody's subscriptions were asked
    misses = subscriptions.why_not(mention)
    for miss in misses[:MAX_MISSES]:
        yield f"not {miss.subscription.subscriber}: {miss.subscription.id}, {miss.reason}"
    if len(misses) > MAX_MISSES:
        yield f"not {len(misses) - MAX_MISSES} more"

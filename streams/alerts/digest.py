"""What was held back in a minute that is over, as one alert for each subscriber."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import groupby

from streams.alerts.decision import Channel, Decision, Outcome
from streams.alerts.identity import alert_id, story_id
from streams.alerts.judging.judgement import Relation
from streams.alerts.judging.wording import tidy
from streams.alerts.notification import Alert, AlertAction, HeldBack, StoryLine, Why
from streams.alerts.routing.matching import Subscriptions
from streams.alerts.stories.memory import Stories
from streams.alerts.stories.storms import MINUTE
from streams.alerts.stories.story import Story, Surge
from streams.enrichment.article import Role

# The subject under which a digest is told.
DIGEST = "digest"
# Alerts that one digest lists; it is longer than other alerts are, some 160 bytes for each.
MAX_LISTED = 500
_MAX_HEADLINE = 60
# The most urgent that can be held back.
_URGENCY = 3


def digests(subscriptions: Subscriptions, stories: Stories, now: datetime) -> Decision:
    """Decide what goes out of what was held back in minutes that are over.

    Args:
        subscriptions: Who has a topic; who has none gets the digest once there is one.
        stories: The memory of the partition; not changed: keep `Decision.stories` before the mention is
            decided.
        now: The time of the record in hand, whatever it is: it tells which minutes are over.

    Returns:
        One alert for each subscriber and minute. Who got it has had the alerts that it lists, and hears what
        becomes of them. A story that was taken back meanwhile is left out.
    """
    outcomes: list[Outcome] = []
    changed: dict[str, Story] = {}
    for minute, group in groupby(stories.storms.ended(now), key=lambda held: held.minute):
        for held in group:
            if held.subscriber in subscriptions.closed:
                continue
            found = (changed.get(id_) or stories.get(id_) for id_ in held.stories)
            known = [story for story in found if story is not None]
            listed = [story for story in known if not story.withdrawn]
            for story in known:
                changed[story.id] = _handed_out(story, held.subscriber)
            if listed:
                alert = _digest(held.subscriber, minute, listed)
                outcomes.append(Outcome(channel=Channel.SUBSCRIBER, alert=alert, subscriber=held.subscriber))
    return Decision(
        relation=Relation.DIGEST,
        reason="what was held back in a minute that is over",
        outcomes=tuple(outcomes),
        stories=tuple(changed.values()),
    )


def _handed_out(story: Story, subscriber: str) -> Story:
    """Return a story of which a subscriber's digest has told; one that was taken back reached nobody."""
    surges = tuple(
        Surge(
            minute=surge.minute,
            sent=surge.sent,
            held=tuple(name for name in surge.held if name != subscriber),
        )
        for surge in story.surges
    )
    if story.withdrawn:
        return replace(story, surges=surges)
    receivers = story.receivers
    if subscriber not in receivers:
        receivers = tuple(sorted((*receivers, subscriber)))
    return replace(story, surges=surges, receivers=receivers)


def _digest(subscriber: str, minute: datetime, stories: list[Story]) -> Alert:
    first = " ".join((subscriber, minute.isoformat(), *(story.alert for story in stories)))
    id_ = story_id(first, DIGEST)
    count = f"{len(stories):,} alerts" if len(stories) > 1 else "1 alert"
    return Alert(
        headline=f"{count} held back in the minute from {minute:%H:%M} UTC",
        ticker=DIGEST,
        name=DIGEST,
        action=AlertAction.CREATED,
        alert_id=alert_id(id_, DIGEST),
        version=1,
        held_back=tuple(map(_entry, stories[:MAX_LISTED])),
        role=Role.SUBJECT,
        relevance=1.0,
        urgency=_URGENCY,
        source=DIGEST,
        received_at=minute + MINUTE,
        why=Why(reason="more alerts in a minute than storm control lets through"),
        story=StoryLine(id=id_, articles=len(stories), copies=0),
    )


def _entry(story: Story) -> HeldBack:
    return HeldBack(
        alert_id=story.alert,
        version=story.version,
        ticker=story.subject,
        name=story.name,
        headline=tidy(story.takes[0].title, _MAX_HEADLINE),
    )

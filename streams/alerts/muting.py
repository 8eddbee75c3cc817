"""What keeps an alert from a subscriber who would get it: a silence, or an alert that says it better.

Silences come first, then inhibition; words and meaning are Alertmanager's where it has them.

- A silence mutes what is new and what only adds to what the subscriber has. A correction or a withdrawal of
  what it has goes through: nothing would come after the silence to put it right.
- A direct alert (an issuer that the article is about) inhibits what the same article says in passing of other
  issuers, of boards and of the market. Whether the subscriber wants the direct one is decided from what the
  mention carries (`ArticleView.direct`), because that issuer's stories are another partition's. As there, an
  alert that is silenced itself still inhibits.
- Storm control (`storms`) holds back what is new to a subscriber beyond so much in a minute, but for what is
  most urgent. It comes in one digest.
- An alert that trading in an issuer stops (`trading`) inhibits chatter that only names the issuer, until
  trading resumes. Both are about one subject, so the story is at hand.

Inhibition keeps alerts from beginning; it takes none away from those who have it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from streams.alerts.notification import AlertAction, Unsent
from streams.alerts.routing.matching import Subscriptions
from streams.alerts.routing.silences import NO_SILENCES, Silences
from streams.alerts.stories.memory import Stories
from streams.alerts.stories.storms import NO_CONTROL, StormControl, is_held
from streams.alerts.stories.story import Story
from streams.alerts.stories.trading import Trading
from streams.enrichment.article import Role, SubjectKind
from streams.enrichment.subjects import SubjectMention
from streams.news.times import minute_of

_SILENT = frozenset({AlertAction.CREATED, AlertAction.UPDATED})


@dataclass(frozen=True, slots=True)
class Muting:
    """What may keep alerts from subscribers, beside other alerts."""

    silences: Silences = NO_SILENCES
    storm: StormControl = NO_CONTROL


NO_MUTING = Muting()


@dataclass(frozen=True, slots=True)
class Mute:
    """Why a subscriber does not get an alert.

    Args:
        reason: `silenced`, `inhibited`, `no_topic` or `storm`.
        by: Ids of the silences, or tickers of the issuers whose direct alert says it.
        of: Id of the alert that the subscriber has instead, where it is known.
    """

    reason: Unsent
    by: tuple[str, ...] = ()
    of: str | None = None


def mutes(
    mention: SubjectMention,
    audience: Mapping[str, AlertAction],
    subscriptions: Subscriptions,
    stories: Stories,
    *,
    story: Story | None,
    now: datetime,
    muting: Muting,
) -> dict[str, Mute]:
    """Return who of the audience does not get the alert, and why.

    Args:
        mention: An article seen from one subject.
        audience: Who would be told, and what the alert is to each.
        subscriptions: Who wants what, and who has no topic.
        stories: The memory of the subject's partition, as it was before the mention.
        story: Which of them the mention tells; None for a new one.
        now: The time of the record in hand.
        muting: What is muted.
    """
    found = _silenced(mention, audience, muting.silences, now) if muting.silences else {}
    if mention.kind is not SubjectKind.ISSUER or mention.role is not Role.SUBJECT:
        created = (name for name, action in audience.items() if action is AlertAction.CREATED)
        if fresh := set(created) - found.keys():
            found |= _said_better(mention, fresh, subscriptions) | _stopped(mention, fresh, stories, now)
    if closed := audience.keys() & subscriptions.closed:
        found |= dict.fromkeys(closed - found.keys(), Mute(Unsent.NO_TOPIC))
    if muting.storm.takes(mention.article.urgency):
        minute, most = minute_of(now), muting.storm.per_minute
        for name, action in audience.items():
            if action is not AlertAction.CREATED or name in found:
                continue
            if is_held(story, name) or stories.storms.sent(minute, name) >= most:
                found[name] = Mute(Unsent.STORM)
    return found


def by_mute(muted: Mapping[str, Mute]) -> list[tuple[Mute, list[str]]]:
    """Return each mute with those that it keeps an alert from, in order of reason and of what mutes."""
    groups: dict[Mute, list[str]] = {}
    for name, mute in muted.items():
        groups.setdefault(mute, []).append(name)
    return sorted(groups.items(), key=lambda group: (group[0].reason, group[0].by, group[0].of or ""))


def _silenced(
    mention: SubjectMention, audience: Mapping[str, AlertAction], silences: Silences, now: datetime
) -> dict[str, Mute]:
    names = {name for name, action in audience.items() if action in _SILENT}
    muting = silences.muting(mention, names, now) if names else {}
    return {name: Mute(Unsent.SILENCED, by=ids) for name, ids in muting.items()}


def _stopped(mention: SubjectMention, fresh: set[str], stories: Stories, now: datetime) -> dict[str, Mute]:
    """Return those who know that trading in the issuer stopped."""
    if mention.kind is not SubjectKind.ISSUER:
        return {}
    story = stories.trading_of(mention.subject, now)
    if story is None or story.trading is Trading.RESUMED:
        return {}
    return dict.fromkeys(fresh.intersection(story.receivers), Mute(Unsent.INHIBITED, of=story.alert))


def _said_better(mention: SubjectMention, fresh: set[str], subscriptions: Subscriptions) -> dict[str, Mute]:
    """Return those who want an alert about an issuer that the article is about, and thus have it."""
    by: dict[str, list[str]] = {}
    for direct in mention.article.direct:
        seen = replace(
            mention,
            subject=direct.subject,
            kind=SubjectKind.ISSUER,
            role=Role.SUBJECT,
            relevance=direct.relevance,
            listings=direct.listings,
        )
        for name in subscriptions.wanting(seen, fresh):
            by.setdefault(name, []).append(direct.subject)
    return {name: Mute(Unsent.INHIBITED, by=tuple(tickers)) for name, tickers in by.items()}

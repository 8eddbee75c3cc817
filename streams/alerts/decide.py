"""The decision: one mention in, outcomes and the new story state out. No clock, no Kafka, no log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from streams.alerts.composing import address, compose, hold_back
from streams.alerts.decision import Channel, Decision, Outcome
from streams.alerts.judging.judgement import Judgement, Relation
from streams.alerts.judging.judging import judge
from streams.alerts.judging.noticing import noticed
from streams.alerts.judging.telling import told
from streams.alerts.muting import NO_MUTING, Mute, Muting, by_mute, mutes
from streams.alerts.notification import Alert, AlertAction, Unsent
from streams.alerts.routing.matching import Match, Subscriptions
from streams.alerts.stories.memory import Stories
from streams.alerts.stories.storms import surges_of
from streams.alerts.stories.story import Story
from streams.enrichment.article import SubjectKind
from streams.enrichment.subjects import SubjectMention
from streams.news.article import Action

_ACTIONS = {
    Relation.NEW: AlertAction.CREATED,
    Relation.DISTINCT: AlertAction.CREATED,
    Relation.COPY: AlertAction.CREATED,
    Relation.UPDATE: AlertAction.UPDATED,
    Relation.CORRECTION: AlertAction.CORRECTED,
    Relation.LATE: AlertAction.UPDATED,
}
# Nothing is to be done with these where there is no story that they amend.
_AMENDING = frozenset({Relation.WITHDRAWAL, Relation.LATE})


def decide(
    mention: SubjectMention,
    subscriptions: Subscriptions,
    stories: Stories,
    now: datetime,
    muting: Muting = NO_MUTING,
) -> Decision:
    """Decide who is told of a mention, as what, and who is not and why.

    The tape hears every story once and every amendment. A subscriber hears a story once, when it first
    matches, and then every amendment, also after its subscription has changed or gone. A copy reaches
    only those whom the story had not reached; of a story that was taken back it reaches nobody. Nor does
    what is older than what was told before. Whom a silence or a more direct alert keeps from a story hears of
    it with its next mention, once nothing does.

    Args:
        mention: An article seen from one subject.
        subscriptions: Who wants what; not changed.
        stories: The memory of the subject's partition; not changed: keep `Decision.stories` afterwards.
        now: The time of the record in hand.
        muting: What is muted; not changed.

    Returns:
        The decision; every match is in its outcomes, as sent or as suppressed.
    """
    return _carry_out(mention, judge(mention, stories, now), subscriptions, stories, now=now, muting=muting)


def decisions(
    mention: SubjectMention,
    subscriptions: Subscriptions,
    stories: Stories,
    now: datetime,
    muting: Muting = NO_MUTING,
) -> tuple[tuple[SubjectMention, Decision], ...]:
    """Decide on whatever stands in `news.mentions`: a notice may concern several stories, a tick none.

    Args, and what holds: as `decide`.

    Returns:
        Each decision with the mention that it is about.
    """
    if mention.kind is SubjectKind.TICK:
        return ()
    if mention.kind is not SubjectKind.NOTICE:
        return ((mention, decide(mention, subscriptions, stories, now, muting)),)
    return tuple(
        (seen, _carry_out(seen, judgement, subscriptions, stories, now=now, muting=muting))
        for seen, judgement in noticed(mention, stories, now)
    )


def _carry_out(
    mention: SubjectMention,
    judgement: Judgement,
    subscriptions: Subscriptions,
    stories: Stories,
    *,
    now: datetime,
    muting: Muting,
) -> Decision:
    relation = judgement.relation
    if relation is Relation.REDELIVERY or (relation in _AMENDING and judgement.story is None):
        return Decision(relation=relation, reason=judgement.reason)
    withdraws = relation is Relation.WITHDRAWAL or mention.article.action is Action.WITHDRAW
    notice = mention.facts is not None and mention.facts.notice is not None and mention.facts.notice.alone
    # A notice is for those who had the article.
    matches = () if withdraws or notice else subscriptions.match(mention)
    groups: dict[str, list[Match]] = {}
    for match in matches:
        groups.setdefault(match.subscription.subscriber, []).append(match)

    action = AlertAction.WITHDRAWN if withdraws else _ACTIONS[relation]
    if relation is Relation.LATE and judgement.story is not None:
        return _too_late(mention, judgement, judgement.story, action, groups)
    story = told(judgement, mention, now)
    alert = compose(mention, story, judgement, action)
    audience = _audience(relation, action, story, groups)
    muted = mutes(mention, audience, subscriptions, stories, story=judgement.story, now=now, muting=muting)
    sent = sorted(audience.keys() - muted.keys())
    outcomes = [
        Outcome(
            channel=Channel.SUBSCRIBER,
            subscriber=name,
            alert=address(alert, audience[name], matched),
            matches=matched,
        )
        for name in sent
        for matched in (groups.get(name, ()),)
    ]
    if relation is Relation.COPY:
        mute = Mute(Unsent.WITHDRAWN_STORY if story.withdrawn else Unsent.COPY, of=story.alert)
        outcomes.append(_suppress(alert, mute, groups.keys() - audience.keys(), groups))
    else:
        outcomes.insert(0, Outcome(channel=Channel.TAPE, alert=alert))
    for mute, names in by_mute(muted):
        outcomes.append(_suppress(alert, mute, names, groups))
    if muting.storm.per_minute or story.surges:
        created = {name for name in sent if audience[name] is AlertAction.CREATED}
        story = replace(
            story,
            surges=surges_of(
                story,
                now,
                sent=created,
                taken=created if muting.storm.takes(mention.article.urgency) else frozenset(),
                held={name for name, mute in muted.items() if mute.reason is Unsent.STORM},
            ),
        )
    if not set(sent) <= set(story.receivers):
        story = replace(story, receivers=tuple(sorted({*story.receivers, *sent})))
    return Decision(
        relation=relation,
        reason=judgement.reason,
        outcomes=tuple(outcomes),
        stories=(story,),
        matches=len(matches),
        concerned=len(groups.keys() | audience.keys()),
    )


def _audience(
    relation: Relation, action: AlertAction, story: Story, groups: Iterable[str]
) -> dict[str, AlertAction]:
    """Return who is to be told, and what the alert is to each."""
    if relation is Relation.COPY and story.withdrawn:
        return {}
    audience = dict.fromkeys(groups, AlertAction.CREATED)
    for receiver in story.receivers:
        audience[receiver] = action
    if relation is Relation.COPY:
        return {name: what for name, what in audience.items() if name not in story.receivers}
    return audience


def _too_late(
    mention: SubjectMention,
    judgement: Judgement,
    story: Story,
    action: AlertAction,
    groups: Mapping[str, Sequence[Match]],
) -> Decision:
    """Tell nobody, and put on record whom it would have reached in time; the story stays as it is."""
    outcomes: tuple[Outcome, ...] = ()
    if missed := groups.keys() | set(story.receivers):
        alert = compose(mention, story, judgement, action)
        outcomes = (_suppress(alert, Mute(Unsent.LATE, of=story.alert), missed, groups),)
    return Decision(
        relation=judgement.relation,
        reason=judgement.reason,
        outcomes=outcomes,
        matches=sum(map(len, groups.values())),
        concerned=len(missed),
    )


def _suppress(
    alert: Alert, mute: Mute, subscribers: Iterable[str], groups: Mapping[str, Sequence[Match]]
) -> Outcome:
    names = sorted(subscribers)
    matches = sorted(
        (match for name in names for match in groups.get(name, ())), key=lambda m: m.subscription.id
    )
    held_back = hold_back(alert, mute.reason, names, matches, of=mute.of, by=mute.by)
    return Outcome(channel=Channel.SUPPRESSED, alert=held_back)

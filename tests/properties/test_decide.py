"""What holds of every decision, in whatever order articles, versions and subscriptions come."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from streams.alerts.decide import decide
from streams.alerts.decision import Channel, Decision
from streams.alerts.digest import digests
from streams.alerts.judging.judgement import Relation
from streams.alerts.muting import Muting
from streams.alerts.routing.matching import Subscriptions
from streams.alerts.routing.silence import Silence
from streams.alerts.routing.silences import Silences
from streams.alerts.routing.subscription import Subscription
from streams.alerts.stories.memory import Stories
from streams.alerts.stories.storms import StormControl
from streams.enrichment.article import Role
from streams.enrichment.direct import Direct
from streams.enrichment.subjects import SubjectMention
from streams.news.article import Action
from tests.unit.alerts.builders import NOON, a_mention, a_silence, a_subscription, held

SUBSCRIPTIONS = st.lists(
    st.builds(
        lambda number, subscriber, ticker, sources, roles: a_subscription(
            id=f"s{number}", subscriber=f"desk-{subscriber}", tickers=[ticker], sources=sources, roles=roles
        ),
        st.integers(0, 20),
        st.sampled_from("abc"),
        st.sampled_from(["601398.SH", "01398.HK", "600036.SH"]),
        st.sampled_from([[], ["wire"], ["agency"]]),
        st.sampled_from([["subject"], ["subject", "mention"]]),
    ),
    max_size=12,
)
SILENCES = st.lists(
    st.builds(
        lambda number, subscribers, start, hours, asked: a_silence(
            id=f"q{number}",
            subscribers=[f"desk-{subscriber}" for subscriber in subscribers],
            starts_at=(NOON + timedelta(hours=start)).isoformat(),
            ends_at=(NOON + timedelta(hours=start + hours)).isoformat(),
            **asked,
        ),
        st.integers(0, 5),
        st.sets(st.sampled_from("abc")),
        st.integers(0, 10),
        st.integers(0, 4),
        st.sampled_from(
            [{"tickers": ["601398.SH"]}, {"sources": ["wire"]}, {"events": ["policy", "merger"]}]
        ),
    ),
    max_size=3,
)
# What the article is about beside the subject in hand, and what its headline says of trading.
DIRECT = st.sampled_from([(), (Direct(subject="600036.SH", relevance=0.9, tickers=("600036.SH",)),)])
TITLES = st.sampled_from(["工商银行发布公告", "工商银行停牌", "工商银行复牌"])
MENTIONS = st.lists(
    st.builds(
        lambda article, version, digest, action, source, role, hours, direct, title: a_mention(
            id=article,
            version=version,
            digest=digest,
            action=action,
            source=source,
            role=role,
            received_at=NOON + timedelta(hours=hours),
            direct=direct,
            title=title,
        ),
        st.sampled_from("abcd"),
        st.integers(1, 4),
        st.sampled_from(["d1", "d2", "d3", "d4"]),
        st.sampled_from([Action.PUBLISH, Action.PUBLISH, Action.UPDATE, Action.CORRECT, Action.WITHDRAW]),
        st.sampled_from(["wire", "agency"]),
        st.sampled_from(Role),
        st.integers(0, 12),  # in any order: producers stamp what they like
        DIRECT,
        TITLES,
    ),
    max_size=12,
)
CLOSED = st.sets(st.sampled_from(["desk-a", "desk-b", "desk-c"]))


def run(
    mentions: list[SubjectMention],
    subscriptions: Subscriptions,
    stories: Stories | None = None,
    silences: Iterable[Silence] = (),
    per_minute: int = 0,
) -> Iterator[tuple[SubjectMention, Decision]]:
    stories = stories if stories is not None else Stories()
    muted = Silences()
    for silence in silences:
        muted.put(silence)
    muting = Muting(muted, StormControl(per_minute=per_minute))
    for mention in mentions:
        now = mention.article.received_at
        for story in digests(subscriptions, stories, now).stories:
            stories.keep(story)
        decision = decide(mention, subscriptions, stories, now, muting)
        for story in decision.stories:
            stories.keep(story)
        yield mention, decision


def index(subscriptions: list[Subscription], closed: set[str]) -> Subscriptions:
    found = held(*subscriptions)
    for subscriber in closed:
        found.close(subscriber)
    return found


@settings(deadline=None)
@given(
    mentions=MENTIONS, subscriptions=SUBSCRIPTIONS, closed=CLOSED, silences=SILENCES, storm=st.integers(0, 2)
)
def test_sent_and_suppressed_are_what_matched(
    mentions: list[SubjectMention],
    subscriptions: list[Subscription],
    closed: set[str],
    silences: list[Silence],
    storm: int,
) -> None:
    """Each subscription is in one outcome, and so is each subscriber, who is told why."""
    stories, wants = Stories(), index(subscriptions, closed)
    had_before: dict[str, set[str]] = defaultdict(set)
    for mention, decision in run(mentions, wants, stories, silences, storm):
        told = [o.alert.why for o in decision.outcomes if o.channel is not Channel.TAPE]
        sent = [o.subscriber for o in decision.outcomes if o.subscriber]
        held_back = [o.alert.suppressed for o in decision.outcomes if o.alert.suppressed]
        kept_from = [name for one in held_back for name in one.subscribers]

        assert sum(len(why.subscriptions) + why.more for why in told) == decision.matches
        assert len(sent) + sum(one.count for one in held_back) == decision.concerned
        assert len({*sent, *kept_from}) == len(sent) + len(kept_from) == decision.concerned
        if decision.outcomes:
            alert = decision.outcomes[0].alert.alert_id
            matched = {match.subscription.subscriber for match in wants.match(mention)}
            withdrawn = mention.article.action is Action.WITHDRAW
            had = set() if decision.relation is Relation.COPY else had_before[alert]
            assert {*sent, *kept_from} == (had if withdrawn else had | matched)
        # A digest may have brought more of them what they had not.
        had_before |= {story.alert: set(story.receivers) for story in stories}


@settings(deadline=None)
@given(mentions=MENTIONS, subscriptions=SUBSCRIPTIONS, closed=CLOSED, silences=SILENCES)
def test_the_same_events_give_the_same_decisions(
    mentions: list[SubjectMention],
    subscriptions: list[Subscription],
    closed: set[str],
    silences: list[Silence],
) -> None:
    first = list(run(mentions, index(subscriptions, closed), silences=silences))
    last = {subscription.id: subscription for subscription in subscriptions}
    backwards = sorted(last.values(), key=lambda s: s.id, reverse=True)
    quiet = {silence.id: silence for silence in silences}
    muted = sorted(quiet.values(), key=lambda s: s.id, reverse=True)
    second = list(run(mentions, index(backwards, closed), silences=muted))

    assert first == second


@settings(deadline=None)
@given(mentions=MENTIONS, subscriptions=SUBSCRIPTIONS)
def test_deciding_changes_none_of_its_arguments(
    mentions: list[SubjectMention], subscriptions: list[Subscription]
) -> None:
    stories, held_now = Stories(), index(subscriptions, set())
    list(run(mentions[:-1], held_now, stories))
    before = copy.deepcopy((list(stories), stories._filed._ids, list(held_now)))

    for mention in mentions[-1:]:
        decide(mention, held_now, stories, mention.article.received_at)

    assert (list(stories), stories._filed._ids, list(held_now)) == before


@settings(deadline=None)
@given(mentions=MENTIONS, subscriptions=SUBSCRIPTIONS, closed=CLOSED)
def test_an_event_that_comes_again_at_once_tells_nobody_and_changes_nothing(
    mentions: list[SubjectMention], subscriptions: list[Subscription], closed: set[str]
) -> None:
    stories, subjects = Stories(), index(subscriptions, closed)
    list(run(mentions, subjects, stories))

    for mention in mentions[-1:]:
        again = decide(mention, subjects, stories, mention.article.received_at)
        assert again.stories == ()
        assert {outcome.channel for outcome in again.outcomes} <= {Channel.SUPPRESSED}


@settings(deadline=None)
@given(mentions=MENTIONS, subscriptions=SUBSCRIPTIONS, closed=CLOSED)
def test_the_tape_counts_versions_without_gap_and_each_desk_hears_them_in_order(
    mentions: list[SubjectMention], subscriptions: list[Subscription], closed: set[str]
) -> None:
    tape: dict[str, int] = {}
    heard: dict[tuple[str, str], int] = {}
    for _, decision in run(mentions, index(subscriptions, closed)):
        for outcome in decision.outcomes:
            alert = outcome.alert
            if outcome.channel is Channel.TAPE:
                assert alert.version == tape.get(alert.alert_id, 0) + 1
                tape[alert.alert_id] = alert.version
            elif outcome.subscriber:
                assert outcome.subscriber not in closed
                assert alert.version == tape[alert.alert_id]
                before = heard.get((outcome.subscriber, alert.alert_id))
                assert (alert.action == "created") == (before is None)
                assert before is None or alert.version == before + 1
                heard[outcome.subscriber, alert.alert_id] = alert.version


@settings(deadline=None)
@given(mentions=MENTIONS, subscriptions=SUBSCRIPTIONS)
def test_every_article_that_is_neither_old_nor_known_is_on_the_tape_or_on_record(
    mentions: list[SubjectMention], subscriptions: list[Subscription]
) -> None:
    for mention, decision in run(mentions, index(subscriptions, set())):
        channels = {outcome.channel for outcome in decision.outcomes}
        if decision.relation is Relation.REDELIVERY:
            assert not channels
        elif decision.relation is Relation.LATE:
            assert channels <= {Channel.SUPPRESSED}
            assert channels or not decision.matches
        elif mention.article.action is not Action.WITHDRAW:
            assert channels & {Channel.TAPE, Channel.SUPPRESSED}


@settings(deadline=None)
@given(mentions=MENTIONS, subscriptions=SUBSCRIPTIONS, storm=st.integers(1, 2))
def test_what_storm_control_holds_back_is_told_once_or_was_taken_back(
    mentions: list[SubjectMention], subscriptions: list[Subscription], storm: int
) -> None:
    stories, wants = Stories(), index(subscriptions, set())
    waiting: set[tuple[str, str]] = set()
    muting = Muting(storm=StormControl(per_minute=storm))
    last = a_mention(id="z", received_at=NOON + timedelta(days=1))
    for mention in [*mentions, last]:
        now = mention.article.received_at
        ended = digests(wants, stories, now)
        for story in ended.stories:
            stories.keep(story)
        for outcome in ended.outcomes:
            told = {(outcome.subscriber, one.alert_id) for one in outcome.alert.held_back}
            assert told <= waiting
            waiting -= told
        if mention is last:
            break
        decision = decide(mention, wants, stories, now, muting)
        for story in decision.stories:
            stories.keep(story)
        for outcome in decision.outcomes:
            suppressed = outcome.alert.suppressed
            if suppressed and suppressed.reason == "storm":
                waiting |= {(name, outcome.alert.alert_id) for name in suppressed.subscribers}
            elif outcome.subscriber:
                waiting.discard((outcome.subscriber, outcome.alert.alert_id))

    taken_back = {story.alert for story in stories if story.withdrawn}
    assert {alert for _, alert in waiting} <= taken_back
    assert not stories.storms

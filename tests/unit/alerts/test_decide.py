"""Who is told of a mention, as what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from streams.alerts.judging.judgement import Relation
from streams.alerts.notification import Unsent
from streams.news.article import Action
from tests.unit.alerts.builders import Desk, a_subscription, heard

HOUR = timedelta(hours=1)


def test_a_new_story_goes_to_the_tape_and_to_each_subscriber_once() -> None:
    desk = Desk(a_subscription(id="b"), a_subscription(id="a"), a_subscription(id="c", subscriber="desk-b"))

    decision = desk.told()

    assert decision.relation is Relation.NEW
    assert heard(decision) == [("tape", "created"), ("desk-a", "created"), ("desk-b", "created")]
    tape, desk_a, _ = (outcome.alert for outcome in decision.outcomes)
    assert tape.why.subscriptions == ()
    assert [matched.subscription for matched in desk_a.why.subscriptions] == ["a", "b"]
    assert desk_a.alert_id == tape.alert_id
    assert decision.stories[0].receivers == ("desk-a", "desk-b")


def test_a_story_that_nobody_asked_for_is_still_on_the_tape() -> None:
    assert heard(Desk().told()) == [("tape", "created")]


@pytest.mark.parametrize("action", [Action.PUBLISH, Action.WITHDRAW], ids=str)
def test_the_same_version_again_is_nothing(action: Action) -> None:
    desk = Desk(a_subscription())
    desk.told()
    desk.told(version=2, digest="d2", action=action)

    again = desk.told(version=2, digest="d2", action=action)

    assert (again.relation, again.outcomes, again.stories) == (Relation.REDELIVERY, (), ())


def test_a_wording_told_before_under_another_version_is_nothing() -> None:
    desk = Desk(a_subscription())
    desk.told()

    assert desk.told(version=7).relation is Relation.REDELIVERY


def test_the_same_wording_from_another_article_is_suppressed_as_a_copy() -> None:
    desk = Desk(a_subscription())
    first = desk.told()

    copy = desk.told(id="b", after=HOUR)

    assert heard(copy) == [("suppressed:copy", "created")]
    suppressed = copy.outcomes[0].alert.suppressed
    assert suppressed is not None
    assert (suppressed.of, suppressed.subscribers) == (first.outcomes[0].alert.alert_id, ("desk-a",))
    assert copy.stories[0].copies == 1


def test_a_copy_that_nobody_asked_for_is_still_on_record() -> None:
    desk = Desk()
    desk.told()

    assert heard(desk.told(id="b")) == [("suppressed:copy", "created")]


def test_a_copy_is_created_for_a_subscriber_whom_the_story_had_not_reached() -> None:
    desk = Desk(a_subscription(), a_subscription(id="s2", subscriber="desk-b", sources=["agency"]))
    desk.told(source="wire")

    copy = desk.told(id="b", source="agency", after=HOUR)

    assert heard(copy) == [("desk-b", "created"), ("suppressed:copy", "created")]
    assert copy.stories[0].receivers == ("desk-a", "desk-b")


def test_the_same_wording_after_the_copy_window_is_a_new_story() -> None:
    desk = Desk(a_subscription())
    first = desk.told()

    inside, outside = desk.told(id="b", after=72 * HOUR), desk.told(id="c", after=73 * HOUR)

    assert (inside.relation, outside.relation) == (Relation.COPY, Relation.NEW)
    assert outside.outcomes[0].alert.alert_id != first.outcomes[0].alert.alert_id


def test_the_same_wording_about_another_subject_is_a_new_story() -> None:
    desk = Desk(a_subscription())
    desk.told()

    assert desk.told(subject="600036.SH").relation is Relation.NEW


@pytest.mark.parametrize(
    ("action", "told"),
    [(Action.UPDATE, "updated"), (Action.PUBLISH, "updated"), (Action.CORRECT, "corrected")],
    ids=str,
)
def test_a_new_version_amends_the_alert_at_its_receivers(action: Action, told: str) -> None:
    desk = Desk(a_subscription())
    first = desk.told()
    desk.subscriptions.put(a_subscription(id="s2", subscriber="desk-b"))

    second = desk.told(version=2, digest="d2", action=action)

    assert heard(second) == [("tape", told), ("desk-a", told), ("desk-b", "created")]
    assert {o.alert.alert_id for o in second.outcomes} == {first.outcomes[0].alert.alert_id}
    assert {o.alert.version for o in second.outcomes} == {2}


def test_a_receiver_whose_subscription_has_gone_still_hears_of_the_update() -> None:
    desk = Desk(a_subscription())
    desk.told()
    desk.subscriptions.remove("s1")

    second = desk.told(version=2, digest="d2")

    assert heard(second) == [("tape", "updated"), ("desk-a", "updated")]
    assert (second.outcomes[1].alert.why.subscriptions, second.outcomes[1].alert.why.more) == ((), 0)


def test_an_old_version_that_comes_late_is_on_record_for_those_whom_it_would_have_reached() -> None:
    desk = Desk(a_subscription())
    first = desk.told(version=3, after=HOUR)
    desk.subscriptions.put(a_subscription(id="s2", subscriber="desk-b"))

    late = desk.told(version=2, digest="d0")

    assert (late.relation, heard(late), late.stories) == (Relation.LATE, [("suppressed:late", "updated")], ())
    suppressed = late.outcomes[0].alert.suppressed
    assert suppressed is not None
    assert suppressed.subscribers == ("desk-a", "desk-b")
    assert suppressed.of == first.outcomes[0].alert.alert_id
    assert late.outcomes[0].alert.version == first.outcomes[0].alert.version


def test_an_old_version_that_nobody_would_have_got_is_nothing() -> None:
    desk = Desk()
    desk.told(version=3, after=HOUR)

    late = desk.told(version=2, digest="d0")

    assert (late.relation, late.outcomes, late.stories) == (Relation.LATE, (), ())


@pytest.mark.parametrize(
    ("action", "told"),
    [(Action.PUBLISH, "updated"), (Action.CORRECT, "corrected"), (Action.WITHDRAW, "withdrawn")],
    ids=str,
)
def test_what_is_received_later_amends_also_where_versions_began_anew(action: Action, told: str) -> None:
    """Copies keep a story in memory after its article was forgotten; the next wording is version 1 again."""
    desk = Desk(a_subscription())
    desk.told()
    desk.told(version=2, digest="d2", after=HOUR)
    desk.told(id="b", digest="d2", after=48 * HOUR)

    anew = desk.told(version=1, digest="d9", action=action, after=200 * HOUR)
    again = desk.told(version=1, digest="d9", action=action, after=200 * HOUR)

    assert heard(anew) == [("tape", told), ("desk-a", told)]
    assert anew.outcomes[0].alert.version == 3
    assert again.relation is Relation.REDELIVERY


def test_a_withdrawal_in_the_first_words_amends_also_where_versions_began_anew() -> None:
    desk = Desk(a_subscription())
    desk.told()

    gone = desk.told(version=1, action=Action.WITHDRAW, after=HOUR)

    assert heard(gone) == [("tape", "withdrawn"), ("desk-a", "withdrawn")]


def test_a_version_redelivered_long_after_its_successors_is_late_not_new() -> None:
    desk = Desk(a_subscription())
    for version in range(1, 30):
        desk.told(version=version, digest=f"d{version}", after=version * HOUR)

    late = desk.told(version=8, digest="d8", after=8 * HOUR)

    assert heard(late) == [("suppressed:late", "updated")]


def test_a_withdrawal_goes_to_exactly_those_that_had_the_alert() -> None:
    desk = Desk(a_subscription())
    desk.told()
    desk.subscriptions.put(a_subscription(id="s2", subscriber="desk-b"))

    gone = desk.told(version=2, action=Action.WITHDRAW, title=None, text="", summary="", digest="d0")

    assert heard(gone) == [("tape", "withdrawn"), ("desk-a", "withdrawn")]
    assert gone.outcomes[1].alert.version == 2
    assert gone.outcomes[1].alert.headline == "监管发布科技贷款新规"


def test_a_withdrawal_in_the_same_words_is_not_a_redelivery() -> None:
    desk = Desk()
    desk.told()

    assert desk.told(version=2, action=Action.WITHDRAW).relation is Relation.WITHDRAWAL


def test_taking_back_what_is_not_remembered_is_nothing_with_a_reason() -> None:
    gone = Desk(a_subscription()).told(action=Action.WITHDRAW)

    assert (gone.outcomes, gone.stories) == ((), ())
    assert gone.reason == "takes back an article that is not remembered"


def test_a_copy_of_a_story_that_was_taken_back_reaches_nobody() -> None:
    desk = Desk(a_subscription())
    desk.told()
    desk.told(version=2, action=Action.WITHDRAW)
    desk.subscriptions.put(a_subscription(id="s2", subscriber="desk-b"))

    assert heard(desk.told(id="b")) == [("suppressed:withdrawn_story", "created")]


def test_taking_back_a_copy_leaves_the_story_as_it_is() -> None:
    desk = Desk(a_subscription())
    desk.told()
    desk.told(id="b")

    gone = desk.told(id="b", version=2, action=Action.WITHDRAW)

    assert heard(gone) == [("suppressed:copy", "withdrawn")]
    assert not gone.stories[0].withdrawn
    assert gone.stories[0].copies == 1


def test_an_article_published_again_after_it_was_taken_back_is_an_update() -> None:
    desk = Desk(a_subscription())
    desk.told()
    desk.told(version=2, action=Action.WITHDRAW)

    again = desk.told(version=3, digest="d3")

    assert heard(again) == [("tape", "updated"), ("desk-a", "updated")]
    assert not again.stories[0].withdrawn


def test_a_subscriber_without_a_topic_is_suppressed_and_gets_a_later_copy() -> None:
    desk = Desk(a_subscription(), a_subscription(id="s2", subscriber="desk-b"))
    desk.subscriptions.close("desk-b")

    first = desk.told()

    assert heard(first) == [("tape", "created"), ("desk-a", "created"), ("suppressed:no_topic", "created")]
    assert first.outcomes[-1].alert.suppressed is not None
    assert first.outcomes[-1].alert.suppressed.subscribers == ("desk-b",)
    desk.subscriptions.open("desk-b")
    assert heard(desk.told(id="b"))[0] == ("desk-b", "created")


def test_reasons_for_not_sending_are_a_closed_list() -> None:
    assert {str(reason) for reason in Unsent} == {
        "copy",
        "withdrawn_story",
        "no_topic",
        "late",
        "silenced",
        "inhibited",
        "storm",
    }

"""The memory of stories: what is held, for how long, and that time alone decides."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from datetime import timedelta

from streams.alerts.identity import alert_id, story_id
from streams.alerts.judging.judgement import Relation
from streams.alerts.judging.judging import judge
from streams.alerts.judging.telling import FIRST_TAKES, MAX_TAKES, told
from streams.alerts.stories.candidates import MAX_CANDIDATES
from streams.alerts.stories.memory import MAX_EXPIRED, Stories
from streams.alerts.stories.naming import names_of
from streams.alerts.stories.story import Story
from streams.enrichment.facts.record import Facts
from streams.news.article import Action
from tests.unit.alerts.builders import NOON, Desk, a_mention

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def a_story(number: int, at: timedelta = timedelta(0), **fields: object) -> Story:
    mention = a_mention(id=str(number), digest=f"d{number}", **fields)
    return told(judge(mention, Stories(), NOON + at), mention, NOON + at)


def test_ids_are_derived_and_differ_by_article_and_subject() -> None:
    one = story_id("article_1", "601398.SH")

    assert one == story_id("article_1", "601398.SH")
    assert len({one, story_id("article_2", "601398.SH"), story_id("article_1", "600036.SH")}) == 3
    assert alert_id(one, "601398.SH") != alert_id(one, "600036.SH")
    assert (one[:6], len(one)) == ("story_", 22)


def test_judging_changes_nothing() -> None:
    stories = Stories()
    stories.keep(a_story(1))

    judge(a_mention(id="2", digest="d1"), stories, NOON)

    assert len(stories) == 1
    assert stories.told_by("601398.SH", "article_2") is None


def test_a_kept_story_replaces_its_earlier_state() -> None:
    desk = Desk()
    desk.told()
    desk.told(id="b")
    desk.told(version=2, digest="d2")

    story = desk.stories.told_by("601398.SH", "article_b")

    assert len(desk.stories) == 1
    assert story is desk.stories.worded("601398.SH", "d2")
    assert story is not None
    assert (story.version, story.copies, len(story.takes)) == (2, 1, 3)


def test_a_story_told_a_thousand_times_stays_a_small_record() -> None:
    desk = Desk()
    for number in range(1_000):
        desk.told(id=f"{number:04d}", after=number * timedelta(seconds=1))

    story = desk.stories.worded("601398.SH", "d1")

    assert story is not None
    assert (len(story.takes), story.copies) == (MAX_TAKES, 999)
    assert [take.article[-4:] for take in story.takes][FIRST_TAKES - 1 : FIRST_TAKES + 1] == ["0003", "0988"]
    assert desk.stories.told_by("601398.SH", "article_0500") is None
    assert desk.told(id="0999", after=HOUR).relation is Relation.REDELIVERY
    assert desk.told(id="0000", after=HOUR).relation is Relation.REDELIVERY


def test_a_story_is_let_go_when_its_last_take_is_too_old() -> None:
    stories = Stories(keep_for=7 * DAY)
    first, second = a_story(1), a_story(2, at=DAY)
    stories.keep(first)
    stories.keep(second)

    assert stories.expire(NOON + 7 * DAY) == ()
    assert stories.expire(NOON + 7 * DAY + HOUR) == (first,)
    assert (len(stories), stories.worded("601398.SH", "d1"), stories.told_by("601398.SH", "article_1")) == (
        1,
        None,
        None,
    )


def test_a_new_take_keeps_a_story_in_memory() -> None:
    desk = Desk()
    desk.told()
    desk.told(id="b", after=2 * DAY)

    assert desk.stories.expire(NOON + 8 * DAY) == ()
    assert len(desk.stories.expire(NOON + 10 * DAY)) == 1


def test_letting_go_is_bounded_by_call() -> None:
    stories = Stories()
    for number in range(MAX_EXPIRED + 3):
        stories.keep(a_story(number))

    assert len(stories.expire(NOON + 30 * DAY)) == MAX_EXPIRED
    assert len(stories.expire(NOON + 30 * DAY)) == 3
    assert len(stories) == 0


def test_a_story_past_its_time_is_forgotten_whether_cleaned_up_or_not() -> None:
    untidy, tidy = (Stories(copy_window=30 * DAY, keep_for=DAY) for _ in range(2))
    for stories in (untidy, tidy):
        stories.keep(a_story(1))
    tidy.expire(NOON + 2 * DAY)

    for mention in (
        a_mention(id="1", digest="d1"),
        a_mention(id="2", digest="d1"),
        a_mention(id="1", version=2),
    ):
        judged = [judge(mention, stories, NOON + 2 * DAY) for stories in (untidy, tidy)]
        assert judged[0] == judged[1]
        assert judged[0].relation is Relation.NEW


FACTS = Facts(words="公司发布公告,拟回购股份,金额不超过30亿元")


def test_stories_past_their_time_do_not_stand_in_the_way_of_those_that_are_not() -> None:
    """However many wait for their clean-up, which lets go of a bounded number at a time."""
    untidy, tidy = (Stories(copy_window=30 * DAY, keep_for=DAY) for _ in range(2))
    for stories in (untidy, tidy):
        for number in range(MAX_CANDIDATES):
            stories.keep(a_story(number, facts=FACTS))
        stories.keep(a_story(9, at=DAY, facts=replace(FACTS, words="公司拟回购股份")))
    tidy.expire(NOON + 2 * DAY)

    at = NOON + 2 * DAY
    found = [[s.id for s, _ in stories.alike("601398.SH", FACTS, at)] for stories in (untidy, tidy)]

    assert found == [[a_story(9).id]] * 2


def test_stories_are_found_alike_whether_their_subject_was_asked_for_before_or_not() -> None:
    """As after a restart: what is read back is filed when its subject is asked for."""
    asked, unasked = Stories(), Stories()
    told_ = [a_story(n, facts=replace(FACTS, words=f"{FACTS.words[n % 5 :]},第{n}期")) for n in range(12)]
    other = a_story(50, subject="600036.SH", facts=FACTS)
    again = [replace(told_[n], version=2, facts=replace(FACTS, words=f"更新,{FACTS.words}")) for n in (3, 0)]
    for stories in (asked, unasked):
        for story in (*told_, other, *again):
            stories.keep(story)
            if stories is asked:
                list(stories.alike("601398.SH", FACTS, NOON))
        for id_ in (told_[5].id, again[1].id, told_[11].id):
            stories.forget(id_)

    found = [list(stories.alike("601398.SH", FACTS, NOON)) for stories in (asked, unasked)]

    assert len(found[0]) == MAX_CANDIDATES
    assert found[0] == found[1]
    assert [story for story, _ in unasked.alike("600036.SH", FACTS, NOON)] == [other]


def test_a_name_finds_no_story_past_its_time() -> None:
    stories, story = Stories(keep_for=DAY), a_story(1)
    stories.keep(story)

    assert stories.named(names_of(story.takes[0]), NOON + DAY) == [story]
    assert stories.named(names_of(story.takes[0]), NOON + DAY + HOUR) == []


def test_the_order_in_which_memory_is_read_back_does_not_matter() -> None:
    older = a_story(1)
    mention = a_mention(id="2", digest="d1")
    younger = told(judge(mention, Stories(), NOON + 4 * DAY), mention, NOON + 4 * DAY)
    copy = a_mention(id="3", digest="d1")

    for order in ((older, younger), (younger, older)):
        stories = Stories()
        for story in order:
            stories.keep(story)
        judged = judge(copy, stories, NOON + 5 * DAY)
        assert (judged.relation, judged.story) == (Relation.COPY, younger)


def test_of_a_subject_with_too_many_the_story_goes_that_was_told_longest_ago() -> None:
    stories = Stories(most_of_subject=2)
    first, second, third = (a_story(number) for number in (1, 2, 3))
    other = a_story(4, subject="600036.SH")

    assert [stories.keep(story) for story in (first, second, other, first)] == [[]] * 4
    assert stories.keep(third) == [second]
    assert (stories.told_by("601398.SH", "article_2"), stories.worded("601398.SH", "d2")) == (None, None)
    assert stories.told_by("601398.SH", "article_1") == first
    assert len(stories) == 3


def test_a_story_that_is_told_again_takes_no_other_s_place() -> None:
    stories = Stories(most_of_subject=1)
    story = a_story(1)

    assert [stories.keep(story) for _ in range(3)] == [[]] * 3


def test_of_all_stories_those_go_that_were_told_longest_ago() -> None:
    stories = Stories(most=2)
    first, second, third = (a_story(number, subject=f"60000{number}.SH") for number in (1, 2, 3))

    assert [stories.keep(story) for story in (first, second, first)] == [[]] * 3
    assert stories.keep(third) == [second]
    assert len(stories) == 2


def test_what_nothing_is_a_copy_of_any_more_is_no_candidate_and_still_remembered() -> None:
    stories = Stories(copy_window=DAY)
    old, late = a_story(1, facts=FACTS), a_story(2, at=2 * DAY, facts=FACTS)
    for story in (old, late):
        stories.keep(story)

    for _ in range(2):
        assert [s.id for s, _ in stories.alike("601398.SH", FACTS, NOON + 2 * DAY)] == [late.id]
        stories.expire(NOON + 2 * DAY)

    assert len(stories._candidates._under) == 1
    assert stories.told_by("601398.SH", "article_1") == old


def test_an_older_story_of_a_wording_is_found_again_once_the_younger_is_let_go() -> None:
    older = a_story(1)
    mention = a_mention(id="2", digest="d1")
    younger = told(judge(mention, Stories(), NOON + 4 * DAY), mention, NOON + 4 * DAY)
    stories = Stories()
    for story in (older, younger):
        stories.keep(story)

    stories.forget(younger.id)

    assert stories.worded("601398.SH", "d1") == older


def test_a_memory_that_is_over_is_freed_without_a_garbage_collector():
    desk = Desk()
    desk.told()
    gone = weakref.ref(desk.stories)
    gc.disable()
    try:
        assert gone() is not None
        del desk
        assert gone() is None
    finally:
        gc.enable()


def test_a_copy_of_an_earlier_time_does_not_make_a_story_older() -> None:
    desk = Desk()
    desk.told(id="1", digest="d1", after=6 * DAY)
    desk.told(id="2", digest="d1")  # filled in later, with the time at which it was sent

    decision = desk.told(id="1", version=2, digest="", action=Action.WITHDRAW, after=8 * DAY)
    assert decision.relation is Relation.WITHDRAWAL
    assert decision.stories[0].withdrawn


def test_a_story_out_of_the_copy_window_is_no_candidate_behind_one_of_a_time_to_come() -> None:
    stories = Stories()
    facts = Facts(words="监管部门发布科技贷款新规")
    stories.keep(a_story(1, at=400 * DAY, facts=facts))
    story = a_story(2, facts=facts)
    stories.keep(story)

    def found(after: timedelta) -> list[str]:
        return [each.id for each, _ in stories.alike("601398.SH", facts, NOON + after)]

    assert story.id in found(DAY)
    assert story.id not in found(30 * DAY)

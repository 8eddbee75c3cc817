"""Stories that are read back, and those that stand as their records."""

from __future__ import annotations

from dataclasses import replace

import pytest

from streams.agents.memory import PACKING
from streams.alerts.stories.memory import Stories
from streams.alerts.stories.naming import names_of
from streams.alerts.stories.story import Story
from streams.errors import BadRecord
from streams.wire.codec import encode
from tests.unit.alerts.builders import NOON, read_back
from tests.unit.alerts.test_stories import DAY, FACTS, HOUR, a_story


def further(story: Story, **more: object) -> list[Story]:
    """Return a story further on in each way that a story goes on."""
    last = replace(story.takes[-1], at=story.takes[-1].at + HOUR)
    return [
        replace(story, version=2, **more),
        replace(story, copies=1, **more),
        replace(story, receivers=("desk-a",), **more),
        replace(story, takes=(*story.takes, last), **more),
    ]


def test_a_late_write_of_a_former_owner_does_not_take_a_story_back() -> None:
    story = a_story(1)
    for on in further(story):
        for order in ((story, on), (on, story)):
            stories = Stories(packing=PACKING)
            for read in order:
                read_back(stories, read)
            assert stories.told_by("601398.SH", "article_1") == on


def test_a_story_that_began_anew_under_its_old_id_is_not_the_old_one() -> None:
    """Its old record may still stand in the topic, further on and without a tombstone behind it."""
    old, anew = replace(a_story(1), version=9), a_story(1, at=10 * DAY)
    stories = Stories(packing=PACKING)
    for read in (old, anew):
        read_back(stories, read)

    assert stories.told_by("601398.SH", "article_1") == anew


def test_a_story_that_was_let_go_is_forgotten_and_may_come_back() -> None:
    stories, story = Stories(packing=PACKING), a_story(1)
    read_back(stories, replace(story, version=9))
    stories.forget(story.id)
    assert (len(stories), stories.worded("601398.SH", "d1")) == (0, None)

    read_back(stories, story)
    stories.forget("story_of_others")
    assert stories.told_by("601398.SH", "article_1") == story


def test_a_record_that_nothing_told_is_none_of_ours() -> None:
    with pytest.raises(BadRecord, match="takes"):
        read_back(Stories(), replace(a_story(1), takes=()))


def test_stories_that_stand_as_their_records_are_found_and_let_go_like_others() -> None:
    plain, packed = Stories(), Stories(packing=replace(PACKING, warm=1))
    told_ = [
        a_story(n, at=n * HOUR, title=f"第{n}号公告", facts=replace(FACTS, words=f"{FACTS.words},第{n}期"))
        for n in range(4)
    ]
    for story in told_:
        plain.keep(story)
        packed.keep(story, encode(story))

    for stories in (plain, packed):
        assert stories.told_by("601398.SH", "article_0") == told_[0]
        assert stories.worded("601398.SH", "d1") == told_[1]
        assert stories.named(names_of(told_[2].takes[0])[:1], NOON + DAY) == [told_[2]]
        assert {story.id for story, _ in stories.alike("601398.SH", FACTS, NOON)} == {s.id for s in told_}
        assert [head.id for head in stories.expire(NOON + 7 * DAY + 2 * HOUR)] == [s.id for s in told_[:2]]
        assert stories.told_by("601398.SH", "article_0") is None
        assert stories.get(told_[1].id) is None
        assert len(stories) == 2


def test_a_record_whose_rest_is_none_of_ours_is_passed_over_once_it_is_asked_for(caplog) -> None:
    stories, story = Stories(packing=PACKING), a_story(1, facts=FACTS)
    record = encode(story).replace(b'"words":"', b'"words":7,"was":"')
    stories.recall(PACKING.head(record), record)

    assert stories.told_by("601398.SH", "article_1") is None
    assert list(stories.alike("601398.SH", FACTS, NOON)) == []
    assert "memory passed over, a story: facts" in caplog.text
    assert [head.id for head in stories.expire(NOON + 8 * DAY)] == [story.id]

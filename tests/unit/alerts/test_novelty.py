"""How often a story was told before, by the time of the records."""

from __future__ import annotations

from dataclasses import astuple
from datetime import timedelta

import pytest

from streams.alerts.decision import Decision
from streams.alerts.judging.telling import MAX_TAKES
from streams.alerts.notification import Novelty
from streams.alerts.stories.memory import Stories
from streams.news.article import Action
from tests.unit.alerts.builders import Desk, a_subscription

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def a_desk() -> Desk:
    return Desk(a_subscription(), stories=Stories(copy_window=30 * DAY, keep_for=30 * DAY))


def counted(decision: Decision) -> tuple[int, ...]:
    """Return the counts of 12 h, 24 h, 3 d, 5 d, 7 d that every alert of a decision carries."""
    (found,) = {outcome.alert.story.novelty for outcome in decision.outcomes}
    assert found is not None
    return astuple(found)


def test_the_first_article_finds_nobody_before_it() -> None:
    assert counted(a_desk().told()) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (12 * HOUR, (1, 1, 1, 1, 1)),
        (12 * HOUR + MINUTE, (0, 1, 1, 1, 1)),
        (24 * HOUR + MINUTE, (0, 0, 1, 1, 1)),
        (3 * DAY + MINUTE, (0, 0, 0, 1, 1)),
        (5 * DAY + MINUTE, (0, 0, 0, 0, 1)),
        (7 * DAY + MINUTE, (0, 0, 0, 0, 0)),
    ],
    ids=str,
)
def test_an_article_counts_as_long_as_a_window_reaches_it(
    after: timedelta, expected: tuple[int, ...]
) -> None:
    desk = a_desk()
    desk.told()

    assert counted(desk.told(id="b", after=after)) == expected


def test_copies_and_amending_articles_count_alike() -> None:
    desk = a_desk()
    desk.told()
    desk.told(id="copy", after=HOUR)
    desk.told(version=2, digest="d2", after=2 * HOUR)

    assert counted(desk.told(id="late-copy", after=13 * HOUR)) == (1, 2, 2, 2, 2)


def test_versions_of_one_article_count_once_and_its_own_do_not() -> None:
    desk = a_desk()
    desk.told()
    desk.told(version=2, digest="d2", after=HOUR)

    assert counted(desk.told(version=3, digest="d3", after=2 * HOUR)) == (0, 0, 0, 0, 0)
    assert counted(desk.told(id="b", digest="d3", after=3 * HOUR)) == (1, 1, 1, 1, 1)


def test_a_withdrawal_tells_how_often_it_was_told() -> None:
    desk = a_desk()
    desk.told()
    desk.told(id="b", after=HOUR)

    assert counted(desk.told(version=2, action=Action.WITHDRAW, after=2 * HOUR))[0] == 1


def test_counts_stay_right_when_a_story_keeps_few_of_its_takes() -> None:
    desk = a_desk()
    last = [desk.told(id=f"{number}", after=number * 2 * HOUR) for number in range(100)][-1]
    story = last.stories[0]

    # 99 came before, one each two hours: those of the last 12 h, 24 h, 3, 5 and 7 days.
    assert counted(last) == (6, 12, 36, 60, 84)
    assert len(story.takes) == MAX_TAKES
    assert len(story.bursts) <= 84


def test_articles_of_one_hour_share_a_burst_and_all_count() -> None:
    desk = a_desk()
    last = [desk.told(id=f"{number}", after=number * MINUTE) for number in range(600)][-1]

    assert counted(last) == (599, 599, 599, 599, 599)
    assert len(last.stories[0].bursts) == 10


def test_the_same_story_gives_the_same_counts() -> None:
    first, second = a_desk(), a_desk()
    for number in range(40):
        one = first.told(id=f"{number}", after=number * HOUR)
        other = second.told(id=f"{number}", after=number * HOUR)
        assert one == other
    assert one.outcomes[0].alert.story.novelty == Novelty(h12=12, h24=24, d3=39, d5=39, d7=39)

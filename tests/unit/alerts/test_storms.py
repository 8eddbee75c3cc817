"""Storm control: so many new alerts a minute, the others in one digest once the minute is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from streams.agents.memory import PACKING
from streams.alerts.decision import Decision
from streams.alerts.digest import MAX_LISTED, digests
from streams.alerts.notification import Alert
from streams.alerts.stories.memory import Stories
from streams.alerts.stories.storms import StormControl
from streams.news.article import Action
from streams.news.times import minute_of
from tests.unit.alerts.builders import NOON, Desk, a_subscription, heard, read_back

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HELD = [("tape", "created"), ("suppressed:storm", "created")]
SENT = [("tape", "created"), ("desk-a", "created")]


class Storm(Desk):
    """A desk that lets two alerts a minute through; `news` is a new story each time."""

    def __init__(self, *more: Any, stories: Stories | None = None, per_minute: int = 2) -> None:
        super().__init__(a_subscription(), *more, stories=stories)
        self.storm = StormControl(per_minute=per_minute)

    def news(self, number: int, after: timedelta | None = None, **fields: Any) -> Decision:
        given = {"id": f"n{number}", "digest": f"n{number}", "title": f"工商银行第{number}号公告"} | fields
        return self.told(after=number * SECOND if after is None else after, **given)

    def digests(self, after: timedelta) -> list[tuple[str | None, Alert]]:
        """Return to whom which digest goes at a time, and keep what changes."""
        decision = digests(self.subscriptions, self.stories, NOON + after)
        for story in decision.stories:
            self.stories.keep(story)
        return [(outcome.subscriber, outcome.alert) for outcome in decision.outcomes]


def held_back(storm: Storm, numbers: list[int]) -> list[str]:
    """Tell news of these numbers; return the ids of their alerts."""
    return [storm.news(number).outcomes[0].alert.alert_id for number in numbers]


def test_what_is_beyond_the_bucket_is_held_back_and_on_record() -> None:
    storm = Storm()
    assert [heard(storm.news(number)) for number in range(4)] == [SENT, SENT, HELD, HELD]


def test_the_bucket_is_full_again_in_the_next_minute() -> None:
    storm = Storm()
    held_back(storm, [0, 1, 2])
    assert heard(storm.news(3, after=MINUTE)) == SENT


def test_each_subscriber_has_a_bucket() -> None:
    storm = Storm(a_subscription(id="b", subscriber="desk-b", sources=["agency"]))
    held_back(storm, [0, 1])
    assert heard(storm.news(2, source="agency")) == [
        ("tape", "created"), ("desk-b", "created"), ("suppressed:storm", "created")]  # fmt: skip


def test_without_a_bound_nothing_is_held_back_and_nothing_is_remembered() -> None:
    storm = Storm(per_minute=0)
    decisions = [storm.news(number) for number in range(20)]
    assert [heard(decision) for decision in decisions] == [SENT] * 20
    assert {decision.stories[0].surges for decision in decisions} == {()}


def test_what_is_most_urgent_is_sent_and_takes_nothing() -> None:
    storm = Storm()
    for number in range(3):
        assert heard(storm.news(number, urgency=2)) == SENT
    assert [heard(storm.news(number, urgency=3)) for number in (3, 4, 5)] == [SENT, SENT, HELD]
    assert heard(storm.news(6, urgency=1)) == SENT


def test_amendments_of_what_the_subscriber_has_are_sent_and_take_nothing() -> None:
    storm = Storm()
    storm.news(0)
    for version in (2, 3, 4):
        update = storm.news(0, version=version, digest=f"v{version}")
        assert heard(update) == [("tape", "updated"), ("desk-a", "updated")]
    assert heard(storm.news(1)) == SENT
    gone = storm.news(0, version=5, action=Action.WITHDRAW)
    assert heard(gone) == [("tape", "withdrawn"), ("desk-a", "withdrawn")]


def test_once_the_minute_is_over_one_digest_lists_what_was_held_back() -> None:
    storm = Storm()
    ids = held_back(storm, [0, 1, 2, 3])

    assert storm.digests(59 * SECOND) == []
    ((subscriber, digest),) = storm.digests(MINUTE)

    assert subscriber == "desk-a"
    assert {one.alert_id for one in digest.held_back} == set(ids[2:])
    assert {one.headline for one in digest.held_back} == {"工商银行第2号公告", "工商银行第3号公告"}
    assert (digest.ticker, digest.action, digest.version, digest.urgency) == ("digest", "created", 1, 3)
    assert digest.received_at == NOON + MINUTE
    assert digest.headline == "2 alerts held back in the minute from 04:00 UTC"
    assert storm.digests(MINUTE) == []


def test_the_same_is_held_back_under_the_same_id_whatever_ends_the_minute() -> None:
    ids = set()
    for after in (MINUTE, 90 * MINUTE):
        storm = Storm()
        held_back(storm, [0, 1, 2, 3])
        ids |= {alert.alert_id for _, alert in storm.digests(after)}
    assert len(ids) == 1


def test_who_got_the_digest_hears_what_becomes_of_it() -> None:
    storm = Storm()
    held_back(storm, [0, 1, 2])
    storm.digests(MINUTE)

    update = storm.news(2, version=2, digest="v2", after=2 * MINUTE)
    copy = storm.news(9, digest="v2", after=3 * MINUTE)

    assert heard(update) == [("tape", "updated"), ("desk-a", "updated")]
    assert heard(copy) == [("suppressed:copy", "created")]


def test_an_update_of_what_is_held_back_waits_with_it_and_the_digest_tells_its_version() -> None:
    storm = Storm()
    held_back(storm, [0, 1, 2])

    update = storm.news(2, version=2, digest="v2", after=30 * SECOND)

    assert heard(update) == [("tape", "updated"), ("suppressed:storm", "updated")]
    ((_, digest),) = storm.digests(MINUTE)
    assert [one.version for one in digest.held_back] == [2]


def test_what_was_taken_back_meanwhile_is_not_in_the_digest_and_reached_nobody() -> None:
    storm = Storm()
    held_back(storm, [0, 1, 2])
    assert heard(storm.news(2, version=2, action=Action.WITHDRAW, after=30 * SECOND)) == [
        ("tape", "withdrawn")
    ]

    assert storm.digests(MINUTE) == []
    assert not storm.stories.storms
    again = storm.news(2, version=3, digest="v3", after=2 * MINUTE)
    assert heard(again) == [("tape", "updated"), ("desk-a", "created")]


def test_what_becomes_most_urgent_is_sent_at_once_and_leaves_the_digest() -> None:
    storm = Storm()
    held_back(storm, [0, 1, 2])
    urgent = storm.news(2, version=2, digest="v2", urgency=1, after=30 * SECOND)
    assert heard(urgent) == [("tape", "updated"), ("desk-a", "created")]
    assert storm.digests(MINUTE) == []


def test_a_subscriber_without_a_topic_gets_the_digest_once_there_is_one() -> None:
    storm = Storm()
    held_back(storm, [0, 1, 2])
    storm.subscriptions.close("desk-a")
    assert storm.digests(MINUTE) == []
    storm.subscriptions.open("desk-a")
    assert len(storm.digests(2 * MINUTE)) == 1


def test_minutes_have_their_own_buckets_and_digests_in_whatever_order_records_come() -> None:
    storm = Storm()
    later = [storm.news(number, after=MINUTE + number * SECOND) for number in range(3)]
    earlier = [storm.news(number, after=number * SECOND) for number in range(3, 6)]
    assert [heard(one) for one in (*later, *earlier)] == [SENT, SENT, HELD] * 2

    assert [alert.received_at for _, alert in storm.digests(90 * SECOND)] == [NOON + MINUTE]
    assert [alert.received_at for _, alert in storm.digests(2 * MINUTE)] == [NOON + 2 * MINUTE]


def test_a_memory_that_is_read_back_counts_and_holds_the_same() -> None:
    storm = Storm()
    held_back(storm, [0, 1, 2])

    later = Storm(stories=Stories(packing=PACKING))
    read_back(later.stories, *storm.stories)

    assert heard(later.news(3)) == heard(storm.news(3)) == HELD
    assert later.digests(MINUTE) == storm.digests(MINUTE)


def test_what_is_forgotten_is_counted_no_more() -> None:
    storm = Storm()
    held_back(storm, [0, 1, 2])
    for story in list(storm.stories):
        storm.stories.forget(story.id)
    assert not storm.stories.storms
    assert storm.stories.storms.sent(minute_of(NOON), "desk-a") == 0


@pytest.mark.parametrize("count", [MAX_LISTED, MAX_LISTED + 1])
def test_a_digest_lists_so_many_and_says_how_many_there_are(count: int) -> None:
    storm = Storm(per_minute=1)
    storm.news(0)
    for number in range(1, count + 1):
        storm.news(number, after=SECOND)
    ((_, digest),) = storm.digests(MINUTE)
    assert len(digest.held_back) == MAX_LISTED
    assert digest.story.articles == count


def test_minutes_long_over_are_counted_no_more() -> None:
    storm = Storm()
    for number in range(100):
        storm.news(number, after=number * MINUTE)

    assert len(storm.stories.storms._sent) <= 11
    assert heard(storm.news(100, after=98 * MINUTE)) == SENT  # time that goes back a little is still counted
    assert heard(storm.news(101, after=98 * MINUTE)) == HELD

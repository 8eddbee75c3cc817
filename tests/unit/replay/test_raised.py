"""What subscriptions would have raised is counted by day, action, reason and subscriber."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from streams.alerts.decision import Channel
from streams.alerts.notification import Alert
from streams.replay.raised import Raised
from tests.unit.alerts.builders import NOON, Desk, a_subscription

DESKS = (a_subscription(), a_subscription(id="s2"), a_subscription(id="s3", tickers=["600519.SH"]))


def counted(raised: Raised, desk: Desk, **fields: Any) -> None:
    for outcome in desk.told(**fields).outcomes:
        if outcome.channel is not Channel.TAPE:
            raised.add(outcome.alert, outcome.subscriber)


def test_alerts_are_counted_by_what_they_are_and_for_whom() -> None:
    raised, desk = Raised(DESKS), Desk(*DESKS)
    counted(raised, desk)
    counted(raised, desk, version=2, digest="d2")
    counted(raised, desk, id="b", digest="d2")

    assert dict(raised.sent) == {"created": 1, "updated": 1}
    assert dict(raised.unsent) == {"copy": 1}
    assert dict(raised.subscribers) == {"desk-a": 2}
    assert dict(raised.subscriptions) == {"s1": 0, "s2": 0, "s3": 0}
    assert raised.entry()["duplicates"] == 1


def test_a_day_is_one_of_china() -> None:
    raised, desk = Raised(DESKS), Desk(*DESKS)
    late = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)  # half past midnight there
    counted(raised, desk)
    counted(raised, desk, id="b", digest="other", after=late - NOON)

    assert [(day, count.sent.total()) for day, count in sorted(raised.days.items())] == [
        (date(2026, 3, 2), 1),
        (date(2026, 3, 3), 1),
    ]


def test_of_those_not_sent_each_subscriber_counts_once_also_those_the_line_has_no_room_for() -> None:
    many = [a_subscription(id=f"s{n}", subscriber=f"a-desk-with-a-long-name-{n:03d}") for n in range(100)]
    raised, desk = Raised(many), Desk(*many)
    counted(raised, desk)
    found: list[Alert] = [o.alert for o in desk.told(id="b").outcomes]
    for alert in found:
        raised.add(alert, None)

    assert found[0].suppressed is not None
    assert found[0].suppressed.more > 0
    assert raised.unsent["copy"] == 100


def test_the_first_and_the_last_article_are_those_by_time() -> None:
    raised = Raised(())
    for hour in (5, 3, 9):
        raised.read(datetime(2026, 3, 2, hour, tzinfo=UTC))

    assert (raised.articles, raised.first, raised.last) == (
        3,
        datetime(2026, 3, 2, 3, tzinfo=UTC),
        datetime(2026, 3, 2, 9, tzinfo=UTC),
    )

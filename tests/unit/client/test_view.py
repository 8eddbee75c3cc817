"""What is new to a reader, and what stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from streams.alerts.notification import Alert, AlertAction
from streams.client.view import View
from tests.unit.alerts.builders import Desk

HOUR = timedelta(hours=1)
FIRST = Desk().told().outcomes[0].alert


def an_alert(version: int = 1, after: timedelta = timedelta(0), **fields: object) -> Alert:
    return replace(FIRST, version=version, received_at=FIRST.received_at + after, **fields)


def test_a_version_is_new_once() -> None:
    view = View(10)

    assert [view.take(an_alert(version)) for version in (1, 2, 1, 2, 3, 3)] == [
        True, True, False, False, True, False]  # fmt: skip


def test_a_late_subscriber_begins_with_the_version_it_gets() -> None:
    view = View(10)

    assert [view.take(an_alert(version)) for version in (4, 4, 5)] == [True, False, True]


def test_an_alert_stands_in_its_last_version() -> None:
    view = View(10)
    view.take(an_alert())
    view.take(an_alert(2, action=AlertAction.CORRECTED))

    assert [(alert.version, alert.action) for alert in view] == [(2, AlertAction.CORRECTED)]


def test_a_withdrawn_alert_stands_no_more_and_is_still_known() -> None:
    view = View(10)
    view.take(an_alert())
    view.take(an_alert(2, action=AlertAction.WITHDRAWN))

    assert list(view) == []
    assert view.get(FIRST.alert_id) == an_alert(2, action=AlertAction.WITHDRAWN)
    assert not view.take(an_alert())


def test_a_story_that_begins_anew_after_it_was_forgotten_is_new() -> None:
    view = View(10)
    view.take(an_alert(3))

    assert not view.take(an_alert(1))  # sent twice
    assert not view.take(an_alert(2, HOUR, action=AlertAction.UPDATED))
    assert view.take(an_alert(1, HOUR))


def test_of_too_many_those_go_that_were_told_longest_ago() -> None:
    view = View(2)
    for id_, version in (("a", 1), ("b", 1), ("a", 2), ("c", 1)):
        view.take(an_alert(version, alert_id=id_))

    assert [alert.alert_id for alert in view] == ["a", "c"]
    assert len(view) == 2

"""Silences and inhibition keep alerts from subscribers; stories go on all the same."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from streams.alerts.notification import Suppressed
from streams.enrichment.article import Role, SubjectKind
from streams.enrichment.direct import Direct
from streams.news.article import Action
from tests.unit.alerts.builders import NOON, Desk, a_silence, a_subscription, heard

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
# 招商银行, as an article that is about it has it.
DIRECT = Direct(subject="600036.SH", relevance=0.9, tickers=("600036.SH",))
BOARD: dict[str, Any] = {"subject": "BK0475", "kind": SubjectKind.SECTOR, "name": "银行", "listings": ()}


def reason(decision: Any) -> Suppressed:
    """Return why the one suppressed alert of a decision was not sent."""
    (found,) = [outcome.alert.suppressed for outcome in decision.outcomes if outcome.alert.suppressed]
    return found


class TestSilences:
    """Noon is inside of the silence, an hour later is after it."""

    def desk(self) -> Desk:
        desk = Desk(a_subscription(), a_subscription(id="s2", subscriber="desk-b"))
        desk.silences.put(a_silence(tickers=["601398.SH"], subscribers=["desk-a"]))
        return desk

    def test_what_is_silenced_is_on_the_tape_and_on_record_with_the_silence(self) -> None:
        decision = self.desk().told()

        assert heard(decision) == [
            ("tape", "created"),
            ("desk-b", "created"),
            ("suppressed:silenced", "created"),
        ]
        assert (reason(decision).by, reason(decision).subscribers) == (("q1",), ("desk-a",))
        assert decision.stories[0].receivers == ("desk-b",)

    def test_who_did_not_get_it_gets_the_next_update_after_the_silence_as_created(self) -> None:
        desk = self.desk()
        desk.told()

        update = desk.told(version=2, digest="d2", after=HOUR)
        taken_back = desk.told(version=3, action=Action.WITHDRAW, after=2 * HOUR)

        assert heard(update) == [("tape", "updated"), ("desk-a", "created"), ("desk-b", "updated")]
        assert heard(taken_back) == [("tape", "withdrawn"), ("desk-a", "withdrawn"), ("desk-b", "withdrawn")]

    def test_who_did_not_get_it_hears_nothing_of_its_end(self) -> None:
        desk = self.desk()
        desk.told()
        gone = desk.told(version=2, action=Action.WITHDRAW, after=HOUR)
        assert heard(gone) == [("tape", "withdrawn"), ("desk-b", "withdrawn")]

    def test_a_copy_after_the_silence_is_created_for_who_did_not_get_it(self) -> None:
        desk = self.desk()
        desk.told()
        assert heard(desk.told(id="b", after=HOUR)) == [("desk-a", "created"), ("suppressed:copy", "created")]

    def test_who_had_it_before_misses_updates_and_gets_what_comes_after(self) -> None:
        desk = self.desk()
        desk.told(after=-2 * HOUR)

        inside = desk.told(version=2, digest="d2")
        after = desk.told(version=3, digest="d3", after=HOUR)

        assert heard(inside) == [
            ("tape", "updated"),
            ("desk-b", "updated"),
            ("suppressed:silenced", "updated"),
        ]
        assert heard(after) == [("tape", "updated"), ("desk-a", "updated"), ("desk-b", "updated")]

    @pytest.mark.parametrize(
        ("action", "told"), [(Action.CORRECT, "corrected"), (Action.WITHDRAW, "withdrawn")], ids=str
    )
    def test_who_had_it_before_is_corrected_all_the_same(self, action: Action, told: str) -> None:
        desk = self.desk()
        desk.told(after=-2 * HOUR)

        decision = desk.told(version=2, digest="d2", action=action)

        assert heard(decision) == [("tape", told), ("desk-a", told), ("desk-b", told)]

    def test_a_correction_that_would_be_new_to_the_subscriber_is_silenced(self) -> None:
        desk = self.desk()
        desk.told()
        corrected = desk.told(version=2, digest="d2", action=Action.CORRECT, after=MINUTE)
        assert ("suppressed:silenced", "corrected") in heard(corrected)

    def test_a_silence_comes_before_a_missing_topic(self) -> None:
        desk = self.desk()
        desk.subscriptions.close("desk-a")
        desk.subscriptions.close("desk-b")
        assert heard(desk.told())[1:] == [
            ("suppressed:no_topic", "created"),
            ("suppressed:silenced", "created"),
        ]

    def test_each_silence_has_its_own_record(self) -> None:
        desk = self.desk()
        desk.silences.put(a_silence(id="q2", subscribers=["desk-b"]))
        found = [o.alert.suppressed for o in desk.told().outcomes if o.alert.suppressed]
        assert [(one.by, one.subscribers) for one in found] == [
            (("q1",), ("desk-a",)),
            (("q2",), ("desk-b",)),
        ]


class TestDirectAlerts:
    """desk-a wants 招商银行, and whatever is said of 工商银行 and the board; desk-b wants the latter two."""

    def desk(self, **wish: Any) -> Desk:
        roles = ["subject", "mention"]
        return Desk(
            a_subscription(id="direct", tickers=["600036.SH"], **wish),
            a_subscription(id="a", tickers=["601398.SH"], sectors=["BK0475"], market=True, roles=roles),
            a_subscription(
                id="b",
                subscriber="desk-b",
                tickers=["601398.SH"],
                sectors=["BK0475"],
                market=True,
                roles=roles,
            ),
        )

    @pytest.mark.parametrize(
        "fields",
        [
            {"role": Role.MENTION},
            {"role": Role.MENTION} | BOARD,
            {"role": Role.SUBJECT} | BOARD,
            {"subject": "market", "kind": SubjectKind.MARKET, "name": "market", "listings": ()},
        ],
        ids=["company", "board", "own board", "market"],
    )
    def test_who_wants_the_direct_alert_gets_no_other_of_the_article(self, fields: dict) -> None:
        decision = self.desk().told(direct=(DIRECT,), **fields)

        assert heard(decision) == [
            ("tape", "created"),
            ("desk-b", "created"),
            ("suppressed:inhibited", "created"),
        ]
        assert (reason(decision).by, reason(decision).subscribers) == (("600036.SH",), ("desk-a",))

    @pytest.mark.parametrize(
        "wish",
        [{"events": ["merger"]}, {"min_relevance": 0.95}, {"roles": ["mention"]}, {"enabled": False}],
        ids=str,
    )
    def test_who_would_not_get_the_direct_alert_gets_the_other(self, wish: dict) -> None:
        decision = self.desk(**wish).told(direct=(DIRECT,), role=Role.MENTION)
        assert [name for name, _ in heard(decision)] == ["tape", "desk-a", "desk-b"]

    def test_two_companies_that_an_article_is_about_are_two_alerts(self) -> None:
        decision = self.desk().told(direct=(DIRECT,), role=Role.SUBJECT)
        assert [name for name, _ in heard(decision)] == ["tape", "desk-a", "desk-b"]

    def test_an_article_about_no_company_inhibits_nothing(self) -> None:
        assert [name for name, _ in heard(self.desk().told(**BOARD))] == ["tape", "desk-a", "desk-b"]

    def test_who_has_the_alert_is_amended_all_the_same(self) -> None:
        desk = self.desk()
        desk.told(**BOARD)
        decision = desk.told(version=2, digest="d2", direct=(DIRECT,), **BOARD)
        assert heard(decision) == [("tape", "updated"), ("desk-a", "updated"), ("desk-b", "updated")]

    def test_a_silenced_direct_alert_inhibits_as_well_and_a_silence_is_the_first_reason(self) -> None:
        desk = self.desk()
        desk.silences.put(a_silence(tickers=["600036.SH"]))
        assert reason(desk.told(direct=(DIRECT,), **BOARD)).reason == "inhibited"
        desk.silences.put(a_silence(id="q2", subscribers=["desk-a"]))
        assert reason(desk.told(id="b", digest="d2", direct=(DIRECT,), **BOARD)).reason == "silenced"


class TestHalts:
    """desk-a has the alert of the halt; desk-b wants only what is said in passing."""

    def desk(self) -> Desk:
        desk = Desk(
            a_subscription(id="a", roles=["subject", "mention"]),
            a_subscription(id="b", subscriber="desk-b", roles=["mention"]),
        )
        desk.told(title="工商银行：筹划重大事项，股票明起停牌")
        return desk

    def chatter(self, desk: Desk, number: int = 1, **fields: Any) -> list[str]:
        fields = {"after": number * HOUR, "role": Role.MENTION} | fields
        told = desk.told(id=f"chatter{number}", digest=f"c{number}", title="银行板块走高", **fields)
        return [name for name, _ in heard(told)]

    def test_it_mutes_chatter_for_those_who_got_it(self) -> None:
        desk = self.desk()
        assert self.chatter(desk) == ["tape", "desk-b", "suppressed:inhibited"]

    def test_the_record_names_the_alert_of_the_halt(self) -> None:
        desk = self.desk()
        (halt,) = desk.stories.named([("title", "工商银行筹划重大事项股票明起停牌")], NOON)
        told = desk.told(id="b", digest="d2", title="银行板块走高", role=Role.MENTION, after=HOUR)
        assert (reason(told).of, reason(told).by) == (halt.alert, ())

    def test_news_of_the_company_itself_is_told(self) -> None:
        assert self.chatter(self.desk(), role=Role.SUBJECT) == ["tape", "desk-a"]

    @pytest.mark.parametrize("same_story", [True, False])
    def test_it_ends_when_trading_resumes(self, same_story: bool) -> None:
        desk = self.desk()
        ids = {"version": 2} if same_story else {"id": "b"}
        desk.told(title="工商银行：股票明起复牌", digest="d2", after=HOUR, **ids)
        assert self.chatter(desk, 2) == ["tape", "desk-a", "desk-b"]

    def test_it_ends_when_the_halt_is_taken_back(self) -> None:
        desk = self.desk()
        desk.told(version=2, action=Action.WITHDRAW, after=HOUR)
        assert self.chatter(desk, 2) == ["tape", "desk-a", "desk-b"]

    def test_it_ends_with_the_memory_of_it(self) -> None:
        assert self.chatter(self.desk(), 24 * 7 + 1) == ["tape", "desk-a", "desk-b"]

    def test_a_headline_that_only_names_the_company_halts_nothing(self) -> None:
        desk = Desk(a_subscription(roles=["subject", "mention"]))
        desk.told(title="某公司停牌", role=Role.MENTION)
        assert self.chatter(desk) == ["tape", "desk-a"]


def test_a_forgotten_halt_leaves_nothing_behind() -> None:
    desk = TestHalts().desk()
    for story in list(desk.stories):
        desk.stories.forget(story.id)
    assert desk.stories.trading_of("601398.SH", NOON) is None
    assert len(desk.stories._filed) == 0

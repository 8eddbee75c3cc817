"""What a person reads about a decision."""

from __future__ import annotations

from datetime import timedelta

from streams.alerts.digest import digests
from streams.alerts.explanation import MAX_MISSES, explain
from streams.alerts.stories.storms import StormControl
from streams.enrichment.article import Role, SubjectKind
from streams.enrichment.direct import Direct
from tests.unit.alerts.builders import NOON, Desk, a_mention, a_silence, a_subscription


def lines(desk: Desk, **fields: object) -> tuple[str, ...]:
    decision = desk.told(**fields)
    return explain(a_mention(**fields), decision, desk.subscriptions)


def test_a_new_story_names_who_gets_it_for_what_and_who_does_not() -> None:
    desk = Desk(
        a_subscription(events=["policy"]),
        a_subscription(id="s2", subscriber="desk-b", events=["earnings", "dividend"]),
        a_subscription(id="s3", subscriber="desk-c", tickers=["600036.SH"]),
    )

    assert lines(desk) == (
        "601398.SH 工商银行: new, nothing remembered tells this",
        "  tape: created, version 1, subject by quote link 工商银行 in the text; policy; new story",
        "  desk-a: created, s1 (ticker 601398.SH, event policy)",
        "  not desk-b: s2, event policy, wants earnings or dividend",
    )


def test_a_copy_names_the_alert_that_stands_for_it() -> None:
    desk = Desk(a_subscription())
    alert = desk.told().outcomes[0].alert.alert_id

    assert lines(desk, id="b") == (
        "601398.SH 工商银行: copy, same wording as wire",
        f"  not sent: copy of {alert}, to desk-a",
    )


def test_a_missing_topic_is_told() -> None:
    desk = Desk(a_subscription())
    desk.subscriptions.close("desk-a")

    assert lines(desk)[-1] == "  not sent: no topic, to desk-a"


def test_a_receiver_without_a_subscription_had_the_alert_before() -> None:
    desk = Desk(a_subscription())
    desk.told()
    desk.subscriptions.remove("s1")

    assert lines(desk, version=2, digest="d2")[-1] == "  desk-a: updated, had the alert before"


def test_a_redelivery_is_one_line() -> None:
    desk = Desk(a_subscription())
    desk.told()

    assert lines(desk) == ("601398.SH 工商银行: redelivery, this wording of the article was told before",)


def test_many_misses_are_counted() -> None:
    desk = Desk(*(a_subscription(id=f"s{n:03d}", enabled=False) for n in range(MAX_MISSES + 5)))

    told = lines(desk)

    assert told[2] == "  not desk-a: s000, disabled"
    assert told[-1] == "  not 5 more"


def test_wishes_and_subscribers_beyond_the_line_are_counted() -> None:
    desk = Desk(*(a_subscription(id=f"s{n:03d}", subscriber=f"desk-{n:03d}") for n in range(200)))
    desk.subscriptions.put(a_subscription(id="x" * 100, subscriber="desk-000"))
    for number in range(20):
        desk.subscriptions.put(a_subscription(id=f"y{number:02d}" + "y" * 90, subscriber="desk-000"))

    assert lines(desk)[2].endswith(" more")
    assert lines(desk, id="b")[1].endswith(" more")


def test_what_mutes_is_named() -> None:
    desk = Desk(a_subscription(roles=["subject", "mention"]))
    desk.silences.put(a_silence(id="quiet", sources=["agency"]))
    halt = desk.told(title="工商银行停牌").outcomes[0].alert.alert_id

    assert lines(desk, id="b", digest="b", source="agency")[-1] == "  not sent: silenced by quiet, to desk-a"
    chatter = lines(desk, id="c", digest="c", title="银行板块走高", role=Role.MENTION)
    assert chatter[-1] == f"  not sent: inhibited by {halt}, to desk-a"
    direct = Direct(
        subject="601398.SH", relevance=0.9, tickers=("601398.SH", "01398.HK"), unnamed=("01398.HK",)
    )
    board = {"subject": "BK0475", "kind": SubjectKind.SECTOR, "name": "银行", "direct": (direct,)}
    desk.subscriptions.put(a_subscription(id="s2", sectors=["BK0475"]))
    assert lines(desk, id="d", digest="d", **board)[2] == "  not sent: inhibited by 601398.SH, to desk-a"


def test_a_digest_names_the_alerts_that_it_lists() -> None:
    desk = Desk(a_subscription())
    desk.storm = StormControl(per_minute=1)
    desk.told()
    held = desk.told(id="b", digest="b", title="工商银行任命新行长").outcomes[0].alert.alert_id
    later = a_mention(received_at=NOON + timedelta(minutes=1))

    ended = digests(desk.subscriptions, desk.stories, NOON + timedelta(minutes=1))

    assert explain(later, ended, desk.subscriptions) == (
        "601398.SH 工商银行: digest, what was held back in a minute that is over",
        f"  desk-a: a digest of {held}",
    )

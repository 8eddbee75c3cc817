"""What a person types and reads: points in time, wishes, bytes, complaints."""

from datetime import UTC, datetime, timedelta

import pytest

from streams.alerts.digest import digests
from streams.alerts.routing.subscribing import parse_subscription
from streams.alerts.stories.storms import StormControl
from streams.cli import run
from streams.cli.dead_letters import as_text
from streams.cli.output import complain_of
from streams.cli.since import parse_since
from streams.cli.tail import alert_parts, tickers_of
from streams.cli.wishes import wish_in_words
from streams.errors import BadSubscription, BrokerUnreachable, ErrorCode, Fault
from tests.unit.alerts.builders import NOON, Desk, a_subscription

NOW = datetime(2025, 3, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("90s", "2025-03-03T08:58:30+00:00"),
        ("15m", "2025-03-03T08:45:00+00:00"),
        ("1h", "2025-03-03T08:00:00+00:00"),
        ("2d", "2025-03-01T09:00:00+00:00"),
        ("2025-03-03T09:30", "2025-03-03T09:30:00+00:00"),
        ("2025-03-03T09:30+08:00", "2025-03-03T09:30:00+08:00"),
    ],
)
def test_a_point_in_time_is_a_time_or_how_long_ago(typed, meant):
    assert parse_since(typed, NOW).isoformat() == meant


@pytest.mark.parametrize("typed", ["yesterday", "1 hour", "-1h", "999999d", ""])
def test_another_point_in_time_is_refused(typed, capsys):
    assert run(["tail", "--since", typed]) == 2
    assert "like 90s, 15m, 1h, 2d" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"tickers": ["601398.SH"]}, "d gets 601398.SH"),
        ({"sectors": ["BK0475"], "market": True, "enabled": False}, "d gets BK0475 market, disabled"),
        (
            {
                "tickers": ["01398.HK"],
                "events": ["policy"],
                "roles": ["mention"],
                "min_relevance": 0.5,
                "listings": "named",
                "keywords": {"any": ["a", "b"], "none": ["c"]},
            },
            """d gets 01398.HK, events policy, roles mention, any of a b, none of c, \
relevance from 0.5, only where the listing is named""",
        ),
    ],
    ids=["plain", "disabled", "all"],
)
def test_a_subscription_reads_as_a_sentence(fields, words):
    assert wish_in_words(parse_subscription({"subscriber": "d"} | fields)) == words


def test_all_faulty_flags_of_a_subscription_are_told_before_any_broker_is_asked(capsys):
    code = run(
        [
            "subscriptions",
            "add",
            "--broker",
            "127.0.0.1:1",
            "--subscriber",
            "a b",
            "--ticker",
            "601398",
            "--event",
            "gossip",
            "--min-relevance",
            "much",
            "--keyword-any",
            " ",
        ]
    )

    err = capsys.readouterr().err
    assert code == 5
    fields = ("subscriber", "tickers", "events", "min_relevance", "keywords.any")
    assert [name for name in fields if f"  {name}: " not in err] == []


@pytest.mark.parametrize("command", ["list", "redrive"])
def test_an_error_code_that_does_not_exist_is_refused_with_those_that_do(command, capsys):
    assert run(["dead-letters", command, "--broker", "127.0.0.1:1", "--code", "nocode"]) == 2

    err = capsys.readouterr().err
    assert "'nocode' is not one of 'not_json', 'not_text', " in err
    assert [code for code in ErrorCode if f"'{code}'" not in err] == []


def test_dead_letters_of_no_time_at_all_are_refused(capsys):
    stretch = ("--since", "1h", "--until", "2h")
    assert run(["dead-letters", "list", "--broker", "127.0.0.1:1", *stretch]) == 2
    assert "must be before --until" in capsys.readouterr().err


def test_a_file_of_subscriptions_is_checked_without_a_broker(tmp_path, capsys):
    path = tmp_path / "x.ndjson"
    path.write_text(
        '{"id":"a","subscriber":"d","market":true}\n{"id":"a","subscriber":"d","market":true}\n{"id":5}\n'
    )

    assert run(["subscriptions", "check", str(path)]) == 5
    out, err = capsys.readouterr()
    assert out == "1 valid, 2 faulty\n"
    assert f"error: {path}:2: id: stands on line 1 already" in err
    assert f"error: {path}:3: 3 faults" in err


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (None, "(none)"),
        ("工商银行\n".encode(), "工商银行\n"),
        (b"\xff\xfe{", "fffe 7b"),
        (b"\x1b[31m", "1b5b 3331 6d"),
        (b"\xe5\xb7", "e5b7"),
    ],
    ids=["none", "text", "bytes", "escape", "cut-character"],
)
def test_bytes_are_shown_as_text_or_in_hexadecimal(data, shown):
    assert as_text(data) == shown


def test_long_bytes_are_cut_and_counted():
    assert as_text("工".encode() * 2_000).endswith("工\n(and 2,000 more bytes)")


def test_an_error_is_one_sentence_and_a_hint(capsys):
    complain_of(BrokerUnreachable("no broker answers", hint="start it"))

    assert capsys.readouterr() == ("", "error: no broker answers\nhint: start it\n")


def test_the_whole_is_not_named_as_a_field(capsys):
    complain_of(BadSubscription(Fault("$", ErrorCode.EMPTY, "asks for nothing")), of="x:1")

    assert capsys.readouterr().err == (
        "error: x:1: asks for nothing\nhint: README, Subscriptions, lists the fields\n"
    )


def test_a_line_of_tail_says_how_often_a_story_was_told_before_and_nothing_of_a_new_one():
    desk = Desk()
    lines = [
        " ".join(text for text, _ in alert_parts(desk.told(**article).outcomes[0].alert))
        for article in ({}, {"id": "b"}, {"version": 2, "digest": "d2"})
    ]

    assert ["told" in line for line in lines] == [False, True, True]
    assert "[subject 0.80 policy, told by 1 in the 24 h before]" in lines[2]


def test_a_line_of_tail_lists_what_a_digest_holds_and_is_found_by_its_tickers():
    desk = Desk(a_subscription())
    desk.storm = StormControl(per_minute=1)
    desk.told()
    desk.told(id="b", digest="b", title="工商银行任命新行长")
    (outcome,) = digests(desk.subscriptions, desk.stories, NOON + timedelta(minutes=1)).outcomes

    line = " ".join(text for text, _ in alert_parts(outcome.alert))

    assert "1 alert held back in the minute from 04:00 UTC [601398.SH 工商银行任命新行长]" in line
    assert tickers_of(outcome.alert) == {"digest", "601398.SH"}

"""`silences` without a broker: what is typed, and what a file holds."""

from datetime import UTC, datetime, timedelta

import pytest

from streams.cli import run
from streams.cli.silences import _end, _in_words
from tests.unit.alerts.builders import a_silence


def test_all_faulty_flags_of_a_silence_are_told_before_any_broker_is_asked(capsys):
    code = run(
        [
            *("silences", "add", "--broker", "127.0.0.1:1", "--ticker", "601398", "--subscriber", "a b"),
            *("--event", "gossip", "--min-relevance", "much", "--ends-at", "2020-01-01T00:00"),
        ]
    )

    err = capsys.readouterr().err
    assert code == 5
    fields = ("tickers", "subscribers", "events", "min_relevance", "ends_at", "comment")
    assert [name for name in fields if f"  {name}: " not in err] == []


def test_a_silence_that_would_mute_everything_is_refused(capsys):
    assert run(["silences", "add", "--broker", "127.0.0.1:1", "--comment", "x", "--author", "a"]) == 5
    assert "error: mutes everything: give one of subscribers, tickers" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("flag", "typed", "told"),
    [("--for", "1 hour", "is not like 90s, 15m, 1h, 2d"), ("--starts-at", "noon", "is no time like")],
)
def test_a_time_that_is_none_is_refused(flag, typed, told, capsys):
    assert run(["silences", "add", "--market", flag, typed]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("what", [["add", "--market", "--comment", "c"], ["update", "quiet-1"]])
def test_two_ends_of_a_silence_are_refused(what, capsys):
    assert run(["silences", *what, "--for", "1h", "--ends-at", "2026-03-02T10:00Z"]) == 2
    assert "--ends-at and --for both say when it ends" in capsys.readouterr().err


def test_a_silence_for_no_time_is_not_one_of_an_hour():
    start = datetime(2026, 3, 2, tzinfo=UTC)

    assert _end(start, None, timedelta(0)) == start
    assert _end(start, None, None) == start + timedelta(hours=1)


def test_an_update_of_a_silence_that_says_nothing_is_refused(capsys):
    assert run(["silences", "update", "quiet-1"]) == 2
    assert "says nothing to change" in capsys.readouterr().err


def test_a_file_of_silences_is_checked_without_a_broker(tmp_path, capsys):
    path = tmp_path / "x.ndjson"
    times = '"starts_at":"2026-03-02T01:00Z","ends_at":"2026-03-02T02:00Z"'
    good = f'{{"market":true,{times},"author":"a","comment":"c"}}'
    path.write_text(f'{good}\n{{"market":true}}\n')

    assert run(["silences", "check", str(path)]) == 5
    out, err = capsys.readouterr()
    assert out == "1 valid, 1 faulty\n"
    assert f"error: {path}:2: 4 faults" in err
    assert "hint: README, Silences" in err


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"tickers": ["601398.SH"]}, "mutes 601398.SH"),
        (
            {"subscribers": ["desk-a"], "events": ["policy"], "roles": ["mention"]},
            "mutes all, events policy, roles mention, to desk-a",
        ),
    ],
    ids=["subject", "subscriber"],
)
def test_a_silence_reads_as_a_sentence(fields, words):
    times = {"starts_at": datetime(2026, 3, 2, 1, tzinfo=UTC), "ends_at": datetime(2026, 3, 2, 2, tzinfo=UTC)}
    silence = a_silence(**{name: time.isoformat() for name, time in times.items()}, **fields)

    until = ", from 2026-03-02T01:00:00+00:00 until 2026-03-02T02:00:00+00:00"
    assert _in_words(silence) == f"{words}{until}; trader: too much"

"""`backtest` says what subscriptions would have raised, on files without a broker."""

import json
from pathlib import Path

import pytest

from streams.cli import run
from tests.builders import a_raw, feed, ndjson

WISHES = (
    '{"id":"bank","subscriber":"desk-a","tickers":["601398.SH"]}\n'
    '{"id":"none","subscriber":"desk-b","tickers":["00700.HK"]}\n'
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NEWS_ALERTS_BROKER", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    Path("wishes.ndjson").write_text(WISHES)
    return tmp_path


def events(*articles: dict) -> None:
    Path("events.ndjson").write_bytes(ndjson(iter(articles)))


def backtest(*words: str) -> int:
    return run(["backtest", "--subscription", "wishes.ndjson", "--workers", "1", *words, "events.ndjson"])


def on(day: int, **fields: str) -> dict:
    return a_raw(published_at=f"2026-03-{day:02d}T10:00:00+08:00", **fields)


def test_alerts_are_counted_listed_and_what_was_not_sent_is_explained(place, capsys):
    events(
        on(2),
        on(2, id="copy", source="relay"),
        on(3, content="监管部门与工商银行联合印发通知，支持科技企业融资，规模100亿元。"),
        on(3, content="监管部门与工商银行联合印发通知，支持科技企业融资，规模100亿元。"),
    )
    assert backtest() == 0

    out = capsys.readouterr().out
    assert "工商银行参与专项行动" in out
    assert "not sent to desk-a: copy" in out
    assert "4 articles, received 2026-03-02 10:00 to 2026-03-03 10:00 +08:00; 0 refused, 1 redelivered" in out
    assert "2 alerts: 1 created, 1 updated\n1 not sent: 1 copy" in out
    assert "2026-03-03      1 alerts: 1 updated" in out
    assert "subscription      0 none" in out


def test_programs_get_a_line_for_each_alert_and_the_counts_last(place, capsys):
    events(on(2), on(2, id="copy", source="relay"))
    assert backtest("--json") == 0

    sent, unsent, summary = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (sent["subscriber"], sent["alert"]["action"]) == ("desk-a", "created")
    assert unsent["alert"]["suppressed"]["of"] == sent["alert"]["alert_id"]
    assert summary["summary"]["subscriptions"] == {"bank": 1, "none": 0}
    assert summary["summary"]["days"] == [
        {"day": "2026-03-02", "sent": {"created": 1}, "unsent": {"copy": 1}}
    ]


def test_a_stretch_of_time_is_told_of_and_what_came_before_is_known_where_asked(place, capsys):
    events(on(2), on(3, id="copy", source="relay"), on(4, id="later", content="工商银行召开年度会议。"))
    stretch = ("--since", "2026-03-03", "--until", "2026-03-04", "--no-list")

    backtest(*stretch)
    cold = capsys.readouterr().out
    backtest(*stretch, "--warm-up", "2d")
    warm = capsys.readouterr().out

    assert "1 alerts: 1 created\n0 not sent" in cold
    assert "0 alerts\n1 not sent: 1 copy" in warm


def test_the_outcome_is_the_same_whatever_the_number_of_processes(place, capsys):
    events(*feed(60, copies=0.3))
    outcomes = []
    for workers in ("1", "2"):
        backtest("--json", "--workers", workers)
        outcomes.append(capsys.readouterr().out)

    assert outcomes[0].count("\n") > 5
    assert outcomes[0] == outcomes[1]


def test_what_is_no_article_is_named_and_the_others_count(place, capsys):
    events(on(2), {"source": "s", "content": 5})
    assert backtest("--no-list") == 5

    out, err = capsys.readouterr()
    assert "error: events.ndjson:2: " in err
    assert "1 articles" in out
    assert "1 refused" in out


def test_every_subscription_that_raised_an_alert_counts_also_those_that_its_line_has_no_room_for(
    place, capsys
):
    events(on(2))
    wish = {"subscriber": "desk-a", "tickers": ["601398.SH"]}
    Path("wishes.ndjson").write_bytes(ndjson(iter([wish | {"id": f"w{n}"} for n in range(12)])))
    assert backtest("--json") == 0

    alert, summary = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert alert["alert"]["why"]["more"] >= 2
    assert summary["summary"]["subscriptions"] == {f"w{n}": 1 for n in range(12)}


def test_a_stretch_of_time_that_ends_before_it_begins_is_refused_by_the_names_of_its_options(place, capsys):
    events(on(2))
    assert backtest("--since", "2026-03-04", "--until", "2026-03-03") == 2

    err = capsys.readouterr().err
    assert "error: --since 2026-03-04T00:00:00+00:00 must be before --until 2026-03-03T00:00:00+00:00" in err


def test_a_length_of_time_that_is_none_is_refused(place, capsys):
    events(on(2))
    assert backtest("--warm-up", "soon") == 2
    assert "'soon' is not like 90s, 15m, 1h, 2d" in capsys.readouterr().err


def test_faulty_subscriptions_are_told_with_their_lines(place, capsys):
    events(on(2))
    Path("wishes.ndjson").write_text('{"subscriber":"d","tickers":["nonsense"]}\n')

    assert backtest() == 5
    assert "line 1, tickers: " in capsys.readouterr().err

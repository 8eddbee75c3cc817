"""`replay` runs stored articles through the workers' functions again: those of files, without a broker."""

import json
from pathlib import Path

import pytest

from streams.cli import run
from tests.builders import a_raw, feed, ndjson


@pytest.fixture
def events(tmp_path: Path, monkeypatch):
    """Write articles into a file; returns its name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWS_ALERTS_BROKER", raising=False)

    def write(*articles: dict) -> str:
        Path("events.ndjson").write_bytes(ndjson(iter(articles)))
        return "events.ndjson"

    return write


def replay(*words: str) -> int:
    return run(["replay", "--workers", "1", *words])


def test_the_tape_is_printed_and_twice_the_same(events, capsys):
    file = events(*feed(60, copies=0.3))
    said = []
    for _ in range(2):
        assert replay("--json", file) == 0
        said.append(capsys.readouterr().out)

    alerts = [json.loads(line) for line in said[0].splitlines()]
    assert len(alerts) > 60
    assert {alert["article"]["topic"] for alert in alerts} == {file}
    assert said[0] == said[1]


def test_a_subscriber_sees_what_it_gets(events, capsys):
    file = events(a_raw(), a_raw(id="other", title="招商银行年会", content="招商银行召开年度会议。"))
    Path("wishes.ndjson").write_text('{"id":"bank","subscriber":"desk","tickers":["600036.SH"]}\n')

    assert replay("--subscriptions", "wishes.ndjson", "--subscriber", "desk", file) == 0

    out, err = capsys.readouterr()
    assert "招商银行年会" in out
    assert out.count("\n") == 1
    assert "2 articles replayed, 0 refused" in err


@pytest.mark.parametrize("into", ["news", "news.alerts", "a b", ""])
def test_a_prefix_that_will_not_do_is_refused_before_a_broker_is_asked(events, capsys, into):
    assert replay("--into", into, events(a_raw())) == 2
    assert "error: into: must" in capsys.readouterr().err

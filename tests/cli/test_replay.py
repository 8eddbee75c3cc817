"""`replay` runs stored articles through the workers' functions again: those of files, without a broker."""

import json
import subprocess
import sys
import time
from itertools import chain, repeat
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


def children(pid: int) -> set[int]:
    """Return the processes that a process started, by /proc; none of one that has gone."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, fields = stat.read_text().rpartition(")")
        except OSError:
            continue
        state, parent = fields.split()[:2]
        if int(parent) == pid and state != "Z":
            found.add(int(stat.parent.name))
    return found


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")
def test_processes_end_with_the_command_that_was_killed(tmp_path):
    command = [sys.executable, "-m", "streams", "replay", "--workers", "2", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        process.stdin.write(ndjson(chain.from_iterable(repeat([a_raw()], 1_000))))  # the same; chunks full
        process.stdin.flush()
        shares = until(lambda: len(found := children(process.pid)) >= 2 and found)
        process.kill()
    until(lambda: not any(map(runs, shares)))


def until(done):
    """Return what is true at last."""
    for _ in range(600):
        if found := done():
            return found
        time.sleep(0.1)
    raise AssertionError("never so")

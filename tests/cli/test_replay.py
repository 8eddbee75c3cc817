"""`replay` runs stored articles through the workers' functions again: those of files, without a broker."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
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


linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")


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


def test_a_replay_of_nothing_says_so(events, capsys):
    assert replay("--from", "2027-01-01", events(a_raw())) == 0
    assert capsys.readouterr() == ("", "0 articles replayed, 0 refused\n")


def test_what_cannot_be_read_is_named_and_the_exit_code_says_so(events, capsys):
    long = a_raw(id="n2", content="long " * 300)
    assert replay("--max-article-bytes", "1000", events(a_raw(), long)) == 5

    out, err = capsys.readouterr()
    assert "工商银行参与专项行动" in out
    assert "not read: events.ndjson/" in err
    assert "2 articles replayed, 1 refused" in err


def test_a_stretch_of_time_that_is_none_is_refused_by_the_names_of_its_options(events, capsys):
    day = "2026-03-02"
    assert replay("--from", day, "--to", day, events(a_raw())) == 2
    assert f"error: --from {day}T00:00:00+00:00 must be before --to {day}T" in capsys.readouterr().err


def shares(pid: int) -> list[int]:
    """Return the processes that share a replay's work, by /proc."""
    found = []
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            parent = (directory / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == pid and b"spawn_main" in (directory / "cmdline").read_bytes():
                found.append(int(directory.name))
        except OSError:  # gone meanwhile
            continue
    return found


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def a_replay_at_work():
    """Yield a replay that waits for more articles, and the processes that share its work."""
    command = [sys.executable, "-m", "streams", "replay", "--workers", "2", "-"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as process:
        process.stdin.write(ndjson(chain.from_iterable(repeat([a_raw()], 1_000))))
        process.stdin.flush()
        yield process, until(lambda: len(found := shares(process.pid)) == 2 and found)


@linux
def test_processes_end_with_the_command_that_was_killed():
    with a_replay_at_work() as (process, found):
        process.kill()
    until(lambda: not any(map(runs, found)))


@linux
def test_a_process_that_ended_ends_the_replay_in_one_sentence():
    with a_replay_at_work() as (process, found):
        os.kill(found[0], signal.SIGKILL)
        _, err = process.communicate(timeout=60)

    assert process.returncode == 1
    assert err.decode() == "error: a process of the replay ended, as one does that is out of memory\n"


def until(done):
    """Return what is true at last."""
    for _ in range(600):
        if found := done():
            return found
        time.sleep(0.1)
    raise AssertionError("never so")

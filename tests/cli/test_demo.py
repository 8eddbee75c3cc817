"""The demo from the outside: everything is played, told and ended."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

pytest.importorskip(
    "confluent_kafka", reason="the demo's broker is in confluent-kafka: pip install -e '.[demo]'"
)

T = TypeVar("T")
DEMO = [sys.executable, "-m", "streams", "demo"]


def test_once_plays_all_tells_each_alert_with_its_ticker_and_ends_well():
    done = subprocess.run(
        [*DEMO, "--once", "--speed", "0"], capture_output=True, text=True, timeout=100, check=False
    )

    assert done.returncode == 0, done.stderr
    alerts, _, summary = done.stdout.partition("\n\n")
    assert any(
        "bank-desk" in line and "601398.SH" in line and "policy" in line for line in alerts.splitlines()
    )
    assert "000931.SZ" not in alerts
    assert "40 of 40 played" in summary
    for words in ("1 not json", "copy", "place"):
        assert words in summary
    assert "Traceback" not in done.stderr


def test_ctrl_c_ends_the_demo_and_its_worker_without_a_trace():
    demo = subprocess.Popen(
        DEMO, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    said = demo.stderr.readline()
    demo.send_signal(signal.SIGINT)
    out, err = demo.communicate(timeout=60)

    assert "in another terminal: news-alerts tail --broker 127.0.0.1:" in said
    assert demo.returncode == 130
    assert "Traceback" not in out + err


def test_a_demo_that_is_killed_leaves_no_worker_behind(tmp_path):
    demo = subprocess.Popen(
        DEMO, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"TMPDIR": str(tmp_path)}
    )
    try:
        assert wait_until(lambda: ready(tmp_path)), "the worker never got ready"
    finally:
        demo.kill()
        demo.wait()

    assert wait_until(lambda: not listens(tmp_path)), "the worker still listens"


def address(directory: Path) -> tuple[str, int] | None:
    """Return where the demo's worker listens, as its log says."""
    logs = "".join(log.read_text() for log in directory.glob("*/worker.log"))
    found = re.search(r"health and metrics on http://([\d.]+):(\d+)", logs)
    return (found[1], int(found[2])) if found else None


def ready(directory: Path) -> bool:
    """Return whether the demo's worker says that it is ready."""
    try:
        host, port = address(directory) or ("", 0)
        with urllib.request.urlopen(f"http://{host}:{port}/readyz", timeout=5):
            return True
    except OSError:
        return False


def listens(directory: Path) -> bool:
    """Return whether the demo's worker, ready before, takes connections."""
    try:
        socket.create_connection(address(directory), timeout=5).close()
    except ConnectionRefusedError:
        return False
    return True


def wait_until(look: Callable[[], T], within_s: float = 60) -> T:
    """Return the first answer that counts as true; the last one when there is none in time."""
    end = time.monotonic() + within_s
    while not (answer := look()) and time.monotonic() < end:
        time.sleep(0.1)
    return answer


def test_without_the_extra_it_names_what_to_install():
    hidden = "import sys; sys.modules['confluent_kafka'] = None"
    code = f"{hidden}; from streams.cli import main; main(['demo', '--once'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "error: the demo has no broker: confluent-kafka is not installed\n"
        "hint: pip install 'market-news-alerts[demo]'\n"
    )

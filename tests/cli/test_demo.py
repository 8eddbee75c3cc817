"""The demo from the outside: everything is played, told and ended."""

import signal
import subprocess
import sys

import pytest

pytest.importorskip(
    "confluent_kafka", reason="the demo's broker is in confluent-kafka: pip install -e '.[demo]'"
)

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


def test_without_the_extra_it_names_what_to_install():
    hidden = "import sys; sys.modules['confluent_kafka'] = None"
    code = f"{hidden}; from streams.cli import main; main(['demo', '--once'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "error: the demo has no broker: confluent-kafka is not installed\n"
        "hint: pip install 'market-news-alerts[demo]'\n"
    )

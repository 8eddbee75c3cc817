"""Settings: one table, all faults at once."""

import pytest

from streams.errors import BadSettings
from streams.settings import Settings, flag, variable


def faults_of(values, environ=None) -> dict[str, str]:
    with pytest.raises(BadSettings) as caught:
        Settings.from_mapping(values, environ)
    return {fault.field: fault.message for fault in caught.value.faults}


def test_nothing_given_means_the_defaults():
    assert Settings.from_mapping({}) == Settings()
    assert Settings().broker == "127.0.0.1:9092"


def test_a_flag_wins_over_the_environment():
    found = Settings.from_mapping(
        {"group": "flag"}, {"NEWS_ALERTS_GROUP": "env", "NEWS_ALERTS_PREFIX": "env"}
    )
    assert (found.group, found.prefix) == ("flag", "env")


def test_text_becomes_the_type_of_the_setting():
    found = Settings.from_mapping({}, {"NEWS_ALERTS_HTTP_PORT": "0", "NEWS_ALERTS_COPY_WINDOW_H": "1.5"})
    assert (found.http_port, found.copy_window_h) == (0, 1.5)


def test_all_faults_are_told_at_once():
    faults = faults_of({"broker": "nowhere", "http_port": "x", "partitions": 0}, {"NEWS_ALERTS_NO_SUCH": "1"})
    assert set(faults) == {"broker", "http_port", "partitions", "NEWS_ALERTS_NO_SUCH"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        pytest.param({"heartbeat_s": 6}, "heartbeat_s", id="heartbeat beyond half of the session"),
        pytest.param({"username": "u"}, "username", id="user without password"),
        pytest.param({"cert_file": "c"}, "cert_file", id="certificate without key"),
        pytest.param(
            {"username": "u", "password": "p", "broker": "kafka.example:9092"},
            "username",
            id="password in the clear",
        ),
        pytest.param({"prefix": "a b"}, "prefix", id="prefix with a blank"),
        pytest.param({"log_format": "xml"}, "log_format", id="unknown log format"),
        pytest.param({"commit_interval_s": float("nan")}, "commit_interval_s", id="not a number"),
    ],
)
def test_what_cannot_hold_is_refused(values, field):
    assert field in faults_of(values)


def test_a_password_on_loopback_needs_no_tls():
    assert Settings.from_mapping({"username": "u", "password": "p"}).username == "u"


def test_flag_and_variable_are_the_field_s_name():
    assert (flag("http_port"), variable("http_port")) == ("--http-port", "NEWS_ALERTS_HTTP_PORT")

"""A control record as a message, and back; what is no JSON is refused as well."""

from __future__ import annotations

import pytest

from streams.errors import BadInput, ErrorCode
from streams.wire.control import SILENCE, SUBSCRIPTION
from streams.wire.control_files import read_records
from tests.unit.alerts.builders import a_silence, a_subscription


@pytest.mark.parametrize(
    ("control", "record"),
    [(SUBSCRIPTION, a_subscription(id="x")), (SILENCE, a_silence(id="x", market=True))],
    ids=["subscription", "silence"],
)
def test_what_is_kept_is_read_back_under_its_key(control, record):
    message = control.message(record, "news")

    assert (message.topic, message.key) == (f"news.{control.topic.name}", b"x")
    assert control.read(message.value, "x") == record
    assert control.tombstone("x", "news").value is None
    with pytest.raises(BadInput, match="but the record's key is 'y'"):
        control.read(message.value, "y")


@pytest.mark.parametrize("control", [SUBSCRIPTION, SILENCE], ids=["subscription", "silence"])
def test_what_is_no_json_is_an_error_of_its_kind(control):
    ((line, found),) = read_records(control, [b"nonsense\n"])

    assert (line, type(found), found.code) == (1, control.error, ErrorCode.NOT_JSON)
    with pytest.raises(BadInput, match="is not JSON"):
        control.read(b"nonsense", "x")


def test_the_same_silence_without_id_twice_names_the_first_line():
    times = b'"starts_at":"2026-03-02T01:00Z","ends_at":"2026-03-02T02:00Z"'
    line = b'{"market":true,' + times + b',"author":"a","comment":"c"}\n'
    (_, first), (_, second) = read_records(SILENCE, [line, line])

    assert first.id.startswith("silence-")
    assert [str(fault) for fault in second.faults] == [
        "id: is missing, and the same stands on line 1 already"
    ]

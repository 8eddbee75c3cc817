"""Logs: JSON lines with what `extra` gave; a flood of a library's lines is held back."""

import json
import logging

from streams.observe.logs import JsonLines, OncePerInterval


def record(
    name: str = "streams.agents", message: str = "hello %s", *args: object, **extra: object
) -> logging.LogRecord:
    made = logging.makeLogRecord(
        {"name": name, "msg": message, "args": args, "levelname": "INFO", "levelno": 20}
    )
    vars(made).update(extra)
    return made


def test_a_line_is_one_json_object_with_its_extra():
    line = json.loads(JsonLines().format(record("a", "x %s", "工商银行", partition=3)))
    assert (line["message"], line["partition"], line["level"]) == ("x 工商银行", 3, "info")


def test_a_line_keeps_chinese_as_it_is():
    assert "工商银行" in JsonLines().format(record("a", "工商银行"))


def test_a_library_s_line_passes_once_per_interval():
    only_once = OncePerInterval(interval_s=1000)
    passed = [only_once.filter(record("aiokafka.conn", "no connection to %s", host)) for host in "abc"]
    assert passed == [True, False, False]


def test_different_lines_of_a_library_pass():
    only_once = OncePerInterval(interval_s=1000)
    assert only_once.filter(record("aiokafka.conn", "one"))
    assert only_once.filter(record("aiokafka.conn", "two"))


def test_our_own_lines_always_pass():
    only_once = OncePerInterval(interval_s=1000)
    assert all(only_once.filter(record("streams.agents", "dead letter")) for _ in range(3))


def test_what_was_held_back_is_counted():
    only_once = OncePerInterval(interval_s=0)
    only_once._seen["aiokafka", "gone"] = (0.0, 4)
    line = record("aiokafka", "gone")
    assert only_once.filter(line)
    assert line.getMessage() == "gone (and 4 more of this)"

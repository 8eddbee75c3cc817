"""The frame of the command: flags from settings, all faults at once, exit codes, streams, pipes."""

import dataclasses
import json
import subprocess
import sys

import pytest

from streams.cli import run
from streams.cli.exits import MEANING, Exit, exit_of
from streams.cli.group import COMMANDS
from streams.errors import (
    BadSettings,
    BadSubscription,
    BrokerUnreachable,
    ErrorCode,
    Fault,
    NotDelivered,
    NotPermitted,
    TopicFault,
)
from streams.settings import Settings, flag, variable

FAULT = Fault("x", ErrorCode.EMPTY, "is empty")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch):
    for field in dataclasses.fields(Settings):
        monkeypatch.delenv(variable(field.name), raising=False)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BadSettings(FAULT), 2),
        (BadSubscription(FAULT), 5),
        (BrokerUnreachable("gone"), 3),
        (TopicFault("gone"), 4),
        (NotPermitted("no"), 4),
        (NotDelivered("no"), 1),
    ],
)
def test_an_error_has_the_exit_code_of_its_kind(error, code):
    assert exit_of(error) == code


def test_every_exit_code_is_explained():
    assert set(MEANING) == set(Exit)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    assert run([command, "--help"]) == 0

    assert capsys.readouterr().out.startswith(f"Usage: news-alerts {command}")


def test_every_setting_is_a_flag_of_the_worker(capsys):
    run(["worker", "--help"])

    shown = capsys.readouterr().out
    assert [f.name for f in dataclasses.fields(Settings) if f"{flag(f.name)} " not in shown] == []


def test_settings_are_printed_with_secrets_masked(capsys):
    assert run(["settings", "--json", "--username", "u", "--password", "hunter2"]) == 0

    shown = json.loads(capsys.readouterr().out)
    assert (shown["username"], shown["password"]) == ("u", "****")
    assert list(shown) == [field.name for field in dataclasses.fields(Settings)]


def test_a_flag_wins_over_the_environment(monkeypatch, capsys):
    monkeypatch.setenv("NEWS_ALERTS_PREFIX", "from-environment")
    monkeypatch.setenv("NEWS_ALERTS_GROUP", "from-environment")
    run(["settings", "--json", "--prefix", "from-flag"])

    shown = json.loads(capsys.readouterr().out)
    assert (shown["prefix"], shown["group"]) == ("from-flag", "from-environment")


def test_where_a_setting_comes_from_is_told(monkeypatch, capsys):
    monkeypatch.setenv("NEWS_ALERTS_PARTITIONS", "4")
    run(["settings", "--replication", "3"])

    sources = {words[0]: words[-1] for words in map(str.split, capsys.readouterr().out.splitlines())}
    assert sources["partitions"] == "NEWS_ALERTS_PARTITIONS"
    assert sources["replication"] == "flag"
    assert sources["prefix"] == "(NEWS_ALERTS_PREFIX)"


def test_all_faulty_settings_are_told_at_once_on_stderr(monkeypatch, capsys):
    monkeypatch.setenv("NEWS_ALERTS_TYPO", "1")
    assert run(["settings", "--broker", "nowhere", "--partitions", "many"]) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert [name for name in ("broker", "partitions", "NEWS_ALERTS_TYPO") if f"  {name}: " not in err] == []
    assert "\nhint: " in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nosuch"], "error: No such command 'nosuch'\nhint: news-alerts --help\n"),
        (["settings", "--nosuch"], "error: No such option: --nosuch\nhint: news-alerts settings --help\n"),
    ],
)
def test_a_wrong_command_line_is_told_in_one_sentence(arguments, said, capsys):
    assert run(arguments) == 2
    assert capsys.readouterr() == ("", said)


def test_the_command_alone_shows_its_help_on_stderr(capsys):
    assert run([]) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Usage: news-alerts")


def test_schemas_are_printed_as_one_line_of_json(capsys):
    assert run(["schemas", "alerts"]) == 0

    out = capsys.readouterr().out
    assert json.loads(out)["title"] == "Alert"
    assert out.count("\n") == 1


def test_a_reader_that_has_had_enough_ends_the_command_in_silence():
    command = subprocess.Popen(
        [sys.executable, "-m", "streams", "schemas"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    command.stdout.close()

    err = command.stderr.read()
    command.stderr.close()
    assert (command.wait(), err) == (0, b"")


def test_a_file_that_is_not_there_is_named_before_a_broker_is_asked(tmp_path, capsys):
    code = run(["ingest", str(tmp_path / "nofile"), "--broker", "127.0.0.1:1"])

    assert code == Exit.BAD_INPUT
    assert "nofile: cannot be read: No such file or directory" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "line", "fault", "hint"),
    [
        (
            ["subscriptions", "check"],
            "{",
            ": is not JSON: ",
            "hint: each subscription is one JSON object; ",
        ),
        (["explain"], '{"content": "x", "content_type": "x/y"}', ": content_type: is none ", "hint: README"),
        (
            ["explain", "--max-article-bytes", "1000"],
            '{"content": "' + "x" * 9_000 + '"}',
            ": is longer than an article of 1,000 bytes can be",
            "hint: --max-article-bytes ",
        ),
    ],
    ids=["not-json", "content-type", "too-large"],
)
def test_what_is_wrong_with_a_file_is_told_with_what_to_do(command, line, fault, hint, tmp_path, capsys):
    path = tmp_path / "lines.ndjson"
    path.write_text(line + "\n")

    assert run([*command, str(path)]) == Exit.BAD_INPUT
    told, next_step = capsys.readouterr().err.splitlines()
    assert told.startswith(f"error: {path}:1{fault}")
    assert next_step.startswith(hint)


def test_a_check_without_a_broker_is_one_sentence(capsys):
    assert run(["check", "--broker", "127.0.0.1:1"]) == Exit.UNREACHABLE
    assert capsys.readouterr().out.startswith("no broker answers at 127.0.0.1:1\n  hint: start one ")


def test_a_broker_that_is_not_there_is_named_with_what_to_do(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("工商银行发布公告")

    code = run(["ingest", str(tmp_path), "--broker", "127.0.0.1:1"])

    said = capsys.readouterr().err
    assert code == Exit.UNREACHABLE
    assert "error: no broker answers at 127.0.0.1:1\nhint: start one " in said

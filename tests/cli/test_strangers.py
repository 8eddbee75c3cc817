"""Who asks for what nobody knows is told so, and is not refused; a file that is not there is bad input."""

import json

import pytest

from streams.cli import run
from streams.cli.output import complain_of
from streams.errors import BadArticle, BadRecord, BadSilence, BadSubscription, ErrorCode, Fault

MUTED = {"comment": "c", "author": "a", "starts_at": "2026-03-02T09:00Z", "ends_at": "2026-03-02T10:00Z"}


@pytest.mark.parametrize(("noun", "more"), [("subscriptions", {"subscriber": "d"}), ("silences", MUTED)])
def test_a_check_warns_of_each_unknown_ticker_and_board_once(noun, more, tmp_path, capsys):
    path = tmp_path / "x.ndjson"
    asked = [
        {"tickers": ["601398.SH", "999999.SH"], "sectors": ["BK0475", "BK9999"]},
        {"tickers": ["999999.SH", "01398.HK"]},
    ]
    path.write_text("".join(json.dumps(one | more) + "\n" for one in asked))

    assert run([noun, "check", str(path)]) == 0

    out, err = capsys.readouterr()
    assert out == "2 valid, 0 faulty\n"
    assert err.splitlines() == [
        f"warning: {path}:1: {asked} is not in the shipped master: nothing is known to be about it"
        for asked in ("tickers: 999999.SH", "sectors: BK9999")
    ]


@pytest.mark.parametrize(
    "command",
    [
        ("subscriptions", "check", "nofile"),
        ("subscriptions", "import", "nofile"),
        ("silences", "check", "nofile"),
        ("securities", "check", "nofile"),
        ("backtest", "--subscription", "nofile", "nofile"),
        ("replay", "--silences", "nofile", "nofile"),
        ("explain", "--subscriptions", "nofile", "nofile"),
        ("explain", "nofile"),
        ("ingest", "nofile"),
    ],
    ids=" ".join,
)
def test_a_file_that_is_not_there_is_bad_input_whatever_was_to_be_in_it(
    command, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWS_ALERTS_BROKER", raising=False)

    assert run(command) == 5

    assert (
        "error: nofile: cannot be read: No such file or directory\nhint: look at" in capsys.readouterr().err
    )


def test_a_directory_is_no_file_of_subscriptions(tmp_path, capsys):
    assert run(["subscriptions", "check", str(tmp_path)]) == 5
    assert "cannot be read: Is a directory" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (BadArticle, "article"),
        (BadSubscription, "subscription"),
        (BadSilence, "silence"),
        (BadRecord, "record"),
    ],
)
def test_what_is_no_json_is_told_what_should_have_been_there(kind, what, capsys):
    complain_of(kind(Fault("$", ErrorCode.NOT_JSON, "is not JSON")))

    hint = f"hint: each {what} is one JSON object; NDJSON has one on each line\n"
    assert capsys.readouterr().err == f"error: is not JSON\n{hint}"

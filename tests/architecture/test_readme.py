"""README says what the code does: its tables, its commands, its make targets."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from streams.wire.dead_letters import MAX_REDRIVES, REDRIVEN
from streams.wire.envelope import DEAD_LETTER_HEADERS, ERROR_MESSAGE_BYTES, REDRIVE_COUNT
from tests.architecture.command_line import typed
from tests.architecture.markdown import README, first_table, names, section
from tests.architecture.records import FIELDS, alert_headers, fields_of
from tests.architecture.tables import TABLES, refreshed, table

TEXT = README.read_text("utf-8")
FENCED = "\n".join(re.findall(r"^```\w*\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))


def _commands() -> list[list[str]]:
    """Return the arguments of every call of news-alerts in a fenced block, also after a pipe."""
    found = []
    for line in FENCED.splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars="|<>&;")
        lexer.whitespace_split = True
        try:
            words = list(lexer)
        except ValueError:  # a drawing or JSON, not a command line
            continue
        while "news-alerts" in words:
            words = words[words.index("news-alerts") + 1 :]
            ends = [place for place, word in enumerate(words) if set(word) <= set("|<>&;")]
            found.append(words[: ends[0]] if ends else words)
    return found


@pytest.mark.parametrize("heading", TABLES)
def test_a_table_of_the_readme_is_what_the_code_has(heading: str) -> None:
    made, written = table(heading).rows, first_table(section(heading, TEXT))
    assert [row[0] for row in written] == [row[0] for row in made]
    for expected, row in zip(made, written, strict=True):
        assert tuple(w if e is None else e for e, w in zip(expected, row, strict=True)) == row
        assert None not in expected or all(row), f"{row[0]} is not explained"


def test_a_refresh_from_the_code_changes_nothing() -> None:
    assert refreshed(TEXT) == TEXT, "refresh with: python -m tests.architecture.tables --write"


@pytest.mark.parametrize("heading", FIELDS)
def test_every_field_of_a_record_is_explained_and_no_other(heading: str) -> None:
    explained = [name for row in first_table(section(heading, TEXT)) for name in names(row[0])]
    assert sorted(explained) == sorted(fields_of(FIELDS[heading]))


def test_the_headers_of_an_alert_are_explained() -> None:
    rows = first_table(section("Headers of an alert", TEXT))
    assert [name for row in rows for name in names(row[0])] == alert_headers()


def test_the_headers_of_a_dead_letter_are_explained() -> None:
    text = section("The dead letter", TEXT)
    explained = {name for row in first_table(text) for name in names(row[0])}
    assert explained == {*DEAD_LETTER_HEADERS, REDRIVE_COUNT}
    assert f"{ERROR_MESSAGE_BYTES} bytes" in text
    assert f"`{REDRIVEN}`" in text
    assert f"at most {MAX_REDRIVES} times" in text


@pytest.mark.parametrize("arguments", _commands(), ids=" ".join)
def test_a_command_of_the_readme_can_be_typed(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = [word.removesuffix("...") for word in arguments]
    for name in words:
        if name.startswith("FILE"):
            (tmp_path / name).touch()
    assert typed(words).command.callback


@pytest.mark.parametrize("target", sorted(set(re.findall(r"^make ([a-z]+)", FENCED, re.MULTILINE))))
def test_a_make_target_of_the_readme_exists(target: str) -> None:
    makefile = (README.parent / "Makefile").read_text("utf-8")
    assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:streams|tests|deploy)/[\w./-]*)`", TEXT))))
def test_a_file_that_the_readme_names_exists(path: str) -> None:
    assert (README.parent / path).exists()


@pytest.mark.parametrize("words", [["atail"], ["tail", "--nobody"], ["worker", "--http-port"]], ids=" ".join)
def test_a_wrong_command_is_noticed(words: list[str]) -> None:
    with pytest.raises(click.UsageError):
        typed(words)

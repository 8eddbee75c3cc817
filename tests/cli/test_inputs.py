"""Articles come from files, directories and stdin; a faulty one stops no other."""

import io
import json
import sys
from pathlib import Path

import pytest

from streams.cli.inputs import Refused, article_files, read_units

MAX = 1_000


def line(**fields: object) -> str:
    return json.dumps({"source": "s", "content": "text", "content_type": "text/plain"} | fields)


def read(path: Path) -> list:
    return [
        (unit.name, "refused" if isinstance(unit, Refused) else unit.raw.id)
        for unit in read_units(path, source=None, max_bytes=MAX)
    ]


def test_a_directory_gives_the_files_that_can_be_articles_by_name(tmp_path):
    for name in ("b.md", "a.html", "notes.pdf", "sub/c.JSON"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()

    assert [path.name for path in article_files([tmp_path, Path("-")])] == ["a.html", "b.md", "c.JSON", "-"]


def test_a_faulty_line_is_refused_by_its_number_and_the_others_are_read(tmp_path):
    path = tmp_path / "x.ndjson"
    path.write_text(f"{line(id='1')}\n\nnonsense\n{line(id='4')}\n")

    assert read(path) == [(f"{path}:1", "1"), (f"{path}:3", "refused"), (f"{path}:4", "4")]


def test_an_article_without_id_is_named_by_file_and_line_so_that_repeating_is_safe(tmp_path):
    path = tmp_path / "x.ndjson"
    path.write_text(f"{line()}\n{line()}\n")

    assert read(path) == [(f"{path}:1", "x"), (f"{path}:2", "x-2")]


def test_a_fault_of_a_line_names_the_field_alone(tmp_path):
    path = tmp_path / "x.ndjson"
    path.write_text(line(content=1) + "\n")
    (refused,) = read_units(path, source=None, max_bytes=MAX)

    assert [fault.field for fault in refused.error.faults] == ["content"]


def test_a_line_without_end_is_refused_and_the_next_one_read(tmp_path):
    path = tmp_path / "x.ndjson"
    path.write_text("x" * 20_000 + f"\n{line(id='2')}\n")

    assert read(path) == [(f"{path}:1", "refused"), (f"{path}:2", "2")]


def test_a_file_that_is_too_large_is_refused(tmp_path):
    path = tmp_path / "x.md"
    path.write_text("x" * 20_000)

    assert read(path) == [(str(path), "refused")]


def test_the_articles_of_a_list_are_numbered(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(f"[{line(id='1')},\n{line(id='2')}]")

    assert read(path) == [(f"{path}:1", "1"), (f"{path}:2", "2")]


def test_stdin_is_read_line_by_line(monkeypatch):
    class Stdin:
        buffer = io.BytesIO(f"{line(id='1')}\n{line()}".encode())

    monkeypatch.setattr(sys, "stdin", Stdin)

    assert read(Path("-")) == [("-:1", "1"), ("-:2", "stdin-2")]


@pytest.mark.parametrize("name", ["absent.md", "x.pdf", "."])
def test_what_cannot_be_opened_is_refused(name, tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"%PDF")

    assert read(tmp_path / name) == [(str(tmp_path / name), "refused")]


def test_the_bytes_read_are_told_for_the_progress_bar(tmp_path):
    path = tmp_path / "x.ndjson"
    path.write_text(f"{line()}\nnonsense\n{line()}\n")

    assert (
        sum(unit.size_bytes for unit in read_units(path, source=None, max_bytes=MAX)) == path.stat().st_size
    )

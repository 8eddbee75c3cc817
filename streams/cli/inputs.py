"""Articles from files, directories and stdin, for `ingest` and `explain`; a faulty one stops no other.

NDJSON is read line by line, so that a file may be larger than the memory; other files are one article
or one list and are read whole, up to a bound.
"""

from __future__ import annotations

import sys
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import click

from streams.errors import BadArticle, BadInput, ErrorCode, Fault
from streams.news.article import RawArticle
from streams.wire.files import SUFFIXES, raw_articles

STDIN = Path("-")
_LINES = (".ndjson", ".jsonl")
_LOOK = "look at its name, and at who may read it"
# An article of the size that is allowed, written in JSON, at worst six bytes for one.
_ESCAPED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One article and where it stands.

    Args:
        path: The file, as it was given.
        raw: The article.
        number: Its line, or its place in a list, from 1; None where the file is one article.
        size_bytes: How much of the input was read for it; 0 for the second and later of a list.
    """

    path: str
    raw: RawArticle
    number: int | None = None
    size_bytes: int = 0

    @property
    def name(self) -> str:
        """File and number, for a person."""
        return self.path if self.number is None else f"{self.path}:{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What cannot be read, where it stands, and why."""

    path: str
    error: BadArticle
    number: int | None = None
    size_bytes: int = 0

    @property
    def name(self) -> str:
        """File and number, for a person."""
        return self.path if self.number is None else f"{self.path}:{self.number}"


def article_files(paths: Iterable[Path], suffixes: Container[str] = SUFFIXES) -> Iterator[Path]:
    """Yield the files meant: those named, and in directories those of a known suffix, sorted by name.

    Args:
        paths: Files, directories, `-` for stdin.
        suffixes: Those looked for in directories.
    """
    for path in paths:
        if path != STDIN and path.is_dir():
            yield from sorted(
                file for file in path.rglob("*") if file.suffix.lower() in suffixes and file.is_file()
            )
        else:
            yield path


def missing_files(files: Iterable[Path]) -> list[Path]:
    """Return the files that are not there."""
    return [file for file in files if file != STDIN and not file.exists()]


def read_units(path: Path, *, source: str | None, max_bytes: int) -> Iterator[Unit | Refused]:
    """Read the articles of a file.

    Args:
        path: A file; `-` reads NDJSON from stdin.
        source: The source of articles that name none.
        max_bytes: The most that an article may have.

    Yields:
        Articles and refusals, in order.
    """
    try:
        if path == STDIN:
            yield from _read_lines("-", "stdin", sys.stdin.buffer, source, max_bytes)
        elif path.suffix.lower() in _LINES:
            with path.open("rb") as lines:
                yield from _read_lines(str(path), path.stem, lines, source, max_bytes)
        else:
            with path.open("rb") as file:
                data = file.read(max_bytes * _ESCAPED + 1)
            yield from _read_whole(path, data, source, max_bytes)
    except OSError as error:
        yield Refused(path=str(path), error=unreadable(error))


def open_input(path: str) -> IO[Any]:
    """Open a file of records, `-` for stdin; returns a context manager that gives its bytes.

    Raises:
        BadInput: When the system does not give it, as with an article's file.
    """
    try:
        return click.open_file(path, "rb")
    except OSError as error:
        raise BadInput(_unreadable(path, error), hint=_LOOK) from None


def unreadable(error: OSError) -> BadArticle:
    """Return the error of a file that the system does not give."""
    return BadArticle(_unreadable("$", error), hint=_LOOK)


def _unreadable(field: str, error: OSError) -> Fault:
    return Fault(field, ErrorCode.UNREADABLE, f"cannot be read: {error.strerror}")


def _read_lines(
    path: str, stem: str, lines: IO[bytes], source: str | None, max_bytes: int
) -> Iterator[Unit | Refused]:
    number, longest = 0, max_bytes * _ESCAPED
    while line := lines.readline(longest + 1):
        number += 1
        size = len(line)
        if size > longest:
            while line and not line.endswith(b"\n"):
                line = lines.readline(longest)
                size += len(line)
            yield Refused(path=path, number=number, error=_too_large(max_bytes), size_bytes=size)
        elif line.strip():
            # Each line is a file of its own to the reader, under the name that it would get in the whole.
            name = f"{stem}-{number}.ndjson" if number > 1 else f"{stem}.ndjson"
            try:
                for raw in raw_articles(name, line, source=source):
                    yield Unit(path=path, raw=raw, number=number, size_bytes=size)
            except BadArticle as error:
                yield Refused(path=path, number=number, error=_unnumbered(error), size_bytes=size)


def _read_whole(path: Path, data: bytes, source: str | None, max_bytes: int) -> Iterator[Unit | Refused]:
    left = len(data)
    if left > max_bytes * _ESCAPED:
        yield Refused(path=str(path), error=_too_large(max_bytes), size_bytes=left)
        return
    listed = path.suffix.lower() == ".json" and data.lstrip()[:1] == b"["
    try:
        for number, raw in enumerate(raw_articles(path.name, data, source=source), 1):
            yield Unit(path=str(path), raw=raw, number=number if listed else None, size_bytes=left)
            left = 0
    except BadArticle as error:
        yield Refused(path=str(path), error=error, size_bytes=left)


def _unnumbered(error: BadArticle) -> BadArticle:
    """Return the faults of the one line that was looked at, without its number there."""
    return BadArticle(
        *(
            Fault(fault.field.removeprefix("[1]").removeprefix(".") or "$", fault.code, fault.message)
            for fault in error.faults
        )
    )


def _too_large(max_bytes: int) -> BadArticle:
    return too_large(f"is longer than an article of {max_bytes:,} bytes can be")


def too_large(message: str) -> BadArticle:
    """Return the error of an article that has more than `max_article_bytes`."""
    return BadArticle(
        Fault("$", ErrorCode.TOO_LARGE, message),
        hint="--max-article-bytes allows more, here and for the workers; README, Settings",
    )

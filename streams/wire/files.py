"""Files of articles: posts, pages, envelopes and lists of envelopes, text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import Any

from streams.errors import BadArticle, ErrorCode, Fault
from streams.news.article import ContentType, RawArticle
from streams.news.encoding import decode
from streams.news.formats.post import front_matter
from streams.wire.raw import article_of, load_json

DEFAULT_SOURCE = "file"
SUFFIXES = {
    ".md": ContentType.MARKDOWN,
    ".markdown": ContentType.MARKDOWN,
    ".html": ContentType.HTML,
    ".htm": ContentType.HTML,
    ".txt": ContentType.PLAIN,
    ".json": ContentType.JSON,
    ".ndjson": ContentType.JSON,
    ".jsonl": ContentType.JSON,
}


def raw_articles(name: str, data: bytes, *, source: str | None = None) -> Iterator[RawArticle]:
    """Yield the raw articles that a file holds.

    Args:
        name: The file's name; its suffix tells the format, its stem is the id of an article that has
            none (with `-2` and so on from the second of a list).
        data: What stands in it, in any encoding.
        source: The source of every article that names none; a post's category, else `file`, where not given.

    Yields:
        Every article that can be read, in order.

    Raises:
        BadArticle: At the end, with all faults of all articles that cannot; those of a list are named
            `[2].content`, counted from 1, so that one bad line of many stops no other.
    """
    path = PurePath(name)
    kind = SUFFIXES.get(path.suffix.lower())
    if kind is None:
        raise BadArticle(Fault("$", ErrorCode.UNKNOWN_VALUE, f"ends in none of {', '.join(SUFFIXES)}"))
    if not data.strip():
        raise BadArticle(Fault("$", ErrorCode.EMPTY, "is empty"))
    if kind is ContentType.JSON:
        yield from _envelopes(path, data, source)
    else:
        yield _document(path.stem, kind, decode(data), source)


def _document(stem: str, kind: ContentType, content: str, source: str | None) -> RawArticle:
    if source is None and kind is ContentType.MARKDOWN:
        fields, _ = front_matter(content)
        source = (fields.get("categories") or fields.get("category") or "")[:100] or None
    return RawArticle(source=source or DEFAULT_SOURCE, content=content, content_type=kind, id=stem)


def _envelopes(path: PurePath, data: bytes, source: str | None) -> Iterator[RawArticle]:
    listed, values = _values(path, data)
    faults: list[Fault] = []
    for number, value in enumerate(values, start=1):
        try:
            yield _named(value(), path.stem if number == 1 else f"{path.stem}-{number}", source)
        except BadArticle as error:
            faults.extend(
                replace(fault, field=f"[{number}].{fault.field}" if fault.field != "$" else f"[{number}]")
                if listed
                else fault
                for fault in error.faults
            )
    if faults:
        raise BadArticle(*faults)


def _values(path: PurePath, data: bytes) -> tuple[bool, list[Callable[[], Any]]]:
    """Return whether the file is a list, and each of its values, to be parsed when asked for."""
    if path.suffix.lower() != ".json":
        lines = [line for line in data.splitlines() if line.strip()]
        return True, [partial(load_json, line) for line in lines]
    whole = load_json(data)
    if isinstance(whole, list):
        return True, [partial(_same, value) for value in whole]
    return False, [partial(_same, whole)]


def _same(value: Any) -> Any:
    return value


def _named(value: Any, name: str, source: str | None) -> RawArticle:
    """Return the article of an envelope, with the file's name and source where it has none."""
    if isinstance(value, dict):
        value = {**value, "source": value.get("source") or source or DEFAULT_SOURCE}
    raw = article_of(value)
    return raw if raw.id else replace(raw, id=name)

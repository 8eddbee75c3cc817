"""Bounds on markup before any parser sees it, so that parsing stays linear.

The HTML5 tree builder is quadratic in open elements (20,000 nested `div` take a second, 100,000
half a minute), in formatting elements that it opens again, and in attributes of one tag. `bounded`
passes small markup as it is and rewrites the rest as well-nested, shallow markup in one pass.
"""

from __future__ import annotations

import re

# Under these, the worst that could be built takes 40 ms (measured with lexbor on 250 open fonts).
SMALL_TAGS = 500
SMALL_CHARS = 16_000
MAX_DEPTH = 200
MAX_TAG_CHARS = 2_000
# What follows behind so much input, or so much that stays of it, is not looked at.
MAX_SCANNED = 3_000_000
MAX_CHARS = 1_000_000

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})([^<>]*)>|<!--|<[!?][^<>]*>")
# Opened again in every block that follows while unclosed; the reader does not need them.
_FORMATTING = frozenset(
    ("b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_RAW = frozenset(["script", "style", "noscript", "iframe", "textarea", "title", "xmp", "noembed", "noframes"])
_ROOT = frozenset(("html", "head", "body"))


def bounded(html: str) -> str:
    """Return markup that parses in linear time and reads the same.

    Args:
        html: Anything.

    Returns:
        The same object where it is small; else markup of the same words with at most `MAX_DEPTH`
        open elements, every element closed in order, formatting left out and overlong tags bare.
    """
    if len(html) <= SMALL_CHARS and html.count("<") <= SMALL_TAGS:
        return html
    writer = _Writer()
    position = 0
    html = html[:MAX_SCANNED]
    while writer.length < MAX_CHARS and (match := _TAG.search(html, position)) is not None:
        writer.text(html[position : min(match.start(), position + MAX_CHARS)])
        position = match.end()
        if match[0] == "<!--":
            position = _behind(html, "-->", position)
        elif match[2]:
            name = match[2].lower()
            if name in _RAW and not match[1]:
                start, position = position, _behind(html, f"</{name}", position)
                writer.raw(name, match[3], html[start : position - len(name) - 2])
                position = _behind(html, ">", position)
            else:
                writer.tag(name, match[3], closing=bool(match[1]))
    if writer.length < MAX_CHARS:
        writer.text(html[position : position + MAX_CHARS])
    return writer.finished()


def _behind(html: str, mark: str, position: int) -> int:
    """Return the offset behind the next mark, in any case of letters; the end where there is none."""
    match = re.compile(re.escape(mark), re.IGNORECASE).search(html, position)
    return match.end() if match else len(html)


class _Writer:
    """Writes tags such that they nest."""

    __slots__ = ("_counts", "_open", "_parts", "length")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._open: list[str] = []
        self.length = 0
        self._counts: dict[str, int] = {}

    def _write(self, part: str) -> None:
        self._parts.append(part)
        self.length += len(part)

    def text(self, text: str) -> None:
        self._write(text.replace("<", "&lt;") if "<" in text else text)

    def raw(self, name: str, attributes: str, text: str) -> None:
        """Only a page's title and its data about itself are read of the elements that hold raw text."""
        if name == "title" or (name == "script" and "ld+json" in attributes):
            self._write(f"<{name}{attributes[:MAX_TAG_CHARS]}>{text}</{name}>")

    def tag(self, name: str, attributes: str, *, closing: bool) -> None:
        if name in _FORMATTING or name in _ROOT:
            return
        if len(attributes) > MAX_TAG_CHARS:
            attributes = ""
        if name in _VOID:
            self._write(f"<{name}{attributes}>")
        elif not closing:
            self._opened(name, attributes)
        elif self._counts.get(name):
            while self._closed() != name:
                continue

    def _opened(self, name: str, attributes: str) -> None:
        if len(self._open) >= MAX_DEPTH:
            if self._parts[-1] != " ":
                self._write(" ")
            return
        self._open.append(name)
        self._counts[name] = self._counts.get(name, 0) + 1
        self._write(f"<{name}{attributes}>")

    def _closed(self) -> str:
        name = self._open.pop()
        self._counts[name] -= 1
        self._write(f"</{name}>")
        return name

    def finished(self) -> str:
        while self._open:
            self._closed()
        return "".join(self._parts)

"""The usual fragment of a feed: a row of paragraphs, most of them without markup inside.

Making a tree takes longer than all else in reading such an article, and the tree says no more than where
paragraphs and links end. So a fragment that is nothing but well-nested paragraphs is read as it stands;
anything else is left to a parser. A property test holds the two ways equal.
"""

from __future__ import annotations

import re
from html import unescape

from streams.news.elements import ElementReader
from streams.news.lines import Line
from streams.news.text import one_line

_OPEN, _CLOSE = "<p>", "</p>"
# Longer input is bounded before it is read, see `streams.news.nesting`.
MAX_CHARS = 200_000
_TAG = re.compile(r'<(/?)(a|b|em|i|span|strong|u)((?:\s[a-z][a-z-]*="[^"<>&]*")*)>')
# What says nothing here: stress on words, the places that pages fill with prices.
_STRESSED = re.compile(r"<(b|em|i|strong|u)>([^<>]*)</\1>")
_EMPTY = re.compile(r'<span(?:\s[a-z][a-z-]*="[^"<>]*")*></span>')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')


def paragraph_lines(html: str) -> list[Line] | None:
    """Return the lines of a fragment that is a row of paragraphs.

    Args:
        html: Any text.

    Returns:
        One line a paragraph; None where anything stands between two paragraphs, or in one anything but
        text and inline elements that are closed there, one inside the other. Linear in the length.
    """
    if len(html) > MAX_CHARS or not html.lstrip().startswith(_OPEN):
        return None
    lines: list[Line] = []
    for piece in html.split(_OPEN)[1:]:
        body = piece.rstrip()
        if not body.endswith(_CLOSE):
            return None
        body = body[: -len(_CLOSE)]
        if "<" in body:
            body = _EMPTY.sub("", _STRESSED.sub(r"\2", body))
        if "<" in body:
            marked = _marked(body)
            if marked is None:
                return None
            lines += marked
        elif text := one_line(_decoded(body)):
            lines.append(Line(text))
    return lines


def _decoded(text: str) -> str:
    return unescape(text) if "&" in text else text


def _marked(body: str) -> list[Line] | None:
    """Return the line of a paragraph with markup inside; None where that is more than inline elements."""
    parts = _TAG.split(body)
    tags = list(zip(parts[1::4], parts[2::4], parts[3::4], strict=True))
    texts = parts[::4]
    if any("<" in text for text in texts) or not _nest(tags):
        return None
    reader = ElementReader()
    unread = 0  # how many elements are open from one on that is not to be read
    for text, (slash, name, attributes) in zip(texts, tags, strict=False):
        if text and not unread:
            reader.text(_decoded(text))
        if unread:
            unread += -1 if slash else 1
        elif slash:
            reader.closes(name)
        elif not reader.opens(name, _attributes(attributes)):
            unread = 1
    if texts[-1]:
        reader.text(_decoded(texts[-1]))
    reader.flush()
    return reader.lines


def _nest(tags: list[tuple[str, str, str]]) -> bool:
    """Whether each element is closed before the one around it, and stands in none of its own kind."""
    opened: list[str] = []
    for slash, name, attributes in tags:
        if slash:
            if attributes or not opened or opened.pop() != name:
                return False
        elif name in opened:
            return False
        else:
            opened.append(name)
    return not opened


def _attributes(written: str) -> dict[str, str]:
    """Return attributes by name; the first of a name counts."""
    return dict(reversed(_ATTRIBUTE.findall(written))) if written else {}

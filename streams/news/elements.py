"""Elements: which of a document are read, and how what stands in them becomes lines.

Any parser can drive an `ElementReader`; the parsers themselves stay in `streams.news.markup`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from streams.news.lines import Line, Link
from streams.news.links import Target, target
from streams.news.text import visible

Attributes = Mapping[str, Any]

_BLOCKS = (
    frozenset(
        ("p", "div", "br", "hr", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6")
    )
    | frozenset(
        ("pre", "center", "blockquote", "address", "table", "caption", "tbody", "thead", "tfoot", "tr")
    )
    | frozenset(
        ("body", "main", "article", "section", "header", "figure", "figcaption", "details", "summary")
    )
)
_CELLS = frozenset(("td", "th"))
_DROPPED = (
    frozenset(("head", "title", "script", "style", "noscript", "template", "iframe"))
    | frozenset(("img", "map", "svg", "math", "object", "embed", "audio", "video", "canvas"))
    | frozenset(("button", "select", "textarea", "input", "nav", "footer", "aside"))
)
_LINKED = frozenset(("a", "span"))
_NOISE = re.compile(
    r"(?:^|[\s_-])(?:toplink|share(?:bar|box|buttons?|tools?|list)?|bdsharebuttonbox|social|related|relate|relatednews"
    r"|recommend(?:ed|ation|ations)?|xgyd|comments?|copyright|qrcode|advert(?:isement)?|ads?|gg|breadcrumbs?"
    r"|footer|sidebar|disclaimer|statement|editor|zebian|app-?download|downapp|res-edit)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class ElementReader:
    """Takes elements and text in document order and makes lines of them.

    Attributes:
        lines: What was read so far; the last line joins them at `flush`.
    """

    __slots__ = ("_anchors", "_bare", "_gaps", "_length", "_links", "_open", "_parts", "_pending", "lines")

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._parts: list[str] = []
        self._length = 0
        self._pending = ""
        self._links: list[Link] = []
        self._open: list[tuple[Target, int] | None] = []
        self._anchors = 0
        self._bare = False
        self._gaps: set[int] = set()

    def text(self, data: str) -> None:
        """Take a run of text."""
        data = visible(data)
        words = data.split()
        if not words:
            self._pending = self._pending or (" " if data else "")
            return
        gap = self._pending or (" " if data[0].isspace() else "")
        if gap and self._length:
            self._gaps.add(self._length)
            self._parts.append(gap)
            self._length += 1
        joined = " ".join(words)
        self._parts.append(joined)
        self._length += len(joined)
        self._pending = " " if data[-1].isspace() else ""
        self._bare = self._bare or not self._anchors

    def opens(self, tag: str, attributes: Attributes) -> bool:
        """Take an element's start; False where nothing inside it is to be read."""
        if tag in _DROPPED or _is_noise(attributes):
            return False
        if tag in _BLOCKS:
            self.flush()
        elif tag in _CELLS:
            self._pending = "\t"
        elif tag in _LINKED:
            self._anchors += tag == "a"
            found = target(attributes.get("id"), attributes.get("data-code"), attributes.get("href"))
            self._open.append((found, self._length) if found else None)
        return True

    def closes(self, tag: str) -> None:
        """Take the end of an element whose start was taken with True."""
        if tag in _BLOCKS:
            self.flush()
        elif tag in _CELLS:
            self._pending = "\t"
        elif tag in _LINKED:
            self._anchors -= tag == "a"
            if (link := self._open.pop()) is not None:
                self._linked(link)

    def _linked(self, link: tuple[Target, int]) -> None:
        found, start = link
        start += start in self._gaps
        if start < self._length:
            made = Link(start, self._length, found)
            if made not in self._links[-2:]:  # a span around its own anchor says it twice
                self._links.append(made)

    def flush(self) -> None:
        """End the line; links that are still open go on in the next."""
        self._pending = ""
        if not self._length:
            return
        for place, link in enumerate(self._open):
            if link is not None:
                self._linked(link)
                self._open[place] = (link[0], 0)
        self.lines.append(Line("".join(self._parts), tuple(self._links), not self._bare))
        self._parts, self._links, self._length, self._bare = [], [], 0, False
        self._gaps.clear()


def _is_noise(attributes: Attributes) -> bool:
    """Whether an element is hidden, or by its class something beside the article."""
    if not attributes:
        return False
    names = attributes.get("class")
    if names and _names_noise(names if isinstance(names, str) else " ".join(names)):
        return True
    style = attributes.get("style")
    return bool(style and _HIDDEN.search(style)) or "hidden" in attributes


@lru_cache(maxsize=4_096)
def _names_noise(names: str) -> bool:
    return _NOISE.search(names) is not None

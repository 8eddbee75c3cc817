"""HTML: a fragment from a feed, or a whole page."""

from __future__ import annotations

from streams.news.lines import Content, Line
from streams.news.markup import fragment_lines, is_page, page
from streams.news.media import find_media
from streams.news.times import find_time

_HEADER_LINES = 30


def read_html(content: str) -> Content:
    """Read a fragment, or a whole page with what its head and the lines above its article say."""
    if not is_page(content):
        return Content(lines=fragment_lines(content))
    read = page(content)
    lines = _below(read.title, read.lines)
    above = (*read.header, *read.lines[: len(read.lines) - len(lines)], *lines[:2])
    return Content(
        lines=lines,
        title=read.title,
        url=read.url,
        media=read.media or find_media(above),
        published_at=read.published_at or find_time("\n".join(line.text for line in above)),
    )


def _below(title: str | None, lines: list[Line]) -> list[Line]:
    """Return the lines below the heading: above it are menus."""
    for place, line in enumerate(lines[:_HEADER_LINES]):
        if line.text == title:
            return lines[place + 1 :]
    return lines

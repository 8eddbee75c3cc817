"""HTML: a fragment from a feed, or a whole page."""

from __future__ import annotations

from streams.news.lines import Content
from streams.news.markup import fragment_lines, is_page, page
from streams.news.times import find_time

_HEADER_LINES = 12


def read_html(content: str) -> Content:
    """Read a fragment, or a whole page with what its head says."""
    if not is_page(content):
        return Content(lines=fragment_lines(content))
    read = page(content)
    header = "\n".join(line.text for line in read.lines[:_HEADER_LINES])
    return Content(
        lines=read.lines,
        title=read.title,
        url=read.url,
        media=read.media,
        published_at=read.published_at or find_time(header),
    )

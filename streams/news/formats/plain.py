"""Plain text: blocks parted by line ends."""

from __future__ import annotations

import re

from streams.news.formats.html import read_html
from streams.news.lines import Content, plain_lines

_MARKUP = re.compile(r"</(?:p|div|span|a|b|i|em|strong|font|table)\s?>|<br\s?/?>|<p[\s>]", re.IGNORECASE)


def read_plain(content: str) -> Content:
    """Read plain text; where it is markup after all, as some feeds declare it, it is read as such."""
    if "<" in content and _MARKUP.search(content):
        return read_html(content)
    return Content(lines=plain_lines(content))

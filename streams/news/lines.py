"""Lines: the text of an article on its way from a format to `Article.text`, one block a line.

Every format reads into lines, boilerplate is taken out line by line, and `joined` puts them
together, so that the offsets of links are right whatever was dropped before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from streams.news.article import QuoteLink
from streams.news.links import Target
from streams.news.text import clean


class Link(NamedTuple):
    """A quote link inside one line."""

    start: int
    end: int
    target: Target


class Line(NamedTuple):
    """One block of an article.

    Args:
        text: Cleaned, not empty; table cells are parted by tabs.
        links: Quote links in the order of their ends.
        anchored: All words stand in hyperlinks, as in a list of further reading.
    """

    text: str
    links: tuple[Link, ...] = ()
    anchored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What one format yields; the metadata is as found, nothing believed yet.

    Args:
        lines: Everything that stands there to be read, boilerplate included.
        title, url, published_at, media: As the content itself names them, else None.
        summary: Lines that the publisher sets apart as the summary.
    """

    lines: Sequence[Line]
    title: str | None = None
    url: str | None = None
    published_at: str | None = None
    media: str | None = None
    summary: Sequence[Line] = field(default=())


def plain_lines(text: str) -> list[Line]:
    """Return the blocks of a text without markup."""
    return [Line(block) for block in clean(text).split("\n") if block]


def joined(
    lines: Iterable[Line], *, field: str = "text", separator: str = "\n", limit: int
) -> tuple[str, tuple[QuoteLink, ...]]:
    """Return the text of the lines and their links, with offsets into that text.

    Args:
        lines: In order.
        field: What the links' field is called.
        separator: One character.
        limit: Characters after which the text is cut; links that reach beyond are left out.

    Returns:
        The text, and the links in its order.
    """
    texts, links, offset = [], [], 0
    for line in lines:
        texts.append(line.text)
        for start, end, target in line.links:
            if offset + end <= limit:
                links.append(
                    QuoteLink(
                        field=field,
                        start=offset + start,
                        end=offset + end,
                        ticker=target.ticker,
                        board=target.board,
                    )
                )
        offset += len(line.text) + 1
        if offset > limit:
            break
    links.sort(key=lambda link: (link.start, link.end))
    return separator.join(texts)[:limit].rstrip(), tuple(links)

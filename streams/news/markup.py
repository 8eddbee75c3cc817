"""Markup: the one door to the HTML parsers.

`fragment_lines` reads what feeds send, with selectolax (lexbor); `page` reads whole pages with
BeautifulSoup on lxml, for what stands in their heads as well. Both walk their tree into the same
`ElementReader`, so that a property test can hold one against the other. Neither recurses.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PreformattedString, Tag
from selectolax.lexbor import LexborHTMLParser

from streams.news.elements import ElementReader
from streams.news.lines import Line
from streams.news.nesting import bounded
from streams.news.paragraphs import paragraph_lines

# Pages above this are left to selectolax: BeautifulSoup takes 2 s for a megabyte of tags.
_SOUP_CHARS = 200_000
_BODIES = (
    "#ContentBody, #artibody, #article_content, #articleContent, [itemprop=articleBody], article, "
    ".article, .article-content, .article_content, .article-body, .articleBody, .post-content, .txtinfos, "
    ".main-content, #content, .content, main"
)
_LEAST_CHARS = 40
_PAGE = re.compile(r"<(?i:!doctype|html|head|body)\b")


def _walk_lexbor(root: Any, reader: ElementReader) -> None:
    """Walk a selectolax tree, children of `root` only, without recursion."""
    node, end = root.child, root.mem_id
    while node is not None:
        tag = node.tag
        if tag == "-text":
            reader.text(node.text_content or "")
        elif tag[0] != "-" and reader.opens(tag, node.attributes):
            if (child := node.child) is not None:
                node = child
                continue
            reader.closes(tag)
        while (after := node.next) is None:
            node = node.parent
            if node is None or node.mem_id == end:
                return
            reader.closes(node.tag)
        node = after


def _walk_soup(root: Tag, reader: ElementReader) -> None:
    """Walk a BeautifulSoup tree, children of `root` only, without recursion."""
    stack: list[Any] = [iter(root.contents)]
    names: list[str] = []
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            if names:
                reader.closes(names.pop())
        elif isinstance(node, Tag):
            if reader.opens(node.name, node.attrs):
                stack.append(iter(node.contents))
                names.append(node.name)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            reader.text(str(node))


def fragment_lines(html: str) -> list[Line]:
    """Return the readable lines of a fragment, with selectolax where it is more than paragraphs.

    Args:
        html: Any text; what is not markup is read as text.

    Returns:
        One line a block, table rows too (cells parted by tabs), with quote links; scripts, styles,
        comments, hidden elements, share bars, adverts and lists of related articles left out.
    """
    lines = paragraph_lines(html)
    return tree_lines(html) if lines is None else lines


def tree_lines(html: str) -> list[Line]:
    """Return what `fragment_lines` returns, by way of a tree whatever the markup is."""
    return _lexbor_lines(_lexbor(bounded(html)))


def _lexbor_lines(document: LexborHTMLParser) -> list[Line]:
    reader = ElementReader()
    if document.body is not None:
        _walk_lexbor(document.body, reader)
    reader.flush()
    return reader.lines


def soup_lines(html: str) -> list[Line]:
    """Return what `fragment_lines` returns, with BeautifulSoup: the reference it is held against."""
    return _soup_lines(_soup(bounded(html)))


def _soup_lines(root: Tag) -> list[Line]:
    reader = ElementReader()
    _walk_soup(root, reader)
    reader.flush()
    return reader.lines


def _lexbor(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(b"<body>" + _bytes(html))  # else a leading noscript is taken for the head's


def _bytes(html: str) -> bytes:
    return html.replace("\0", "").encode("utf-8", "ignore")


def _soup(html: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(_bytes(html), "lxml", from_encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole page: its article, what stands before it, and what its head and its data say about it."""

    lines: list[Line]
    header: tuple[Line, ...] = ()
    title: str | None = None
    url: str | None = None
    published_at: str | None = None
    media: str | None = None


_TIME_NAMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "publishdate",
    "publish_date",
    "publish-date",
    "pubdate",
    "publish_time",
    "publishtime",
    "weibo:article:create_at",
    "bytedance:published_time",
    "_pubtime",
    "date",
)
_MEDIA_NAMES = ("mediaid", "source", "contentsource", "article:source", "weibo:webpage:source", "_source")
_DATA_TIME = re.compile(r'"(?:datePublished|pubDate)"\s*:\s*"([^"]{8,40})"')
_SITE = re.compile(r"\s*(?:[_|｜–—]|\s-)\s*[^_|｜–—]{2,20}$")


def is_page(html: str) -> bool:
    """Whether the markup is a whole page and no fragment of one."""
    return _PAGE.search(html, 0, 2_000) is not None


def page(html: str) -> Page:
    """Read a whole page.

    Args:
        html: A page, however broken.

    Returns:
        The lines of the element that holds the article (the body where none is found), and the
        metadata as the page gives it.
    """
    html = bounded(html)
    if len(html) > _SOUP_CHARS:
        document = _lexbor(html)
        return Page(lines=_lexbor_lines(document), title=_lexbor_title(document))
    soup = _soup(html)
    named = _meta(soup)
    body = _soup_lines(soup.body or soup)
    lines = _article(soup) or body
    return Page(
        lines=lines,
        header=tuple(body[: next((place for place, line in enumerate(body) if line == lines[0]), 0)]),
        title=_title(soup, named),
        url=_canonical(soup) or named.get("og:url"),
        published_at=_first(named, _TIME_NAMES) or _time(soup),
        media=_first(named, _MEDIA_NAMES),
    )


def _article(soup: BeautifulSoup) -> list[Line]:
    """Return the lines of the element that holds the article, [] where none is known by its name."""
    candidates = (_soup_lines(root) for root in soup.select(_BODIES, limit=8))
    return next((lines for lines in candidates if sum(len(line.text) for line in lines) >= _LEAST_CHARS), [])


def _meta(soup: BeautifulSoup) -> dict[str, str]:
    """Return what the page's meta elements say, the first of each name."""
    named: dict[str, str] = {}
    for element in soup.find_all("meta", limit=200):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content:
            named.setdefault(str(name).lower(), str(content).strip())
    return named


def _first(named: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((named[name] for name in names if named.get(name)), None)


def _title(soup: BeautifulSoup, named: Mapping[str, str]) -> str | None:
    if title := named.get("og:title"):
        return title
    heading = soup.find("h1")
    if heading is not None and len(heading.get_text(strip=True)) >= 4:
        return heading.get_text(" ", strip=True)
    title = soup.title.get_text(strip=True) if soup.title else ""
    return _without_site(title) or None


def _without_site(title: str) -> str:
    """Return a page's title without the names of section and site behind it."""
    for _ in range(3):
        title = _SITE.sub("", title) or title
    return title


def _lexbor_title(document: LexborHTMLParser) -> str | None:
    node = document.css_first("title")
    return _without_site(node.text(strip=True)) or None if node else None


def _canonical(soup: BeautifulSoup) -> str | None:
    element = soup.find("link", rel="canonical")
    return str(element.get("href") or "") or None if isinstance(element, Tag) else None


def _time(soup: BeautifulSoup) -> str | None:
    element = soup.find("time", datetime=True)
    if isinstance(element, Tag):
        return str(element["datetime"])
    for script in soup.find_all("script", type="application/ld+json", limit=8):
        if match := _DATA_TIME.search(script.get_text()):
            return match[1]
    return None

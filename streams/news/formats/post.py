"""Rolling-news posts: front matter, a quoted summary, text or HTML, the URL, footer links.

---
title: "..."                      may be empty
date: 2022-02-14 04:29:08 +0800   may have no zone, or nothing but one
categories: emnews
---
> summary（medium）

text, or HTML with quote links

<http://where.it/was/published.html>

[back](...)｜[home](...)
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from streams.news.formats.html import read_html
from streams.news.lines import Content, Line, Link, plain_lines
from streams.news.links import target
from streams.news.text import fold, one_line

_FRONT = re.compile(r"\s*---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"(layout|title|date|categories|category|tags|url|link|source|author)[ \t]*:(.*)")
_URL_LINE = re.compile(r"<\s*((?:https?:)?//[^<>\s]{1,2000})?\s*>")
_MD_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\(([^()\s]{0,2000})(?:\s+\"[^\"]{0,200}\")?\)")
_FOOTER = re.compile(r"(?:\s|[｜|·]|\[[^\[\]]{0,40}\]\([^()\s]{0,200}\))+")
_BLOCK_MARK = re.compile(r"\s{0,8}(?:#{1,6}\s+|>\s?|[*+-]\s+)")
_STRESS = re.compile(r"\*\*|__|`")
_HTML = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9]{0,12}[\s/>]|!--)")


def front_matter(content: str) -> tuple[dict[str, str], str]:
    """Return the fields of a post's front matter, blank ones left out, and what follows it.

    Fields that stand unfenced at the head of the text count as well.
    """
    match = _FRONT.match(content.removeprefix("\ufeff")[:20_000])
    content = content.removeprefix("\ufeff")
    if match:
        return _fields(match[1].splitlines()), content[match.end() :]
    head: list[str] = []
    lines = content.splitlines(keepends=True)
    while len(head) < len(lines) and _FIELD.match(lines[len(head)]):
        head.append(lines[len(head)])
    return _fields(head), "".join(lines[len(head) :])


def read_post(content: str) -> Content:
    """Read a rolling-news post, or any other Markdown.

    Args:
        content: The file as it is.

    Returns:
        Its lines; a summary that says more than the text comes first among them.
    """
    fields, rest = front_matter(content)
    summary: list[str] = []
    body: list[str] = []
    url = fields.get("url") or fields.get("link")
    for line in rest.splitlines():
        stripped = line.strip()
        if match := _URL_LINE.fullmatch(stripped):
            url = match[1] or url
        elif stripped.startswith(">") and not any(body):
            summary.append(stripped.lstrip("> "))
        elif not (stripped.startswith("[") and _FOOTER.fullmatch(stripped)):
            body.append(line if stripped else "")
    lines = _body_lines("\n".join(body))
    quoted = [line for text in summary for line in _markdown_lines(text)]
    return Content(
        lines=lines if _is_said(quoted, lines) else [*quoted, *lines],
        summary=quoted,
        title=fields.get("title"),
        published_at=fields.get("date"),
        url=url,
    )


def _fields(lines: Iterable[str]) -> dict[str, str]:
    found = {}
    for line in lines:
        if match := _FIELD.match(line.strip()):
            value = match[2].strip()
            if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1].replace('\\"', '"').strip()
            if value and not re.fullmatch(r"[+-]\d{4}", value):
                found[match[1]] = value
    return found


def _body_lines(body: str) -> list[Line]:
    if _HTML.search(body):
        return list(read_html(body).lines)
    return [line for block in body.splitlines() for line in _markdown_lines(block)]


def _markdown_lines(block: str) -> list[Line]:
    """Return a block of Markdown as lines, its quote links kept."""
    block = _STRESS.sub("", _BLOCK_MARK.sub("", block, count=1))
    if "](" not in block:
        return plain_lines(block)
    text, links, anchored, end = "", [], True, 0
    for match in _MD_LINK.finditer(block):
        between = one_line(block[end : match.start()])
        words = "" if match[0].startswith("!") else one_line(match[1])
        anchored = anchored and not between
        text += between
        if words and (found := target(None, None, match[2])):
            links.append(Link(len(text), len(text) + len(words), found))
        text += words
        end = match.end()
    rest = one_line(block[end:])
    text += rest
    return [Line(text, tuple(links), anchored and not rest)] if text else []


def _is_said(summary: list[Line], lines: list[Line]) -> bool:
    """Whether every sentence of the summary stands in the text; the medium behind it does not count."""
    said = _words("".join(line.text for line in lines))
    sentences = re.split(r"(?<=[。！？；])", "".join(line.text for line in summary))
    return all(_words(sentence) in said for sentence in sentences if not sentence.startswith(("（", "(")))


def _words(text: str) -> str:
    return re.sub(r"\W", "", fold(text).text)

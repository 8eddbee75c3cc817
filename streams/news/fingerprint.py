"""Derived identity: the id of an article, and the fingerprint of its wording."""

from __future__ import annotations

import re
from hashlib import blake2b

from streams.news.article import RawArticle
from streams.news.text import fold

# Blanks, and the quotation marks that media set as their house style wants.
_NOT_WORDING = re.compile("[\\s\"'“”‘’「」『』]+")
_SEPARATOR = "\x1f"


def article_id(raw: RawArticle) -> str:
    """Return the id of an article: the same for every version that its source sends.

    Args:
        raw: As sent. Its own id counts within its source, else its URL, else title and content as they are.

    Returns:
        `article_` and 16 hexadecimal digits.
    """
    native: tuple[str, ...]
    if raw.id:
        native = ("id", raw.id)
    elif raw.url:
        native = ("url", raw.url)
    else:
        native = ("text", raw.title or "", raw.content)
    return f"article_{_hexadecimal(_SEPARATOR.join((raw.source, *native)))}"


def digest(title: str | None, text: str) -> str:
    """Return the fingerprint of an article's wording.

    Markup, width, case, blanks and quotation marks do not matter. A title counts unless the text
    says the same words; the medium behind the last sentence is for the caller to leave out.

    Args:
        title: Plain text, or None.
        text: Readable text.

    Returns:
        16 hexadecimal digits of BLAKE2b.

    >>> digest("工行公告", "工行　公告。") == digest(None, "工行公告。")
    True
    """
    words = _wording(text)
    heading = _wording(title) if title else ""
    if heading and heading not in words:
        words = f"{heading}{_SEPARATOR}{words}"
    return _hexadecimal(words)


def _wording(text: str) -> str:
    return _NOT_WORDING.sub("", fold(text).text)


def _hexadecimal(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()

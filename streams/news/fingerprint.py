"""Derived identity: the id of an article, and the fingerprint of its wording."""

from __future__ import annotations

from hashlib import blake2b

from streams.news.article import RawArticle
from streams.news.text import fold

# Media set these as their house style wants.
_QUOTATION_MARKS = "\"'“”‘’「」『』"
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


def digest(title: str | None, text: str, folded: str | None = None) -> str:
    """Return the fingerprint of an article's wording.

    Markup, width, case, blanks and quotation marks do not matter. A title counts unless the text
    says the same words; the medium behind the last sentence is for the caller to leave out.

    Args:
        title: Plain text, or None.
        text: Readable text.
        folded: The text folded, where that is done already.

    Returns:
        16 hexadecimal digits of BLAKE2b.

    >>> digest("工行公告", "工行　公告。") == digest(None, "工行公告。")
    True
    """
    words = _wording(fold(text).text if folded is None else folded)
    heading = _wording(fold(title).text) if title else ""
    if heading and heading not in words:
        words = f"{heading}{_SEPARATOR}{words}"
    return _hexadecimal(words)


def _wording(folded: str) -> str:
    words = "".join(folded.split())
    for mark in _QUOTATION_MARKS:
        if mark in words:
            words = words.replace(mark, "")
    return words


def _hexadecimal(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()

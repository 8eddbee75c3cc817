"""What comes in: the raw article (contract of `news.raw`) and what was read of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from streams.news.text import Folded


class Action(StrEnum):
    """What a source does with an article."""

    PUBLISH = "publish"
    UPDATE = "update"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


class ContentType(StrEnum):
    """The content types that are read. `application/json`: the content is itself an envelope."""

    HTML = "text/html"
    PLAIN = "text/plain"
    MARKDOWN = "text/markdown"
    JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """One record of `news.raw`, as a source sent it (contract).

    Args:
        source: Who sent it: a feed's name, 1 to 100 characters.
        content: The article's text or markup; may be empty only for `withdraw`.
        content_type: One of `ContentType`, parameters such as charset allowed and ignored.
        id: The source's own id; derived from url, else from the text, where absent.
        url: Where it is published.
        title: As the source gives it; otherwise read from the content.
        published_at: RFC 3339, `YYYY-MM-DD HH:MM[:SS]` or epoch seconds; +08:00 where no zone is given.
        action: What the source does with the article.
    """

    source: str
    content: str = ""
    content_type: str = ContentType.PLAIN
    id: str | None = None
    url: str | None = None
    title: str | None = None
    published_at: str | None = None
    action: Action = Action.PUBLISH


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLink:
    """A link by which the publisher names a security or a board.

    Args:
        field: `title` or `text`, where the linked words stand.
        start: Character offset of the linked words, into that field.
        end: Offset behind them; equal to `start` for a place holder without words.
        ticker: `601398.SH`, `01398.HK`, `AAPL.US`; None for a board.
        board: `BK0475`; None for a security.
    """

    field: str
    start: int
    end: int
    ticker: str | None = None
    board: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as read: plain text and metadata, nothing understood yet.

    Args:
        id: `article_` and 16 hexadecimal digits, derived from source and native id, else URL, else text.
        source: As sent.
        action: As sent.
        url: Where it is published.
        title: Plain text, one line.
        published_at: Aware; None where none was given or it cannot be believed (see `warnings`).
        media: The originating medium as named in the text (来源：X, （X）), else None.
        text: Readable text, blocks separated by a line feed; evidence offsets point into it.
        summary: The first sentences of the text, at most 200 characters.
        language: `zh-Hans`, `zh-Hant`, `en` or `und`.
        links: Quote links, in the order of the text.
        digest: Fingerprint of folded title and text, 16 hexadecimal digits; equal for equal wording.
        warnings: What was odd but did not stop the reading, one clause each.
        folded: The text folded for matching, where reading has done that already.
    """

    id: str
    source: str
    action: Action = Action.PUBLISH
    url: str | None = None
    title: str | None = None
    published_at: datetime | None = None
    media: str | None = None
    text: str = ""
    summary: str = ""
    language: str = "und"
    links: tuple[QuoteLink, ...] = field(default=())
    digest: str = ""
    warnings: tuple[str, ...] = field(default=())
    folded: Folded | None = field(default=None, repr=False)

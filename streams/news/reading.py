"""Reading: from a raw article to text, links and metadata. Nothing is understood here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from streams.errors import BadArticle, ErrorCode, Fault
from streams.news.article import Action, Article, ContentType, QuoteLink, RawArticle
from streams.news.boilerplate import without_boilerplate
from streams.news.encoding import repair
from streams.news.fingerprint import article_id, digest
from streams.news.formats.envelope import content_type
from streams.news.formats.html import read_html
from streams.news.formats.plain import read_plain
from streams.news.formats.post import read_post
from streams.news.language import detect_language
from streams.news.lines import Line, joined
from streams.news.media import find_media, names_media, without_media
from streams.news.nesting import MAX_CHARS
from streams.news.text import fold, one_line
from streams.news.times import believed_time

MAX_TEXT_CHARS = 200_000
MAX_CONTENT_CHARS = 600_000  # of content that is no markup; `nesting` bounds markup
MAX_TITLE_CHARS = 500
MAX_URL_CHARS = 2_000
SUMMARY_CHARS = 200

_READERS = {ContentType.HTML: read_html, ContentType.PLAIN: read_plain, ContentType.MARKDOWN: read_post}
_SENTENCE_END = re.compile(r"[。！？!?]+[”」』）)]*")
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def read(raw: RawArticle, received: datetime) -> Article:
    """Read a raw article.

    Args:
        raw: As sent.
        received: When it arrived, aware; times more than a day after it are not believed.

    Returns:
        The article as plain text. What the envelope says goes before what the content says;
        what is odd but readable is told in `warnings`.

    Raises:
        BadArticle: With every fault: no source, a content type that is not read, nothing to read.
    """
    kind = content_type(raw.content_type)
    _check(raw, kind)
    sent = raw.content if kind is ContentType.HTML else raw.content[:MAX_CONTENT_CHARS]
    content = _READERS[kind or ContentType.PLAIN](repair(sent))
    warnings: list[str] = []
    lines = without_boilerplate(content.lines)
    text, links = joined(lines, limit=MAX_TEXT_CHARS)
    if sum(len(line.text) + 1 for line in lines) > MAX_TEXT_CHARS + 1:
        warnings.append(f"text is cut after {MAX_TEXT_CHARS} characters")
    elif len(raw.content) > (MAX_CHARS if kind is ContentType.HTML else MAX_CONTENT_CHARS):
        warnings.append("the end of very long content is not read")
    title, title_links = _title(raw.title or content.title)
    if not text and not title and raw.action is not Action.WITHDRAW:
        raise BadArticle(Fault("content", ErrorCode.EMPTY, "holds nothing to read"))
    media = find_media(lines) or find_media(content.summary) or _name(content.media)
    published_at, warning = believed_time(raw.published_at or content.published_at, received)
    if warning:
        warnings.append(warning)
    wording = _wording(lines, media)[:MAX_TEXT_CHARS]
    folded = fold(text)
    return Article(
        id=article_id(raw),
        source=raw.source,
        action=raw.action,
        url=_url(raw.url, warnings) or _url(content.url, warnings),
        title=title,
        published_at=published_at,
        media=media,
        text=text,
        summary=_shortened(_wording(content.summary, media) or wording),
        language=detect_language(f"{title or ''} {text[:300]}"),
        links=(*title_links, *links),
        digest=digest(title, wording, folded.text if wording == text else None),
        warnings=tuple(warnings),
        folded=folded,
    )


def _check(raw: RawArticle, kind: ContentType | None) -> None:
    faults = []
    if not raw.source.strip():
        faults.append(Fault("source", ErrorCode.EMPTY, "is empty"))
    if kind is None:
        faults.append(Fault("content_type", ErrorCode.UNKNOWN_VALUE, f"is none of {', '.join(ContentType)}"))
    elif kind is ContentType.JSON:
        faults.append(Fault("content_type", ErrorCode.UNKNOWN_VALUE, "is an envelope that was not opened"))
    if not raw.content.strip() and raw.action is not Action.WITHDRAW:
        faults.append(Fault("content", ErrorCode.EMPTY, "is empty"))
    if faults:
        raise BadArticle(*faults)


def _title(given: str | None) -> tuple[str | None, tuple[QuoteLink, ...]]:
    """Return the title as one plain line, and the links in it."""
    if not given or not given.strip():
        return None, ()
    if "<" in given or "&" in given:
        lines = read_plain(repair(given)).lines
        title, links = joined(lines, field="title", separator=" ", limit=MAX_TITLE_CHARS)
        return title or None, links
    return one_line(repair(given))[:MAX_TITLE_CHARS].rstrip() or None, ()


def _name(media: str | None) -> str | None:
    return one_line(media)[:40] or None if media else None


def _url(url: str | None, warnings: list[str]) -> str | None:
    if not url or not url.strip():
        return None
    url = url.strip()
    if url.startswith("//"):
        url = f"https:{url}"
    if len(url) <= MAX_URL_CHARS and url.isprintable() and _URL.fullmatch(url):
        return url
    warnings.append("url is not an address on the web")
    return None


def _wording(lines: Sequence[Line], media: str | None) -> str:
    """Return the text that the fingerprint is of: without the medium, which every relay sets anew."""
    kept = [line.text for line in lines if not names_media(line)]
    if kept:
        kept[-1] = without_media(kept[-1], media)
    return "\n".join(kept)


def _shortened(text: str) -> str:
    """Return the first sentences, at most 200 characters."""
    text = " ".join(text[: 2 * SUMMARY_CHARS].split())
    if len(text) <= SUMMARY_CHARS:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, SUMMARY_CHARS)]
    if ends and ends[-1] >= SUMMARY_CHARS // 4:
        return text[: ends[-1]]
    return f"{text[: SUMMARY_CHARS - 1].rstrip()}…"

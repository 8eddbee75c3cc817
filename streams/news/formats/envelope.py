"""Envelopes: the fields of a raw article, however they came, checked all at once."""

from __future__ import annotations

from collections.abc import Mapping

from streams.errors import BadArticle, ErrorCode, Fault
from streams.news.article import Action, ContentType, RawArticle

MAX_SOURCE_CHARS = 100
_OPTIONAL = ("id", "url", "title", "published_at")
_CONTENT_TYPES = {str(kind): kind for kind in ContentType} | {
    "application/xhtml+xml": ContentType.HTML,
    "text/x-markdown": ContentType.MARKDOWN,
}


def content_type(declared: str) -> ContentType | None:
    """Return the content type without its parameters; None where it is not one that is read."""
    return _CONTENT_TYPES.get(declared.partition(";")[0].strip().lower())


def raw_article(fields: Mapping[str, object]) -> RawArticle:
    """Check an envelope and return the raw article.

    Args:
        fields: As sent. `html` stands for `content` of type `text/html`; numbers are taken for
            `id` and `published_at`; unknown fields are ignored.

    Returns:
        The raw article, its content unread.

    Raises:
        BadArticle: With every fault: missing, empty, of the wrong type or of an unknown value.
    """
    faults: list[Fault] = []
    optional = {name: _text(fields, name, faults) for name in _OPTIONAL}
    source = _source(fields, faults)
    action = _action(fields, faults)
    kind, content = _content(fields, action, faults)
    if faults:
        raise BadArticle(*faults)
    return RawArticle(source=source, content=content, content_type=kind, action=action, **optional)


def _text(fields: Mapping[str, object], name: str, faults: list[Fault]) -> str | None:
    value = fields.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool) and name in ("id", "published_at"):
        return str(value)
    if value is None or isinstance(value, str):
        return value or None
    faults.append(Fault(name, ErrorCode.WRONG_TYPE, f"is {_kind(value)}, not text"))
    return None


def _source(fields: Mapping[str, object], faults: list[Fault]) -> str:
    count = len(faults)
    source = (_text(fields, "source", faults) or "").strip()
    if not source and len(faults) == count:
        given = fields.get("source") is not None
        faults.append(
            Fault(
                "source",
                ErrorCode.EMPTY if given else ErrorCode.MISSING_FIELD,
                "is empty" if given else "is missing",
            )
        )
    if len(source) > MAX_SOURCE_CHARS:
        faults.append(Fault("source", ErrorCode.TOO_LARGE, f"is longer than {MAX_SOURCE_CHARS} characters"))
    return source


def _action(fields: Mapping[str, object], faults: list[Fault]) -> Action:
    action = (_text(fields, "action", faults) or Action.PUBLISH).lower()
    if action in list(Action):
        return Action(action)
    faults.append(Fault("action", ErrorCode.UNKNOWN_VALUE, f"is none of {', '.join(Action)}"))
    return Action.PUBLISH


def _content(fields: Mapping[str, object], action: Action, faults: list[Fault]) -> tuple[str, str]:
    """Return content type and content."""
    name, default = ("content", ContentType.PLAIN)
    if fields.get("content") is None and fields.get("html") is not None:
        name, default = ("html", ContentType.HTML)
    count = len(faults)
    declared = _text(fields, "content_type", faults) or str(default)
    if content_type(declared) is None:
        faults.append(Fault("content_type", ErrorCode.UNKNOWN_VALUE, f"is none of {', '.join(ContentType)}"))
    before = len(faults)
    content = _text(fields, name, faults) or ""
    if not content.strip() and len(faults) == before and action is not Action.WITHDRAW:
        given = fields.get(name) is not None
        faults.append(
            Fault(
                name,
                ErrorCode.EMPTY if given else ErrorCode.MISSING_FIELD,
                "is empty" if given else "is missing",
            )
        )
    return (str(content_type(declared)) if len(faults) == count else declared), content


def _kind(value: object) -> str:
    """Return what JSON calls the type of a value."""
    if isinstance(value, bool):
        return "a truth value"
    if isinstance(value, int | float):
        return "a number"
    return "an object" if isinstance(value, Mapping) else "a list"

"""Ids that are derived, never drawn: the same log gives the same ids at every replay."""

from __future__ import annotations

from hashlib import blake2b


def story_id(article: str, subject: str) -> str:
    """Return the id of the story that an article opens about a subject.

    Args:
        article: Id of the first article that told it.
        subject: Issuer's primary ticker, board code or `market`.

    Returns:
        `story_` and 16 hexadecimal digits.

    >>> story_id("article_0000000000000001", "601398.SH")
    'story_2ee8e756105e42a8'
    """
    return f"story_{_digest(article, subject)}"


def alert_id(story: str, subject: str) -> str:
    """Return the id of a story's alert: the same on the tape and at every subscriber.

    Args:
        story: Id of the story.
        subject: Its subject.

    Returns:
        `alert_` and 16 hexadecimal digits.
    """
    return f"alert_{_digest(story, subject)}"


def subscription_id(subscriber: str, *wish: object) -> str:
    """Return the id of a subscription that came without one, so that adding it twice is adding it once.

    Args:
        subscriber: Whose it is.
        wish: What it asks for, in canonical order; values with a stable `repr`.

    Returns:
        The subscriber's name, `-` and 12 hexadecimal digits.
    """
    return f"{subscriber}-{_digest(subscriber, repr(wish))[:12]}"


def silence_id(*what: object) -> str:
    """Return the id of a silence that came without one.

    Args:
        what: What it mutes and when it starts, in canonical order; values with a stable `repr`.

    Returns:
        `silence-` and 12 hexadecimal digits.
    """
    return f"silence-{_digest(repr(what))[:12]}"


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

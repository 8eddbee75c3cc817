"""Lists of words as one expression."""

from __future__ import annotations

import re


def one_of(words: str) -> str:
    """Return an expression that matches any of some words, the longest first.

    Args:
        words: Separated by blanks; taken as they are, no expressions.

    >>> one_of("报 报道")
    '(?:报道|报)'
    """
    return f"(?:{'|'.join(map(re.escape, sorted(words.split(), key=len, reverse=True)))})"

"""Items: the several short articles that one digest, morning paper or announcement round-up holds.

A text is a digest when at least `LEAST` of its items open with a mark of their own: a number (`1、`), a
bullet, a heading in 【】, or a name and a colon. Marks count at the start of a line, bullets (`◆`, `①`)
anywhere. What stands before the first mark is an item too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LEAST = 3
_OPENS = re.compile(
    r"[*\\ ]{0,3}(?:\d{1,2}\s?[、.．)）](?!\d)|[-·•▪■▲►◆●○★☆①-⑳]"
    r"|【[^】\n]{1,30}】|[^\s，,。；;：:|]{2,14}[：:])"
)
_BULLETS = re.compile("[◆①-⑳]")
_MOST_ITEMS = 500


def item_starts(text: str) -> tuple[int, ...]:
    """Return where the items of a digest begin, in order; () for a text that is no digest.

    Args:
        text: Readable text, or a folded one.

    Returns:
        Character offsets, the first of them 0; an item ends where the next begins. Linear in the length.
    """
    starts = list(_line_items(text))
    if len(starts) < LEAST and ("◆" in text or "①" in text):
        starts = [match.start() for match in _BULLETS.finditer(text)][:_MOST_ITEMS]
    if len(starts) < LEAST:
        return ()
    return tuple(starts) if starts[0] == 0 else (0, *starts)


def _line_items(text: str) -> Iterator[int]:
    """Yield where the lines begin that open with a mark."""
    at = 0
    for _ in range(_MOST_ITEMS):
        if _OPENS.match(text, at):
            yield at
        at = text.find("\n", at) + 1
        if not at:
            return

"""Items: the several short articles that one digest, morning paper or announcement round-up holds.

A text is a digest when at least `LEAST` of its items open with a mark of their own: a number (`1、`), a
bullet, a heading in 【】, or a name and a colon. Marks count at the start of a line, bullets (`◆`, `①`)
anywhere. What stands before the first mark is an item too.
"""

from __future__ import annotations

import re

LEAST = 3
_MARK = re.compile(
    r"(?:^|\n)[*\\\s]{0,3}(?:\d{1,2}\s?[、.．)）](?!\d)|[-·•▪■▲►◆●○★☆①-⑳]|【[^】\n]{1,30}】|[^\s，,。；;：:|]{2,14}[：:])"
    r"|[◆①-⑳]|；\s?(?=[^\s，,。；;：:]{2,14}[：:])"
)
_MOST_ITEMS = 500


def item_starts(text: str) -> tuple[int, ...]:
    """Return where the items of a digest begin, in order; () for a text that is no digest.

    Args:
        text: Readable text, or a folded one.

    Returns:
        Character offsets, the first of them 0; an item ends where the next begins. Linear in the length.
    """
    starts = []
    for match in _MARK.finditer(text):
        starts.append(match.start() + (text[match.start()] in "\n；"))
        if len(starts) == _MOST_ITEMS:
            break
    if len(starts) < LEAST:
        return ()
    return tuple(starts) if starts[0] == 0 else (0, *starts)

"""Items: the several short articles that one digest, morning paper or announcement round-up holds.

A text is a digest when at least `LEAST` of its items open with a mark of their own: a number (`1、`), a
bullet, a heading in 【】, or a name and a colon. Marks count at the start of a line, bullets (`◆`, `①`)
anywhere; in one line also numbers that count on from 1, and the semicolons of what calls itself a digest
(`某某日报：甲；乙；丙`), where the items are long enough to be news. Where the title calls it a digest
(`午间公告：…`), two names and colons or two dashes in one line suffice. What stands before the first mark is
an item too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

LEAST = 3
_OPENS = re.compile(
    r"[*\\ ]{0,3}(?:\d{1,2}\s?[、.．)）](?!\d)|[-·•▪■▲►◆●○★☆①-⑳]"
    r"|【[^】\n]{1,30}+】|[^\s，,。；;：:|]{2,14}+[：:])"
)
_BULLETS = re.compile("[◆①-⑳]")
_NUMBER = re.compile(r"(\d{1,2})[、.．)）](?!\d)")
_FIRST = ("1、", "1.", "1．", "1)", "1）")
_BEFORE = frozenset("。；;！!？?:： \n\t")
_DIGEST = (
    "日报|早报|晚报|午报|早参|早餐|早知道|快报|要闻|速览|速递|一览|汇总|精选|盘点|掘金|[间前后日要大好空]公告"
)
_CALLS = rf"[^：:。；;\n]{{0,16}}(?:{_DIGEST})"
# The look-ahead asks for the sign behind it first, which most texts have not.
_CALLED = re.compile(rf"(?=[^：:。；;\n]{{2,19}}+[：:]){_CALLS}[：:]")
_CALLED_BY_TITLE = re.compile(rf"(?=[^：:。；;\n]{{2,19}}[：:|｜丨]){_CALLS}[：:|｜丨]")
_NAMED = re.compile(r"(?:^|[。；;])\s?(?=[^\s，,。；;：:]{2,14}[：:])|\s(?=[-–—]\s)")
_LEAST_OF_CALLED = 2
_SEMICOLON = re.compile("[；;]")
# What is shorter is a list within an article: risks, conditions, reasons.
_LEAST_OF_ITEM = 16
_MOST_ITEMS = 500


def item_starts(text: str, title: str = "") -> tuple[int, ...]:
    """Return where the items of a digest begin, in order; () for a text that is no digest.

    Args:
        text: Readable text, or a folded one.
        title: Likewise; "" where there is none.

    Returns:
        Character offsets, the first of them 0; an item ends where the next begins. Linear in the length.
    """
    starts = list(_line_items(text))
    if len(starts) < LEAST and ("◆" in text or "①" in text):
        starts = [match.start() for match in _BULLETS.finditer(text)][:_MOST_ITEMS]
    if len(starts) < LEAST:
        starts = _long_enough([0, *_parted(text)] if _CALLED.match(text) else list(_numbered(text)), text)
    if len(starts) < LEAST and _CALLED_BY_TITLE.match(title):
        starts = [match.end() for match in islice(_NAMED.finditer(text), _MOST_ITEMS)]
        if len(starts) < _LEAST_OF_CALLED:
            return ()
    elif len(starts) < LEAST:
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


def _parted(text: str) -> Iterator[int]:
    """Yield where something begins behind a semicolon."""
    for match in islice(_SEMICOLON.finditer(text), _MOST_ITEMS):
        yield match.end()


def _numbered(text: str) -> Iterator[int]:
    """Yield where the numbers 1, 2, 3 and so on stand behind the end of a sentence."""
    if not any(first in text for first in _FIRST):
        return
    due = 1
    for match in _NUMBER.finditer(text):
        start = match.start()
        if int(match[1]) == due and (not start or text[start - 1] in _BEFORE):
            due += 1
            yield start


def _long_enough(starts: list[int], text: str) -> list[int]:
    """Return the starts where most items are long enough to be news by themselves, else none."""
    if len(starts) < LEAST:
        return []
    lengths = sorted(end - start for start, end in pairwise((*starts, len(text))))
    return starts if lengths[len(lengths) // 2] >= _LEAST_OF_ITEM else []

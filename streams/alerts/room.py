"""The bytes of a JSON line, as texts take them up."""

from __future__ import annotations

import re

_ESCAPED = re.compile(r'[\x00-\x1f"\\]')


class Room:
    """The bytes that are left on a line."""

    def __init__(self, left: int) -> None:
        self.left = left

    def whole(self, text: str, frame: int = 3) -> bool:
        """Take the bytes of a text and its frame, if they are there; say whether they were."""
        size = size_of(text) + frame
        if size > self.left:
            return False
        self.left -= size
        return True

    def cut(self, text: str, most: int) -> str:
        """Take as much of a text as fits into the room and into a number of bytes."""
        size = size_of(text)
        if size > min(most, self.left):
            text = cut_to(text, min(most, self.left))
            size = size_of(text)
        self.left -= size
        return text


def size_of(text: str) -> int:
    """Return at least the bytes that a text takes in a JSON line."""
    size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    if _plain(text):  # almost all of them
        return size
    return size + 5 * len(_ESCAPED.findall(text))


def cut_to(text: str, size: int) -> str:
    """Return the longest beginning of a text that takes at most so many bytes in JSON, `…` included."""
    if size_of(text) <= size:
        return text
    low, high = 0, min(len(text), max(size, 0))
    if _plain(text):  # almost all of them
        begin = text.encode()[: max(size - 3, 0)].decode("utf-8", "ignore")
        return begin.rstrip() + "…" if begin else ""
    while low < high:
        middle = (low + high + 1) // 2
        if size_of(text[:middle]) + 3 <= size:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…" if low else ""


def _plain(text: str) -> bool:
    """Say whether nothing of a text is written in JSON otherwise than in UTF-8."""
    return text.isprintable() and '"' not in text and "\\" not in text

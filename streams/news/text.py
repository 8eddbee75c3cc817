"""Plain text: what it is cleaned of for reading, and how it is folded for matching.

`clean` makes the readable text that evidence points into. `fold` makes the shape in which names,
codes and words are compared, and knows the way back: `text[slice(*folded.span(start, end))]` is
the surface. Markup is not known here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape
from unicodedata import normalize

from streams.news.simplified import SIMPLIFIED

# Controls, zero-width and direction marks, byte order marks and lone surrogates: never seen by a
# reader, and the last cannot be written as UTF-8.
_UNSEEN_CLASS = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
)
_UNSEEN = re.compile(f"[{_UNSEEN_CLASS}]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_CJK_CLASS = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# The run of blanks first, what stands before it after: a look-behind would be tried at every character.
_BLANKS = re.compile(f"[ \xa0\u2000-\u200a\u3000]+(?=([a-z0-9])|[{_CJK_CLASS}])")
_CJK = re.compile(f"[{_CJK_CLASS}]")
# Where characters that NFKC or lower-casing changes are found; Hangul and plain ideographs are not
# among them, and beyond the first plane none is looked for: one such character in the class and the
# regular expression is a hundred times slower. Scanned once at import, some 5 ms.
_SCANNED = (range(0x41, 0x33FF), range(0xA640, 0xA7FF), range(0xF900, 0x10000))


def visible(text: str) -> str:
    """Return the text with entities decoded and without characters that nobody sees.

    Text out of a parser may hold entities too: pages are full of `&amp;nbsp;`.
    """
    if "&" in text and _ENTITY.search(text):
        text = unescape(text)
    return _UNSEEN.sub("", text) if not text.isprintable() else text


def clean(text: str) -> str:
    r"""Return the text as it is read: entities decoded, unseen characters dropped, blanks collapsed.

    Args:
        text: Any text without markup.

    Returns:
        Blocks separated by a line feed; no empty line, no blank at the ends of a line.

    >>> clean("　　工行&nbsp;  公告\r\n\r\n 今日 ")
    '工行 公告\n今日'
    """
    blocks = (" ".join(line.split()) for line in visible(text).splitlines())
    return "\n".join(block for block in blocks if block)


def one_line(text: str) -> str:
    """Return the cleaned text as one line."""
    if "&" in text and _ENTITY.search(text):
        text = unescape(text)
    if " " not in text and text.isprintable():
        return text
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(_UNSEEN.sub("", text).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A text in the shape in which it is matched.

    Args:
        text: The folded text.
        starts: Folded offsets at which the distance to the original changes; () where it never does.
        origins: The original offset of each of `starts`.
    """

    text: str
    starts: tuple[int, ...] = ()
    origins: tuple[int, ...] = ()

    def origin(self, offset: int) -> int:
        """Return the original offset of the character that the folded one stands for."""
        if not self.starts:
            return offset
        segment = bisect_right(self.starts, offset) - 1
        return self.origins[segment] + offset - self.starts[segment]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where `text[start:end]` stands in the original, half open, whole characters only."""
        if end <= start:
            return self.origin(start), self.origin(start)
        return self.origin(start), self.origin(end - 1) + 1


def _folding(char: str) -> str:
    """Return what one character is folded to."""
    if _UNSEEN.match(char):
        return ""
    folded = normalize("NFKC", char).lower()
    if len(folded) == 1 or folded.isalnum():
        return folded
    return char  # an ellipsis or (株): no name holds one, and lengths stay equal


def _changes() -> dict[str, str]:
    """Return every character that folding changes."""
    changed = dict(SIMPLIFIED)
    for code in (code for codes in _SCANNED for code in codes):
        char = chr(code)
        if not char.isspace() and (folded := _folding(char)) != char:
            changed[char] = SIMPLIFIED.get(folded, folded)
    return changed


_CHANGES = _changes()
_CHANGING = re.compile("[" + "".join(map(re.escape, _CHANGES)) + "]")
_TABLE = str.maketrans(_CHANGES)
# Characters to replace; an article in traditional script has some 150.
_MANY = 300
_RESIZING = re.compile("[" + "".join(re.escape(c) for c, to in _CHANGES.items() if len(to) != 1) + "]")


def fold(text: str) -> Folded:
    """Fold a text for matching: width, case and script do not matter, nor do blanks beside ideographs.

    NFKC character by character, lower-cased, traditional characters simplified; blanks (full-width and
    no-break ones too) between two ideographs, or an ideograph and a letter or digit, are dropped, as
    exchanges pad short names with them (`万  科Ａ`). Line feeds and tabs stay: they part blocks and cells.

    Args:
        text: Any text.

    Returns:
        The folded text and the way back. Linear in the length of the text.

    >>> folded = fold("万  科Ａ涨停")
    >>> folded.text, folded.span(0, 3)
    ('万科a涨停', (0, 5))
    """
    if text.isascii():
        return Folded(text=text.lower())
    if _RESIZING.search(text) is None:
        return _without_inner_blanks(_changed(text))
    return _resized(text)


def _changed(text: str) -> str:
    """Change a text one to one; a replacement for each character that occurs is quickest for an article."""
    found = set(_CHANGING.findall(text))
    if len(found) > _MANY:
        return text.translate(_TABLE)
    for char in found:
        text = text.replace(char, _CHANGES[char])
    return text


def _without_inner_blanks(text: str) -> Folded:
    """Drop blanks beside ideographs from a text folded one to one."""
    pieces, starts, origins = [], [0], [0]
    end = length = 0
    for match in _BLANKS.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if not (_CJK.match(before) or (match[1] is None and before.isascii() and before.isalnum())):
            continue
        pieces.append(text[end : match.start()])
        length += match.start() - end
        end = match.end()
        starts.append(length)
        origins.append(end)
    if not pieces:
        return Folded(text=text)
    pieces.append(text[end:])
    return Folded(text="".join(pieces), starts=tuple(starts), origins=tuple(origins))


def _resized(text: str) -> Folded:
    """Fold a text in which one character becomes none or several."""
    pieces, origins = [], []
    for offset, char in enumerate(text):
        folded = _CHANGES.get(char, char)
        pieces.append(folded)
        origins.extend([offset] * len(folded))
    origins.append(len(text))
    inner = _without_inner_blanks("".join(pieces))
    places = range(len(inner.text) + 1)
    return Folded(
        text=inner.text, starts=tuple(places), origins=tuple(origins[inner.origin(place)] for place in places)
    )

"""Texts as sets of what is compared: pairs of characters, or words where the language has letters."""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

# A Chinese text has more bytes for its characters.
_BYTES = 1.4
_LATIN_WORD = re.compile(r"[a-z]{4,}")
# Words that any report in English has.
_SAID = frozenset(
    """about after also been before from have into more over said says than that their this will with would
    were which year years company companies market monday tuesday wednesday thursday friday""".split()
)
_NOT_WORDS = re.compile(r"[\W\d_]+")


# Each holds some 30 kB; a mention meets the same few stories again within seconds, or not at all.
@lru_cache(maxsize=512)
def grams(words: str) -> frozenset[int]:
    """Return the `pairs_of` a text that is asked for again and again."""
    return pairs_of(words)


def pairs_of(words: str) -> frozenset[int]:
    """Return the pairs of neighbouring characters of a text, without digits and signs, each as a number.

    Numbers are read out of UTF-16, the pairs at even places and then those at odd ones: half the time and
    half the memory of strings. Letters tell nothing in pairs: of a text in another language the longer words
    are returned, each as a number.
    """
    bare = _NOT_WORDS.sub("", words)
    if bare.isascii():
        return frozenset(crc32(word.encode()) for word in _LATIN_WORD.findall(words) if word not in _SAID)
    units = memoryview(bare.encode("utf-16-le", "surrogatepass"))
    even, odd = units[: len(units) & ~3], units[2:]
    return frozenset(even.cast("I")) | frozenset(odd[: len(odd) & ~3].cast("I"))


def is_latin(words: str) -> bool:
    """Say whether a text is in another language than Chinese."""
    return len(words.encode("utf-8", "surrogatepass")) < _BYTES * len(words)

"""A mention, and the words of its article, read at most once for all conditions that look at them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property, lru_cache
from operator import add
from types import MappingProxyType

from streams.enrichment.article import EventKind
from streams.enrichment.subjects import SubjectMention
from streams.news.text import fold

# One bit a kind of event, so that a condition is held against an article by one operation; the lowest
# stands for "whatever the kind", which every article has.
ANY_KIND = 1
_KIND_BITS = MappingProxyType({str(kind): 2 << place for place, kind in enumerate(EventKind)})
# An article is matched once a subject, one soon after the other; longer texts are folded each time.
_SHARED_ARTICLES = 512
_SHARED_CHARS = 4_000
# Words to look for from which on it pays to know the pairs of a text's characters.
_MANY_WORDS = 100


class Words(dict[str, bool]):
    """Whether a folded word stands in a text, found out when first asked for.

    Latin words stand there whole: `ai` is not in `said`.

    Args:
        text: Any; folded as names are.
    """

    def __init__(self, text: str) -> None:
        self.text = fold(text).text

    def __missing__(self, word: str) -> bool:
        stands = self[word] = _stands_in(word, self.text)
        return stands

    def standing(self, words: Collection[str]) -> Iterable[str]:
        """Return those of some folded words that stand in the text."""
        if len(words) > _MANY_WORDS:
            words = [word for word in words if word[:2] in self._pairs]
        return filter(self.__getitem__, words)

    @cached_property
    def _pairs(self) -> frozenset[str]:
        """How words in the text may begin: most that are looked for begin otherwise."""
        return frozenset(("", *self.text, *map(add, self.text, self.text[1:])))


class Reading:
    """A mention as conditions look at it."""

    def __init__(self, mention: SubjectMention) -> None:
        self._article = article = mention.article
        self.source, self.role, self.relevance = article.source, mention.role, mention.relevance
        self.kinds = tuple(event.kind for event in article.events)
        self.kind_bits = bits_of(self.kinds)

    @cached_property
    def words(self) -> Words:
        """Those of title and text."""
        text = f"{self._article.title or ''}\n{self._article.text}"
        return _words_shared(text) if len(text) <= _SHARED_CHARS else Words(text)


def bits_of(kinds: Iterable[str]) -> int:
    """Return the bits of some kinds of event, and the one that every article has."""
    bits = ANY_KIND
    for kind in kinds:
        bits |= _KIND_BITS[kind]
    return bits


_words_shared = lru_cache(_SHARED_ARTICLES)(Words)


def _stands_in(word: str, text: str) -> bool:
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (_joined(text[start - 1 : start], word[:1]) or _joined(word[-1:], text[end : end + 1])):
            return True
        start = text.find(word, start + 1)
    return False


def _joined(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()

"""What a subscription or a silence asks for beside its subject, and whether a mention meets it.

Thousands of subscriptions ask for the same, so a condition is shared among them and checked once a
mention. Every failure says what was found and what was wanted. Who is a candidate is in `matching`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import add
from types import MappingProxyType

from streams.alerts.routing.silence import Silence
from streams.alerts.routing.subscription import Keywords, Listings, Subscription
from streams.enrichment.article import EventKind
from streams.enrichment.subjects import MARKET, SubjectMention
from streams.news.text import fold

# One bit a kind of event, so that a condition is held against an article by one operation; the lowest
# stands for "whatever the kind", which every article has.
_ANY_KIND = 1
_KIND_BITS = MappingProxyType({str(kind): 2 << place for place, kind in enumerate(EventKind)})
# An article is matched once a subject, one soon after the other; longer texts are folded each time.
_FOLDED_ARTICLES = 512
_FOLDED_CHARS = 4_000
# Words to look for from which on it pays to know the pairs of a text's characters.
_MANY_WORDS = 100


class Reading:
    """A mention, read at most once for all conditions that look at it."""

    def __init__(self, mention: SubjectMention) -> None:
        self.mention = mention
        self.kinds = tuple(event.kind for event in mention.article.events)
        self.kind_bits = _bits(self.kinds)
        self._stands: dict[str, bool] = {}

    @cached_property
    def words(self) -> str:
        """Title and text, folded as names are."""
        article = self.mention.article
        words = f"{article.title or ''}\n{article.text}"
        return _fold_shared(words) if len(words) <= _FOLDED_CHARS else fold(words).text

    def standing(self, words: Collection[str]) -> Iterator[str]:
        """Yield those of some folded words that stand in the article."""
        if len(words) > _MANY_WORDS:
            return (word for word in words if word[:2] in self._pairs and self.stands(word))
        return filter(self.stands, words)

    @cached_property
    def _pairs(self) -> frozenset[str]:
        """How words in the article may begin: most that are looked for begin otherwise."""
        words = self.words
        return _pairs_shared(words) if len(words) <= _FOLDED_CHARS else _pairs_of(words)

    def stands(self, word: str) -> bool:
        """Say whether a folded word stands in the article; Latin words whole: `ai` is not in `said`."""
        known = self._stands.get(word)
        if known is None:
            known = self._stands[word] = _stands_in(word, self.words)
        return known


@dataclass(frozen=True, slots=True)
class Failure:
    """The first part of a condition that was not met; put into words only where somebody reads them.

    Args:
        what: The part, or the whole failure where nothing else is to be said.
        found: What the mention has.
        wanted: What the condition asks for.
    """

    what: str
    found: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.wanted:
            return self.what
        return f"{self.what} {_or(self.found)}, wants {_or(self.wanted)}"


# Compared by identity, so that it is a quick key; `matching` holds one for each distinct value.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Condition:
    """What is asked for beside the subject; fields as in `Subscription`, keywords folded."""

    enabled: bool
    named_only: bool
    roles: tuple[str, ...]
    min_relevance: float
    events: tuple[str, ...]
    sources: tuple[str, ...]
    keywords: Keywords
    kind_bits: int = field(repr=False)
    wordy: bool = field(repr=False)

    @classmethod
    def of(cls, asked: Subscription | Silence, *, enabled: bool = True) -> Condition:
        """Return the condition of a subscription or a silence."""
        words = asked.keywords
        return cls(
            enabled=enabled,
            named_only=asked.listings is Listings.NAMED,
            roles=asked.roles,
            min_relevance=asked.min_relevance,
            events=asked.events,
            sources=asked.sources,
            keywords=Keywords(any=_fold_all(words.any), all=_fold_all(words.all), none=_fold_all(words.none)),
            wordy=words != Keywords(),
            kind_bits=_bits(asked.events) ^ _ANY_KIND if asked.events else _ANY_KIND,
        )

    def admits(self, reading: Reading) -> bool:
        """Say whether all but the keywords is met: the many that fail, fail here."""
        mention = reading.mention
        return (
            self.kind_bits & reading.kind_bits != 0
            and (not self.sources or mention.article.source in self.sources)
            and mention.relevance >= self.min_relevance
            and mention.role in self.roles
            and self.enabled
        )

    def met_by(self, reading: Reading) -> tuple[str, ...] | None:
        """Hold a mention that the condition admits against its keywords.

        Args:
            reading: The mention; its text is folded only if keywords are asked for.

        Returns:
            What of the condition was met (`event policy`), () where it asks for nothing; None when it is not
            met. Whether a listing is named is the caller's to check: it differs by ticker.
        """
        words = self._words_found(reading) if self.wordy else ()
        if words is None:
            return None
        event = next((kind for kind in reading.kinds if kind in self.events), None)
        return (
            *((f"event {event}",) if event is not None else ()),
            *((f"source {reading.mention.article.source}",) if self.sources else ()),
            *(f"keyword {word}" for word in words),
        )

    def failed_by(self, reading: Reading) -> Failure | None:
        """Return the first part of the condition that a mention does not meet; None when it meets all."""
        return self._failing_fact(reading) or (self._failing_word(reading) if self.wordy else None)

    def _failing_fact(self, reading: Reading) -> Failure | None:
        mention = reading.mention
        if not self.enabled:
            return Failure("disabled")
        if mention.role not in self.roles:
            return Failure("role", (mention.role,), self.roles)
        if mention.relevance < self.min_relevance:
            return Failure(f"relevance {mention.relevance:.2f} is below {self.min_relevance:.2f}")
        if not self.kind_bits & reading.kind_bits:
            return Failure("event", tuple(dict.fromkeys(reading.kinds)), self.events)
        if self.sources and mention.article.source not in self.sources:
            return Failure("source", (mention.article.source,), self.sources)
        return None

    def _failing_word(self, reading: Reading) -> Failure | None:
        keywords = self.keywords
        for word in keywords.none:
            if reading.stands(word):
                return Failure(f"keyword {word} is excluded")
        for word in keywords.all:
            if not reading.stands(word):
                return Failure(f"keyword {word} is missing")
        if keywords.any and not any(map(reading.stands, keywords.any)):
            return Failure(f"none of the keywords {_or(keywords.any)}")
        return None

    def _words_found(self, reading: Reading) -> tuple[str, ...] | None:
        """Return the words that meet the keywords, None when they are not met."""
        stands, keywords = reading.stands, self.keywords
        first: tuple[str, ...] = ()
        if keywords.any:
            for word in keywords.any:
                if stands(word):
                    first = (word,)
                    break
            else:
                return None
        if any(map(stands, keywords.none)) or not all(map(stands, keywords.all)):
            return None
        return first + keywords.all


def subjects_of(asked: Subscription | Silence) -> tuple[str, ...]:
    """Return the subjects that a subscription or a silence asks for: tickers, board codes, `market`."""
    if asked.market or asked.sectors:
        return (*asked.tickers, *asked.sectors, *((MARKET,) if asked.market else ()))
    return asked.tickers  # almost always


def _or(values: tuple[str, ...]) -> str:
    return " or ".join([*map(str, values[:3]), *(["others"] if len(values) > 3 else [])]) or "none"


def _fold_all(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(word).text.strip() for word in words)


def _bits(kinds: Iterable[str]) -> int:
    bits = _ANY_KIND
    for kind in kinds:
        bits |= _KIND_BITS[kind]
    return bits


@lru_cache(_FOLDED_ARTICLES)
def _fold_shared(words: str) -> str:
    return fold(words).text


def _pairs_of(words: str) -> frozenset[str]:
    return frozenset(("", *words, *map(add, words, words[1:])))


_pairs_shared = lru_cache(_FOLDED_ARTICLES)(_pairs_of)


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

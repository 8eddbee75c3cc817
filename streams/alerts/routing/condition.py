"""What a subscription or a silence asks for beside its subject, and whether a mention meets it.

Thousands of subscriptions ask for the same, so a condition is shared among them and checked once a
mention. Every failure says what was found and what was wanted. Who is a candidate is in `matching`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from streams.alerts.routing.reading import ANY_KIND, Reading, bits_of
from streams.alerts.routing.silence import Silence
from streams.alerts.routing.subscription import Keywords, Listings, Subscription
from streams.enrichment.subjects import MARKET
from streams.news.text import fold


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
            kind_bits=bits_of(asked.events) ^ ANY_KIND if asked.events else ANY_KIND,
        )

    def met_by(self, reading: Reading) -> tuple[str, ...] | None:
        """Hold a mention against the condition; the cheapest that most fail comes first.

        Args:
            reading: The mention; its text is folded only if keywords are asked for.

        Returns:
            What of the condition was met (`event policy`), () where it asks for nothing; None when it is not
            met. Whether a listing is named is the caller's to check: it differs by ticker.
        """
        if (
            not self.kind_bits & reading.kind_bits
            or (self.sources and reading.source not in self.sources)
            or reading.relevance < self.min_relevance
            or reading.role not in self.roles
            or not self.enabled
        ):
            return None
        words = self._words_found(reading) if self.wordy else ()
        if words is None:
            return None
        met = tuple([f"keyword {word}" for word in words]) if words else ()
        if self.sources:
            met = (f"source {reading.source}", *met)
        if self.events:
            met = (f"event {next(kind for kind in reading.kinds if kind in self.events)}", *met)
        return met

    def failed_by(self, reading: Reading) -> Failure | None:
        """Return the first part of the condition that a mention does not meet; None when it meets all."""
        return self._failing_fact(reading) or (self._failing_word(reading) if self.wordy else None)

    def _failing_fact(self, reading: Reading) -> Failure | None:
        if not self.enabled:
            return Failure("disabled")
        if reading.role not in self.roles:
            return Failure("role", (reading.role,), self.roles)
        if reading.relevance < self.min_relevance:
            return Failure(f"relevance {reading.relevance:.2f} is below {self.min_relevance:.2f}")
        if not self.kind_bits & reading.kind_bits:
            return Failure("event", tuple(dict.fromkeys(reading.kinds)), self.events)
        if self.sources and reading.source not in self.sources:
            return Failure("source", (reading.source,), self.sources)
        return None

    def _failing_word(self, reading: Reading) -> Failure | None:
        keywords = self.keywords
        stands = reading.words.__getitem__
        for word in keywords.none:
            if stands(word):
                return Failure(f"keyword {word} is excluded")
        for word in keywords.all:
            if not stands(word):
                return Failure(f"keyword {word} is missing")
        if keywords.any and not any(map(stands, keywords.any)):
            return Failure(f"none of the keywords {_or(keywords.any)}")
        return None

    def _words_found(self, reading: Reading) -> tuple[str, ...] | None:
        """Return the words that meet the keywords, None when they are not met."""
        stands, keywords = reading.words.__getitem__, self.keywords
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

"""What a subscription asks for beside its subject, and whether a mention meets it.

Thousands of subscriptions ask for the same, so a condition is shared among them and checked once a
mention. Every failure says what was found and what was wanted. Who is a candidate is in `matching`.
"""

from __future__ import annotations

from collections.abc import KeysView
from dataclasses import dataclass
from functools import cached_property

from streams.alerts.subscription import Keywords, Listings, Subscription
from streams.enrichment.subjects import SubjectMention
from streams.news.text import fold


class Reading:
    """A mention, read at most once for all conditions that look at it."""

    def __init__(self, mention: SubjectMention) -> None:
        self.mention = mention

    @cached_property
    def words(self) -> str:
        """Title and text, folded as names are."""
        article = self.mention.article
        return fold(f"{article.title or ''}\n{article.text}").text

    @cached_property
    def kinds(self) -> KeysView[str]:
        """The kinds of its events, most fitting first."""
        return dict.fromkeys(event.kind for event in self.mention.article.events).keys()


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


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a check: what of the condition was met, or what was not."""

    by: tuple[str, ...] = ()
    failed: Failure | None = None


# Compared by identity, so that it is a quick key; `matching` holds one for each distinct value.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Condition:
    """What a subscription asks for beside its subject; fields as in `Subscription`, keywords folded."""

    enabled: bool
    named_only: bool
    roles: tuple[str, ...]
    min_relevance: float
    events: tuple[str, ...]
    sources: tuple[str, ...]
    keywords: Keywords

    @classmethod
    def of(cls, subscription: Subscription) -> Condition:
        """Return the condition of a subscription."""
        words = subscription.keywords
        return cls(
            enabled=subscription.enabled,
            named_only=subscription.listings is Listings.NAMED,
            roles=subscription.roles,
            min_relevance=subscription.min_relevance,
            events=subscription.events,
            sources=subscription.sources,
            keywords=Keywords(any=_fold_all(words.any), all=_fold_all(words.all), none=_fold_all(words.none)),
        )

    def check(self, reading: Reading) -> Verdict:
        """Hold a mention against the condition, cheapest part first.

        Args:
            reading: The mention; its text is folded only if keywords are asked for.

        Returns:
            A verdict. Whether a listing is named is the caller's to check: it differs by ticker.
        """
        if failed := self._fails_on_facts(reading):
            return Verdict(failed=failed)
        by: tuple[str, ...] = ()
        if self.events:
            by = (f"event {next(kind for kind in reading.kinds if kind in self.events)}",)
        if self.sources:
            by = (*by, f"source {reading.mention.article.source}")
        return Verdict(by=by) if self.keywords == _NO_KEYWORDS else self._check_keywords(reading.words, by)

    def _fails_on_facts(self, reading: Reading) -> Failure | None:
        mention = reading.mention
        if not self.enabled:
            return Failure("disabled")
        if mention.role not in self.roles:
            return Failure("role", (mention.role,), self.roles)
        if mention.relevance < self.min_relevance:
            return Failure(f"relevance {mention.relevance:.2f} is below {self.min_relevance:.2f}")
        if self.events and reading.kinds.isdisjoint(self.events):
            return Failure("event", tuple(reading.kinds), self.events)
        if self.sources and mention.article.source not in self.sources:
            return Failure("source", (mention.article.source,), self.sources)
        return None

    def _check_keywords(self, text: str, by: tuple[str, ...]) -> Verdict:
        for word in self.keywords.none:
            if _stands_in(word, text):
                return Verdict(failed=Failure(f"keyword {word} is excluded"))
        for word in self.keywords.all:
            if not _stands_in(word, text):
                return Verdict(failed=Failure(f"keyword {word} is missing"))
        found = next((word for word in self.keywords.any if _stands_in(word, text)), None)
        if self.keywords.any and found is None:
            return Verdict(failed=Failure(f"none of the keywords {_or(self.keywords.any)}"))
        words = (*((found,) if found is not None else ()), *self.keywords.all)
        return Verdict(by=by + tuple(f"keyword {word}" for word in words))


_NO_KEYWORDS = Keywords()


def _or(values: tuple[str, ...]) -> str:
    return " or ".join([*map(str, values[:3]), *(["others"] if len(values) > 3 else [])]) or "none"


def _fold_all(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(word).text.strip() for word in words)


def _stands_in(word: str, text: str) -> bool:
    """Say whether a folded word stands in a folded text; Latin words whole: `ai` is not in `said`."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (_joined(text[start - 1 : start], word[:1]) or _joined(word[-1:], text[end : end + 1])):
            return True
        start = text.find(word, start + 1)
    return False


def _joined(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()

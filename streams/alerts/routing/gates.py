"""The subscriptions to one subject: all of them, and where they are many, by what they cannot do without.

Hundreds of desks follow the market or a board, each with a condition of its own. Of those that ask for a
word, a kind of event or a source, only those are looked at whose word, kind and source the article has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from streams.alerts.filed import Filed
from streams.alerts.routing.condition import Condition, Reading

# Conditions of a subject up to which all are looked at: gates would take more room than they save time.
FEW = 200


class Gates:
    """Conditions by the words, else by the kinds of event and the sources that they ask for."""

    __slots__ = ("_facts", "_words")

    def __init__(self) -> None:
        self._words: dict[str, dict[Condition, None]] = {}
        # By kind of event and source, "" for any.
        self._facts: dict[tuple[str, str], dict[Condition, None]] = {}

    def add(self, condition: Condition) -> None:
        """Put a condition behind its gates."""
        for word in _words(condition):
            self._words.setdefault(word, {})[condition] = None
        for fact in _facts(condition):
            self._facts.setdefault(fact, {})[condition] = None

    def remove(self, condition: Condition) -> None:
        """Take a condition away that is behind its gates."""
        for word in _words(condition):
            del self._words[word][condition]
            if not self._words[word]:
                del self._words[word]
        for fact in _facts(condition):
            del self._facts[fact][condition]
            if not self._facts[fact]:
                del self._facts[fact]

    def open_to(self, reading: Reading) -> Iterable[Condition]:
        """Return the conditions that a mention may meet, each once."""
        found: dict[Condition, None] = {}
        for fact in product(("", *reading.kinds), ("", reading.mention.article.source)):
            found.update(self._facts.get(fact, {}))
        for word in reading.standing(self._words):
            found.update(self._words[word])
        return found


def _words(condition: Condition) -> Iterable[str]:
    """Return words of which a condition needs one."""
    return dict.fromkeys(condition.keywords.any or condition.keywords.all[:1])


def _facts(condition: Condition) -> Iterable[tuple[str, str]]:
    """Return kinds and sources of which a condition needs one pair; none where it needs a word."""
    if condition.keywords.any or condition.keywords.all:
        return ()
    return product(dict.fromkeys(condition.events) or ("",), dict.fromkeys(condition.sources) or ("",))


class Askers:
    """Subscription ids by condition, those of one subject."""

    __slots__ = ("_gates", "filed")

    def __init__(self) -> None:
        self.filed: Filed[Condition] = Filed()
        self._gates: Gates | None = None

    def __bool__(self) -> bool:
        return bool(self.filed)

    def __iter__(self) -> Iterator[Condition]:
        return iter(self.filed)

    def add(self, condition: Condition, id_: str) -> None:
        """Hold a subscription."""
        self.filed.add((condition,), id_)
        if self._gates is not None:
            self._gates.add(condition)
        elif len(self.filed) > FEW:
            self._gates = Gates()
            for each in self.filed:
                self._gates.add(each)

    def remove(self, condition: Condition, id_: str) -> None:
        """Let a subscription go that is held."""
        self.filed.remove((condition,), id_)
        if self._gates is not None and not self.filed.newest(condition):
            self._gates.remove(condition)

    def ids(self, condition: Condition) -> Iterable[str]:
        """Return the subscriptions that ask for a condition."""
        return self.filed.newest(condition)

    def admitted(self, reading: Reading) -> Iterator[Condition]:
        """Yield the conditions that a mention meets but for keywords, each once, however many ask for it."""
        asked = self.filed if self._gates is None else self._gates.open_to(reading)
        return (condition for condition in asked if condition.admits(reading))

"""The subscriptions to one subject: all of them, and where they are many, by what they cannot do without.

Hundreds of desks follow the market or a board, each with a condition of its own. Of those that ask for a
word, a kind of event or a source, only those are looked at whose word, kind and source the article has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from streams.alerts.routing.condition import Condition
from streams.alerts.routing.reading import Reading
from streams.alerts.routing.subscription import Subscription

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
        for fact in product(("", *reading.kinds), ("", reading.source)):
            found.update(self._facts.get(fact, {}))
        for word in reading.words.standing(self._words):
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
    """Subscriptions by condition, those of one subject."""

    __slots__ = ("_gates", "_held")

    def __init__(self) -> None:
        # A dict of one takes five times what the one takes, and most conditions at a ticker have one.
        self._held: dict[Condition, Subscription | dict[str, Subscription]] = {}
        self._gates: Gates | None = None

    def __bool__(self) -> bool:
        return bool(self._held)

    def __iter__(self) -> Iterator[Condition]:
        return iter(self._held)

    def add(self, condition: Condition, subscription: Subscription) -> None:
        """Hold a subscription whose id is not held."""
        held = self._held.setdefault(condition, subscription)
        if isinstance(held, dict):
            held[subscription.id] = subscription
            return
        if held is not subscription:
            self._held[condition] = {held.id: held, subscription.id: subscription}
        elif self._gates is not None:
            self._gates.add(condition)
        elif len(self._held) > FEW:
            self._gates = Gates()
            for each in self._held:
                self._gates.add(each)

    def remove(self, condition: Condition, id_: str) -> None:
        """Let a subscription go that is held."""
        held = self._held[condition]
        if isinstance(held, dict) and len(held) > 1:
            del held[id_]
            return
        del self._held[condition]
        if self._gates is not None:
            self._gates.remove(condition)

    def asking(self, condition: Condition) -> Iterable[Subscription]:
        """Return the subscriptions that ask for a condition."""
        held = self._held[condition]
        return held.values() if isinstance(held, dict) else (held,)

    def candidates(self, reading: Reading) -> Iterable[Condition]:
        """Return the conditions that a mention may meet, each once, however many ask for it."""
        asked = self._held if self._gates is None else self._gates.open_to(reading)
        kind_bits = reading.kind_bits
        return [condition for condition in asked if condition.kind_bits & kind_bits]  # the first look of most

"""Rules on the words around a name, as rows of a table: `data/guards.csv` and `data/roles.csv`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from streams.enrichment.linking.candidates import Candidate
from streams.news.text import fold

_CLAUSE_END = re.compile(r"[,;。\n]")
_MARK = re.compile(r"[,;。:、!?\s]")
_SOON = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One rule.

    Args:
        meaning: What it says of a name: a reason to reject it, or a part that it plays.
        side: `before`: the words in front end so; `after`: the words behind begin so; `near`: the words
            behind contain them before the clause ends; `soon`: within ten characters and before any mark.
        scope: How the candidate's own words must begin; empty for any.
        words: Any of these, folded.
    """

    meaning: str
    side: str
    scope: str = ""
    words: tuple[str, ...]


class Rule:
    """The rows of a table that are alike but for their words."""

    __slots__ = ("_by_character", "meaning", "scope", "side", "words")

    def __init__(self, meaning: str, side: str, scope: str, words: Iterable[str]) -> None:
        self.meaning = meaning
        self.side = side
        self.scope = scope
        self.words = tuple(words)
        # Words beside a name are found by the character next to it: most names have none.
        by_character: dict[str, tuple[str, ...]] = {}
        if side in ("after", "before"):
            for word in self.words:
                character = word[0] if side == "after" else word[-1]
                by_character[character] = (*by_character.get(character, ()), word)
        self._by_character = by_character

    def fits(self, candidate: Candidate) -> bool:
        """Return whether the rule applies to a candidate."""
        if self.scope and not candidate.surface.startswith(self.scope):
            return False
        side, after = self.side, candidate.after
        if side == "after":
            found = self._by_character.get(after[:1])
            return found is not None and after.startswith(found)
        if side == "before":
            before = candidate.before
            found = self._by_character.get(before[-1:])
            return found is not None and before.endswith(found)
        if side == "soon":
            clause = _MARK.split(after[:_SOON], maxsplit=1)[0]
        else:
            clause = _CLAUSE_END.split(after, maxsplit=1)[0]
        return any(word in clause for word in self.words)


class Cues:
    """A table of rules, by meaning."""

    __slots__ = ("_by_meaning",)

    def __init__(self, table: Iterable[Cue]) -> None:
        by_meaning: dict[str, list[Rule]] = defaultdict(list)
        for rule in joined(table):
            by_meaning[rule.meaning].append(rule)
        self._by_meaning = dict(by_meaning)

    def say(self, meaning: str, candidate: Candidate) -> bool:
        """Return whether any rule of that meaning fits."""
        for rule in self._by_meaning.get(meaning, ()):  # noqa: SIM110 - a loop is twice as fast here
            if rule.fits(candidate):
                return True
        return False


def joined(cues: Iterable[Cue]) -> tuple[Rule, ...]:
    """Return the rules of a table folded, those alike but for their words joined into one, in order."""
    words: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for cue in cues:
        key = (cue.meaning, cue.side, cue.scope)
        words[key] = words.get(key, ()) + tuple(fold(word).text for word in cue.words)
    return tuple(Rule(*key, found) for key, found in words.items())

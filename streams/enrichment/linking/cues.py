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

    def fits(self, candidate: Candidate) -> bool:
        """Return whether the rule applies to a candidate."""
        if self.scope and not candidate.surface.startswith(self.scope):
            return False
        if self.side == "after":
            return candidate.after.startswith(self.words)
        if self.side == "before":
            return candidate.before.endswith(self.words)
        if self.side == "soon":
            soon = _MARK.split(candidate.after[:_SOON], maxsplit=1)[0]
            return any(word in soon for word in self.words)
        clause = _CLAUSE_END.split(candidate.after, maxsplit=1)[0]
        return any(word in clause for word in self.words)


class Cues:
    """A table of rules, by meaning; those alike but for their words are joined into one."""

    __slots__ = ("_by_meaning",)

    def __init__(self, table: Iterable[Cue]) -> None:
        by_meaning: dict[str, list[Cue]] = defaultdict(list)
        for cue in table:
            by_meaning[cue.meaning].append(cue)
        self._by_meaning = {meaning: joined(cues) for meaning, cues in by_meaning.items()}

    def say(self, meaning: str, candidate: Candidate) -> bool:
        """Return whether any rule of that meaning fits."""
        for cue in self._by_meaning.get(meaning, ()):  # noqa: SIM110 - a loop is twice as fast here
            if cue.fits(candidate):
                return True
        return False


def joined(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """Return the rules folded, those alike but for their words joined into one."""
    words: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for cue in cues:
        key = (cue.meaning, cue.side, cue.scope)
        words[key] = words.get(key, ()) + tuple(fold(word).text for word in cue.words)
    return tuple(
        Cue(meaning=meaning, side=side, scope=scope, words=joined)
        for (meaning, side, scope), joined in words.items()
    )

"""A mention's facts beside a story's, with what they have in common worked out once."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from operator import add

from streams.alerts.change import Change
from streams.alerts.figuring import differences, is_among, split, weight
from streams.enrichment.facts.proper_names import core
from streams.enrichment.facts.record import Facts, Figure, Running

# Of the pairs of characters of the shorter text: reworded copies share .27 to 1 with their story (below .4
# they share all their figures), other news of the same company .01 to .36. Measured on a labelled stream.
LIKE, HALF_LIKE, HARDLY_LIKE = 0.55, 0.3, 0.18
# The same sentences with other values in them.
TEMPLATE = 0.85
# Shorter Latin words stand in unrelated texts by chance (sec, gdp).
_SHORT_NAME = 3

_NOT_WORDS = re.compile(r"[\W\d_]+")


@lru_cache(maxsize=4096)
def grams(words: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a text, without digits and signs."""
    bare = _NOT_WORDS.sub("", words)
    return frozenset(map(add, bare, bare[1:]))


class Facing:
    """What a mention says, and all that a story told.

    Args:
        said: The mention's facts.
        story: The story's.
    """

    def __init__(self, said: Facts, story: Facts) -> None:
        self.said = said
        self.story = story
        self.shared, self.unknown = split(said.figures, story.figures)
        self.its = grams(story.words)
        mine = grams(said.words)
        common = len(mine & self.its)
        self.covered = common / max(1, len(mine))
        self.like = common / max(1, min(len(mine), len(self.its)))

    @cached_property
    def gone(self) -> list[Figure]:
        """The story's figures that the mention does not tell."""
        return [figure for figure in self.story.figures if not is_among(figure, self.said.figures)]

    @cached_property
    def differs(self) -> tuple[Change, ...]:
        """The mention's figures that stand in the place of others in the story."""
        if not self.unknown:
            return ()
        return differences(self.unknown, self.gone, template=self.covered > TEMPLATE)

    @cached_property
    def weight(self) -> int:
        """How much the figures in common tell."""
        return sum(map(weight, self.shared))

    @cached_property
    def parties(self) -> list[str]:
        """The parties in common."""
        return [party for party in self.said.parties if core(party) in self.story.words]

    @cached_property
    def names(self) -> list[str]:
        """The parties in common, and the names that hardly stand in both by chance."""
        told = self.story.words
        return self.parties + [n for n in self.said.names if len(n) > _SHORT_NAME and core(n) in told]

    @cached_property
    def another_day(self) -> bool:
        """True where both have a trading day, and not the same."""
        return bool(self.said.day and self.story.day) and self.said.day != self.story.day

    @cached_property
    def runs_on(self) -> bool:
        """True where both tell one running figure of one day."""
        said, story = self.said, self.story
        if said.running is None or said.running is not story.running or self.another_day:
            return False
        return said.running is Running.PRICE or self.like >= LIKE

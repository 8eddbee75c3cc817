"""What makes a mention and a story two happenings, however alike their words."""

from __future__ import annotations

import re
from typing import NamedTuple

from streams.alerts.judging.facing import HALF_LIKE, Facing
from streams.alerts.judging.figuring import change
from streams.alerts.judging.matters import medicines_of, other_matter, terms_of
from streams.alerts.judging.whereabouts import named_in
from streams.enrichment.facts.record import Figure, Running, Stage

# Figures in common that tell less may be chance.
_CHANCE = 3
# Two figures in common that tell so much are no chance.
_SEVERAL = 5
_OF_ITS_HOLDER = "占其"
# Letters and digits: hrs-5965, et7, model 3, model y.
_CODE = re.compile(r"(?=.*(?:\d| [a-z]$))[a-z][a-z0-9 -]+")


class Others(NamedTuple):
    """Figures that make two happenings; put into words only where somebody reads it.

    Args:
        figure: A figure of the mention.
        before: The story's in its place, None where there is none.
        what: What it says of the two, in words.
    """

    figure: Figure
    before: Figure | None
    what: str

    def __str__(self) -> str:
        return f"{change(self.figure, self.before)}, {self.what}"


def conflict(facing: Facing) -> str | Others | None:
    """Return what makes the two another happening, to be read by `str`; None where nothing does."""
    for rule in _RULES:
        why = rule(facing)
        if why:
            return why
    return None


def _speakers(facing: Facing) -> str | None:
    """Another broker on the same company is another story."""
    return _none_in_common(facing.said.speakers, facing.story.speakers, "speaks")


def _actors(facing: Facing) -> str | None:
    """For a sector or the market the same sentence about another company is another story."""
    return _none_in_common(facing.said.actors, facing.story.actors, "is the subject")


def _thing(facing: Facing) -> str | None:
    """The market has many prices, and each is news; a report on several may begin with any."""
    if not facing.other_thing or (len(facing.shared) > 1 and facing.weight >= _SEVERAL):
        return None
    return f"{facing.said.thing}, there {facing.story.thing}"


def _own_paper(facing: Facing) -> str | None:
    """A company that corrects a paper of its own makes news."""
    if Stage.AMENDED not in facing.said.stages or Stage.AMENDED in facing.story.stages:
        return None
    return "the company corrects its own paper"


def _day(facing: Facing) -> str | None:
    """A running figure starts anew every trading day; the next morning's recap is still of the day before."""
    said, story = facing.said, facing.story
    runs = said.running or story.running
    if runs is None or runs is Running.TOLL or not facing.another_day or (said.recap and not facing.unknown):
        return None
    return f"{runs} of {said.day}, there of {story.day}"


def _direction(facing: Facing) -> str | None:
    said, story = facing.said, facing.story
    if said.move is None or story.move is None or said.move is story.move:
        return None
    return f"the price went {said.move}, there {story.move}" if said.running is story.running else None


def _session(facing: Facing) -> str | None:
    """Midday and close are two reports."""
    said, story = facing.said, facing.story
    if said.session is None or story.session is None or said.session is story.session or facing.shared:
        return None
    return f"tells of the {said.session}, there of the {story.session}"


def _parties(facing: Facing) -> str | None:
    """The same agreement with another party is another agreement, also where they share some values."""
    if not facing.other_parties or (facing.shared and not facing.placed) or _prices(facing):
        return None
    return f"{facing.said.parties[0]}, there {facing.story.parties[0]}"


def _holder(facing: Facing) -> Others | None:
    """Another part of what its holder has is another holder's: 占其所持股份 7.4% and 34.6%."""
    for figure, before in facing.placed:
        if figure.label.startswith(_OF_ITS_HOLDER):
            return Others(figure, before, "of another holder")
    return None


def _codes(facing: Facing) -> str | None:
    """The same sentence about another product, bond or model is another happening."""
    if facing.weight >= _CHANCE or not facing.said.names or not facing.story.names or _prices(facing):
        return None
    mine, its = _coded(facing.said.names), _coded(facing.story.names)
    longer = any(one.startswith(other) or other.startswith(one) for one in mine for other in its)
    return None if longer else _apart(mine, its)


def _medicines(facing: Facing) -> str | None:
    """The same step of another medicine is another happening."""
    if facing.shared or not facing.said.stages or not facing.story.stages:
        return None
    return _apart(medicines_of(facing.said.words), medicines_of(facing.story.words))


def _terms(facing: Facing) -> str | None:
    """The same rate for another term is another rate."""
    if facing.weight >= _CHANCE:
        return None
    return _apart(terms_of(facing.said.words), terms_of(facing.story.words))


def _whereabouts(facing: Facing) -> str | None:
    """The same sentence about another place or person is another happening."""
    if facing.weight >= _CHANCE or facing.like < HALF_LIKE or facing.runs_on:
        return None
    kinds = zip(named_in(facing.said.words), named_in(facing.story.words), strict=True)
    return next((why for mine, its in kinds if (why := _apart(mine, its))), None)


def _apart(mine: frozenset[str], its: frozenset[str]) -> str | None:
    """Return the first of each, where both have some and none in common."""
    if not mine or not its or not mine.isdisjoint(its):
        return None
    return f"{min(mine)}, there {min(its)}"


def _coded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for name in names if _CODE.fullmatch(name))


def _matter(facing: Facing) -> str | None:
    """One round figure in common is chance where the matter is another."""
    if not 0 < facing.weight < _CHANCE or facing.names or facing.runs_on:
        return None
    other = other_matter(facing.said.words, facing.story.words)
    return f"{facing.shared[0]} in another matter" if other else None


def _values(facing: Facing) -> Others | None:
    """The same pattern with other values is another happening, unless much else is shared."""
    # Differences are asked for last: to find all, all words of both must be compared.
    if not facing.unknown or not facing.gone or facing.runs_on:
        return None
    if not facing.shared:
        others = facing.placed
        if not others and (facing.names or (facing.goes_on and facing.like >= HALF_LIKE)):
            others = facing.differs
            if not others:
                return None
        if not others and (facing.sequel or facing.answers):
            return None
        figure, before = others[0] if others else (facing.unknown[0], None)
        return Others(figure, before, "no figure in common")
    most = min(len(facing.unknown), len(facing.gone))
    if most <= len(facing.shared) and not facing.another_day:
        return None
    differs = facing.differs
    if len(differs) > len(facing.shared):
        return Others(*differs[0], f"{len(differs)} figures differ")
    return Others(*differs[0], "on another day") if differs and facing.another_day else None


def _none_in_common(mine: tuple[str, ...], its: tuple[str, ...], what: str) -> str | None:
    if not mine or not its or set(mine) & set(its):
        return None
    return f"{mine[0]} {what}, there {its[0]}"


def _prices(facing: Facing) -> bool:
    return facing.said.running is Running.PRICE and facing.story.running is Running.PRICE


_RULES = (
    _speakers,
    _actors,
    _thing,
    _own_paper,
    _day,
    _direction,
    _session,
    _parties,
    _holder,
    _codes,
    _matter,
    _values,
    _medicines,
    _terms,
    _whereabouts,
)

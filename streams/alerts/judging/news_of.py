"""What of a mention its story had not told: figures, steps of a process, and clauses that are mostly new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from streams.alerts.change import Change
from streams.alerts.judging.facing import Facing
from streams.alerts.judging.figuring import change, is_written, weight
from streams.alerts.judging.grams import grams, pairs_of
from streams.alerts.judging.steps import next_step
from streams.enrichment.facts.record import Facts, Figure, Stage

# A clause of which less is known is new; so much of new clauses, in pairs of characters and as a share of
# all, is news. A copy in other words stays below one or the other.
_KNOWN_CLAUSE, _NEWS_PAIRS, _NEWS_SHARE, _CLAUSE_PAIRS = 0.4, 16, 0.25, 3
# A new version repeats what it does not change, so less is enough.
_VERSION_PAIRS = 6
_MOST = 5
# A sum that tells less may be chance, and so may one of many figures.
_TELLING, _FIRST = 3, 12
# Points of a percentage, by their unit.
_POINTS = {"百分点": 1.0, "bp": 0.01}
_SHARES, _POINT = frozenset({"", "%"}), "百分点"

_CLAUSE = re.compile(r"[^,。;:!?\n]+")
_LATIN = re.compile("[a-z]+")
_DIGIT = re.compile(r"\d")


def news_of(facing: Facing, *, version: bool = False) -> tuple[Change, ...]:
    """Return what the mention tells that the story had not, at most five, differing figures first.

    Args:
        facing: Mention and story.
        version: True where the mention is a new version of an article of the story.
    """
    found = [change(*pair) for pair in facing.differs]
    told = {one.new for one in found}
    for figure in facing.unknown:
        if weight(figure) and not (is_written(figure, facing.story.words) or _follows(figure, facing)):
            one = change(figure)
            if one.new not in told:
                found.append(one)
    found += [Change(what="stage", new=stage) for stage in _new_stages(facing.said, facing.story)]
    if not found and (step := next_step(facing.said.words, facing.story.words)):
        found.append(Change(what="step", new=step))
    clauses, new = ([], 0) if facing.translated else _new_clauses(facing, figures=bool(found))
    if new >= (_VERSION_PAIRS if version else max(_NEWS_PAIRS, _NEWS_SHARE * len(grams(facing.said.words)))):
        # A figure of a clause was told above.
        found += [Change(what="words", new=clause) for clause in clauses if _DIGIT.search(clause) is None]
    return tuple(found[:_MOST])


def _new_stages(said: Facts, story: Facts) -> Iterator[Stage]:
    """Yield the steps that the story had not told; all is resumed only after a part of it was."""
    for stage in said.stages:
        if stage in story.stages or (stage is Stage.WHOLLY and Stage.PARTLY not in story.stages):
            continue
        yield stage


def _follows(figure: Figure, facing: Facing) -> bool:
    """Say whether a figure follows from two of the story: their rise in percent, their sum or difference."""
    if figure.unit in _POINTS:
        return _is_apart(figure, facing.story.figures)
    if weight(figure) >= _TELLING and _is_sum(figure, facing.story.figures):
        return True
    if figure.unit != "%":
        return False
    return any(
        before.unit == after.unit != "%"
        and before.value
        and after.value
        and (_is_rise(figure, before.value, after.value) or _is_rise(figure, after.value, before.value))
        for before, after in pairwise(facing.story.figures)
    )


def _is_apart(figure: Figure, told: tuple[Figure, ...]) -> bool:
    """Say whether points of a percentage lie between two that were told, or are told in the other unit."""
    points, step = figure.value * _POINTS[figure.unit], figure.step * _POINTS[figure.unit] / 2
    same = any(abs(one.value * _POINTS[one.unit] - points) <= step for one in told if one.unit in _POINTS)
    return same or any(
        before.unit == after.unit == "%" and abs(abs(before.value - after.value) - points) <= step
        for before, after in pairwise(told)
    )


def _is_sum(figure: Figure, told: tuple[Figure, ...]) -> bool:
    """Say whether a figure is two others together, or what one is beyond the other (发行与到期, 净投放)."""
    first = [one for one in told[:_FIRST] if one.value]
    alike = [one for one in first if one.unit == figure.unit]
    # What is 12 % and rose by 2 points was 10 % before.
    points = [one for one in first if one.unit == _POINT] if figure.unit in _SHARES else []
    others = points if figure.unit == "%" else alike + points
    return any(
        abs(one.value - other.value - figure.value) <= figure.step / 2
        or abs(one.value + other.value - figure.value) <= figure.step / 2
        for one in alike
        for other in others
    )


def _is_rise(figure: Figure, before: float, after: float) -> bool:
    beyond = 100.0 * abs(after / before - 1) - figure.value
    return abs(beyond) <= figure.step / 2 or (figure.about and 0 < beyond < figure.step)


def _new_clauses(facing: Facing, *, figures: bool) -> tuple[list[str], int]:
    """Return the clauses that are mostly new, and how many pairs of characters they have.

    Args:
        facing: Mention and story.
        figures: True where some figures are new. Where all are known, a clause with a figure tells the
            same fact in other words.
    """
    clauses, new, known = [], 0, facing.story.words
    # A title says in other words what the text says, which comes behind it.
    begin = facing.said.words.find("\n") + 1
    for match in _CLAUSE.finditer(facing.said.words, begin if len(facing.said.words) > 2 * begin else 0):
        clause = match[0].strip()
        if len(clause) <= _CLAUSE_PAIRS or clause in known or not (figures or _DIGIT.search(clause) is None):
            continue
        pairs = pairs_of(_LATIN.sub("", clause))
        if len(pairs) >= _CLAUSE_PAIRS and len(pairs & facing.its) < _KNOWN_CLAUSE * len(pairs):
            clauses.append(clause)
            new += len(pairs)
    # What title and text both tell weighs twice, and is read once.
    return list(dict.fromkeys(clauses)), new

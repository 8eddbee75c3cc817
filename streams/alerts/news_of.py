"""What of a mention its story had not told: figures, steps of a process, and clauses that are mostly new."""

from __future__ import annotations

import re

from streams.alerts.change import Change
from streams.alerts.facing import Facing, pairs_of
from streams.alerts.figuring import change, is_written, weight

# A clause of which less is known is new; so much of new clauses, in pairs of characters and as a share of
# all, is news. A copy in other words stays below one or the other.
_KNOWN_CLAUSE, _NEWS_PAIRS, _NEWS_SHARE, _CLAUSE_PAIRS = 0.4, 16, 0.25, 3
# A new version repeats what it does not change, so less is enough.
_VERSION_PAIRS = 6
_MOST = 5

_CLAUSE = re.compile(r"[^,。;:!?\n]+")
_LATIN = re.compile("[a-z]+")


def news_of(facing: Facing, *, version: bool = False) -> tuple[Change, ...]:
    """Return what the mention tells that the story had not, at most five, differing figures first.

    Args:
        facing: Mention and story.
        version: True where the mention is a new version of an article of the story.
    """
    found = [change(*pair) for pair in facing.differs]
    told = {one.new for one in found}
    for figure in facing.unknown:
        if weight(figure) and not is_written(figure, facing.story.words):
            one = change(figure)
            if one.new not in told:
                found.append(one)
    found += [
        Change(what="stage", new=stage) for stage in facing.said.stages if stage not in facing.story.stages
    ]
    clauses, new, total = _new_clauses(facing, figures=bool(found))
    if new >= (_VERSION_PAIRS if version else max(_NEWS_PAIRS, _NEWS_SHARE * total)):
        # A figure of a clause was told above.
        found += [Change(what="words", new=clause) for clause in clauses if not _has_digit(clause)]
    return tuple(found[:_MOST])


def _new_clauses(facing: Facing, *, figures: bool) -> tuple[list[str], int, int]:
    """Return the clauses that are mostly new, their pairs of characters, and those of all clauses.

    Args:
        facing: Mention and story.
        figures: True where some figures are new. Where all are known, a clause with a figure tells the
            same fact in other words.
    """
    clauses, new, total = [], 0, 0
    for match in _CLAUSE.finditer(facing.said.words):
        clause = match[0].strip()
        pairs = pairs_of(_LATIN.sub("", clause))
        total += len(pairs)
        if len(pairs) < _CLAUSE_PAIRS or len(pairs & facing.its) >= _KNOWN_CLAUSE * len(pairs):
            continue
        if figures or not _has_digit(clause):
            clauses.append(clause)
            new += len(pairs)
    return clauses, new, total


def _has_digit(clause: str) -> bool:
    return any(char.isdigit() for char in clause)

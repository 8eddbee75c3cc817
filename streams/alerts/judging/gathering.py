"""All that a story told, gathered from its takes within bounds."""

from __future__ import annotations

import re
from typing import TypeVar

from streams.alerts.judging.figuring import split
from streams.alerts.judging.grams import grams, pairs_of
from streams.enrichment.facts.record import Facts

MAX_WORDS = 2_000
MAX_FIGURES = 80
MAX_NAMES = 32
MAX_HOUSES = 12

_CLAUSE = re.compile(r"[^,。;:!?\n]+")
_KNOWN = 0.7

T = TypeVar("T")


def gathered(story: Facts, said: Facts) -> Facts:
    """Return a story's facts once a mention has told more.

    Args:
        story: What it told so far.
        said: The mention's.

    Returns:
        All of the story's, and what of the mention is new. Beyond the bounds the first and the last are
        kept: what the story began with, and where it stands.
    """
    its = grams(story.words)
    clauses = [
        match[0]
        for match in _CLAUSE.finditer(said.words)
        if match[0] not in story.words
        and (pairs := pairs_of(match[0]))
        and len(pairs & its) < _KNOWN * len(pairs)
    ]
    words = f"{story.words}\n{','.join(clauses)}" if clauses else story.words
    return Facts(
        words=words[:MAX_WORDS],
        figures=_ends((*story.figures, *split(said.figures, story.figures)[1]), MAX_FIGURES),
        names=_ends(_once(story.names, said.names), MAX_NAMES),
        parties=_ends(_once(story.parties, said.parties), MAX_NAMES),
        speakers=_ends(_once(story.speakers, said.speakers), MAX_HOUSES),
        stages=_once(story.stages, said.stages),
        actors=_ends(_once(story.actors, said.actors), MAX_HOUSES),
        day=story.day,
        running=story.running or said.running,
        move=said.move or story.move,
        thing=story.thing or said.thing,
        session=story.session or said.session,
        recap=story.recap,
    )


def _once(first: tuple[T, ...], then: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*first, *then)))


def _ends(values: tuple[T, ...], most: int) -> tuple[T, ...]:
    half = most // 2
    return values if len(values) <= most else (*values[:half], *values[half - most :])

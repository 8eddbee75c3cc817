"""What a mention's facts are to those of a story: another happening, or the same with what new.

Wording alone says little: the same sentences tell of another company, day or broker, and other sentences
tell the same. So conflicting facts are looked for first (`conflicts`), then whether facts and wording
together are enough for one happening, then what of the mention the story had not told (`news_of`).
"""

from __future__ import annotations

from dataclasses import dataclass

from streams.alerts.change import Change
from streams.alerts.judging.conflicts import Others, conflict
from streams.alerts.judging.facing import HALF_LIKE, HARDLY_LIKE, LIKE, Facing
from streams.alerts.judging.figuring import change
from streams.alerts.judging.flashes import tells_another
from streams.alerts.judging.news_of import news_of
from streams.alerts.judging.translating import same_matter
from streams.enrichment.facts.record import Facts, Running

# Figures in common that tell so much need few words in common, and none where the languages differ.
_TELLING, _TRANSLATED = 4, 3
# So do two and more, where neither tells another.
_ALL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What a mention is to a story.

    Args:
        same: True for one happening.
        why: Which facts say so, in a few words, to be read by `str`.
        news: What the story had not told.
        differs: Figures that it told otherwise.
    """

    same: bool
    why: str | Others
    news: tuple[Change, ...] = ()
    differs: tuple[Change, ...] = ()


def compare(said: Facts, story: Facts, *, issuer: bool = False) -> Likeness:
    """Hold a mention's facts against a story's.

    Args:
        said: The mention's.
        story: All that the story told.
        issuer: True where their subject is a company.

    Returns:
        The likeness; equal arguments give an equal one.
    """
    facing = Facing(said, story, issuer=issuer)
    against = conflict(facing)
    if against:
        return Likeness(same=False, why=against)
    why = _evidence(facing)
    if why is None:
        return Likeness(same=False, why="too little in common")
    news = news_of(facing)
    if said.recap and not facing.goes_on and all(change.what == "words" for change in news):
        # Who tells the day before once more has words of his own for it.
        news = ()
    return Likeness(same=True, why=why, news=news, differs=_told_otherwise(facing))


def compare_version(said: Facts, story: Facts) -> Likeness:
    """Hold a new version of an article against the story that it told before: one happening by identity."""
    facing = Facing(said, story, version=True)
    return Likeness(
        same=True, why="the same article", news=news_of(facing, version=True), differs=_told_otherwise(facing)
    )


def _told_otherwise(facing: Facing) -> tuple[Change, ...]:
    return tuple(change(*pair) for pair in facing.differs)


def _evidence(facing: Facing) -> str | None:
    """Return why the two are one happening; None where facts and words in common are not enough."""
    if facing.runs_on:
        toll = facing.said.running is Running.TOLL
        return f"{facing.said.running} of {facing.said.thing if toll else 'the same day'}"
    like, names, figures = facing.like, facing.names, ", ".join(map(str, facing.shared[:2]))
    if facing.weight and (
        like >= HALF_LIKE
        or (like >= HARDLY_LIKE and (names or facing.same_kind or facing.weight >= _TELLING))
    ):
        return f"both tell {figures}"
    if len(facing.shared) > 1 and not (facing.unknown or facing.gone) and facing.weight >= _ALL:
        return f"both tell {figures} and no other"
    if facing.translated and _same_figures(facing):
        return f"both tell {figures}, in two languages"
    if like >= HALF_LIKE and len(names) > len(facing.parties):
        # A work or a brand in common, not just a party.
        return f"both tell of {names[0]}"
    bare = facing.covered >= HALF_LIKE and not facing.said.figures and not facing.another_day
    alike = like >= LIKE or bare or (names and like >= HALF_LIKE)
    if alike and not tells_another(facing.said, facing.story):
        return f"both tell of {names[0]}" if names else f"{like:.0%} of the words in common"
    if facing.goes_on:
        return f"goes on about {names[0] if names else 'it'}"
    return facing.sequel


def _same_figures(facing: Facing) -> bool:
    """Say whether figures alone are enough, where no words can be in common."""
    if facing.weight >= _TRANSLATED:
        return len(facing.shared) >= len(facing.unknown)
    nothing_else = not (facing.unknown or facing.gone or facing.another_day)
    return nothing_else and facing.weight > 0 and same_matter(facing.said.words, facing.story.words)

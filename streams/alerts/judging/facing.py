"""A mention's facts beside a story's, with what they have in common worked out once."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Generic, TypeVar

from streams.alerts.judging.figuring import (
    gone_from,
    is_among,
    paired,
    same_place,
    same_unit,
    split,
    split_version,
    weight,
)
from streams.alerts.judging.grams import grams, is_latin, pairs_of
from streams.alerts.judging.things import one_accident, one_thing
from streams.enrichment.facts.proper_names import core
from streams.enrichment.facts.record import Facts, Figure, Running
from streams.enrichment.facts.wordlists import one_of

# Of the pairs of characters of the shorter text: reworded copies share .27 to 1 with their story (below .4
# they share all their figures), other news of the same company .01 to .36. Measured on a labelled stream.
LIKE, HALF_LIKE, HARDLY_LIKE = 0.55, 0.3, 0.18
# The same sentences with other values in them.
TEMPLATE = 0.85
# Shorter Latin words stand in unrelated texts by chance (sec, gdp).
_SHORT_NAME = 3

_FOLLOWS = re.compile(
    one_of("""补充 回应 澄清 进一步 细节 详解 详情 后续 最新进展 上述 对此 此事 一事 该事项 进展
        报告中 研报中 该报告 该研报 证实 属实 否认 不实 辟谣 谣言 接替 接任 接棒 继任 响应""")
)
# What is answered stands behind the word: 回应厦门建厂.
_ANSWERS = re.compile("回应(?:网传|传闻|市场|关于|有关)?([\u4e00-\u9fff]{2,8})")
_RESULTS = re.compile("业绩预|业绩快报|业绩[大下上]|预[增减降亏盈](?!期)|净利|扭亏")
# A company goes to Hong Kong's exchange once, and media tell of it in words of their own.
_LISTS = re.compile(r"递表|(?:赴|来|在)港上市|(?:h股|港交所|联交所)[^,。;:\n]{0,16}(?:上市|招股|聆讯)")
_PERIOD = re.compile("一季|二季|三季|四季|上半年|中期|半年|年度|全年|1-\\d+月|\\d+月")
_LEAD = 120
T = TypeVar("T")


@lru_cache(maxsize=64)
def _follows(words: str) -> bool:
    # What goes on about something says so at its beginning; further on the words stand in any report.
    return _FOLLOWS.search(words[:_LEAD]) is not None


@lru_cache(maxsize=64)
def _answered(words: str) -> frozenset[int]:
    answer = _ANSWERS.search(words[:_LEAD])
    return pairs_of(answer[1]) if answer else frozenset()


@lru_cache(maxsize=64)
def _lists(lead: str) -> bool:
    return _LISTS.search(lead) is not None


class _Lazy(Generic[T]):
    """An attribute worked out when it is first asked for; `cached_property` takes a lock each time."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, facing: Any, owner: type) -> T:
        value = facing.__dict__[self._name] = self._work(facing)
        return value


class Facing:
    """A mention's facts and a story's.

    Args:
        said: The mention's facts.
        story: The story's.
        issuer: True where the subject of both is a company.
        version: True where the mention is a new version of an article of the story.
    """

    def __init__(self, said: Facts, story: Facts, *, issuer: bool = False, version: bool = False) -> None:
        self.said = said
        self.story = story
        self._issuer = issuer
        self._version = version
        # The mention's figures that the story told, and that it had not told; nearly always asked for.
        parts = split_version if version else split
        self.shared, self.unknown = parts(said.figures, story.figures)

    @_Lazy
    def its(self) -> frozenset[int]:
        """The story's pairs of characters."""
        return grams(self.story.words)

    @_Lazy
    def common(self) -> int:
        """How many pairs of characters both have."""
        return len(grams(self.said.words) & self.its)

    @_Lazy
    def covered(self) -> float:
        """How much of the mention's words the story has."""
        return self.common / max(1, len(grams(self.said.words)))

    @_Lazy
    def like(self) -> float:
        """How much of the shorter one's words the other has."""
        return self.common / max(1, min(len(grams(self.said.words)), len(self.its)))

    @_Lazy
    def gone(self) -> list[Figure]:
        """The story's figures that the mention does not tell."""
        if self._version:
            return gone_from(self.said.figures, self.story.figures)
        return [figure for figure in self.story.figures if not is_among(figure, self.said.figures)]

    @_Lazy
    def placed(self) -> tuple[tuple[Figure, Figure], ...]:
        """The mention's figures behind the same words as others of the story, each with the other."""
        return tuple(paired(self.unknown, self.gone, same_place)) if self.unknown else ()

    @_Lazy
    def differs(self) -> tuple[tuple[Figure, Figure], ...]:
        """The mention's figures that stand in the place of others in the story, each with the other.

        Where the words are the same, a unit alone says the place.
        """
        if len(self.placed) in (len(self.unknown), len(self.gone)) or self.covered <= TEMPLATE:
            return self.placed
        new, old = (
            [figure for figure in figures if all(figure is not pair[side] for pair in self.placed)]
            for side, figures in enumerate((self.unknown, self.gone))
        )
        return (*self.placed, *paired(new, old, lambda one, other: same_unit(one.unit, other.unit)))

    @_Lazy
    def weight(self) -> int:
        """How much the figures in common tell."""
        return sum(map(weight, self.shared))

    @_Lazy
    def parties(self) -> list[str]:
        """The parties in common."""
        return [party for party in self.said.parties if core(party) in self.story.words]

    @_Lazy
    def other_parties(self) -> bool:
        """True where both name parties, and not the same."""
        said, story = self.said, self.story
        if not said.parties or not story.parties or self.parties:
            return False
        return not any(core(party) in said.words for party in story.parties)

    @_Lazy
    def names(self) -> list[str]:
        """The parties in common, and the names that hardly stand in both by chance."""
        told = self.story.words
        return self.parties + [
            n for n in self.said.names if len(n) > (_SHORT_NAME if n.isascii() else 2) and core(n) in told
        ]

    @_Lazy
    def same_speaker(self) -> bool:
        """True where the same house speaks in both."""
        return not set(self.said.speakers).isdisjoint(self.story.speakers)

    @_Lazy
    def same_kind(self) -> bool:
        """True where figures in common are hardly chance.

        The same house speaks in both, both tell one step or what is fixed once a day, or neither tells
        another figure that day.
        """
        said, story = self.said, self.story
        if self.same_speaker or not set(said.stages).isdisjoint(story.stages):
            return True
        if self.another_day:
            return False
        fixed = said.running is story.running is Running.FIXING
        return fixed or not (self.unknown or self.gone or self.other_parties)

    @_Lazy
    def sequel(self) -> str | None:
        """What a company's reports of one day have in common where all their figures differ, in words.

        A house writes one report a day on a company, of which its reasons are told after its target; a
        company tells its results once a day, figures first, and lists in Hong Kong once.
        """
        mine, its = self.said.actors, self.story.actors
        if self.another_day or self.placed or not (self._issuer or (mine and set(mine) == set(its))):
            return None
        if self.same_speaker:
            return f"{self.said.speakers[0]} on the same day"
        if self.said.speakers:
            return None
        if all(map(_lists, self._leads())):
            return "its listing in Hong Kong"
        return "results of the same day" if self._same_results() else None

    def _leads(self) -> tuple[str, str]:
        return self.said.words[:_LEAD], self.story.words[:_LEAD]

    def _same_results(self) -> bool:
        leads = self._leads()
        periods, its = (set(_PERIOD.findall(lead)) for lead in leads)
        other = periods and its and periods.isdisjoint(its)
        return not other and all(map(_RESULTS.search, leads)) and self.like >= HALF_LIKE

    @_Lazy
    def goes_on(self) -> bool:
        """True where the mention says that it goes on about what was told that day (回应, 细节).

        Answers have words of their own in common: beside one, more of the others must be.
        """
        if self.answers:
            return True
        if self.another_day or not _follows(self.said.words):
            return False
        return bool(self.names) or self.like >= (HALF_LIKE if _follows(self.story.words) else HARDLY_LIKE)

    @_Lazy
    def answers(self) -> bool:
        """True where a company's answer names, in words of the story, what it answers."""
        asked = _answered(self.said.words) if self._issuer else frozenset()
        return bool(asked) and len(asked & self.its) * 3 >= len(asked)

    @_Lazy
    def translated(self) -> bool:
        """True where one is in Chinese and the other is not: no words can be in common."""
        return is_latin(self.said.words) is not is_latin(self.story.words)

    @_Lazy
    def another_day(self) -> bool:
        """True where both have a trading day, and not the same."""
        return bool(self.said.day and self.story.day) and self.said.day != self.story.day

    @_Lazy
    def runs_on(self) -> bool:
        """True where both tell one running figure of one thing, of a price or turnover on one day."""
        said, story = self.said, self.story
        if said.running is None or said.running is not story.running:
            return False
        if said.running is Running.TOLL:
            return one_accident(said.thing, story.thing)
        if self.another_day or (bool(said.actors) is not bool(story.actors) and self.like < HARDLY_LIKE):
            return False
        if self.other_thing:
            return False
        return said.running is Running.PRICE or self.like >= LIKE or self._one_flow()

    def _one_flow(self) -> bool:
        thing = self.said.thing
        return self.said.running is Running.VOLUME and thing != "" and thing == self.story.thing

    @_Lazy
    def other_thing(self) -> bool:
        """True where both say what moved, and not the same."""
        if self.said.running is Running.TOLL or self.story.running is Running.TOLL:
            return False
        return bool(self.said.thing and self.story.thing) and not one_thing(self.said.thing, self.story.thing)

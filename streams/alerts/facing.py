"""A mention's facts beside a story's, with what they have in common worked out once."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Generic, TypeVar
from zlib import crc32

from streams.alerts.figuring import is_among, paired, same_place, same_unit, split, weight
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
        报告中 研报中 该报告 该研报 证实 属实 否认 不实 辟谣 谣言 传闻""")
)
T = TypeVar("T")

# A Chinese text has more bytes for its characters.
_BYTES = 1.4
_LATIN_WORD = re.compile(r"[a-z]{4,}")
# Words that any report in English has.
_SAID = frozenset(
    """about after also been before from have into more over said says than that their this will with would
    were which year years company companies market monday tuesday wednesday thursday friday""".split()
)
_NOT_WORDS = re.compile(r"[\W\d_]+")


# Each holds some 30 kB; a mention meets the same few stories again within seconds, or not at all.
@lru_cache(maxsize=512)
def grams(words: str) -> frozenset[int]:
    """Return the `pairs_of` a text that is asked for again and again."""
    return pairs_of(words)


def pairs_of(words: str) -> frozenset[int]:
    """Return the pairs of neighbouring characters of a text, without digits and signs, each as a number.

    Numbers are read out of UTF-16, the pairs at even places and then those at odd ones: half the time and
    half the memory of strings. Letters tell nothing in pairs: of a text in another language the longer words
    are returned, each as a number.
    """
    if is_latin(words):
        return frozenset(crc32(word.encode()) for word in _LATIN_WORD.findall(words) if word not in _SAID)
    units = memoryview(_NOT_WORDS.sub("", words).encode("utf-16-le", "surrogatepass"))
    even, odd = units[: len(units) & ~3], units[2:]
    return frozenset(even.cast("I")) | frozenset(odd[: len(odd) & ~3].cast("I"))


def is_latin(words: str) -> bool:
    """Say whether a text is in another language than Chinese."""
    return len(words.encode("utf-8", "surrogatepass")) < _BYTES * len(words)


@lru_cache(maxsize=64)
def _follows(words: str) -> bool:
    return _FOLLOWS.search(words) is not None


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
    """

    def __init__(self, said: Facts, story: Facts, *, issuer: bool = False) -> None:
        self.said = said
        self.story = story
        self._issuer = issuer

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
    def _split(self) -> tuple[list[Figure], list[Figure]]:
        return split(self.said.figures, self.story.figures)

    @_Lazy
    def shared(self) -> list[Figure]:
        """The mention's figures that the story told."""
        return self._split[0]

    @_Lazy
    def unknown(self) -> list[Figure]:
        """The mention's figures that the story had not told."""
        return self._split[1]

    @_Lazy
    def gone(self) -> list[Figure]:
        """The story's figures that the mention does not tell."""
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
    def names(self) -> list[str]:
        """The parties in common, and the names that hardly stand in both by chance."""
        told = self.story.words
        return self.parties + [n for n in self.said.names if len(n) > _SHORT_NAME and core(n) in told]

    @_Lazy
    def same_speaker(self) -> bool:
        """True where the same house speaks in both."""
        return not set(self.said.speakers).isdisjoint(self.story.speakers)

    @_Lazy
    def same_report(self) -> bool:
        """True where the same house speaks of the same company on the same day: it wrote one report."""
        same = self._issuer or not set(self.said.actors).isdisjoint(self.story.actors)
        return same and self.same_speaker and not self.another_day and not self.placed

    @_Lazy
    def goes_on(self) -> bool:
        """True where the mention says that it goes on about what was told that day (回应, 细节)."""
        return not self.another_day and _follows(self.said.words)

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
        """True where both tell one running figure of one day, of one thing."""
        said, story = self.said, self.story
        if said.running is None or said.running is not story.running or self.another_day:
            return False
        return not self.other_thing and (said.running is Running.PRICE or self.like >= LIKE)

    @_Lazy
    def other_thing(self) -> bool:
        """True where both say what moved, and not the same."""
        return bool(self.said.thing and self.story.thing) and not _one_thing(
            self.said.thing, self.story.thing
        )


# Metals, fuels, crops: one character names them in 金价 and 现货黄金 alike.
_GOODS = frozenset("金银铜铝锌镍锡铅铁钢油气煤糖棉豆粕胶锂硅")
# Pairs of characters that the names of many things share.
_COMMON = frozenset(
    """国际 现货 期货 指数 板指 主力 合约 日内 价格 纽约 伦敦 市场 美元 股指 连续 中国 全球 国内 亚太 三大
    两市""".split()
)


# Each index under its names; none is in another.
_INDICES = tuple(
    row.split()
    for row in """恒生科技指数 恒科指 恒生科技
恒生国企指数 国企指数 恒生中国企业指数
恒生指数 恒指
上证指数 沪指 上证综指
深证成指 深成指 深证成份指数
创业板指 创业板指数
科创50 科创综指
沪深300
中证1000
北证50
道琼斯 道指
纳斯达克 纳指
标普500 标普
日经225 日经""".splitlines()
)


@lru_cache(maxsize=1024)
def _index(name: str) -> int | None:
    """Return which index a name holds, as its row; None where it holds none."""
    return next((at for at, names in enumerate(_INDICES) if any(one in name for one in names)), None)


@lru_cache(maxsize=1024)
def _one_thing(one: str, other: str) -> bool:
    """Say whether two names of what moved may be one: 国际油价 and 布伦特原油 are, 国际金价 is another."""
    indices = _index(one), _index(other)
    if None not in indices and indices[0] != indices[1]:
        return False
    if one in other or other in one:
        return True
    pairs = [{name[at : at + 2] for at in range(len(name) - 1)} - _COMMON for name in (one, other)]
    goods = [_GOODS.intersection(name) for name in (one, other)]
    return bool(goods[0] & goods[1] if all(goods) else pairs[0] & pairs[1])

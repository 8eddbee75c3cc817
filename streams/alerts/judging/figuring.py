"""Figures held against figures: which are one, which stand in another's place, how much one tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from streams.alerts.change import Change
from streams.enrichment.facts.record import Figure

# Two figures further apart than this are never one, however they are rounded.
_ROUNDED = 0.05
_NEAR = _ROUNDED / (1 - _ROUNDED)
_HALF = 0.5000001
_MOST_TELLING = 4
# Measure words that media use for one another.
_ALIKE = tuple(
    frozenset(row.split()) for row in ("名 人 位 户", "家 只 个 股", "辆 台 架", "项 款 条 个 种", "点 bp")
)
_WORDS = "零一二三四五六七八九十"


def same_figure(one: Figure, other: Figure) -> bool:
    """Say whether two figures are one, however they are rounded.

    12.5% and 12.53% are, and so are 超3600万头 and 3609.6万头; 超880万 and 890万 are not.
    """
    if not same_unit(one.unit, other.unit):
        return False
    low, high = (one, other) if one.value <= other.value else (other, one)
    apart, most = high.value - low.value, _ROUNDED * high.value
    if apart <= min(max(low.step, high.step) * _HALF, most):
        return True
    return any(figure.about and apart < min(_last_digit(figure), most) for figure in (low, high))


@lru_cache(maxsize=4096)
def same_unit(one: str, other: str) -> bool:
    """Say whether two units may be one: 元/股 and (每股) 元, 元 and (in Hong Kong) 港元, 人 and 名."""
    if one == other or not one or not other:
        return True
    one, other = one.partition("/")[0], other.partition("/")[0]
    if one == other or (one.endswith("元") and other.endswith("元") and "元" in (one, other)):
        return True
    return any(one in alike and other in alike for alike in _ALIKE)


def split(figures: Iterable[Figure], known: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Return those of some figures that are among known ones, and those that are not, each once.

    Of one that is told rounded and in full, what is in full stays.
    """
    shared: list[Figure] = []
    unknown: list[Figure] = []
    for figure in figures:
        into = shared if is_among(figure, known) else unknown
        if not is_among(figure, into):
            into.append(figure)
        elif figure.step < into[-1].step and same_figure(figure, into[-1]):
            into[-1] = figure
    return shared, unknown


def split_version(figures: Sequence[Figure], known: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Return the two of `split` for a new version: what replaces a figure is another, also near a third."""
    shared, unknown = split(figures, known)
    told = {figure.value for figure in known}
    gone = gone_from(figures, known)
    moved = [f for f in figures if f.value not in told and any(_replaces(f, one) for one in gone)]
    return [f for f in shared if f not in moved], unknown + [f for f in moved if f not in unknown]


def gone_from(figures: Iterable[Figure], known: Iterable[Figure]) -> list[Figure]:
    """Return the known figures that a new version does not write as they were."""
    values = {figure.value for figure in figures}
    return [figure for figure in known if figure.value not in values]


def _replaces(figure: Figure, before: Figure) -> bool:
    """Say whether a figure stands in another's place; written as exactly as that, it is no rounding of it."""
    if not same_place(figure, before):
        return False
    return figure.step == before.step or not same_figure(figure, before)


def is_among(figure: Figure, figures: Iterable[Figure]) -> bool:
    """Say whether a figure is one of others."""
    value = figure.value
    near = value * _NEAR
    for other in figures:  # noqa: SIM110 a generator would cost as much again
        if -near <= value - other.value <= near and same_figure(figure, other):
            return True
    return False


def weight(figure: Figure) -> int:
    """Return how much a figure tells: its digits without the zeros at the ends, at most four."""
    return min(_MOST_TELLING, len(f"{figure.value / figure.step:.0f}".strip("0")))


def paired(
    unknown: Iterable[Figure], gone: Iterable[Figure], fit: Callable[[Figure, Figure], bool]
) -> list[tuple[Figure, Figure]]:
    """Pair figures that are new with those that stood in their place, which come second.

    Args:
        unknown: New ones.
        gone: Those that are no longer told.
        fit: Says whether one stands in the place of the other; each is paired once.
    """
    left = list(gone)
    found = []
    for figure in unknown:
        for at, before in enumerate(left):
            if fit(figure, before):
                found.append((figure, left.pop(at)))
                break
    return found


def change(figure: Figure, before: Figure | None = None) -> Change:
    """Return a figure as what an alert tells anew, with the one that stood in its place."""
    label = figure.label or (before.label if before else "")
    return Change(what=label or "figure", old=_bare(before) if before else None, new=_bare(figure))


def is_written(figure: Figure, words: str) -> bool:
    """Say whether words tell a small number in letters (两倍, 六个)."""
    number = int(figure.value)
    if number != figure.value or not 1 <= number < len(_WORDS):
        return False
    written = (_WORDS[number], "两") if _WORDS[number] == "二" else (_WORDS[number],)
    return any(f"{one}{figure.unit}" in words for one in written)


def _bare(figure: Figure) -> str:
    return str(figure).removeprefix(figure.label).strip()


def _last_digit(figure: Figure) -> float:
    """Return one unit of the last digit that is no zero: 1e6 for 3600万."""
    unit = figure.step
    count = round(figure.value / unit)
    while count and count % 10 == 0:
        count //= 10
        unit *= 10
    return unit


def same_place(one: Figure, other: Figure) -> bool:
    """Say whether the words before two figures say the same of them."""
    if not same_unit(one.unit, other.unit) or not one.label or not other.label:
        return False
    return one.label == other.label or _ends(one.label, other.label) or _ends(other.label, one.label)


def _ends(label: str, other: str) -> bool:
    return len(label) > 1 and other.endswith(label[-2:])

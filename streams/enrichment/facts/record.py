"""The facts of an article about one subject, as they travel with a mention and are kept in a story."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Session(StrEnum):
    """The part of a trading day that a report on the market sums up."""

    OPEN = "open"
    MIDDAY = "midday"
    CLOSE = "close"


class Move(StrEnum):
    """Which way a price went."""

    UP = "up"
    DOWN = "down"


class Running(StrEnum):
    """A figure that runs on: of a price anew every trading day, of an accident until all is known."""

    PRICE = "price"
    VOLUME = "volume"
    FIXING = "fixing"
    TOLL = "toll"


class Stage(StrEnum):
    """A step of a process that a company or an authority goes through, in its order."""

    ACCEPTED = "accepted"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    REGISTERED = "registered"
    DONE = "done"
    LISTED = "listed"
    ENDED = "ended"
    PARTLY = "partly resumed"
    WHOLLY = "wholly resumed"
    AMENDED = "own paper amended"
    DENIED = "denied"
    CONFIRMED = "confirmed"
    FATAL = "fatal"
    INQUIRED = "inquired"
    ANSWERED = "inquiry answered"
    TRIED = "tried"
    APPEALED = "tried on appeal"
    SETTLED = "settled"
    PENALISED = "penalised"
    PAYING = "being paid"
    RELEASED = "released"


class NoticeKind(StrEnum):
    """What a medium does with its own article."""

    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a medium had wrong, and those that should have stood there."""

    wrong: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a medium says of its own article.

    Args:
        kind: Whether it corrects it or takes it back.
        titles: The titles by which it names it, folded.
        quotes: What it corrects.
        alone: True where nothing else is told: no article with a note on its correction.
        minute: `16:05`, when the article was published, where it says so; else "".
    """

    kind: NoticeKind
    alone: bool = False
    titles: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    minute: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts.

    Args:
        value: In single units: 98亿元 is 9.8e9.
        unit: `元`, `%`, `头` and so on, one spelling for each, `第号` for a place in a row; "" where none is.
        label: Up to six characters before it that say what it is (`目标价`), "" where nothing does.
        step: One unit of the last digit written: 1e8 for 98亿元, .01 for 3.15%.
        about: True where it is said to be near or beyond (近, 超, 逾).
    """

    value: float
    unit: str = ""
    label: str = ""
    step: float = 1.0
    about: bool = False

    def __str__(self) -> str:
        return f"{self.label} {amount(self.value)}{self.unit}".strip()


def amount(value: float) -> str:
    """Write a value as Chinese news does.

    >>> amount(1.705e9), amount(3.15), amount(2000.0)
    ('17.05亿', '3.15', '2000')
    """
    for scale, word in ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")):
        if value >= scale and (scale > 1e4 or value >= 1e5 or value % 1e3 == 0):
            return f"{value / scale:.8g}{word}"
    return f"{value:.10g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is said of one subject.

    Args:
        words: Title and sentences about the subject, folded, at most `part.MAX_WORDS` characters.
        figures: In the order of the text, each once.
        names: Proper names other than the subject's own: of works, brands, people in Latin letters.
        parties: Names of firms and authorities other than the subject.
        speakers: The houses (brokers, agencies) whose view it is, one name for each house.
        stages: Steps of a process that title and lead tell.
        actors: Tickers of the companies that the article is about, for a subject that is none of them.
        day: The trading day that it belongs to, `2021-12-08`.
        running: Which running figure it reports, None where none.
        move: Which way the price went, where it says so.
        thing: What moved (`国际金价`), or where the accident was, where no company says it; "" elsewhere.
        session: The part of the day that it sums up, None where it sums up none.
        notice: What the article says of an article of its medium; None where it does not.
        recap: True where it tells the day before once more (昨日, 隔夜).
    """

    words: str = ""
    figures: tuple[Figure, ...] = ()
    names: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    actors: tuple[str, ...] = ()
    day: str = ""
    running: Running | None = None
    move: Move | None = None
    thing: str = ""
    session: Session | None = None
    notice: Notice | None = None
    recap: bool = False

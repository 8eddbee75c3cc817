"""What of an article is about some of its companies, and what that says whomever it concerns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from streams.enrichment.facts.accidents import place_of
from streams.enrichment.facts.moves import flowing, is_recap, moving, running, session
from streams.enrichment.facts.passages import Share
from streams.enrichment.facts.record import Figure, Move, Running, Session, Stage
from streams.enrichment.facts.stages import find_stages

# Of a long article the beginning is compared: what is news stands there.
MAX_WORDS = 1_200
MAX_FIGURES = 60
_LEAD = 80
# Beyond the words that are kept: what the datelines in them take.
_SLACK = 200

_DATELINE = re.compile(
    # Without a date the words end a name as well: 腾讯, 长江电力.
    r"(?m)^[【\[(]?[^,。;:\n]{0,14}?(?:(?:电|讯|消息)[,:\s】\])]|(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日"
    r"(?:晚间|早间|午间|上午|下午|凌晨)?(?:电|讯|消息)(?:[,:\s】\])]|(?=[\u4e00-\u9fff])))"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an article, as in `Facts`.

    Args:
        share: The sentences; None where it is the whole article.
        titled: True where the title belongs to it.
        words, figures, stages, running, move, thing, session, recap: As in `Facts`.
    """

    share: Share | None
    titled: bool
    words: str
    figures: tuple[Figure, ...]
    stages: tuple[Stage, ...]
    running: Running | None
    move: Move | None
    thing: str
    session: Session | None
    recap: bool


def part_of(
    share: Share | None,
    title: str,
    text: str,
    figures: Iterable[Figure],
    named: tuple[str, str] | None = None,
) -> Part:
    """Return what a part of an article says.

    Args:
        share: Its sentences; None for the whole.
        title: The folded title, "" where it does not belong to the part.
        text: The part's folded text.
        figures: Its figures, in the order of title and text.
        named: Of title and text what begins with the clause that names the companies: what was told
            before it of others moved another way; None for the whole.
    """
    figure, move = running(*named) if named else (None, None)
    if move is None:
        figure, move = running(title, text)
    thing = ""
    if figure is Running.PRICE:
        thing = moving(title, text)
    elif figure is Running.VOLUME:
        thing = flowing(title, text)
    if figure is None and (thing := place_of(f"{title}\n{text[:_LEAD]}")):
        figure = Running.TOLL
    told = _DATELINE.sub("", text[: MAX_WORDS + _SLACK])
    return Part(
        share=share,
        titled=share is None or share.titled,
        words=f"{title}\n{told}"[:MAX_WORDS],
        figures=tuple(dict.fromkeys(figures))[:MAX_FIGURES],
        stages=find_stages(f"{title}\n{text[:MAX_WORDS]}"),
        running=figure,
        move=move,
        thing=thing,
        session=session(title, text),
        recap=is_recap(title, text),
    )

"""The words of an alert: headline, reason and the evidence shown. Its size is the matter of `composing`."""

from __future__ import annotations

import re

from streams.alerts.judging.judgement import Judgement, Relation
from streams.enrichment.article import EventKind, Evidence, Method
from streams.enrichment.subjects import SubjectKind, SubjectMention
from streams.news.article import Action

MAX_HEADLINE = 120
MAX_NAME = 30
MAX_EVIDENCE = 3
MAX_SURFACE = 20

# What a publisher links or codes is meant; a name may be another's; a company's sector is inferred.
_STRENGTH = {
    method: rank
    for rank, method in enumerate(
        (
            Method.QUOTE_LINK,
            Method.BOARD_LINK,
            Method.CODE,
            Method.FULL_NAME,
            Method.SHORT_NAME,
            Method.ALIAS,
            Method.ENGLISH_NAME,
            Method.FORMER_NAME,
            Method.SUBSIDIARY,
            Method.BRAND,
            Method.SECTOR_WORD,
            Method.PHRASE,
            Method.COMPANY_SECTOR,
        )
    )
}
_CONTROL = dict.fromkeys([*range(32), *range(127, 160)], " ")
_SENTENCE = re.compile(r".*?(?:[。！？!?]|\.(?=\s)|$)", re.DOTALL)
# A first sentence is sought in so many characters; beyond, it would be cut anyway.
_LOOK_AHEAD = 400


def tidy(text: str, length: int) -> str:
    r"""Return text on one line, without control characters, cut with `…` at a number of characters.

    >>> tidy("two\nlines of text", 10)
    'two lines…'
    """
    line = text.lstrip()[: 4 * length]
    if not line.isprintable():
        line = line.translate(_CONTROL)
    line = " ".join(line.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def headline(mention: SubjectMention) -> str:
    """Return the article's title, else its first sentence, at most 120 characters; never empty."""
    article = mention.article
    title = tidy(article.title or "", MAX_HEADLINE)
    if title:
        return title
    sentence = _SENTENCE.match(article.text[:_LOOK_AHEAD].strip())
    if sentence and (words := tidy(sentence.group(), MAX_HEADLINE)):
        return words
    # A withdrawal often comes without a word of its own.
    deed = "takes back an article" if article.action is Action.WITHDRAW else "has an article"
    medium = tidy(article.media or article.source, MAX_NAME)
    return f"{name(mention)}: {medium or 'somebody'} {deed}"


def summary(mention: SubjectMention) -> str:
    """Return the article's summary; of a digest, the item that names the subject."""
    item, text = mention.item, mention.article.text
    if item is None or item.end > len(text):
        return mention.article.summary
    return text[item.start : item.end]


def name(mention: SubjectMention) -> str:
    """Return the subject's name, at most 30 characters; its ticker where it has none."""
    return tidy(mention.name, MAX_NAME) or mention.subject


def reason(mention: SubjectMention, judgement: Judgement, shown: tuple[Evidence, ...]) -> str:
    """Return one sentence: role and how it was found, kind of event, relation to what was told before.

    Args:
        mention: The mention behind the alert.
        judgement: What it is to what was told before.
        shown: Its `evidence`.

    Returns:
        `subject by quote link 工商银行 in the text; policy; new story`.
    """
    role, how = str(mention.role), ""
    if mention.kind is SubjectKind.MARKET:
        # Of no kind of its own, it is the market's for one reason only; see `enrichment.subjects`.
        plain = {event.kind for event in mention.article.events} <= {EventKind.OTHER}
        role = "market: no company is its subject" if plain else "market"
    if shown:
        best = shown[0]
        how = f" by {best.method.replace('_', ' ')} {tidy(best.surface, MAX_SURFACE)} in the {best.field}"
    kinds = ", ".join(event.kind for event in mention.article.events[:2])
    told = "new story" if judgement.relation is Relation.NEW else f"{judgement.relation}: {judgement.reason}"
    return "; ".join(part for part in (f"{role}{how}", kinds, told) if part)


def evidence(mention: SubjectMention) -> tuple[Evidence, ...]:
    """Return at most three places where the subject was found: the strongest first, no words twice."""
    ranked = sorted(mention.evidence, key=lambda e: (_STRENGTH[e.method], e.field != "title", e.start))
    chosen: dict[str, Evidence] = {}
    for found in ranked:
        chosen.setdefault(found.surface, found)
        if len(chosen) == MAX_EVIDENCE:
            break
    return tuple(_shortened(found) for found in chosen.values())


def _shortened(found: Evidence) -> Evidence:
    if len(found.surface) <= MAX_SURFACE:
        return found
    return Evidence(
        field=found.field,
        start=found.start,
        end=found.start + MAX_SURFACE,
        surface=found.surface[:MAX_SURFACE],
        method=found.method,
    )

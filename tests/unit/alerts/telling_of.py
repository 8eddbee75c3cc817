"""Articles in words through reading, understanding and judging, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from streams.alerts.decision import Channel
from streams.alerts.pipeline import Pipeline, Step
from streams.enrichment.article import Origin
from streams.news.article import Action, RawArticle
from streams.wire.reference import load_master

MASTER = load_master()
MORNING = datetime.fromisoformat("2026-03-03T10:00:00+08:00")


@dataclass
class Wire:
    """Takes articles of different media, one after the other.

    Args:
        subject: The only subject looked at.
    """

    subject: str
    pipeline: Pipeline = field(default_factory=lambda: Pipeline(MASTER))
    said: list[tuple[str, str, str]] = field(default_factory=list)
    last: Step | None = None

    def take(
        self,
        text: str,
        title: str | None = None,
        *,
        at: timedelta = timedelta(0),
        source: str | None = None,
        id: str | None = None,  # noqa: A002 as in the envelope
        action: Action = Action.PUBLISH,
    ) -> tuple[str, str]:
        """Take an article; return what the tape said of the subject: action (or `copy`) and story."""
        number = len(self.said)
        when = MORNING + at
        raw = RawArticle(
            source=source or f"medium{number}",
            id=id or f"n{number}",
            title=title,
            content=text,
            published_at=when.isoformat(),
            action=action,
        )
        step = self.pipeline.take(raw, when, Origin(topic="t", partition=0, offset=number))
        self.last = step
        said = ("nothing", "", "redelivered")
        for mention, decision in step.decisions if step else ():
            if mention.subject == self.subject:
                alert = decision.outcomes[0].alert if decision.outcomes else None
                on_tape = any(outcome.channel is Channel.TAPE for outcome in decision.outcomes)
                action_ = str(alert.action) if alert and on_tape else "copy" if alert else "nothing"
                said = (action_, alert.story.id if alert else "", decision.reason)
        self.said.append(said)
        return said[:2]

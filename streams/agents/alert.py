"""The alert agent: mentions in; alerts for the tape and the subscribers out.

Alerts are acknowledged first, then the stories that changed, then the source offset may be committed.
A crash between the two tells an alert again under the same id and version, never under another.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from streams.agents.lanes import Lane
from streams.agents.memory import PACKING, restore
from streams.agents.outbox import Outbox
from streams.agents.ports import Ports, bug
from streams.agents.silences import SilenceView
from streams.agents.subscriptions import SubscriptionView
from streams.alerts.decide import decisions
from streams.alerts.decision import Channel, Decision
from streams.alerts.digest import digests
from streams.alerts.judging.judgement import Relation
from streams.alerts.muting import Muting
from streams.alerts.stories.memory import Stories
from streams.alerts.stories.storms import StormControl
from streams.alerts.stories.story import StoryHead
from streams.enrichment.subjects import SubjectMention
from streams.errors import BadRecord, BrokerFault, ErrorCode, Fault
from streams.wire.codec import decode
from streams.wire.envelope import alert_messages, stamps, story_message, story_of, story_tombstone
from streams.wire.message import Message
from streams.wire.topics import STORIES, full_name


class AlertAgent:
    """Works mention records off, partition by partition.

    Args:
        ports: The edges.
        view: The subscriptions, kept live by a reader of their topic.
        muted: The silences, likewise.
    """

    def __init__(self, ports: Ports, view: SubscriptionView, muted: SilenceView) -> None:
        self.ports = ports
        self.view = view
        self.muted = muted
        storm = StormControl(per_minute=ports.settings.storm_per_minute)
        self.muting = Muting(muted.silences, storm)
        self.prefix = ports.settings.prefix
        self.partitions = 0

    async def load(self, tp: Any) -> Stories:
        """Read the partition's memory back from the stories topic."""
        settings = self.ports.settings
        stories = Stories(
            copy_window=timedelta(hours=settings.copy_window_h),
            keep_for=timedelta(days=settings.memory_days),
            most=settings.most_stories,
            packing=PACKING,
        )
        topic = full_name(STORIES, self.prefix)

        def forget(key: bytes) -> None:
            stories.forget(story_of(key))

        self.partitions = await restore(
            self.ports,
            topic,
            tp.partition,
            lambda record: stories.recall(PACKING.head(record), record),
            forget=forget,
        )
        return stories

    async def handle(self, lane: Lane, records: list[Any]) -> None:
        """Work one batch off; return when everything that it led to is acknowledged.

        Where subscribers' topics refuse, the batch begins anew without them: what was decided, and is in
        memory by now, was not told to all of them.

        Raises:
            BrokerFault: When the broker or other topics are at fault.
            LaneClosed: When the partition was taken away.
        """
        while True:
            try:
                return await self._work_off(lane, records)
            except BrokerFault as error:
                await self.view.topics.part_with(error)
            lane.check_open()
            lane.read_back(self.load(lane.tp))

    async def _work_off(self, lane: Lane, records: list[Any]) -> None:
        stories: Stories = await lane.recall()
        await self.view.caught_up.wait()
        await self.muted.caught_up.wait()
        outbox = Outbox(self.ports.publish, lane)
        for record in records:
            await outbox.breathe()
            try:
                mention = _read(record)
                before = stamps(record.headers)
                now = mention.article.received_at
                if stories.storms:
                    ended = digests(self.view.subscriptions, stories, now)
                    self._tell([ended], before, stories, outbox, lane)
                # A producer may stamp what it likes; a time to come must not empty the memory.
                past = stories.expire(min(now, self.ports.clock()))
                found = decisions(mention, self.view.subscriptions, stories, now, self.muting)
                self._tell([one for _, one in found], before, stories, outbox, lane, past=past)
            except BadRecord as error:
                self.ports.refuse(outbox, record, error)
            except Exception as error:  # noqa: BLE001 our own bug must not stop the partition
                self.ports.refuse(outbox, record, bug(record, error))
        await outbox.flush()
        metrics = self.ports.metrics
        metrics.remembered.labels(full_name(STORIES, self.prefix), lane.tp.partition).set(len(stories))
        metrics.event_age.labels(records[-1].topic).set(self.ports.clock().timestamp())

    def _tell(
        self,
        decided: Sequence[Decision],
        before: dict[str, int],
        stories: Stories,
        outbox: Outbox,
        lane: Lane,
        *,
        past: Sequence[StoryHead] = (),
    ) -> None:
        """Keep what decisions change, and put all that they lead to into the outbox."""
        reached = before | {"decided_at": int(self.ports.clock().timestamp() * 1000)}
        told = [message for one in decided for message in alert_messages(one.outcomes, self.prefix, reached)]
        outbox.add(told, self._remember(past, decided, stories, outbox, lane.tp.partition))
        for one in decided:
            self._count(one, reached, outbox)

    def _remember(
        self,
        past: Sequence[StoryHead],
        decided: Sequence[Decision],
        stories: Stories,
        outbox: Outbox,
        partition: int,
    ) -> dict[str, Message]:
        """Keep what changed; return the records of it, and tombstones of what is let go, by story."""
        let_go = self.ports.metrics.let_go
        outbox.count(let_go.labels("past"), len(past))
        # Before those kept: a story may begin anew under its old id.
        changed = {story.id: story_tombstone(story, self.prefix, partition) for story in past}
        for story in (story for one in decided for story in one.stories):
            kept = story_message(story, self.prefix, partition, self.partitions)
            for crowded in stories.keep(story, kept.value):
                outbox.count(let_go.labels("crowded"))
                changed[crowded.id] = story_tombstone(crowded, self.prefix, partition)
            changed[story.id] = kept
        return changed

    def _count(self, decision: Decision, reached: dict[str, int], outbox: Outbox) -> None:
        metrics = self.ports.metrics
        if decision.relation is Relation.DIGEST:
            outbox.count(metrics.digests, len(decision.outcomes))
            return
        outbox.count(metrics.decisions.labels(decision.relation))
        outbox.count(metrics.matched, decision.concerned)
        if decision.outcomes and "enriched_at" in reached:
            seconds = max(0, reached["decided_at"] - reached["enriched_at"]) / 1000
            outbox.observe(metrics.stage.labels("article_to_alert"), seconds)
        for outcome in decision.outcomes:
            if outcome.channel is Channel.TAPE:
                outbox.count(metrics.alerts.labels(outcome.alert.action, outcome.alert.urgency))
            elif outcome.channel is Channel.SUBSCRIBER:
                outbox.count(metrics.deliveries)
            elif outcome.alert.suppressed:
                held_back = outcome.alert.suppressed
                outbox.count(metrics.suppressed.labels(held_back.reason))
                outbox.count(metrics.withheld.labels(held_back.reason), held_back.count)


def _read(record: Any) -> SubjectMention:
    mention = decode(record.value, SubjectMention)
    if mention.article.received_at.tzinfo is None:
        raise BadRecord(Fault("article.received_at", ErrorCode.WRONG_TYPE, "has no zone"))
    return mention

"""The alert agent over a broker in memory, where a subscriber's topic refuses: it alone gets nothing."""

import json
from collections import Counter
from types import SimpleNamespace

import pytest

from streams.agents.alert import AlertAgent
from streams.agents.lanes import Lane
from streams.agents.ports import Ports
from streams.agents.silences import SilenceView
from streams.agents.subscriptions import SubscriptionView
from streams.alerts.stories.memory import Stories
from streams.enrichment.subjects import SubjectMention
from streams.errors import NotDelivered
from streams.observe.metrics import Metrics
from streams.settings import Settings
from streams.wire.envelope import mention_messages
from tests.fakes import MemoryBroker
from tests.unit.alerts.builders import a_mention, a_subscription

TOPICS = ("mentions", "stories", "alerts", "alerts.suppressed", "alerts.good", "alerts.bad", "dead-letter")


class Walled(MemoryBroker):
    """Refuses messages for some topics; those for others, of the same call, are published as on Kafka."""

    def __init__(self, *refused: str) -> None:
        super().__init__({f"news.{name}": 1 for name in TOPICS})
        self.refused = {f"news.{name}" for name in refused}

    async def publish(self, messages) -> None:
        await super().publish([message for message in messages if message.topic not in self.refused])
        if refused := self.refused & {message.topic for message in messages}:
            raise NotDelivered("takes no message so large", topics=tuple(sorted(refused)))

    def bodies(self, topic: str) -> list[dict]:
        return [json.loads(record.value) for record in self.logs[f"news.{topic}"][0]]


async def tell(broker: Walled, *mentions: SubjectMention, stories: Stories | None = None) -> Metrics:
    """Work mentions off for `good` and `bad`, who want all of them and whose topics were found well.

    With `stories` that is the memory; else it is read back.
    """
    ports = Ports(
        settings=Settings(),
        metrics=Metrics(),
        publish=broker.publish,
        partition_count=broker.partition_count,
        read_partition=broker.read_partition,
    )
    view = SubscriptionView(ports, find_no_fault)
    for name in ("good", "bad"):
        view.subscriptions.put(a_subscription(id=name, subscriber=name))
    view.caught_up.set()
    muted = SilenceView(ports)
    muted.caught_up.set()
    agent, lane = AlertAgent(ports, view, muted), Lane(SimpleNamespace(topic="news.mentions", partition=0), 0)
    await broker.publish(mention_messages(mentions, "news", {}))

    async def memory() -> Stories:
        found = await agent.load(lane.tp)
        return found if stories is None else stories

    lane.read_back(memory())
    await agent.handle(lane, broker.logs["news.mentions"][0])
    return ports.metrics


async def find_no_fault(_) -> dict[str, str]:
    return {}


NEWS = (
    a_mention(id="a", digest="1", text="工商银行回购股份，金额3亿元。", title=None),
    a_mention(id="b", digest="2", text="工商银行任命新行长。", title=None),
)


async def test_a_subscriber_s_topic_that_refuses_is_left_out_and_all_others_are_told():
    broker = Walled("alerts.bad")

    await tell(broker, *NEWS)

    told = {alert["alert_id"] for alert in broker.bodies("alerts.good")}
    assert len(told) == 2
    assert {alert["alert_id"] for alert in broker.bodies("alerts")} == told
    assert broker.bodies("alerts.bad") == []
    held_back = [alert["suppressed"] for alert in broker.bodies("alerts.suppressed")]
    assert [(one["reason"], one["subscribers"]) for one in held_back] == [("no_topic", ["bad"])] * 2
    assert [story["receivers"] for story in broker.bodies("stories")] == [["good"], ["good"]]


async def test_what_was_told_before_the_refusal_keeps_its_id_and_version():
    broker = Walled("alerts.bad")

    await tell(broker, *NEWS)

    counts = Counter((alert["alert_id"], alert["version"]) for alert in broker.bodies("alerts.good"))
    assert sorted(counts.values()) == [2, 2]


@pytest.mark.parametrize("topic", ["alerts.bad", "alerts.good"])
async def test_what_is_told_again_without_a_topic_that_refuses_counts_once(topic):
    broker = Walled(topic)

    metrics = await tell(broker, *NEWS)

    def count(name: str, **labels: str) -> float | None:
        return metrics.registry.get_sample_value(f"news_alerts_{name}_total", labels)

    assert (count("matched"), count("deliveries"), count("withheld", reason="no_topic")) == (4, 2, 2)
    assert count("suppressed", reason="no_topic") == 2
    assert count("decisions", relation="new") == 2
    assert count("alerts", action="created", urgency="5") == 2


@pytest.mark.parametrize("topic", ["alerts", "alerts.suppressed", "stories"])
async def test_a_topic_of_all_that_refuses_ends_the_agent_with_no_memory_of_it(topic):
    broker = Walled(topic, "alerts.bad")

    with pytest.raises(NotDelivered):
        await tell(broker, *NEWS)

    assert broker.bodies("stories") == []


async def test_a_story_that_is_let_go_for_another_is_deleted_and_counted():
    broker = Walled()

    metrics = await tell(broker, *NEWS, stories=Stories(most_of_subject=1))

    deleted, kept = broker.logs["news.stories"][0]
    assert deleted.value is None
    assert kept.value is not None
    assert kept.key != deleted.key
    assert b'news_alerts_stories_let_go_total{reason="crowded"} 1.0' in metrics.exposition()

"""The broker inside confluent-kafka's wheel: librdkafka's mock cluster, on a free port of 127.0.0.1.

It makes topics when they are first asked for, with `PARTITIONS` each, and knows no CreateTopics; so
the worker must not verify topics. It keeps the last 5 MB of a partition.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from streams.errors import BrokerUnreachable

PARTITIONS = 4
_TIMEOUT_S = 10.0


class MockBroker:
    """A broker that lives as long as this object.

    Raises:
        BrokerUnreachable: When confluent-kafka is not installed.
    """

    def __init__(self) -> None:
        try:
            from confluent_kafka import Producer
        except ImportError as error:
            raise BrokerUnreachable(
                "the demo has no broker: confluent-kafka is not installed",
                hint="pip install 'market-news-alerts[demo]'",
            ) from error
        # The setting is hidden in librdkafka; its one line of log, that it is a mock, is not for the screen.
        self._client: Any = Producer({"bootstrap.servers": "", "test.mock.num.brokers": 1, "log_level": 3})
        broker = next(iter(self._client.list_topics(timeout=_TIMEOUT_S).brokers.values()))
        self.address = f"{broker.host}:{broker.port}"

    def make_topics(self, names: Iterable[str]) -> None:
        """Make topics, by asking for them."""
        for name in names:
            self._client.list_topics(name, timeout=_TIMEOUT_S)

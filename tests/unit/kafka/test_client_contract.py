"""What streams/kafka/answers.py leans on in aiokafka's producer; an upgrade that moves it fails here."""

import inspect

from aiokafka import AIOKafkaProducer
from aiokafka.producer.message_accumulator import MessageAccumulator, MessageBatch


def test_a_producer_keeps_its_batches_by_partition():
    assert "self._message_accumulator = MessageAccumulator(" in inspect.getsource(AIOKafkaProducer.__init__)
    assert "self._batches[tp].append(batch)" in inspect.getsource(MessageAccumulator)


def test_a_batch_is_given_up_by_its_time_to_live():
    assert "> self._ttl" in inspect.getsource(MessageBatch.expired)


def test_a_batch_without_leader_fails_when_it_is_given_up():
    text = inspect.getsource(MessageAccumulator.drain_by_nodes)
    assert text.index("leader is None") < text.index(".expired()") < text.index("batch.failure(")

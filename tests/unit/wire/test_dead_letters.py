"""Dead letters are put back as they came, at most three times, and once each."""

import pytest

from streams.errors import BadArticle, ErrorCode, Fault
from streams.wire.dead_letters import (
    MAX_REDRIVES,
    Refusal,
    read_dead_letter,
    receipt_message,
    redrive_message,
    why_not_redrive,
)
from streams.wire.envelope import dead_letter_message
from streams.wire.message import Message, Record

BAD = Record(
    topic="news.raw",
    partition=3,
    offset=17,
    timestamp_ms=1_000,
    value=b"\x00\xff{",
    key=b"k",
    headers=(("trace", b"1"), ("trace", b"2")),
)


def stored(message: Message, offset: int = 5) -> Record:
    """Return a message as the dead-letter topic would hold it."""
    return Record(
        topic=message.topic,
        partition=0,
        offset=offset,
        timestamp_ms=2_000,
        value=message.value,
        key=message.key,
        headers=message.headers,
    )


def letter_of(record: Record = BAD):
    error = BadArticle(Fault("content", ErrorCode.MISSING_FIELD, "is missing"))
    return read_dead_letter(stored(dead_letter_message(record, error, "news")))


def test_a_letter_tells_what_was_wrong_and_where_it_came_from() -> None:
    letter = letter_of()

    assert (letter.code, letter.message) == ("missing_field", "content: is missing")
    assert (letter.topic, letter.partition, letter.offset) == ("news.raw", 3, 17)
    assert letter.position == (0, 5)
    assert not letter.is_receipt


def test_a_redrive_is_the_original_record_and_one_count_more() -> None:
    message = redrive_message(letter_of())

    assert (message.topic, message.key, message.value, message.partition) == (
        "news.raw",
        b"k",
        BAD.value,
        None,
    )
    assert message.headers == (*BAD.headers, ("redrive_count", b"1"))


def test_a_letter_that_keeps_coming_back_is_refused_in_the_end() -> None:
    record, rounds = BAD, 0
    while why_not_redrive(letter := letter_of(record), prefix="news", redriven=False) is None:
        message, rounds = redrive_message(letter), rounds + 1
        record = Record(
            topic=message.topic,
            partition=0,
            offset=rounds,
            timestamp_ms=0,
            value=message.value,
            key=message.key,
            headers=message.headers,
        )

    assert rounds == MAX_REDRIVES
    assert why_not_redrive(letter, prefix="news", redriven=False) is Refusal.EXHAUSTED


def test_a_letter_with_a_receipt_is_refused() -> None:
    assert why_not_redrive(letter_of(), prefix="news", redriven=True) is Refusal.REDRIVEN


@pytest.mark.parametrize("topic", ["payments", "news.dead-letter", "other.raw", ""])
def test_nothing_is_put_back_into_a_topic_outside_the_catalogue(topic: str) -> None:
    record = Record(topic=topic, partition=0, offset=0, timestamp_ms=0, value=b"")

    assert why_not_redrive(letter_of(record), prefix="news", redriven=False) is Refusal.NO_ORIGIN


def test_a_receipt_names_the_letter_by_its_place_in_the_dead_letter_topic() -> None:
    receipt = read_dead_letter(stored(receipt_message(letter_of()), offset=6))

    assert receipt.is_receipt
    assert (receipt.partition, receipt.offset) == (0, 5)


@pytest.mark.parametrize("count", [b"", b"-1", b"many", b"9" * 5000])
def test_a_count_that_makes_no_sense_reads_as_none(count: bytes) -> None:
    record = Record(
        topic="news.dead-letter",
        partition=0,
        offset=0,
        timestamp_ms=0,
        value=b"",
        headers=(("redrive_count", count),),
    )

    assert read_dead_letter(record).redrives == 0

"""Encode and decode are inverse, and a line is one line, for every contract record there can be."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.alerts.notification import Alert
from streams.alerts.routing.subscription import Subscription
from streams.alerts.stories.story import Story
from streams.enrichment.article import EnrichedArticle
from streams.enrichment.subjects import ArticleView, SubjectMention
from streams.errors import BadRecord
from streams.wire.codec import decode, encode, encode_mentions

RECORDS = (EnrichedArticle, SubjectMention, Story, Alert, Subscription)

EARLIEST, LATEST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
# Offsets of whole minutes, as RFC 3339 has them; milliseconds, as the line has them.
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.builds(
    lambda milliseconds, zone: (EARLIEST + timedelta(milliseconds=milliseconds)).replace(tzinfo=zone),
    st.integers(0, (LATEST - EARLIEST) // timedelta(milliseconds=1)),
    ZONES,
)
st.register_type_strategy(datetime, TIMES)
st.register_type_strategy(str, st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
st.register_type_strategy(int, st.integers(-(2**63), 2**63 - 1))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))

sparingly = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def any_of(cls):
    return st.from_type(cls).map(lambda record: replace(record, schema=1))


def faults_of(data: bytes):
    try:
        decode(data, Subscription)
    except BadRecord as refused:
        return refused.faults
    return ()


@pytest.mark.parametrize("cls", RECORDS)
def test_decode_gives_back_what_was_encoded(cls):
    @sparingly
    @given(any_of(cls))
    def holds(record):
        assert decode(encode(record), cls) == record

    holds()


@pytest.mark.parametrize("cls", RECORDS)
def test_a_line_is_one_line_in_the_order_of_the_fields(cls):
    names = list(cls.__dataclass_fields__)

    @sparingly
    @given(any_of(cls))
    def holds(record):
        line = encode(record)
        found = list(orjson.loads(line))
        assert b"\n" not in line
        assert found == [name for name in names if name in found]

    holds()


@sparingly
@given(st.lists(any_of(SubjectMention), max_size=4), st.from_type(ArticleView))
def test_mentions_that_share_a_view_are_written_as_each_alone(mentions, view):
    mentions = [*mentions, *(replace(mention, article=view) for mention in mentions)]

    assert encode_mentions(mentions) == [encode(mention) for mention in mentions]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_with_faults(data):
    faults = faults_of(data)

    assert all(fault.field and fault.message for fault in faults)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*Subscription.__dataclass_fields__, "other"]),
        st.recursive(
            st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=3),
            lambda inner: (
                st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=2)
            ),
        ),
    )
)
def test_each_fault_names_a_field_of_its_own(fields):
    named = [re.split(r"[.\[]", fault.field)[0] for fault in faults_of(orjson.dumps(fields))]

    assert len(set(named)) == len(named)
    assert set(named) <= set(Subscription.__dataclass_fields__)

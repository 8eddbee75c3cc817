"""What a line looks like, and what is said of one that cannot be read."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from streams.alerts.routing.subscription import Keywords, Listings, Subscription
from streams.alerts.stories.story import Story, Take
from streams.enrichment.article import EventKind, Role
from streams.errors import BadRecord, ErrorCode
from streams.wire.codec import decode, encode

PLAIN = Subscription(id="s1", subscriber="desk-a", tickers=("601398.SH",))
SHANGHAI = timezone(timedelta(hours=8))


def take(at: datetime) -> Take:
    return Take(article="a", version=1, digest="d", at=at, media="m")


def story(*takes: Take) -> Story:
    return Story(subject="601398.SH", id="story_1", alert="alert_1", version=1, takes=takes)


def test_a_line_holds_the_fields_in_order_and_leaves_the_absent_out():
    assert encode(PLAIN) == (
        b'{"id":"s1","subscriber":"desk-a","tickers":["601398.SH"],"market":false,"roles":["subject"],'
        b'"min_relevance":0.0,"keywords":{},"listings":"any","enabled":true,"schema":1}'
    )


def test_text_is_written_unescaped():
    line = encode(replace(PLAIN, sources=("新华社", "<b>&'\u2028")))

    assert '"sources":["新华社","<b>&\'\u2028"]'.encode() in line


def test_an_empty_tuple_that_is_not_the_default_is_written():
    none_at_all = replace(PLAIN, roles=())

    assert b'"roles":[]' in encode(none_at_all)
    assert decode(encode(none_at_all), Subscription) == none_at_all
    assert b'"takes":[]' in encode(story())


@pytest.mark.parametrize(
    ("time", "written"),
    [
        (datetime(2022, 2, 14, 4, 29, 8, tzinfo=SHANGHAI), "2022-02-14T04:29:08.000+08:00"),
        (datetime(2022, 2, 14, 4, 29, 8, 120_999, tzinfo=UTC), "2022-02-14T04:29:08.120+00:00"),
    ],
    ids=["zone_kept", "milliseconds"],
)
def test_times_have_milliseconds_and_the_zone_they_were_given_in(time, written):
    assert f'"at":"{written}"'.encode() in encode(story(take(time)))


def test_nested_records_and_enumerations_come_back_as_what_they_were():
    subscription = replace(
        PLAIN,
        events=(EventKind.PRICE_MOVE,),
        roles=(Role.SUBJECT, Role.SOURCE),
        keywords=Keywords(any=("回购",), none=("传闻",)),
        listings=Listings.NAMED,
    )

    found = decode(encode(subscription), Subscription)

    assert found == subscription
    assert isinstance(found.events[0], EventKind)


def test_fields_of_a_later_version_are_passed_over():
    assert decode(b'{"id":"s1","subscriber":"d","tickers":["601398.SH"],"later":{"x":[1]}}', Subscription)


def test_a_whole_number_is_a_number():
    assert decode(b'{"id":"s1","subscriber":"d","min_relevance":1}', Subscription).min_relevance == 1.0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (None, ErrorCode.EMPTY),
        (b"", ErrorCode.EMPTY),
        (b"{", ErrorCode.NOT_JSON),
        (b'{"id":"s1"} trailing', ErrorCode.NOT_JSON),
        (b"\x1f\x8b\x08\x00", ErrorCode.NOT_TEXT),
        (b'{"id":"\xff","subscriber":"d"}', ErrorCode.NOT_TEXT),
        (b'{"id":"\\ud800","subscriber":"d"}', ErrorCode.NOT_TEXT),
        (b'{"id":"s\x00","subscriber":"d"}', ErrorCode.NOT_JSON),
        (b'{"id":"s1","subscriber":"d","min_relevance":NaN}', ErrorCode.NOT_JSON),
        (b'{"id":"s1","subscriber":"d","min_relevance":1e999}', ErrorCode.NOT_JSON),
        (b'{"id":"s1","subscriber":"d","x":' + b"[" * 20_000 + b"]" * 20_000 + b"}", ErrorCode.TOO_DEEP),
        (b"[]", ErrorCode.WRONG_TYPE),
        (b'"text"', ErrorCode.WRONG_TYPE),
    ],
    ids=[
        "tombstone", "no_bytes", "cut_off", "trailing", "gzip", "no_utf8", "lone_surrogate", "nul", "nan",
        "infinite", "deep", "array", "string",
    ],
)  # fmt: skip
def test_what_is_no_record_at_all_is_told_as_a_whole(data, code):
    with pytest.raises(BadRecord) as refused:
        decode(data, Subscription)

    assert [fault.field for fault in refused.value.faults] == ["$"]
    assert refused.value.code is code


def test_all_faulty_fields_are_named_at_once():
    line = b'{"id":1,"tickers":["x",2],"roles":["boss"],"keywords":{"any":[3]},"enabled":1,"market":true}'

    with pytest.raises(BadRecord) as refused:
        decode(line, Subscription)

    assert {(fault.field, fault.code) for fault in refused.value.faults} == {
        ("id", ErrorCode.WRONG_TYPE),
        ("subscriber", ErrorCode.MISSING_FIELD),
        ("tickers[1]", ErrorCode.WRONG_TYPE),
        ("roles[0]", ErrorCode.UNKNOWN_VALUE),
        ("keywords.any[0]", ErrorCode.WRONG_TYPE),
        ("enabled", ErrorCode.WRONG_TYPE),
    }


def test_a_field_that_is_missing_in_a_nested_record_is_named_where_it_stands():
    line = b'{"subject":"s","id":"i","alert":"a","version":1,"takes":[{"article":"x"}]}'

    with pytest.raises(BadRecord) as refused:
        decode(line, Story)

    assert [(fault.field, fault.code) for fault in refused.value.faults] == [
        ("takes[0]", ErrorCode.MISSING_FIELD)
    ]


@pytest.mark.parametrize(
    "line",
    [b'{"id":"s1","subscriber":"d","schema":2}', b'{"id":1,"later":true,"schema":2}', b'{"schema":"2"}'],
    ids=["readable", "unreadable", "text"],
)
def test_an_unknown_schema_number_is_the_only_fault_because_it_explains_the_others(line):
    with pytest.raises(BadRecord) as refused:
        decode(line, Subscription)

    assert [(fault.field, fault.code) for fault in refused.value.faults] == [
        ("schema", ErrorCode.UNKNOWN_SCHEMA)
    ]


def test_a_record_without_a_schema_number_is_read_as_the_first():
    assert decode(b'{"id":"s1","subscriber":"d"}', Subscription).schema == 1


def test_a_text_that_is_no_text_cannot_be_written():
    with pytest.raises(BadRecord) as refused:
        encode(replace(PLAIN, id="\ud800"))

    assert refused.value.code is ErrorCode.NOT_TEXT


def test_what_is_not_part_of_a_record_cannot_be_written():
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Strange:
        inside: object

    with pytest.raises(BadRecord, match="cannot be written"):
        encode(Strange(inside={1, 2}))

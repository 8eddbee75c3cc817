"""Reading and writing silences."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from streams.alerts.routing.silence import Silence, SilenceState
from streams.alerts.routing.silencing import parse_silence, to_fields
from streams.alerts.routing.subscription import Keywords, Listings
from streams.enrichment.article import EventKind, Role
from streams.errors import BadSilence, ErrorCode

GOOD: dict[str, Any] = {
    "id": "q1", "tickers": ["601398.SH"], "starts_at": "2026-03-02T09:30:00.000+08:00",
    "ends_at": "2026-03-02T11:30:00.000+08:00", "author": "trader", "comment": "results day",
}  # fmt: skip
FULL = GOOD | {
    "subscribers": ["desk-a", "desk-b"], "sectors": ["BK0475"], "market": True, "events": ["policy"],
    "roles": ["mention"], "min_relevance": 0.5, "sources": ["wire"], "keywords": {"any": ["回购"]},
    "listings": "named",
}  # fmt: skip


def faults(fields: dict[str, Any], key: str | None = None) -> dict[str, ErrorCode]:
    """Return the faults of bad fields, by field."""
    with pytest.raises(BadSilence) as caught:
        parse_silence(fields, key=key)
    return {fault.field: fault.code for fault in caught.value.faults}


def test_every_field_is_read() -> None:
    start = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    assert parse_silence(FULL, key="q1") == Silence(
        id="q1", subscribers=("desk-a", "desk-b"), tickers=("601398.SH",), sectors=("BK0475",), market=True,
        events=(EventKind.POLICY,), roles=(Role.MENTION,), min_relevance=0.5, sources=("wire",),
        keywords=Keywords(any=("回购",)), listings=Listings.NAMED, starts_at=start,
        ends_at=start + timedelta(hours=2), author="trader", comment="results day",
    )  # fmt: skip


@pytest.mark.parametrize("fields", [GOOD, FULL], ids=["common", "full"])
def test_written_fields_are_those_that_were_read(fields: dict[str, Any]) -> None:
    assert to_fields(parse_silence(fields)) == fields


def test_a_silence_is_of_all_roles_unless_said() -> None:
    assert parse_silence(GOOD).roles == tuple(Role)


def test_an_id_is_derived_from_what_is_muted_and_its_start_so_that_extending_keeps_it() -> None:
    bare = {name: value for name, value in GOOD.items() if name != "id"}
    first = parse_silence(bare).id

    assert parse_silence(bare | {"ends_at": "2026-03-02T15:00+08:00", "comment": "more"}).id == first
    assert parse_silence(bare | {"starts_at": "2026-03-02T01:30:00Z"}).id == first
    assert parse_silence(bare | {"subscribers": ["desk-a"]}).id != first


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"tickers": []}, "$", ErrorCode.BAD_SILENCE),
        ({"tickers": [], "roles": ["subject"], "min_relevance": 0.5}, "$", ErrorCode.BAD_SILENCE),
        ({"tickers": ["601398"]}, "tickers", ErrorCode.BAD_SILENCE),
        ({"subscribers": ["a b"]}, "subscribers", ErrorCode.BAD_SILENCE),
        ({"min_relevance": 2}, "min_relevance", ErrorCode.BAD_SILENCE),
        ({"starts_at": "2026-03-02T09:30:00"}, "starts_at", ErrorCode.BAD_SILENCE),
        ({"starts_at": "tomorrow"}, "starts_at", ErrorCode.BAD_SILENCE),
        ({"ends_at": "0001-01-01T00:00:00+08:00"}, "ends_at", ErrorCode.BAD_SILENCE),
        ({"ends_at": 1_772_416_800}, "ends_at", ErrorCode.WRONG_TYPE),
        ({"ends_at": "2026-03-02T09:29:00+08:00"}, "ends_at", ErrorCode.BAD_SILENCE),
        ({"author": " "}, "author", ErrorCode.BAD_SILENCE),
        ({"comment": "x" * 501}, "comment", ErrorCode.BAD_SILENCE),
        ({"enabled": True}, "enabled", ErrorCode.UNKNOWN_FIELD),
        ({"schema": 2}, "schema", ErrorCode.UNKNOWN_SCHEMA),
    ],
)
def test_a_fault_names_its_field(changed: dict[str, Any], field: str, code: ErrorCode) -> None:
    assert faults(GOOD | changed) == {field: code}


def test_all_faults_are_told_at_once() -> None:
    assert faults({"id": "q2", "market": 1}, key="q1") == {
        "id": ErrorCode.BAD_SILENCE,
        "market": ErrorCode.WRONG_TYPE,
        **dict.fromkeys(["starts_at", "ends_at", "author", "comment"], ErrorCode.MISSING_FIELD),
    }


@pytest.mark.parametrize(
    ("minutes", "state"),
    [
        (-1, SilenceState.PENDING),
        (0, SilenceState.ACTIVE),
        (119, SilenceState.ACTIVE),
        (120, SilenceState.EXPIRED),
    ],
)
def test_it_is_active_from_its_start_until_before_its_end(minutes: int, state: SilenceState) -> None:
    silence = parse_silence(GOOD)
    assert silence.state(silence.starts_at + timedelta(minutes=minutes)) is state

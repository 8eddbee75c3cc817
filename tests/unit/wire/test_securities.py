"""What is said of a ticker, read from its record: all faults at once, each naming its field."""

from __future__ import annotations

from datetime import date

import pytest

from streams.enrichment.security import NameKind, Security, SecurityName
from streams.errors import BadInput, ErrorCode
from streams.wire.codec import encode
from streams.wire.envelope import security_message, security_tombstone
from streams.wire.securities import read_security

SAID = Security(
    ticker="688999.SH",
    names=(
        SecurityName(name="晨光新材", kind=NameKind.SHORT, valid_from=date(2026, 2, 1)),
        SecurityName(name="晨光", valid_to=date(2026, 1, 31)),
    ),
    listing="09999.HK",
    board="BK0475",
    valid_from=date(2026, 1, 5),
    source="desk-a",
)


def faults(line: str, key: str | None = None) -> dict[str, ErrorCode]:
    with pytest.raises(BadInput) as caught:
        read_security(line.encode(), key)
    return {fault.field: fault.code for fault in caught.value.faults}


def test_what_is_written_is_read_back() -> None:
    assert read_security(encode(SAID), "688999.SH") == SAID


def test_a_record_is_keyed_by_its_ticker_and_a_tombstone_takes_it_back() -> None:
    kept, gone = security_message(SAID, "news"), security_tombstone("688999.SH", "news")
    assert (kept.topic, kept.key) == (gone.topic, gone.key) == ("news.securities", b"688999.SH")
    assert (kept.value, gone.value) == (encode(SAID), None)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param("nonsense", {"$": ErrorCode.NOT_JSON}, id="no-json"),
        pytest.param("[]", {"$": ErrorCode.WRONG_TYPE}, id="no-object"),
        pytest.param('{"ticker":"688999.SH"}', {"$": ErrorCode.BAD_SECURITY}, id="says-nothing"),
        pytest.param(
            '{"ticker":"688999.SH","schema":2,"replace":true}',
            {"schema": ErrorCode.UNKNOWN_SCHEMA},
            id="another-schema",
        ),
        pytest.param(
            '{"tikcer":"688999.SH","names":[{"name":"晨光新材","sort":"short"}],"replace":"yes"}',
            {
                "tikcer": ErrorCode.UNKNOWN_FIELD,
                "names[0].sort": ErrorCode.UNKNOWN_FIELD,
                "ticker": ErrorCode.MISSING_FIELD,
                "replace": ErrorCode.WRONG_TYPE,
            },
            id="names-and-types",
        ),
        pytest.param(
            '{"ticker":"晨光","names":[{"name":"晨"},{"name":"晨光","valid_from":"2026-02-01","valid_to":"2026-01-01"}],'
            '"listing":"x","board":"银行","valid_from":"2026-02-01","valid_to":"2026-01-01","source":""}',
            dict.fromkeys(
                ("ticker", "names[0].name", "names[1].valid_to", "listing", "board", "valid_to", "source"),
                ErrorCode.BAD_SECURITY,
            ),
            id="values",
        ),
        pytest.param(
            '{"ticker":"688999.SH","names":[{"name":"晨光"},{"name":"晨光"}]}',
            {"names": ErrorCode.BAD_SECURITY},
            id="a-name-twice",
        ),
        pytest.param(
            '{"ticker":"688999.SH","names":[{"name":"晨光","kind":"nickname"}]}',
            {"names[0].kind": ErrorCode.UNKNOWN_VALUE},
            id="an-unknown-kind",
        ),
    ],
)
def test_every_fault_is_told_at_once(line: str, found: dict[str, ErrorCode]) -> None:
    assert faults(line) == found


def test_a_record_under_another_key_is_refused() -> None:
    assert faults(encode(SAID).decode(), "601398.SH") == {"ticker": ErrorCode.BAD_SECURITY}

"""A user's own list: rows of a ticker become one record, every fault has its line and column."""

from __future__ import annotations

from datetime import date

import pytest

from streams.enrichment.security import NameKind, Security, SecurityName
from streams.errors import BadSecurity
from streams.wire.security_files import read_security_rows

HEAD = "ticker,kind,name,source,valid_from,valid_to\n"


def read(text: str | bytes, *, replace: bool = False) -> tuple[list[Security], dict[int, list[str]]]:
    data = text.encode() if isinstance(text, str) else text
    found: list[Security] = []
    faults: dict[int, list[str]] = {}
    for line, entry in read_security_rows(data.splitlines(keepends=True), replace=replace):
        if isinstance(entry, BadSecurity):
            faults[line] = [fault.field for fault in entry.faults]
        else:
            found.append(entry)
    return found, faults


def test_the_rows_of_a_ticker_are_one_record() -> None:
    rows = (
        "688999.SH,short,晨光新材,own,2026-01-05,\n"
        "000002.SZ,alias,万科地产,,,\n\n"
        "688999.SH,full,晨光新材料股份有限公司,own,,2026-03-31\n"
        "688999.SH,listing,09999.HK,own,,\n"
        "688999.SH,board,BK0475,own,,\n"
        "688999.SH,since,2026-01-05,own,,\n"
        "688999.SH,until,2026-12-01,own,,\n"
    )
    found, faults = read("\ufeff" + HEAD + rows)
    assert faults == {}
    assert found == [
        Security(
            ticker="688999.SH",
            names=(
                SecurityName(name="晨光新材", kind=NameKind.SHORT, valid_from=date(2026, 1, 5)),
                SecurityName(name="晨光新材料股份有限公司", kind=NameKind.FULL, valid_to=date(2026, 3, 31)),
            ),
            listing="09999.HK",
            board="BK0475",
            valid_from=date(2026, 1, 5),
            valid_to=date(2026, 11, 30),
            source="own",
        ),
        Security(ticker="000002.SZ", names=(SecurityName(name="万科地产"),)),
    ]


def test_a_list_may_stand_in_the_place_of_the_shipped_names() -> None:
    found, _ = read("ticker,kind,name\n600519.SH,short,贵州茅台\n", replace=True)
    assert found == [
        Security(
            ticker="600519.SH", names=(SecurityName(name="贵州茅台", kind=NameKind.SHORT),), replace=True
        )
    ]


def test_every_faulty_row_is_told_and_spoils_its_own_ticker_only() -> None:
    rows = (
        "688999.SH,short,晨光新材,own,,\n"
        "688999.SH,nick,晨,own,2026-13-01,\n"
        "688998.SH,short,长河科技,own,,\n"
        "茅台,since,soon,own,,\n"
        "688997.SH,short,北山电子,own,,,,\n"
        "688996.SH,short,南湖医药,own,2026-02-01,2026-01-01\n"
        "688995.SH,listing,688994.SH,own,,\n"
        "688995.SH,listing,688993.SH,own,,\n"
        "688992.SH,alias,东岭,own,,\n"
        "688992.SH,alias,东岭,own,,\n"
    )
    found, faults = read(HEAD + rows)
    assert [one.ticker for one in found] == ["688998.SH"]
    assert faults == {
        3: ["valid_from", "kind"],
        5: ["name", "ticker"],
        6: ["$"],
        7: ["valid_to"],
        9: ["name"],
        11: ["name"],
    }


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        pytest.param(b"", {}, id="nothing"),
        pytest.param(b"ticker,name,sort\n", {1: ["kind", "sort"]}, id="columns"),
        pytest.param(
            (HEAD + "600519.SH,short,贵州茅台\n").encode("gb18030"), {2: ["$"]}, id="another-encoding"
        ),
        pytest.param((HEAD + '600519.SH,short,"茅台\n').encode(), {2: ["$"]}, id="an-open-quote"),
    ],
)
def test_what_is_no_list_is_told(data: bytes, faults: dict[int, list[str]]) -> None:
    assert read(data) == ([], faults)

"""What a reader of alerts is told before it asks any broker."""

from __future__ import annotations

import pytest

from streams.client import Alerts
from streams.errors import BadSettings


def test_every_faulty_setting_is_named_at_once() -> None:
    with pytest.raises(BadSettings) as refused:
        Alerts("127.0.0.1:9092", group="blotter", subscirber="desk", remember=0)

    assert [fault.field for fault in refused.value.faults] == ["subscirber", "remember"]


@pytest.mark.parametrize(
    ("field", "fields"), [("broker", {"bootstrap": "no port"}), ("group", {"group": ""})]
)
def test_settings_are_checked_as_a_workers(field: str, fields: dict[str, str]) -> None:
    with pytest.raises(BadSettings) as refused:
        Alerts(**{"bootstrap": "127.0.0.1:9092", "group": "blotter"} | fields)

    assert [fault.field for fault in refused.value.faults] == [field]


async def test_it_is_used_inside_a_with_statement() -> None:
    with pytest.raises(RuntimeError, match="async with"):
        await anext(Alerts("127.0.0.1:9092", group="blotter"))

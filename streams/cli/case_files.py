"""Golden cases written: what a run gave in place of what was expected, as people write them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from streams.cli.cases import Case
from streams.cli.checking import Found, is_met
from streams.wire.faults import load_object

Entry = Mapping[str, Any]


def written(data: bytes, case: Case, found: Sequence[Found]) -> str:
    """Return a case's file with the alerts of a run as those expected.

    Args:
        data: The file as it is.
        case: What was read from it.
        found: Of `run_case`.

    Returns:
        JSON, an article or an alert on each line. What else is expected of an article stays, and so does
        the part of a reason that still holds.
    """
    fields = load_object(data)
    expect = [
        {"n": number, "alerts": [_alert(alert, case.expect.get(number, {})) for alert in one.alerts]}
        | {
            name: value
            for name, value in case.expect.get(number, {}).items()
            if name in ("mentions", "rejected")
        }
        for number, one in enumerate(found, 1)
        if one.error is None
    ]
    lines = [f" {_json(name)}: {_listed(value)}" for name, value in fields.items() if name != "expect"]
    lines.append(f' "expect": [\n{_joined([_expected(entry) for entry in expect])}\n ]')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _alert(alert: Entry, expected: Entry) -> Entry:
    """Return an alert as it is expected from now on; with the part of its reason that was asked for."""
    bare = {name: value for name, value in alert.items() if name != "why"}
    asked = [one for one in expected.get("alerts", ()) if "why" in one and is_met(one, alert)]
    return bare | {"why": asked[0]["why"]} if asked else bare


def _expected(entry: Entry) -> str:
    parts = [f'{{"n": {entry["n"]}']
    for name in ("alerts", "mentions", "rejected"):
        if name in entry:
            items = ",\n".join(f"    {_json(one)}" for one in entry[name])
            parts.append(f'   "{name}": [{chr(10) if items else ""}{items}]')
    return "  " + ",\n".join(parts) + "}"


def _listed(value: Any) -> str:
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return f"[\n{_joined([f'  {_json(one)}' for one in value])}\n ]"
    return _json(value)


def _joined(lines: Sequence[str]) -> str:
    return ",\n".join(lines)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

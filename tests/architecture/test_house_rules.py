"""What no linter checks: sizes, names, docstrings, purity, and the reason beside every exception."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STREAMS = sorted((ROOT / "streams").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
PURE = [path for path in STREAMS if path.relative_to(ROOT).parts[1] in {"news", "enrichment", "alerts"}]
UNIT = [path for path in TESTS if "unit" in path.relative_to(ROOT).parts]

MOST_LINES = 300
SAYS_NOTHING = {"utils", "util", "helpers", "common", "types", "models", "manager", "misc", "base"}
# A code in brackets or after a colon, then at least two words why.
EXCEPTION = re.compile(r"#\s*(noqa|type:\s*ignore|ruff:\s*noqa)\b", re.IGNORECASE)
REASONED = re.compile(r"#\s*(noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*|type: ignore\[[a-z, -]+\])\W+\w+\W+\w+", re.ASCII)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _words(path: Path) -> set[str]:
    return set(path.relative_to(ROOT).with_suffix("").parts)


def _faults(path: Path, tree: ast.AST) -> list[str]:
    """Return every place where a pure room does what only an edge may: wait, read, write."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.AsyncFunctionDef() | ast.Await():
                found.append(f"{_name(path)}:{node.lineno} waits")
            case ast.Call(func=ast.Name(id="open" | "print" | "input" as called)):
                found.append(f"{_name(path)}:{node.lineno} calls {called}")
    return found


def _unreasoned(source: str) -> list[str]:
    comments = [
        t for t in tokenize.generate_tokens(io.StringIO(source).readline) if t.type == tokenize.COMMENT
    ]
    return [t.string for t in comments if EXCEPTION.search(t.string) and not REASONED.search(t.string)]


def _imports(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_no_file_is_longer_than_a_sitting() -> None:
    lines = {_name(path): len(path.read_text("utf-8").splitlines()) for path in STREAMS + TESTS}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_every_name_says_what_is_inside() -> None:
    assert [_name(path) for path in STREAMS + TESTS if SAYS_NOTHING & _words(path)] == []


def test_every_module_says_what_lives_in_it() -> None:
    silent = [_name(path) for path in STREAMS if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert silent == []


def test_the_pure_rooms_wait_for_nothing_and_touch_no_file() -> None:
    assert [fault for path in PURE for fault in _faults(path, ast.parse(path.read_text("utf-8")))] == []


def test_no_unit_test_uses_a_mock() -> None:
    mocking = {"unittest.mock", "mock", "pytest_mock"}
    assert [_name(path) for path in UNIT if mocking & _imports(ast.parse(path.read_text("utf-8")))] == []


def test_every_exception_from_a_rule_has_its_reason() -> None:
    found = {_name(path): _unreasoned(path.read_text("utf-8")) for path in STREAMS + TESTS}
    assert {name: comments for name, comments in found.items() if comments} == {}


@pytest.mark.parametrize(
    "comment",
    ["# noqa", "# noqa: S101", "# type: ignore", "# type: ignore[misc]", "# noqa: S101 why"],
)
def test_an_exception_without_a_reason_is_noticed(comment: str) -> None:
    assert _unreasoned(f"x = 1  {comment}\n") == [comment]


@pytest.mark.parametrize("source", ["async def f(): ...", "open('x')", "print(1)"])
def test_an_edge_in_a_pure_room_is_noticed(source: str) -> None:
    assert _faults(ROOT / "streams/news/x.py", ast.parse(source))

"""The layers, doors and circles of pyproject.toml hold, know every module, and each can fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
DOORS = {library: c["name"] for c in CONTRACTS for library in c.get("protected_modules", ())}

# One break-in for each contract that is no door: file to lines that are put at its end.
BREAK_INS = {
    "streams/news/article.py": "import streams.wire.topics",
    "streams/news/circle_a.py": "import streams.news.circle_b",
    "streams/news/circle_b.py": "import streams.news.circle_a",
    "streams/alerts/stories/story.py": "import time",
    "streams/errors.py": "\n".join(f"import {library}" for library in DOORS),
}


def _lint(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=folder,
        env={**os.environ, "COLUMNS": "200", "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def _copy(folder: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "streams", folder / "streams", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(scope="module")
def broken_into(tmp_path_factory: pytest.TempPathFactory) -> str:
    house = _copy(tmp_path_factory.mktemp("house"))
    for name, lines in BREAK_INS.items():
        with (house / name).open("a", encoding="utf-8") as file:
            file.write(f"\n{lines}\n")
    return _lint(house)[1]


def test_the_house_keeps_every_contract() -> None:
    code, said = _lint(ROOT)
    assert code == 0, said


@pytest.mark.parametrize("name", [contract["name"] for contract in CONTRACTS])
def test_a_break_in_is_noticed(name: str, broken_into: str) -> None:
    assert f"{name} BROKEN" in broken_into, broken_into


def test_a_package_outside_the_layers_is_noticed(tmp_path: Path) -> None:
    attic = _copy(tmp_path) / "streams/attic"
    attic.mkdir()
    (attic / "__init__.py").touch()
    assert f"{CONTRACTS[0]['name']} BROKEN" in _lint(tmp_path)[1]


def test_every_foreign_library_has_its_door() -> None:
    graph = grimp.build_graph("streams", include_external_packages=True, cache_dir=None)
    foreign = {name for name in graph.modules if graph.is_module_squashed(name)} - sys.stdlib_module_names
    assert foreign == DOORS.keys()

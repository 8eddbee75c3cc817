"""The wheel: the package with its data and its licence, and nothing of the tests."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEFT_OUT = {".pyc"}


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    return zipfile.ZipFile(wheel).namelist()


def test_the_wheel_holds_every_file_of_the_package(names: list[str]) -> None:
    files = [path for path in (ROOT / "streams").rglob("*") if path.is_file() and path.suffix not in LEFT_OUT]
    assert {name for name in names if name.startswith("streams/")} == {
        str(path.relative_to(ROOT)) for path in files
    }


def test_the_wheel_holds_no_second_package(names: list[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"streams"}


@pytest.mark.parametrize("name", ["LICENSE", "NOTICE"])
def test_the_wheel_holds_its_licence(name: str, names: list[str]) -> None:
    assert [found for found in names if found.endswith(f".dist-info/licenses/{name}")]


def test_the_wheel_says_that_it_is_typed(names: list[str]) -> None:
    assert "streams/py.typed" in names

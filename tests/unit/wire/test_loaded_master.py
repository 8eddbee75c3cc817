"""The shipped master, loaded in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys

# Of the whole process, Python and libraries among it.
MOST_MB = 150


def loaded(hash_seed: int) -> tuple[str, float]:
    """Return a digest of what the master says, and the peak memory in MB."""
    environ = os.environ | {"PYTHONHASHSEED": str(hash_seed)}
    command = [sys.executable, "-m", "tests.unit.wire.loaded_master"]
    printed = subprocess.run(command, env=environ, check=True, capture_output=True, text=True).stdout
    digest, peak, _ = printed.split()
    return digest, float(peak)


def test_every_load_says_the_same_and_takes_little() -> None:
    """The order of sets differs from process to process; nothing of what is loaded may hang on it."""
    first, second = loaded(1), loaded(2)

    assert first[0] == second[0]
    assert max(first[1], second[1]) < MOST_MB

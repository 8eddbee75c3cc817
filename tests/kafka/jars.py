"""The jars of Apache Kafka: where they lie, and fetching them from Maven Central once (43 MB, about 20 s)."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
# `make kafka` puts them here, too, and marks the directory when it is complete.
CACHE = HERE.parent.parent / ".cache" / "kafka-jars"
STAMP = ".stamp"
INSTALL = "apt-get install -y --no-install-recommends openjdk-17-jre-headless maven"


class KafkaMissing(Exception):
    """Kafka cannot be run here; the message says what to install."""


def find_jars() -> Path:
    """Return the directory of Kafka's jars, fetching them where there are none yet.

    `NEWS_ALERTS_TEST_JARS` names a directory that holds them already.

    Raises:
        KafkaMissing: Without Java, or where jars are to be fetched without Maven.
    """
    if not shutil.which("java"):
        raise KafkaMissing(f"Java is needed for the tests on a real Kafka: {INSTALL}")
    given = os.environ.get("NEWS_ALERTS_TEST_JARS")
    if given:
        return Path(given)
    if not (CACHE / STAMP).exists():
        _fetch(CACHE)
    return CACHE


def _fetch(target: Path) -> None:
    if not shutil.which("mvn"):
        raise KafkaMissing(f"Maven is needed to fetch Kafka for the tests: {INSTALL}")
    shutil.rmtree(target, ignore_errors=True)
    arguments = ["-f", str(HERE / "pom.xml"), "dependency:copy-dependencies", f"-DoutputDirectory={target}"]
    subprocess.run(["mvn", "--quiet", "--batch-mode", *arguments], check=True)
    (target / STAMP).touch()

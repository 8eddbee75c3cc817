"""What tests on a real Kafka share. A test that uses `broker` or `secured` is marked `connected`."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kafka.cluster import Cluster
from tests.kafka.jars import KafkaMissing, find_jars

_numbers = itertools.count(1)


def _jars_or_skip() -> Path:
    try:
        return find_jars()
    except KafkaMissing as missing:
        if os.environ.get("NEWS_ALERTS_TEST_REQUIRE") == "1":
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Kafka: NEWS_ALERTS_TEST_BROKER, else one that is started for the session."""
    if given := os.environ.get("NEWS_ALERTS_TEST_BROKER"):
        yield given
        return
    with Cluster(tmp_path_factory.mktemp("kafka"), _jars_or_skip()) as cluster:
        yield cluster.bootstrap


@pytest.fixture(scope="session")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A Kafka with TLS, passwords and rights."""
    with Cluster(tmp_path_factory.mktemp("secured"), _jars_or_skip(), secured=True) as cluster:
        yield cluster


@pytest.fixture
def own_cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A Kafka of one test's own, to be killed and restarted."""
    with Cluster(tmp_path / "kafka", _jars_or_skip()) as cluster:
        yield cluster


@pytest.fixture
def prefix() -> str:
    """A prefix that no other test uses, so that tests share a broker without meeting."""
    return f"test-{os.getpid()}-{next(_numbers)}"

"""Fixtures of tests with whole workers."""

import pytest

from tests.integration.town import PARTITIONS, Town


@pytest.fixture
def town(broker, prefix, tmp_path):
    """A place on the open broker, its topics made."""
    made = Town(broker, prefix, tmp_path)
    made.run("topics", "create", "--partitions", str(PARTITIONS))
    return made

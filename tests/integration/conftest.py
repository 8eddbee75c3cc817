"""Fixtures of tests with whole workers."""

import pytest

from tests.integration.town import PARTITIONS, Town
from tests.kafka.rights import Rights

READS = ("raw", "articles", "mentions", "stories", "subscriptions", "silences", "securities")
WRITES = ("articles", "mentions", "stories", "alerts", "alerts.suppressed", "dead-letter")


@pytest.fixture
def town(broker, prefix, tmp_path):
    """A place on the open broker, its topics made."""
    made = Town(broker, prefix, tmp_path)
    made.run("topics", "create", "--partitions", str(PARTITIONS))
    return made


@pytest.fixture
def walled(secured, prefix, tmp_path):
    """Topics made by the admin; what the worker reads and writes is granted, its group is not."""
    admin = Town(secured.inside, prefix, tmp_path)
    admin.run("topics", "create", "--partitions", str(PARTITIONS))
    rights = Rights(secured, "worker")
    rights.grant("read", *(f"{prefix}.{name}" for name in READS))
    rights.grant("write", *(f"{prefix}.{name}" for name in WRITES))
    password, ca_file = secured.users["worker"], str(secured.ca_file)
    town = Town(secured.bootstrap, prefix, tmp_path, username="worker", password=password, ca_file=ca_file)
    return admin, town, rights

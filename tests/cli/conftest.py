"""Commands against a real Kafka."""

import pytest

from streams.cli import run


@pytest.fixture
def shell(broker, prefix, monkeypatch, capsys):
    """Run a command; returns its exit code and what it printed on stdout and stderr."""
    monkeypatch.setenv("NEWS_ALERTS_BROKER", broker)
    monkeypatch.setenv("NEWS_ALERTS_PREFIX", prefix)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        return (code, *capsys.readouterr())

    return call


@pytest.fixture
def topics(shell):
    assert shell("topics", "create")[0] == 0

"""The compose file: a Kafka, its topics, a worker; each waits for the one before and comes back by itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from streams.agents.worker import GRACE_S
from streams.settings import Settings
from tests.architecture.command_line import typed

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"] == COMPOSE["name"]]
# https://github.com/compose-spec/compose-spec/blob/main/spec.md, the part that is used here
TOP_KEYS = {"name", "services", "volumes"}
SERVICE_KEYS = {
    "image", "build", "command", "environment", "depends_on", "volumes", "ports", "restart", "healthcheck",
    "stop_grace_period", "read_only", "tmpfs", "cap_drop", "security_opt",
}  # fmt: skip


def _seconds(duration: str) -> int:
    return int(re.fullmatch(r"(\d+)s", duration)[1])


def test_every_key_is_known() -> None:
    assert {key for key in COMPOSE if not key.startswith("x-")} == TOP_KEYS
    assert {key for service in SERVICES.values() for key in service} <= SERVICE_KEYS


def test_every_value_of_the_environment_is_text() -> None:
    values = [value for service in SERVICES.values() for value in service["environment"].values()]
    assert all(isinstance(value, str) for value in values)


def test_the_image_is_built_from_the_dockerfile_at_the_root() -> None:
    for name in OURS:
        context = (ROOT / "deploy" / SERVICES[name]["build"]["context"]).resolve()
        assert context == ROOT
        assert (context / SERVICES[name]["build"]["dockerfile"]).is_file()


def test_kafka_is_the_version_that_the_tests_run_on() -> None:
    pom = (ROOT / "tests/kafka/pom.xml").read_text("utf-8")
    version = re.search(r"<kafka\.version>(.*)</kafka\.version>", pom)[1]
    assert SERVICES["kafka"]["image"] == f"apache/kafka:{version}"


@pytest.mark.parametrize("name", OURS)
def test_the_variables_are_settings_that_hold_together(name: str) -> None:
    settings = Settings.from_mapping({}, SERVICES[name]["environment"])
    advertised = SERVICES["kafka"]["environment"]["KAFKA_ADVERTISED_LISTENERS"]
    assert f"INSIDE://{settings.broker}" in advertised.split(",")


@pytest.mark.parametrize("name", OURS)
def test_the_command_can_be_typed(name: str) -> None:
    assert typed(SERVICES[name]["command"]).command.callback


@pytest.mark.parametrize("name", OURS)
def test_a_container_of_ours_can_do_little(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_a_worker_starts_after_the_topics_and_these_after_a_healthy_kafka() -> None:
    assert SERVICES["topics"]["depends_on"] == {"kafka": {"condition": "service_healthy"}}
    assert SERVICES["worker"]["depends_on"] == {"topics": {"condition": "service_completed_successfully"}}
    assert SERVICES["kafka"]["healthcheck"]["test"][0] == "CMD"


def test_a_worker_always_comes_back_and_the_topics_are_made_once() -> None:
    assert SERVICES["worker"]["restart"] == "always"
    assert SERVICES["topics"]["restart"] == "on-failure"


def test_a_stop_leaves_time_to_drain() -> None:
    drain = Settings.from_mapping({}, SERVICES["worker"]["environment"]).drain_timeout_s
    assert _seconds(SERVICES["worker"]["stop_grace_period"]) >= drain + GRACE_S


def test_ports_are_open_on_the_loopback_only() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_log_of_kafka_outlives_its_container() -> None:
    (volume,) = SERVICES["kafka"]["volumes"]
    name, path = volume.split(":")
    assert name in COMPOSE["volumes"]
    assert path == SERVICES["kafka"]["environment"]["KAFKA_LOG_DIRS"]

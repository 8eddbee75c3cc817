"""The image: built from the wheel, small, not root, stopped by SIGTERM, healthy when /livez says so."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from streams.settings import Settings

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "deploy/Dockerfile"
KNOWN = set("FROM WORKDIR COPY RUN ENV USER EXPOSE STOPSIGNAL HEALTHCHECK ENTRYPOINT CMD".split())

Stage = list[tuple[str, str]]


def _stages() -> list[Stage]:
    """Return the instructions as (name, rest), line continuations joined, one list for each FROM."""
    text = re.sub(r"^\s*#.*\n", "", DOCKERFILE.read_text("utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
    instructions = [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]
    starts = [place for place, (name, _) in enumerate(instructions) if name == "FROM"] + [len(instructions)]
    assert starts[0] == 0
    return [instructions[a:b] for a, b in pairwise(starts)]


BUILD, FINAL = _stages()


def _all(stage: Stage, name: str) -> list[str]:
    return [rest for found, rest in stage if found == name]


def _last(stage: Stage, name: str) -> str:
    return _all(stage, name)[-1]


def _variables(stage: Stage) -> dict[str, str]:
    return dict(pair.split("=", 1) for rest in _all(stage, "ENV") for pair in rest.split())


def test_every_instruction_is_known() -> None:
    assert {name for name, _ in BUILD + FINAL} <= KNOWN


def test_both_stages_start_from_the_same_python() -> None:
    assert _last(BUILD, "FROM") == "python:3.11-slim AS build"
    assert _last(FINAL, "FROM") == "python:3.11-slim"


def test_every_copied_file_exists_and_is_let_through() -> None:
    ignored = (ROOT / "deploy/Dockerfile.dockerignore").read_text("utf-8").split("\n")
    sources = [word for rest in _all(BUILD, "COPY") for word in rest.split()[:-1]]
    assert [name for name in sources if not (ROOT / name).exists() or f"!{name}" not in ignored] == []


def test_the_final_layer_gets_the_environment_and_nothing_else() -> None:
    assert _all(FINAL, "COPY") == ["--from=build /venv /venv"]
    assert not re.search(r"\b(pip|apt-get|gcc|make|curl)\b", " ".join(_all(FINAL, "RUN")))


def test_the_environment_holds_no_pip() -> None:
    assert "venv --without-pip /venv" in " ".join(_all(BUILD, "RUN"))


def test_the_process_is_not_root() -> None:
    user = int(_last(FINAL, "USER"))
    assert user > 0
    assert f"--uid {user} " in " ".join(_all(FINAL, "RUN"))


def test_a_stop_is_a_sigterm_to_the_worker_itself() -> None:
    assert _last(FINAL, "STOPSIGNAL") == "SIGTERM"
    assert json.loads(_last(FINAL, "ENTRYPOINT")) == ["news-alerts"]
    assert json.loads(_last(FINAL, "CMD")) == ["worker"]


def test_the_variables_are_settings_that_hold_together() -> None:
    ours = {name: value for name, value in _variables(FINAL).items() if name.startswith("NEWS_ALERTS_")}
    settings = Settings.from_mapping({}, ours)
    assert str(settings.http_port) == _last(FINAL, "EXPOSE")
    assert settings.http_host == "0.0.0.0"


@contextmanager
def _answering(status: int) -> Iterator[int]:
    class Livez(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/livez" else 404)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Livez) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)], ids=["alive", "stalled"])
def test_the_health_check_asks_livez(status: int, code: int) -> None:
    python, *arguments = json.loads(_last(FINAL, "HEALTHCHECK").split("CMD", 1)[1])
    assert python == "python"
    with _answering(status) as port:
        variables = {"NEWS_ALERTS_HTTP_PORT": str(port), "http_proxy": "http://127.0.0.1:1"}
        done = subprocess.run([sys.executable, *arguments], env=variables, check=False)
    assert done.returncode == code

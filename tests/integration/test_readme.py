"""README's program, run as it stands there, on a real broker."""

import asyncio
import os
import re
import subprocess
import sys

import pytest

from tests.architecture.markdown import README, section
from tests.builders import a_raw

pytestmark = [pytest.mark.connected, pytest.mark.timeout(240)]
PROGRAM = re.search(
    r"```python\n(.*?)```", section("Reading alerts from Python", README.read_text("utf-8")), re.S
)


def program_started(program: str) -> subprocess.Popen[str]:
    """Start a program as a user would who sees each line at once."""
    environ = os.environ | {"PYTHONUNBUFFERED": "1"}
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environ)


async def test_the_program_of_the_readme_hears_a_story_and_its_amendment(town):
    await town.command("subscriptions", "add", "--subscriber", "desk-a", "--ticker", "601398.SH")
    worker = await town.worker("one").start().ready()
    program = PROGRAM[1].replace('"127.0.0.1:9092"', f'"{town.broker}", prefix="{town.prefix}"')
    await town.tell(a_raw(title="专项行动", content="工商银行印发通知，规模100亿元。"))
    await town.until("alerts.desk-a", 1)

    with program_started(program) as desk:
        first = [await asyncio.to_thread(desk.stdout.readline) for _ in range(3)]
        await town.tell(a_raw(title="专项行动", content="工商银行印发通知，规模200亿元。"))
        then = [await asyncio.to_thread(desk.stdout.readline) for _ in range(4)]
        desk.kill()
    assert await asyncio.to_thread(worker.stop) == 0

    assert len(PROGRAM[1].strip().splitlines()) <= 20
    assert first == ["created 601398.SH v1 专项行动\n", "  now stand: 1\n", "  still to come: 0\n"]
    assert then[0] == "corrected 601398.SH v2 专项行动\n"
    assert "200亿元" in then[1]
    assert then[2:] == ["  now stand: 1\n", "  still to come: 0\n"]

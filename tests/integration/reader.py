"""A desk's program in a process of its own: writes what it hears into a file, to be killed and started again.

python -m tests.integration.reader BROKER PREFIX FILE
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

from streams.client import Alerts


async def read(broker: str, prefix: str, file: Path) -> None:
    """Append a line `<alert id> <version>` for each alert, for ever."""
    async with Alerts(
        broker, group="reader", subscriber="desk", prefix=prefix, session_timeout_s=3, heartbeat_s=1
    ) as alerts:
        with file.open("a") as out:
            async for alert in alerts:
                print(alert.alert_id, alert.version, file=out, flush=True)


def start(broker: str, prefix: str, file: Path) -> subprocess.Popen[bytes]:
    """Start it."""
    return subprocess.Popen([sys.executable, "-m", "tests.integration.reader", broker, prefix, str(file)])


if __name__ == "__main__":
    asyncio.run(read(sys.argv[1], sys.argv[2], Path(sys.argv[3])))

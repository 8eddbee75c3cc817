"""Logs: JSON lines for machines, short lines for a terminal, and no flood of the same line."""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import UTC, datetime

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "data", "stack"}


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, then whatever `extra` gave."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class OncePerInterval(logging.Filter):
    """Lets the same message through once per interval, with how many were held back.

    aiokafka logs every failed connect several times a second while a broker is away.

    Args:
        interval_s: Seconds for which a repeated message is held back.
    """

    def __init__(self, interval_s: float = 10.0) -> None:
        super().__init__()
        self.interval_s = interval_s
        self._seen: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record may pass; our own lines always may."""
        if not record.name.startswith(("aiokafka", "faust", "mode", "kafka")):
            return True
        key, now = (record.name, str(record.msg)), time.monotonic()
        last, held = self._seen.get(key, (now - self.interval_s, 0))
        if now - last < self.interval_s:
            self._seen[key] = (last, held + 1)
            return False
        if len(self._seen) > 1000:
            self._seen.clear()
        self._seen[key] = (now, 0)
        if held:
            record.msg = f"{record.msg} (and {held} more of this)"
        return True


def configure(form: str, level: str) -> None:
    """Set the root logger up: everything to stderr.

    Args:
        form: `auto` (text on a terminal, else json), `text` or `json`.
        level: `debug`, `info`, `warning` or `error`.
    """
    text = form == "text" or (form == "auto" and sys.stderr.isatty())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        logging.Formatter("%(asctime)s %(levelname).1s %(name)s: %(message)s", "%H:%M:%S")
        if text
        else JsonLines()
    )
    handler.addFilter(OncePerInterval())
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    # Faust and mode tell of every service that starts; a desk wants our own lines.
    for chatty in ("faust", "mode", "aiokafka", "aiohttp.access", "kafka"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLevelName(level.upper())))

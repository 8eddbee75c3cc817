"""The demo's worker process: `news-alerts`, ended with the demo however that ends, kill -9 included.

The demo holds the other end of its standard input and never writes. The broker is a part of the demo, so
when that end is closed there is nothing left to finish, and the process ends at once.
"""

from __future__ import annotations

import os
import runpy
import threading

_STDIN = 0


def main() -> None:
    """Run the command line that this process was given, until it is done or the demo has ended."""
    threading.Thread(target=_end_with_the_demo, daemon=True).start()
    runpy.run_module("streams", run_name="__main__", alter_sys=True)


def _end_with_the_demo() -> None:
    while os.read(_STDIN, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()

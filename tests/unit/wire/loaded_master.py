"""Loads the shipped master in a process of its own; prints a digest of what it says, and what that took."""

from __future__ import annotations

import hashlib
import os
import time

from streams.news.text import fold
from streams.wire.reference import load_master, shipped_boards, shipped_rows
from tests.bench.processes import peak_mb


def main() -> None:
    """Print the digest, in hexadecimal, the process's peak memory in MB, and the CPU seconds of the load."""
    start = time.process_time()
    master = load_master()
    took_s = time.process_time() - start
    peak = peak_mb(os.getpid())
    said = hashlib.sha256()
    for row in shipped_rows():
        name = fold(row.name).text
        of_ticker = (master.listings(row.ticker), master.name_of(row.ticker), master.board_of(row.ticker))
        for part in (*of_ticker, list(master.matches(name)), master.cut_short(name)):
            said.update(repr(part).encode())
    for board in shipped_boards():
        for word in (*board.words, *board.hints):
            said.update(repr(master.tag_words.find(fold(word).text, most=100, body=100)).encode())
    print(said.hexdigest(), peak, round(took_s, 2))


if __name__ == "__main__":
    main()

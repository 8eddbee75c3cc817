"""Hostile articles in growing sizes: how the time of understanding one grows with its length.

`.venv/bin/python tests/bench/hostile.py` prints a line a kind: milliseconds of CPU from raw bytes to mentions
at each size, how many times more four times the size takes (4 is linear), and what became of the largest.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script: `tests` is imported from the repository

from streams.enrichment.linking.securities import Master
from streams.errors import BadArticle
from streams.wire.codec import encode
from streams.wire.reference import load_master
from tests.bench.steps import understood

SIZES = (64_000, 256_000, 1_024_000)
REPEATS = 3
LINK = '<span id="stock_1.601398"><a href="http://quote.example/1.601398">工商银行</a></span>'

# What is repeated until the content has its size; names of companies are facts, sentences are ours.
PLAIN = {
    "one name": "工商银行",
    "many names": "工商银行与招商银行、宁德时代、贵州茅台、中国平安、比亚迪，",
    "codes": "600036.SH 01398.HK (300750) ",
    "unknown codes": "699999.SH(08999.HK)",
    "places and names": "中关村科技园中关村银行",
    "figures": "增长3.5%至1,234.5亿元，",
    "figures without a sign": "10亿元",
    "digits": "1234567890",
    "firms": "某某科技有限公司与某某集团签订",
    "parties without an end": "与携手牵手同和",
    "in turn": "工商银行、招商银行分别上涨1%、2%，",
    "open brackets": "(（【《「『",
    "quotes": "“‘”’\"'",
    "titles": "《《一二》》",
    "notices": "更正：此前报道中“一”应为“二”，撤稿，",
    "datelines": "某社讯\n",
    "lines": "\n",
    "blanks": "　 \t",
    "Latin": "a-b.c/d ab+c ",
    "US symbols": "(NYSE: NIO) NASDAQ:PDD $BABA$ ",
    "stages": "获受理过会同意注册挂牌终止",
    "brokers": "中信证券：维持买入评级，目标价10元。",
    "digest marks": "【一】二。\n①三。\n1、四。\n",
    "sources": "（来源：证券时报）",
    "traditional": "寧德時代公佈",
    "entities": "&amp;&lt;&#24037;&nbsp;",
}
MARKUP: dict[str, Callable[[int], str]] = {
    "quote links": lambda size: LINK * (size // len(LINK.encode())),
    "nested elements": lambda size: "<div><p><b>" * (size // 11),
    "unclosed formatting": lambda size: "<b><i><font color=red>工" * (size // 24),
    "attributes": lambda size: f"<p {'a=b ' * (size // 4)}>工商银行</p>",
    "open tags": lambda size: "<" * size,
    "tables": lambda size: "<table><tr><td>工商银行" * (size // 31),
    "comments": lambda size: "<!--" * (size // 4),
}


def main() -> int:
    """Print the table; 0 always."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", action="append", help="this kind; may be repeated")
    wanted = parser.parse_args().kind
    master = load_master()
    plain = {name: lambda size, one=one: one * (size // len(one.encode())) for name, one in PLAIN.items()}
    kinds = [(name, "text/plain", make) for name, make in plain.items()]
    kinds += [(name, "text/html", make) for name, make in MARKUP.items()]
    print(
        f"{'kind':24}"
        + "".join(f"{size // 1000:>7} kB" for size in SIZES)
        + "   for 4 times the size  outcome"
    )
    for name, content_type, make in kinds:
        if wanted and name not in wanted:
            continue
        taken, outcome = [], ""
        for size in SIZES:
            fields = {"source": "hostile", "id": name, "content": make(size), "content_type": content_type}
            body = json.dumps(fields, ensure_ascii=False).encode()
            best = float("inf")
            for _ in range(REPEATS):
                start = time.process_time()
                outcome = _understand(body, master)
                best = min(best, time.process_time() - start)
            taken.append(best * 1e3)
        growth = " ".join(f"{later / before:8.1f}" for before, later in pairwise(taken))
        print(f"{name:24}" + "".join(f"{ms:10.1f}" for ms in taken) + f"   {growth:22}{outcome}", flush=True)
    return 0


def _understand(body: bytes, master: Master) -> str:
    try:
        found = understood(body, master)
    except BadArticle as error:
        return "dead letter: " + ", ".join(sorted({fault.code for fault in error.faults}))
    if found is None:
        return "nothing"
    bytes_out = sum(len(encode(mention)) for mention in found.mentions)
    warned = f", {'; '.join(found.article.warnings)}" if found.article.warnings else ""
    return f"{len(found.mentions)} mentions, {bytes_out / 1000:.0f} kB{warned}"


if __name__ == "__main__":
    sys.exit(main())

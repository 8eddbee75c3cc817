"""`make quality`: print how right the product is on the labelled articles.

--misses  list what is not as labelled, article by article; with names of slices or ids, only those
--write   keep the figures as the ones to hold, and show them in README
"""

from __future__ import annotations

import argparse
import unicodedata

from streams.wire.reference import load_master
from tests.quality.figures import figures, keep, rows, understood
from tests.quality.material import labelled
from tests.quality.scoring import misses


def main() -> None:
    parser = argparse.ArgumentParser(prog="make quality", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("only", nargs="*", help="slices or ids of articles; all where none is named")
    parser.add_argument("--misses", action="store_true", help="list what is not as labelled")
    parser.add_argument("--write", action="store_true", help="keep the figures, and show them in README")
    arguments = parser.parse_args()
    only = set(arguments.only)
    if only and arguments.write:
        parser.error("--write keeps the figures of all articles; name none")
    articles = [gold for gold in labelled() if not only or only & {gold.slice, gold.id}]
    if not articles:
        parser.error(f"no slice and no article is called {' or '.join(sorted(only))}")
    found = understood(articles, load_master())
    if arguments.misses:
        for gold, article in found:
            if wrong := list(misses(gold, article)):
                print(f"{gold.slice}/{gold.id}  {article.title or article.summary[:40]}")
                print("".join(f"    {line}\n" for line in wrong), end="")
    made = figures(found)
    if arguments.write:
        keep(made)
    table = rows(made)
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    for row in table:
        print("  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


if __name__ == "__main__":
    main()

"""The labelled articles of `tests/quality/articles`, read; README.md beside it tells the form."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from streams.news.article import RawArticle
from streams.wire.files import raw_articles

ARTICLES = Path(__file__).parent / "articles"
METADATA = ("title", "published_at", "url", "media")
_TYPES = {"plain": "text/plain", "html": "text/html", "post": "text/markdown"}
_FIELDS = {"id", "type", "sent", "content", "tickers", "traps", "sectors", "events", "says", "note"}


@dataclass(frozen=True, slots=True)
class Label:
    """One listed company that the article names.

    Args:
        ticker: The listing.
        role: subject, mention or source.
        alternate: Another listing of the same company: neither owed nor held against.
        surface: Words of the article by which it is named.
    """

    ticker: str
    role: str
    alternate: bool
    surface: str


@dataclass(frozen=True, slots=True)
class Trap:
    """Words that look like a company, the ticker that they are not here, and why."""

    ticker: str
    surface: str
    why: str


@dataclass(frozen=True, slots=True)
class SectorLabel:
    """A board that the article is about; only a primary one is owed."""

    code: str
    name: str
    primary: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """One raw article and what it says.

    Args:
        slice: The file's name: which difficulty it stands for.
        id: Unique.
        raw: As a source would send it.
        metadata: By name as in `METADATA`; None where the article has none.
        note: Why it is labelled so, where that is not plain.
    """

    slice: str
    id: str
    raw: RawArticle
    tickers: tuple[Label, ...]
    traps: tuple[Trap, ...]
    sectors: tuple[SectorLabel, ...]
    events: tuple[str, ...]
    metadata: Mapping[str, str | None]
    note: str


def labelled() -> list[Labelled]:
    """Return all labelled articles, slice by slice.

    Raises:
        ValueError: Where a label cannot be read; names the article.
    """
    found = []
    for path in sorted(ARTICLES.glob("*.toml")):
        for entry in tomllib.loads(path.read_text("utf-8"))["article"]:
            try:
                found.append(_labelled(path.stem, entry))
            except (KeyError, ValueError) as error:
                raise ValueError(f"{path.name}, {entry.get('id')}: {error!r}") from error
    return found


def _labelled(slice_: str, entry: Mapping[str, Any]) -> Labelled:
    if unknown := entry.keys() - _FIELDS:
        raise ValueError(f"unknown fields {sorted(unknown)}")
    sent, says = entry.get("sent", {}), entry.get("says", {})
    if unknown := says.keys() - set(METADATA):
        raise ValueError(f"unknown metadata {sorted(unknown)}")
    return Labelled(
        slice=slice_,
        id=entry["id"],
        raw=_raw(entry["id"], entry.get("type", "plain"), entry["content"], sent),
        tickers=tuple(map(_label, entry.get("tickers", ()))),
        traps=tuple(map(_trap, entry.get("traps", ()))),
        sectors=tuple(map(_sector, entry.get("sectors", ()))),
        events=tuple(entry["events"]),
        metadata={name: says.get(name, sent.get(name)) or None for name in METADATA},
        note=entry.get("note", ""),
    )


def _raw(id_: str, kind: str, content: str, sent: Mapping[str, str]) -> RawArticle:
    """Return the article as a source sends it; JSON is opened as where it comes in."""
    if kind == "json":
        (raw,) = raw_articles(f"{id_}.json", content.encode())
        return raw
    return RawArticle(source="quality", id=id_, content=content, content_type=_TYPES[kind], **sent)


def _label(line: str) -> Label:
    """Read `600519.SH subject 贵州茅台`, `01398.HK subject alternate 工商银行`."""
    ticker, role, surface = line.split(" ", 2)
    alternate = surface.startswith("alternate ")
    return Label(ticker, role, alternate, surface.removeprefix("alternate "))


def _trap(line: str) -> Trap:
    """Read `000931.SZ 中关村: a place`."""
    named, why = line.rsplit(": ", 1)
    ticker, surface = named.split(" ", 1)
    return Trap(ticker, surface, why)


def _sector(line: str) -> SectorLabel:
    """Read `BK0475 银行` or `BK0475 银行 secondary`."""
    code, name, *strength = line.split(" ")
    if strength not in ([], ["secondary"]):
        raise ValueError(f"no strength of a sector: {line}")
    return SectorLabel(code, name, not strength)

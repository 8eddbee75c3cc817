"""What an amended alert tells anew: one fact a record (contract, part of the alert)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that was new, or that differed.

    Args:
        what: What it is: the words before a figure (`目标价`), else `figure`; `stage`, `words`, `article`.
        old: What was said before; None where nothing was.
        new: What is said now; None where something is taken back.
    """

    what: str
    old: str | None = None
    new: str | None = None

    def __str__(self) -> str:
        if self.old is None or self.new is None:
            return f"{self.what} {self.new or self.old}"
        return f"{self.what} {self.old} to {self.new}"

"""Ids filed under keys, with little room for the most common case: one id under a key."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from itertools import islice
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Filed(Generic[K]):
    """Ids by key; under one key in the order in which they were added last."""

    __slots__ = ("_ids",)

    def __init__(self) -> None:
        # A dict of one id takes five times what the id takes, and there are dozens of keys to a story.
        self._ids: dict[K, str | dict[str, None]] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, keys: Iterable[K], id_: str) -> None:
        """File an id under keys, as the newest."""
        ids = self._ids
        for key in keys:
            held = ids.setdefault(key, id_)
            if held == id_:
                continue
            if isinstance(held, str):
                ids[key] = {held: None, id_: None}
            else:
                held.pop(id_, None)
                held[id_] = None

    def remove(self, keys: Iterable[K], id_: str) -> None:
        """Take an id out from under keys, where it is there."""
        for key in keys:
            held = self._ids.get(key)
            if held == id_:
                del self._ids[key]
            elif isinstance(held, dict):
                held.pop(id_, None)
                if not held:
                    del self._ids[key]

    def newest(self, key: K) -> Iterable[str]:
        """Return the ids under a key, the newest first."""
        held = self._ids.get(key, ())
        return (held,) if isinstance(held, str) else reversed(held)

    def newest_of_all(
        self, keys: Iterable[K], most: int, counts: Callable[[str], bool] | None = None
    ) -> list[str]:
        """Return the newest ids under each of some keys.

        Args:
            keys: An id that stands under several comes as often.
            most: How many are taken under one key.
            counts: Says which ids are taken; None for all.
        """
        found: list[str] = []
        for key in keys:
            ids = self.newest(key)
            found += islice(ids if counts is None else filter(counts, ids), most)
        return found

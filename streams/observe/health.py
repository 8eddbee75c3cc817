"""Is the process alive, and is it ready? A state that others report into, and two answers with reasons.

Alive: the event loop moves. Ready: every part that was announced has said that it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """A yes or no, with the words for a person; () when all is well."""

    ok: bool
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class Health:
    """What the parts of a worker say of themselves.

    Args:
        stale_after_s: Seconds without a beat after which the process counts as dead.
    """

    stale_after_s: float = 15.0
    _waiting: dict[str, str] = field(default_factory=dict)
    _beat: float | None = None

    def expect(self, part: str, words: str) -> None:
        """Announce a part that is not ready yet, with what it waits for."""
        self._waiting[part] = words

    def done(self, part: str) -> None:
        """Say that a part is ready; harmless when it was never announced."""
        self._waiting.pop(part, None)

    def beat(self, monotonic_s: float) -> None:
        """Note that the event loop moved."""
        self._beat = monotonic_s

    def live(self, monotonic_s: float) -> Answer:
        """Return whether the last beat is recent enough."""
        if self._beat is None or monotonic_s - self._beat <= self.stale_after_s:
            return Answer(ok=True)
        return Answer(ok=False, missing=(f"no beat for {monotonic_s - self._beat:.0f} s",))

    def ready(self) -> Answer:
        """Return whether every announced part is ready, and what is waited for."""
        missing = tuple(f"{part}: {words}" for part, words in sorted(self._waiting.items()))
        return Answer(ok=not missing, missing=missing)

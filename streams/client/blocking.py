"""The same alerts for programs without a loop of their own.

The reader lives on a loop in a thread of its own, so that the group hears from it while the caller works.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from streams.alerts.notification import Alert
from streams.client.alerts import REMEMBER, Alerts
from streams.kafka.group import Standing

T = TypeVar("T")


class BlockingAlerts(Iterator[Alert]):
    """An iterator of alerts that never ends; use it with `with`, from one thread.

    Args, methods, errors: as `Alerts`.
    """

    def __init__(
        self,
        bootstrap: str,
        *,
        group: str,
        subscriber: str | None = None,
        since: datetime | None = None,
        remember: int = REMEMBER,
        **settings: Any,
    ) -> None:
        self._alerts = Alerts(
            bootstrap, group=group, subscriber=subscriber, since=since, remember=remember, **settings
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="news-alerts", daemon=True)

    @property
    def skipped(self) -> int:
        """How many records were no alerts, and passed over."""
        return self._alerts.skipped

    def __enter__(self) -> Self:
        """Join the group; see `Alerts`."""
        self._thread.start()
        try:
            self._run(self._alerts.__aenter__())
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit what the caller is done with, and leave the group."""
        try:
            self._run(self._alerts.__aexit__(kind, error, trace))
        finally:
            self._end()

    def __next__(self) -> Alert:
        """Return the next alert, however long that takes."""
        return self._run(self._alerts.__anext__())

    def next(self, within_s: float | None = None) -> Alert | None:
        """Return the next alert, None when none came in time; see `Alerts.next`."""
        return self._run(self._alerts.next(within_s))

    def commit(self) -> None:
        """Commit all that was handed out; see `Alerts.commit`."""
        self._run(self._alerts.commit())

    def standing(self) -> tuple[Standing, ...]:
        """Return where the reader stands, by partition; see `Alerts.standing`."""
        return self._run(self._alerts.standing())

    def current(self, ticker: str | None = None) -> tuple[Alert, ...]:
        """Return the alerts that stand; see `Alerts.current`."""
        return self._alerts.current(ticker)

    def get(self, alert_id: str) -> Alert | None:
        """Return an alert in its last version; see `Alerts.get`."""
        return self._alerts.get(alert_id)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()  # Ctrl-C: nobody waits for it any more
            raise

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

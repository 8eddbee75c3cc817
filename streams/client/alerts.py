"""The alerts of a subscriber, or of the tape, one after the other: each version once, in order, resumed.

An alert counts as worked on when the caller comes for the next one; only then may its offset be committed.
So nothing is lost when the process dies, and what it had in hand comes again after the restart. What was
handed out before is told by `alert_id` and `version`: the last alerts before the place where reading goes
on are read back first, so a worker that repeats itself after a crash is not heard twice.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, aclosing
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from streams.alerts.notification import Alert
from streams.client.view import View
from streams.errors import BadRecord, BadSettings, ErrorCode, Fault, TopicFault
from streams.kafka.group import GroupReader, Standing, open_group
from streams.kafka.reading import read_before
from streams.settings import Settings
from streams.wire.codec import decode
from streams.wire.message import Record
from streams.wire.topics import ALERTS, full_name, subscriber_topic

log = logging.getLogger(__name__)

REMEMBER = 10_000


class Alerts(AsyncIterator[Alert]):
    """An iterator of alerts that never ends; use it with `async with`, from one task.

    Args:
        bootstrap: Kafka's bootstrap servers, HOST:PORT[,HOST:PORT...].
        group: Consumer group that remembers how far the reading has come; its members share the partitions.
        subscriber: Whose topic is read; None for the tape, which has every alert.
        since: Where a group that has committed nothing begins; None for the oldest alert that is kept.
        remember: How many alerts are held, for the view and to know repeats; takes 2 to 4 kB each.
        settings: More by their names in README, "Settings": `prefix`, `username`, `password`, `ca_file`,
            `commit_interval_s`, `session_timeout_s` and so on.

    Raises:
        BadSettings: With every fault of the settings at once.
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
        self._settings = _settings(settings | {"broker": bootstrap, "group": group}, remember)
        self._subscriber = subscriber
        self._topic = full_name(
            ALERTS if subscriber is None else subscriber_topic(subscriber), self._settings.prefix
        )
        self._since = since
        self._remember = remember
        self._stack = AsyncExitStack()
        self._reader: GroupReader | None = None
        self._views: dict[int, View] = {}
        self._read_to: dict[int, int] = {}
        self._caught_up = -1
        self._in_hand: tuple[int, Record] | None = None
        self._committed_at = 0.0
        self.skipped = 0

    async def __aenter__(self) -> Self:
        """Join the group, and read back the last alerts before where reading goes on.

        Raises:
            TopicFault: When the topic is missing.
            NotPermitted: When topic or group may not be read.
            BrokerUnreachable: When no broker answers.
            BadRecord: As `next`.
        """
        try:
            self._reader = reader = await self._stack.enter_async_context(
                open_group(self._settings, self._topic, self._since)
            )
            while not reader.joined:
                if record := await reader.poll():
                    reader.put_back(record)
            await self._catch_up(reader)
        except TopicFault as error:
            await self._stack.aclose()
            if self._subscriber and error.code is ErrorCode.TOPIC_MISSING:
                error.hint = f"`news-alerts subscriptions add --subscriber {self._subscriber} ...` makes it"
            raise
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit what the caller is done with, and leave the group. The alert in hand will come again."""
        self._reader = None
        await self._stack.aclose()

    async def __anext__(self) -> Alert:
        """Return the next alert, however long that takes; raises as `next`."""
        alert = await self.next()
        if alert is None:  # pragma: no cover  # without a time it waits
            raise StopAsyncIteration
        return alert

    async def next(self, within_s: float | None = None) -> Alert | None:
        """Return the next alert that was not handed out before; the one in hand counts as worked on.

        A record that is no alert (someone wrote into the topic) is logged, counted in `skipped` and passed
        over. While the broker is away this waits.

        Args:
            within_s: How long to wait, about; None waits for as long as it takes.

        Returns:
            The alert; None when none came in time.

        Raises:
            BadRecord: `unknown_schema`, naming the place, for an alert that a later version wrote: passing
                it over would lose it. It comes again to whoever reads next.
            NotPermitted: When topic or group may not be read any more.
            BrokerFault: When the broker refuses for good.
        """
        reader = self._open_reader()
        self._let_go(reader)
        clock = asyncio.get_running_loop().time
        give_up_at = None if within_s is None else clock() + within_s
        while True:
            await self._catch_up(reader)
            # Nothing is awaited between a record and its alert: who cancels this call loses none.
            if clock() - self._committed_at >= self._settings.commit_interval_s:
                await self._commit(reader, clock())
            record = await reader.poll(wait=False)
            if record is None:
                await self._commit(reader, clock())
                record = await reader.poll()
            if record is not None and (alert := self._judge(reader, record)) is not None:
                self._in_hand = (reader.generation, record)
                return alert
            if give_up_at is not None and clock() >= give_up_at:
                return None

    async def _commit(self, reader: GroupReader, now: float) -> None:
        await reader.commit()
        self._committed_at = now

    async def commit(self) -> None:
        """Commit all that was handed out, the alert in hand too: it will not come again."""
        reader = self._open_reader()
        self._let_go(reader)
        await reader.commit()

    async def standing(self) -> tuple[Standing, ...]:
        """Return position, committed offset and lag of each partition read here; () in a rebalance.

        Raises:
            BrokerFault: When the broker does not answer.
        """
        return await self._open_reader().standing()

    def current(self, ticker: str | None = None) -> tuple[Alert, ...]:
        """Return the alerts that stand, each in its last version, oldest first; without those withdrawn.

        Args:
            ticker: Only alerts that concern this listing, or another of the same issuer; None for all.
        """
        standing = (alert for view in self._views.values() for alert in view)
        found = (a for a in standing if ticker is None or ticker == a.ticker or ticker in a.tickers)
        return tuple(sorted(found, key=lambda alert: alert.received_at))

    def get(self, alert_id: str) -> Alert | None:
        """Return an alert in its last version, a withdrawn one too; None when it is not held."""
        return next((found for view in self._views.values() if (found := view.get(alert_id))), None)

    def _open_reader(self) -> GroupReader:
        if self._reader is None:
            raise RuntimeError("use Alerts inside `async with`")
        return self._reader

    def _let_go(self, reader: GroupReader) -> None:
        """Take it that the caller is done with what it has in hand."""
        if self._in_hand is not None and self._in_hand[0] == reader.generation:
            reader.done(self._in_hand[1])
        self._in_hand = None

    async def _catch_up(self, reader: GroupReader) -> None:
        """Read back what stands before this member's share, as far as it is not held."""
        while reader.joined and self._caught_up != reader.generation:
            generation, share = reader.generation, reader.share
            most = max(1, self._remember // reader.partitions)
            for partition in share:
                begin = await reader.begin(partition)
                if begin is None:
                    break
                view = self._views.setdefault(partition, View(most))
                missing = begin - self._read_to.get(partition, 0)
                if missing > 0:
                    await self._read_back(view, partition, begin, min(missing, most))
                    self._read_to[partition] = begin
            else:
                self._keep_only(share)
                self._caught_up = generation

    async def _read_back(self, view: View, partition: int, begin: int, most: int) -> None:
        batches = read_before(self._settings, self._topic, partition, begin, most)
        async with aclosing(batches):
            async for batch in batches:
                for record in batch:
                    if alert := self._read(record):
                        view.take(alert)

    def _keep_only(self, share: Iterable[int]) -> None:
        self._views = {number: self._views[number] for number in share}
        self._read_to = {number: self._read_to.get(number, 0) for number in share}

    def _judge(self, reader: GroupReader, record: Record) -> Alert | None:
        """Return the alert that is to be handed out; None for a record that leads to none."""
        if self._caught_up != reader.generation:
            reader.put_back(record)
            return None
        try:
            alert = self._read(record)
        except BadRecord:
            reader.put_back(record)
            raise
        self._read_to[record.partition] = record.offset + 1
        if alert is not None and self._views[record.partition].take(alert):
            return alert
        reader.done(record)
        return None

    def _read(self, record: Record) -> Alert | None:
        try:
            return decode(record.value, Alert)
        except BadRecord as error:
            place = f"{record.topic}/{record.partition}@{record.offset}"
            if error.code is ErrorCode.UNKNOWN_SCHEMA:
                raise BadRecord(
                    Fault(place, error.code, str(error)), hint="install the version that wrote it"
                ) from error
            self.skipped += 1
            log.warning("not an alert, passed over: %s: %s", place, error)
            return None


def _settings(given: dict[str, Any], remember: int) -> Settings:
    unknown = given.keys() - {field.name for field in dataclasses.fields(Settings)}
    faults = [Fault(name, ErrorCode.BAD_SETTINGS, "is not a setting") for name in sorted(unknown)]
    if remember < 1:
        faults.append(Fault("remember", ErrorCode.BAD_SETTINGS, f"must be at least 1, is {remember}"))
    if faults:
        raise BadSettings(*faults, hint="README, Settings, lists all of them")
    return Settings.from_mapping(given)

"""Who works on a replay: one share in this process, or one in each of several processes."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from asyncio import Future, wrap_future
from collections.abc import Callable, Sequence
from concurrent import futures
from types import TracebackType
from typing import Any, Self, TypeVar

from streams.replay.exchange import Decided, Line, Understood
from streams.replay.plan import Plan
from streams.replay.shard import Shard
from streams.wire.message import Record

T = TypeVar("T")

# Records make hardly any cycles, and live for a chunk.
_GC_THRESHOLDS = (50_000, 20, 50)


class Crew:
    """The shares of a replay. What is asked of one is done in the order of asking.

    Args:
        plan: Of the replay.
        workers: How many processes; with 1 all is done in this one.
    """

    def __init__(self, plan: Plan, workers: int) -> None:
        self.size = workers
        self._executors: list[futures.Executor] = (
            [_Here(plan)]
            if workers == 1
            else [
                futures.ProcessPoolExecutor(
                    1, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(plan, workers)
                )
                for _ in range(workers)
            ]
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for executor in self._executors:
            executor.shutdown(wait=True, cancel_futures=True)

    def understand(self, share: int, batch: Sequence[tuple[int, Record]]) -> Future[Understood]:
        """Ask a share to understand; see `Shard.understand`."""
        return _asked(self._executors[share].submit(_understand, batch))

    def decide(self, share: int, lines: Sequence[Line]) -> Future[Decided]:
        """Ask a share to decide; see `Shard.decide`."""
        return _asked(self._executors[share].submit(_decide, lines))


def _asked(answer: futures.Future[T]) -> Future[T]:
    """Return an answer to be waited for; one that nobody waits for any more may fail in silence."""
    future = wrap_future(answer)
    future.add_done_callback(_look)
    return future


def _look(done: Future[Any]) -> None:
    """Look at how an answer failed: asyncio complains of those at which nobody did."""
    if not done.cancelled():
        done.exception()


class _Here(futures.Executor):
    """Does at once what is asked of it."""

    def __init__(self, plan: Plan) -> None:
        self._shard = Shard(plan, 1)

    def submit(self, work: Callable[..., T], /, *args: Any, **kwargs: Any) -> futures.Future[T]:
        done: futures.Future[T] = futures.Future()
        try:
            done.set_result(work(*args, shard=self._shard, **kwargs))
        except BaseException as error:  # noqa: BLE001 raised by whoever waits for it
            done.set_exception(error)
        return done


_mine: Shard | None = None


def _begin(plan: Plan, shares: int) -> None:
    """Make this process's share; it ends with the process that asked for it."""
    global _mine  # noqa: PLW0603 a process of the pool has one share
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _mine = Shard(plan, shares)
    gc.freeze()
    gc.set_threshold(*_GC_THRESHOLDS)


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _share(shard: Shard | None) -> Shard:
    if (found := shard or _mine) is None:
        raise RuntimeError("this process has no share")
    return found


def _understand(batch: Sequence[tuple[int, Record]], *, shard: Shard | None = None) -> Understood:
    return _share(shard).understand(batch)


def _decide(lines: Sequence[Line], *, shard: Shard | None = None) -> Decided:
    return _share(shard).decide(lines)

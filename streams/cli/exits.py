"""The exit codes, in one table, and which error ends the command with which of them."""

from __future__ import annotations

from enum import IntEnum

from streams.errors import (
    BadInput,
    BadSettings,
    BrokerUnreachable,
    NewsAlertsError,
    NotPermitted,
    TopicFault,
)


class Exit(IntEnum):
    """How a command ended; README, "Exit codes", is held against this table."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    UNREACHABLE = 3
    INCOMPLETE = 4
    BAD_INPUT = 5
    INTERRUPTED = 130


MEANING = {
    Exit.DONE: "done; also when the reader of a pipe had enough",
    Exit.FAULT: "a fault at work, as an output that the broker refused",
    Exit.USAGE: "the command line or a setting is wrong",
    Exit.UNREACHABLE: "the broker cannot be reached",
    Exit.INCOMPLETE: "a topic or a right is missing, or a topic differs from the catalogue",
    Exit.BAD_INPUT: "an input (file, article, subscription, id) is wrong or missing; all others were still "
    "worked on",
    Exit.INTERRUPTED: "interrupted by Ctrl-C",
}

# The first class that fits decides, so the special ones stand before their parents.
_BY_ERROR: tuple[tuple[type[NewsAlertsError], Exit], ...] = (
    (BadSettings, Exit.USAGE),
    (BadInput, Exit.BAD_INPUT),
    (BrokerUnreachable, Exit.UNREACHABLE),
    (TopicFault, Exit.INCOMPLETE),
    (NotPermitted, Exit.INCOMPLETE),
)


def exit_of(error: NewsAlertsError) -> Exit:
    """Return the exit code of an error of our own tree."""
    return next((code for kind, code in _BY_ERROR if isinstance(error, kind)), Exit.FAULT)

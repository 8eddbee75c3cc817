"""Errors keep what they know on their way from one process to another."""

from __future__ import annotations

import pickle

import pytest

from streams.errors import (
    BadArticle,
    ErrorCode,
    Fault,
    InternalFault,
    NewsAlertsError,
    TopicFault,
    WorkerStalled,
)


def test_bad_input_comes_out_of_another_process_with_all_its_faults() -> None:
    faults = (Fault("content", ErrorCode.EMPTY, "is empty"), Fault("$", ErrorCode.NOT_JSON, "is no JSON"))
    sent = BadArticle(*faults, hint="send text")

    found = pickle.loads(pickle.dumps(sent))

    assert type(found) is BadArticle
    assert (found.faults, found.hint, found.code, str(found)) == (faults, "send text", sent.code, str(sent))


@pytest.mark.parametrize(
    "sent",
    [
        TopicFault("differs", hint="make it anew", code=ErrorCode.TOPIC_DIFFERS, topics=("news.raw",)),
        InternalFault("tripped", hint="tell us"),
        WorkerStalled("waits", hint="restart it"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_other_errors_do_with_all_that_they_know(sent: NewsAlertsError) -> None:
    found = pickle.loads(pickle.dumps(sent))

    assert type(found) is type(sent)
    assert (str(found), found.code, vars(found)) == (str(sent), sent.code, vars(sent))

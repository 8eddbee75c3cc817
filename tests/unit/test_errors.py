"""Errors keep what they know on their way from one process to another."""

from __future__ import annotations

import pickle

from streams.errors import BadArticle, ErrorCode, Fault


def test_bad_input_comes_out_of_another_process_with_all_its_faults() -> None:
    faults = (Fault("content", ErrorCode.EMPTY, "is empty"), Fault("$", ErrorCode.NOT_JSON, "is no JSON"))
    sent = BadArticle(*faults, hint="send text")

    found = pickle.loads(pickle.dumps(sent))

    assert type(found) is BadArticle
    assert (found.faults, found.hint, found.code, str(found)) == (faults, "send text", sent.code, str(sent))

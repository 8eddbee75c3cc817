"""Every kind of bad input meets its fate in the pure functions, whatever runs around them."""

from datetime import UTC, datetime

import pytest

from streams.alerts.pipeline import Pipeline
from streams.enrichment.article import Origin
from streams.errors import BadArticle
from streams.wire.raw import decode_raw
from streams.wire.reference import load_master
from tests.bad_inputs import DEAD, KINDS

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_there_are_sixty_kinds_at_least():
    assert len(KINDS) >= 60
    assert len({name for name, *_ in KINDS}) == len(KINDS)


@pytest.fixture(scope="module")
def master():
    return load_master()


@pytest.mark.parametrize(("value", "fate", "code"), [pytest.param(*kind[1:], id=kind[0]) for kind in KINDS])
def test_bad_input_is_read_or_refused_with_its_code(master, value, fate, code):
    def take():
        raw = decode_raw(value, max_bytes=8_000_000)
        return Pipeline(master).take(raw, NOW, Origin(topic="news.raw", partition=0, offset=0))

    if fate == DEAD:
        with pytest.raises(BadArticle) as caught:
            take()
        assert caught.value.code == code
    else:
        assert take().article.version == 1

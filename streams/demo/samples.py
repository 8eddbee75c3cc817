"""The sample articles, in the order in which they are played."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

from streams.errors import BadArticle
from streams.news.fingerprint import article_id
from streams.wire.files import raw_articles
from streams.wire.message import Message
from streams.wire.raw import encode_raw
from streams.wire.topics import RAW, full_name

SOURCE = "demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One file of `streams/demo/articles`."""

    name: str
    data: bytes


def load_samples() -> tuple[Sample, ...]:
    """Return all samples, by name."""
    files = resources.files("streams.demo").joinpath("articles").iterdir()
    return tuple(Sample(name=f.name, data=f.read_bytes()) for f in sorted(files, key=lambda f: f.name))


def sample_message(sample: Sample, prefix: str) -> Message:
    """Return the raw record of a sample; what is no article goes as it is, as a careless sender would."""
    topic = full_name(RAW, prefix)
    try:
        raw = next(raw_articles(sample.name, sample.data, source=SOURCE))
    except BadArticle:
        return Message(topic=topic, key=sample.name.encode(), value=sample.data)
    return Message(topic=topic, key=article_id(raw).encode(), value=encode_raw(raw))

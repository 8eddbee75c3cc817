"""TLS, passwords and rights, on a real Kafka that asks for all three."""

import asyncio

import pytest

from streams.agents.topics import find_topic_faults
from streams.client import Alerts
from streams.errors import BrokerUnreachable, ErrorCode, NotPermitted
from streams.kafka.admin import ensure_topics
from streams.kafka.checks import check
from streams.kafka.publisher import open_publisher
from streams.kafka.reading import CompactedTopic, read_partition
from streams.settings import Settings
from streams.wire.codec import encode
from streams.wire.message import Message
from streams.wire.topics import CATALOGUE, RAW, subscriber_topic
from tests.kafka.certificates import make_certificates
from tests.kafka.rights import Rights
from tests.unit.alerts.builders import Desk

pytestmark = pytest.mark.connected


@pytest.fixture
async def topics(secured, prefix):
    """The catalogue on the secured cluster, made by one who may."""
    inside = Settings.from_mapping({"broker": secured.inside, "prefix": prefix, "partitions": 2})
    await ensure_topics(inside, CATALOGUE)


@pytest.fixture
def rights(secured):
    return Rights(secured, "worker")


@pytest.fixture
def settings(secured, prefix):
    return settings_of(secured, prefix)


def settings_of(secured, prefix, **changed) -> Settings:
    given = {"broker": secured.bootstrap, "prefix": prefix, "group": prefix, "ca_file": str(secured.ca_file)}
    return Settings.from_mapping(
        given | {"username": "worker", "password": secured.users["worker"]} | changed
    )


async def values(batches) -> list:
    return [record.value async for batch in batches for record in batch]


async def test_with_the_rights_messages_go_out_and_come_in(topics, rights, settings, prefix):
    rights.grant("write", f"{prefix}.raw")
    rights.grant("read", f"{prefix}.raw")

    async with open_publisher(settings) as publisher:
        await publisher.publish([Message(topic=f"{prefix}.raw", partition=1, value=b"x")])

    assert await values(read_partition(settings, f"{prefix}.raw", 1)) == [b"x"]


async def test_a_topic_that_may_not_be_seen_is_named(topics, settings, prefix):
    async with open_publisher(settings) as publisher:
        with pytest.raises(NotPermitted, match=f"no right on topic {prefix}.raw"):
            await publisher.publish([Message(topic=f"{prefix}.raw", value=b"x")])

    with pytest.raises(NotPermitted, match=f"no right on topic {prefix}.raw"):
        await values(read_partition(settings, f"{prefix}.raw", 0))


async def test_an_output_that_is_refused_is_named(topics, rights, settings, prefix):
    rights.grant("write", f"{prefix}.alerts")
    rights.grant("describe", f"{prefix}.alerts")
    async with open_publisher(settings) as publisher:
        await publisher.publish([Message(topic=f"{prefix}.alerts", value=b"x")])
        rights.take("write", f"{prefix}.alerts")

        with pytest.raises(NotPermitted, match=f"no right on topic {prefix}.alerts") as refused:
            await publisher.publish([Message(topic=f"{prefix}.alerts", value=b"x")])
        assert refused.value.topics == (f"{prefix}.alerts",)


async def test_of_topics_those_that_may_not_be_written_are_told(topics, rights, settings, prefix):
    rights.grant("write", f"{prefix}.alerts", f"{prefix}.alerts.missing")
    rights.grant("describe", f"{prefix}.raw")
    names = [f"{prefix}.{name}" for name in ("alerts", "alerts.missing", "raw", "stories")]

    async with open_publisher(settings) as publisher:
        assert await publisher.unwritable(names) == {f"{prefix}.raw", f"{prefix}.stories"}


async def test_the_topics_of_subscribers_are_looked_at_by_the_rights_on_them(
    topics, rights, settings, prefix, secured
):
    inside = Settings.from_mapping({"broker": secured.inside, "prefix": prefix})
    await ensure_topics(inside, [subscriber_topic("good"), subscriber_topic("bad")])
    rights.grant("write", *(f"{prefix}.alerts{name}" for name in ("", ".good", ".missing")))
    rights.grant("describe", f"{prefix}.alerts.bad")

    async with open_publisher(settings) as publisher:
        faults = await find_topic_faults(settings, ["good", "bad", "missing"], publisher.unwritable)
        rights.take("write", f"{prefix}.alerts")
        with pytest.raises(NotPermitted, match=f"no right on topic {prefix}.alerts$"):
            await find_topic_faults(settings, ["good", "bad"], publisher.unwritable)

    assert faults == {
        "bad": f"no right on topic {prefix}.alerts.bad",
        "missing": f"topic {prefix}.alerts.missing is not there",
    }


async def test_a_topic_that_may_be_seen_but_not_read_is_named(topics, rights, settings, prefix):
    rights.grant("write", f"{prefix}.subscriptions")
    async with open_publisher(settings) as publisher:
        await publisher.publish([Message(topic=f"{prefix}.subscriptions", key=b"k", value=b"x")])

    with pytest.raises(NotPermitted, match=f"no right on topic {prefix}.subscriptions"):
        await values(CompactedTopic(settings, f"{prefix}.subscriptions").batches())


async def test_topics_that_may_not_be_made_are_told(secured, prefix, settings):
    with pytest.raises(NotPermitted, match=f"no right on topic {prefix}.raw"):
        await ensure_topics(settings, [RAW])


async def test_check_names_every_right_that_is_missing(topics, rights, settings, prefix):
    rights.grant("describe", f"{prefix}.", prefixed=True)
    rights.grant(
        "read",
        *(
            f"{prefix}.{name}"
            for name in ("raw", "articles", "mentions", "subscriptions", "silences", "securities")
        ),
    )
    rights.grant("write", *(f"{prefix}.{name}" for name in ("articles", "mentions", "stories", "alerts")))

    found = await check(settings)

    assert [str(finding) for finding in found] == [
        f"topic {prefix}.stories is not this user's to read",
        f"topic {prefix}.alerts.suppressed is not this user's to write",
        f"topic {prefix}.dead-letter is not this user's to write",
        f"group {prefix} is not this user's to join",
    ]
    assert {finding.code for finding in found} == {ErrorCode.NOT_PERMITTED}


async def test_check_finds_nothing_where_a_worker_has_its_rights(topics, rights, settings, prefix):
    rights.grant("read", f"{prefix}.", prefixed=True)
    rights.grant("write", f"{prefix}.", prefixed=True)
    rights.grant_group(prefix)

    assert await check(settings) == []


async def test_check_leaves_no_trace(topics, rights, settings, prefix, secured):
    rights.grant("read", f"{prefix}.", prefixed=True)
    rights.grant("write", f"{prefix}.", prefixed=True)
    await check(settings)
    inside = Settings.from_mapping({"broker": secured.inside, "prefix": prefix})

    assert await values(read_partition(inside, f"{prefix}.alerts", 0)) == []


async def test_a_wrong_password_an_unknown_authority_and_a_wrong_port_are_told_alike(
    secured, prefix, tmp_path
):
    stranger, _ = make_certificates(tmp_path)
    wrong = [
        settings_of(secured, prefix, password="guess"),
        settings_of(secured, prefix, ca_file=str(stranger)),
        settings_of(secured, prefix, broker=secured.inside),
    ]
    for settings in wrong:
        with pytest.raises(BrokerUnreachable, match="no broker answers") as refused:
            async with open_publisher(settings):
                pass
        assert all(cause in refused.value.hint for cause in ("password", "ca_file", "TLS"))


async def test_a_reader_of_alerts_is_told_which_right_it_lacks(topics, rights, secured, settings, prefix):
    def alerts() -> Alerts:
        return Alerts(
            secured.bootstrap,
            group=f"{prefix}-desk",
            prefix=prefix,
            username="worker",
            password=secured.users["worker"],
            ca_file=str(secured.ca_file),
        )

    with pytest.raises(NotPermitted, match=f"no right on topic {prefix}.alerts"):
        await alerts().__aenter__()
    rights.grant("describe", f"{prefix}.alerts")
    with pytest.raises(NotPermitted, match=f"no right on group {prefix}-desk"):
        await alerts().__aenter__()
    rights.grant_group(f"{prefix}-desk")
    rights.grant("read", f"{prefix}.alerts")
    rights.grant("write", f"{prefix}.alerts")
    async with alerts() as reader, open_publisher(settings) as publisher:
        alert = Desk().told().outcomes[0].alert
        await publisher.publish([Message(topic=f"{prefix}.alerts", value=encode(alert))])
        assert await asyncio.wait_for(anext(reader), 20) == alert

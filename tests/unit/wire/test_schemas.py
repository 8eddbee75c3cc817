"""The published JSON Schemas say what the records are."""

import dataclasses
import json

import pytest

from streams.wire.schemas import CONTRACT, schemas


def properties_of(schema: dict) -> dict:
    return schema["$defs"][schema["$ref"].rpartition("/")[2]]


@pytest.mark.parametrize(("topic", "record"), CONTRACT, ids=[topic.name for topic, _ in CONTRACT])
def test_a_schema_holds_every_field_and_wants_those_without_a_default(topic, record):
    found = properties_of(schemas()[topic.name])
    fields = dataclasses.fields(record)

    assert list(found["properties"]) == [field.name for field in fields]
    assert found["required"] == [field.name for field in fields if field.default is dataclasses.MISSING]


def test_schemas_can_be_printed():
    assert json.loads(json.dumps(schemas())) == schemas()


def test_a_closed_list_is_one_in_the_schema():
    assert schemas()["subscriptions"]["$defs"]["Listings"]["enum"] == ["any", "named"]

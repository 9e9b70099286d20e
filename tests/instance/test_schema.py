from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from iopsched.instance import canonical_json, instance_schema, load_instance, validate

EXAMPLES = sorted((Path(__file__).parent / "examples").glob("*.json"))


@pytest.fixture(scope="module")
def judge() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(instance_schema())


def test_the_schema_is_one() -> None:
    """What is published is a JSON Schema, and says of which draft and of what."""
    schema = instance_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == "iopsched instance, version 1"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_fit_the_schema(path: Path, judge: jsonschema.Draft202012Validator) -> None:
    """Files that load fit the schema, and so does their canonical form."""
    judge.validate(json.loads(path.read_text()))
    judge.validate(json.loads(canonical_json(load_instance(path))))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("hours", 0), "Mon 9:00-12:00"),
        (("hours", 0), "Mo 09:00-12:00"),
        (("groups", 0, "starts", 0), "Mon 24:00"),
        (("rooms", 0, "available"), None),
        (("rooms", 0, "colour"), "red"),
        (("rooms", 0, "id"), ""),
        (("services", 0, "kind"), "solo"),
        (("staff", 0, "rest_hours"), -1),
        (("participants", 0, "prefers"), []),
        (("participants", 0, "needs", 0, "sessions"), 51),
        (("slot_minutes",), 7),
        (("hours",), ...),
    ],
)
def test_schema_and_validation_refuse_the_same(
    spoil: Any, judge: jsonschema.Draft202012Validator, place: tuple[str | int, ...], value: object
) -> None:
    """What one value alone may not be is refused by the schema as well."""
    assert judge.is_valid(spoil())
    document = spoil((place, value))
    assert validate(document)[0] is None
    assert not judge.is_valid(document)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("hours", 0), "tue-MON , Wed 08:00 - 24:00"),
        (("staff", 0, "rest_hours"), 10.5),
        (("staff", 0, "name"), ...),
        (("participants", 0, "prefers"), None),
        (("format",), ...),
    ],
)
def test_schema_and_validation_accept_the_same(
    spoil: Any, judge: jsonschema.Draft202012Validator, place: tuple[str | int, ...], value: object
) -> None:
    """What may be left out, or written in several ways, may be so in the schema."""
    document = spoil((("staff", 0, "name"), "A"), (("participants", 0, "prefers"), ["Mon 08:00-09:00"]))
    assert validate(spoil((place, value)))[0] is not None
    assert judge.is_valid(document)

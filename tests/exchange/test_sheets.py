from __future__ import annotations

import pytest
from pydantic import BaseModel

from iopsched.exchange.clinic_sheets import SHEET_BY_NAME, SHEETS
from iopsched.exchange.sheets import Sheet
from iopsched.instance.models import (
    Busy,
    FamilyMember,
    Group,
    Instance,
    Need,
    Part,
    Participant,
    Pin,
    Program,
    Room,
    Service,
    Staff,
    Weights,
)

MODELS: dict[str, type[BaseModel]] = {
    "Clinic": Instance,
    "Services": Service,
    "Agenda": Part,
    "Rooms": Room,
    "Staff": Staff,
    "Groups": Group,
    "Programs": Program,
    "Participants": Participant,
    "Commitments": Busy,
    "Family": FamilyMember,
    "Needs": Need,
    "Pins": Pin,
    "Weights": Weights,
}


def elsewhere(sheet: Sheet) -> set[str]:
    """Return the fields of a sheet's model that other sheets hold, and the format's name."""
    lists = {other.field for other in SHEETS if (other.parent or "Clinic") == sheet.name}
    return lists | {"format"}


@pytest.mark.parametrize(("name", "model"), MODELS.items())
def test_every_field_of_the_format_has_its_column(name: str, model: type[BaseModel]) -> None:
    """No field is missing, none is invented, and what must be filled is what the format asks for."""
    sheet = SHEET_BY_NAME[name]
    fields = {column.field: column for column in sheet.fields}
    assert fields.keys() == model.model_fields.keys() - elsewhere(sheet)
    required = set(model.model_json_schema()["required"]) if name != "Weights" else set()
    must = {field for field, column in fields.items() if column.required}
    # Without its list of parts or needs a file is wrong; without its rows a sheet has none.
    assert must == required - elsewhere(sheet)


def test_every_list_of_the_format_has_its_sheet() -> None:
    """What the clinic's sheet does not hold is a sheet of its own."""
    assert {sheet.name for sheet in SHEETS} == {*MODELS, "Closed"}


def test_limits_are_those_of_the_format() -> None:
    """A number that a sheet lets through is one that the format allows."""
    for name, model in MODELS.items():
        properties = model.model_json_schema()["properties"]
        for column in SHEET_BY_NAME[name].fields:
            if column.kind == "count":
                node = properties[column.field]
                node = next((one for one in node.get("anyOf", []) if one["type"] == "integer"), node)
                assert (column.least, column.most) == (node["minimum"], node["maximum"]), (name, column.field)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_worked_lines_fill_the_columns(sheet: Sheet) -> None:
    """Each sheet has a worked line, with a cell for each column."""
    assert sheet.examples
    assert all(len(line) == len(sheet.columns) for line in sheet.examples)
    assert len({column.header for column in sheet.columns}) == len(sheet.columns)
    assert all(column.ids_of is None or column.ids_of in SHEET_BY_NAME for column in sheet.columns)

from __future__ import annotations

import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from iopsched.errors import InstanceError
from iopsched.exchange.reading import read_spreadsheet
from iopsched.exchange.spreadsheets import csv_files, workbook
from iopsched.generate import PROFILES, generate
from iopsched.instance import Instance, canonical_json, instance_warnings, load_instance, parse_instance

ROOT = Path(__file__).parents[2]
FILES = [*(ROOT / "instances").glob("*.json"), *(ROOT / "tests" / "instance" / "examples").glob("*.json")]


def through_workbook(instance: Instance) -> Instance:
    return read_spreadsheet(io.BytesIO(workbook(instance)))[0]


def through_csv(instance: Instance) -> Instance:
    with TemporaryDirectory() as folder:
        for name, content in csv_files(instance).items():
            Path(folder, name).write_bytes(content)
        return read_spreadsheet(folder)[0]


@pytest.mark.parametrize("file", sorted(FILES), ids=lambda path: path.stem)
def test_instance_files_come_back(file: Path) -> None:
    """Workbook and CSV files of an instance are read as the same instance, with the same canonical form."""
    instance = load_instance(file)
    for back in (through_workbook(instance), through_csv(instance)):
        assert back == instance
        assert canonical_json(back) == canonical_json(instance)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("seed", [1, 2])
def test_generated_clinics_come_back(profile: str, seed: int) -> None:
    """Clinics of every kind come back, and so do their warnings."""
    instance = generate(5 + seed, seed, profile)
    back, warnings = read_spreadsheet(io.BytesIO(workbook(instance)))
    assert back == instance
    assert len(warnings) == len(instance_warnings(instance))
    assert through_csv(instance) == instance


IDS = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), min_size=1, max_size=8)
ODD_IDS = IDS | st.sampled_from(
    ["=A1", "-", "none", "any", "n/a", "007", "1.0", "TRUE", "a,b", "a;b", '"q"', " x ", "1e5"]
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WINDOWS = st.lists(
    st.sampled_from(
        ["Mon-Fri 08:00-24:00", "mon , TUE 09:05 - 10:00", " Fri-Mon 07:00-08:00\n", "Sat 00:00-00:01"]
    ),
    max_size=3,
)


@st.composite
def odd_clinics(draw: st.DrawFn) -> dict[str, Any]:
    """Return documents with ids, texts and lists as odd as the format allows."""
    services, staff, people, tags = (
        draw(st.lists(ODD_IDS, min_size=n, max_size=n, unique=True)) for n in (2, 2, 3, 2)
    )
    some_staff = st.lists(st.sampled_from(staff), max_size=2)
    need = {
        "service": services[0],
        "sessions": draw(st.integers(0, 50)),
        "after": draw(st.sampled_from([None])),
    }
    for field in ("staff", "prefer_staff", "not_staff"):
        if draw(st.booleans()):
            need[field] = draw(some_staff)
    family = draw(st.lists(ODD_IDS, max_size=2, unique=True))
    family_need: dict[str, Any] = {"service": services[1], "sessions": 1}
    if draw(st.booleans()):
        family_need["family"] = family[:1]
    person = {
        "id": people[0],
        "program": "p",
        "tags": draw(st.lists(st.sampled_from(tags), max_size=3)),
        "busy": [
            {"when": draw(WINDOWS), "why": draw(TEXTS), "travel_minutes": draw(st.integers(0, 60))}
            for _ in range(draw(st.integers(0, 2)))
        ],
        "family": [{"id": name, "available": draw(WINDOWS)} for name in family],
        "apart_from": draw(st.lists(st.sampled_from(people[1:]), max_size=2)),
        "needs": [need, family_need],
    }
    if draw(st.booleans()):
        person["available"] = draw(WINDOWS)
    member = {
        "id": staff[0],
        "name": draw(TEXTS),
        "skills": draw(st.lists(ODD_IDS, max_size=2)),
        "available": [],
    }
    member["rest_hours"] = draw(st.none() | st.integers(0, 10**20) | st.floats(0, 1e300))
    return {
        "id": draw(ODD_IDS),
        "week": "2026-11-30",
        "hours": draw(WINDOWS),
        "closed": draw(st.lists(st.sampled_from(["2026-12-01", "2026-12-04"]), max_size=2)),
        "services": [
            {"id": services[0], "kind": "one_to_one", "minutes": 60, "skill": draw(ODD_IDS)},
            {
                "id": services[1],
                "kind": "family",
                "minutes": 60,
                "room_kinds": draw(st.lists(ODD_IDS, max_size=2)),
            },
            {
                "id": "g",
                "kind": "group",
                "minutes": 60,
                "agenda": [{"title": draw(TEXTS), "minutes": 60, "skill": draw(ODD_IDS)}],
            },
        ],
        "rooms": [{"id": draw(ODD_IDS), "kind": draw(ODD_IDS), "capacity": 2}],
        "staff": [member, {"id": staff[1], "skills": [], "available": draw(WINDOWS)}],
        "groups": [
            {
                "id": draw(ODD_IDS),
                "service": "g",
                "meetings": 1,
                "starts": draw(st.lists(st.sampled_from(["Mon 17:30", " tue,Wed  09:00"]), max_size=2)),
                "max_size": 5,
                "staff": draw(st.none() | some_staff),
            }
        ],
        "programs": [{"id": "p"}],
        "participants": [person, *({"id": name, "program": "p", "needs": []} for name in people[1:])],
        "weights": draw(st.dictionaries(st.sampled_from(["visit", "idle"]), st.integers(0, 10**6))),
    }


@given(odd_clinics())
@settings(max_examples=40, derandomize=True, database=None, deadline=None)
def test_the_oddest_ids_and_texts_come_back(document: dict[str, Any]) -> None:
    """Ids that look like formulas, numbers, lists or words of ours; absent lists and empty ones."""
    assume("g" not in {service["id"] for service in document["services"][:2]})
    instance = parse_instance(json.dumps(document))
    assert through_workbook(instance) == instance
    assert through_csv(instance) == instance


def test_absent_and_empty_lists_differ() -> None:
    """The premise: absent means any, empty means none. Both come back as what they were."""
    made = generate(4, 1, "mixed").model_dump(mode="json", exclude_none=True)
    made["groups"][0]["rooms"] = []
    made["groups"][0].pop("staff", None)
    made["rooms"][0]["available"] = []
    instance = parse_instance(json.dumps(made))
    assert (instance.groups[0].rooms, instance.groups[0].staff) == ((), None)
    assert (instance.rooms[0].available, instance.rooms[1].available) == ((), None)
    assert through_workbook(instance) == instance
    assert through_csv(instance) == instance


def test_a_text_too_long_for_a_cell_is_refused() -> None:
    """A spreadsheet's cell holds 32,767 characters; nothing is cut off silently."""
    made = generate(4, 1, "mixed").model_dump(mode="json", exclude_none=True)
    made["participants"][1]["busy"] = [{"when": ["Mon 09:00-10:00"], "why": "x" * 32_768}]
    instance = parse_instance(json.dumps(made))
    for write in (workbook, csv_files):
        with pytest.raises(InstanceError, match="32,768 characters"):
            write(instance)

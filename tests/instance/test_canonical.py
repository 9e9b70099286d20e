from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from iopsched.instance import canonical_json, instance_sha256, load_instance, parse_instance

EXAMPLES = sorted((Path(__file__).parent / "examples").glob("*.json"))


def _canonical(document: dict[str, Any]) -> dict[str, Any]:
    return json.loads(canonical_json(parse_instance(document)))


def test_defaults_are_written_out(clinic: dict[str, Any]) -> None:
    """Fixed defaults and those that depend on other fields are there; the file had none of them."""
    canonical = _canonical(clinic)
    talk, _, _, block = canonical["services"]
    assert "skill" not in clinic["services"][0]
    assert talk["skill"] == "talk"
    assert talk["start_every"] == 30
    assert block["agenda"][0] == {"leaders": 1, "minutes": 60, "skill": "process", "title": "Process"}
    assert canonical["staff"][1]["name"] == "B"
    assert canonical["staff"][1]["break_minutes"] == 30
    assert canonical["groups"][0]["same_start"] is True
    assert canonical["rooms"][0]["available"] == ["Mon-Sun 00:00-24:00"]
    assert canonical["participants"][0]["available"] == clinic["hours"]
    assert canonical["participants"][2]["available"] == ["Mon-Fri 09:00-19:00"]
    assert canonical["weights"]["wait"] == 2
    assert canonical["weights"]["visit"] == 60


def test_an_agenda_part_takes_the_skill_of_its_service(clinic: dict[str, Any]) -> None:
    """A part that names no skill has the service's own, itself a default or not."""
    del clinic["services"][3]["agenda"][0]["skill"]
    clinic["services"][3]["skill"] = "process"
    assert _canonical(clinic)["services"][3]["agenda"][0]["skill"] == "process"


def test_the_family_of_a_family_need_is_written_out(clinic: dict[str, Any]) -> None:
    """A family need asks for all of the family; needs of other kinds have no such field."""
    needs = _canonical(clinic)["participants"][1]["needs"]
    assert needs[0]["family"] == ["mother"]
    assert "family" not in needs[1]
    assert "family" not in needs[2]


def test_what_is_absent_without_a_default_stays_absent(clinic: dict[str, Any]) -> None:
    """Optional fields without a default are left out, also where the file says null."""
    clinic["staff"][1]["target_minutes_per_week"] = None
    canonical = _canonical(clinic)
    assert "target_minutes_per_week" not in canonical["staff"][1]
    assert "prefers" not in canonical["participants"][0]
    assert "agenda" not in canonical["services"][0]
    assert set(canonical["pins"][0]) == {"participant", "service", "start", "staff", "room"}


def test_the_bytes(clinic: dict[str, Any]) -> None:
    """Sorted keys, no spaces, UTF-8 as it is, lists in their order, whole hours without decimals."""
    clinic["id"] = "Zürich"
    clinic["staff"][0]["rest_hours"] = 14.0
    clinic["staff"][0]["skills"] = ["talk", "process", "home", "talk"]
    text = canonical_json(parse_instance(clinic)).decode()
    assert '"id":"Zürich"' in text
    assert '"rest_hours":14,' in text
    assert '"skills":["talk","process","home","talk"]' in text
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_the_hash_does_not_see_how_the_file_is_written(clinic: dict[str, Any]) -> None:
    """Order of fields and defaults written out change nothing; a window's spelling or a list's order does."""
    plain = instance_sha256(parse_instance(clinic))
    same = copy.deepcopy(clinic)
    same["services"][0]["skill"] = "talk"
    assert instance_sha256(parse_instance(dict(reversed(same.items())))) == plain
    other = copy.deepcopy(clinic)
    other["rooms"].reverse()
    assert instance_sha256(parse_instance(other)) != plain


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_canonical_form_is_an_instance_file(path: Path) -> None:
    """Read again the canonical form is the same instance with the same canonical form."""
    canonical = canonical_json(load_instance(path))
    again = parse_instance(canonical)
    assert canonical_json(again) == canonical
    assert instance_sha256(again) == hashlib.sha256(canonical).hexdigest()

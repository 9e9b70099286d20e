from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import example, given, settings
from hypothesis import strategies as st

from iopsched.exchange.fhir import fhir_bundle
from iopsched.exchange.fhir_parts import printable
from iopsched.exchange.names import Names
from iopsched.roster.models import Roster
from iopsched.roster.views import View, narrowed
from report.small_week import instance, roster

Json = dict[str, Any]


def entries(*rosters: Roster, names: Names | None = None, **fields: Any) -> list[Json]:
    """Return the entries that some rosters of the small week become; the models accept them."""
    text = fhir_bundle(instance(**fields), rosters or (roster(),), names or Names())
    Bundle.model_validate_json(text)
    document = json.loads(text)
    assert (document["resourceType"], document["type"]) == ("Bundle", "transaction")
    return list(document["entry"])


def resources(kind: str, *rosters: Roster, **options: Any) -> list[Json]:
    found = (entry["resource"] for entry in entries(*rosters, **options))
    return [resource for resource in found if resource["resourceType"] == kind]


def without(number: int) -> Roster:
    sessions = roster().sessions
    return roster().model_copy(update={"sessions": (*sessions[:number], *sessions[number + 1 :])})


def values(node: object, name: str) -> Iterator[Any]:
    """Yield every value under a name, however deep."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == name:
                yield value
            yield from values(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from values(value, name)


def patients(appointment: Json) -> list[str]:
    actors = [one["actor"] for one in appointment["participant"]]
    return [actor["identifier"]["value"] for actor in actors if actor.get("type") == "Patient"]


def test_everybody_has_an_appointment_for_each_session() -> None:
    """Nine of them; two at each of three meetings, and each names one patient."""
    found = [(one["start"], patients(one)) for one in resources("Appointment")]
    assert len(found) == 9
    assert {len(names) for _, names in found} == {1}
    assert [names[0] for start, names in found if start.startswith("2026-11-30T17:30")] == ["P1", "P2"]


def test_the_bundle_holds_what_the_roster_uses() -> None:
    """Two staff, two rooms, a group, a schedule of each owner, and a slot of each that they are taken for."""
    found = Counter(entry["resource"]["resourceType"] for entry in entries())
    assert found == {
        "PractitionerRole": 2,
        "Location": 2,
        "Group": 1,
        "Schedule": 4,
        "Slot": 16,
        "Appointment": 9,
    }


def test_every_reference_is_answered_in_the_bundle() -> None:
    """Or it is a logical one: a kind of person and the clinic's code for them."""
    sent = entries()
    urls = {entry["fullUrl"] for entry in sent}
    assert len(urls) == len(sent)
    assert all(url.startswith("urn:uuid:") for url in urls)
    pointed = list(values(sent, "reference"))
    assert len(pointed) > 30
    assert set(pointed) <= urls
    logical = [node for node in values(sent, "actor") if isinstance(node, dict) and "reference" not in node]
    assert {node["type"] for node in logical} == {"Patient"}
    assert all(node["identifier"]["value"] for node in logical)


def test_an_appointment_fills_the_slots_of_its_staff_and_room() -> None:
    """Both leaders of the meeting, each for their part, and the room for all of it; no time for notes."""
    sent = {entry["fullUrl"]: entry["resource"] for entry in entries()}
    meeting = next(one for one in sent.values() if one.get("supportingInformation"))
    slots = [sent[one["reference"]] for one in meeting["slot"]]
    assert sorted((slot["start"][11:16], slot["end"][11:16]) for slot in slots) == [
        ("17:30", "19:00"),
        ("17:30", "20:30"),
        ("19:00", "20:30"),
    ]
    assert {slot["status"] for slot in slots} == {"busy"}
    assert Counter(one["status"] for one in resources("Slot"))["busy-unavailable"] == 2
    assert sent[meeting["supportingInformation"][0]["reference"]]["resourceType"] == "Group"


def test_a_group_has_no_members_and_an_appointment_no_treatment_in_words() -> None:
    """The service is a code; the description is the same everywhere; all is marked as restricted."""
    (group,) = resources("Group")
    assert "member" not in group
    found = resources("Appointment")
    assert {one["description"] for one in found} == {"Appointment"}
    assert {one["meta"]["security"][0]["code"] for one in found} == {"R"}
    assert {one["serviceType"][0]["coding"][0]["code"] for one in found} == {
        "individual",
        "iop-group",
        "case",
    }


def test_family_are_relatives_by_code() -> None:
    """A family session names the patient's relatives, each by patient and code."""
    one = roster().sessions[0].model_copy(update={"family": ("mother",)})
    (appointment,) = resources("Appointment", roster(sessions=(one,)))
    kinds = [node["actor"].get("type") for node in appointment["participant"]]
    assert kinds == ["Patient", "RelatedPerson", None, None]
    assert appointment["participant"][1]["actor"]["identifier"]["value"] == "P3/mother"


def test_names_are_put_on_everything_but_patients() -> None:
    """Rooms, groups, services and staff are called by their names."""
    named = {("room", "G1"): "Blue", ("group", "evening"): "Owls", ("staff", "T1"): "Ann Fox"}
    names = Names({**named, ("service", "case"): "Call", ("participant", "P1"): "Jo Doe"})
    text = json.dumps(entries(names=names))
    assert [name for name in ("Blue", "Owls", "Ann Fox", "Call") if name not in text] == []
    assert "Jo Doe" not in text


def test_sent_twice_it_finds_what_it_made() -> None:
    """The week's resources are put by an identifier that they carry; lasting ones are made once."""
    sent = entries()
    assert sent == entries()
    for entry in sent:
        resource, request = entry["resource"], entry["request"]
        (identifier,) = resource["identifier"]
        search = request.get("ifNoneExist") or request["url"].partition("?")[2]
        assert search == f"identifier={identifier['system']}%7C{identifier['value']}"
        lasting = resource["resourceType"] in ("PractitionerRole", "Location", "Group")
        assert request["method"] == ("POST" if lasting else "PUT")
        assert request["url"].partition("?")[0] == resource["resourceType"]


def test_what_is_replanned_is_the_same_appointment() -> None:
    """A session at another time keeps its identifier; one of next week has another."""
    first, *others = roster().sessions
    later = first.model_copy(
        update={"start": first.start + timedelta(hours=1), "end": first.end + timedelta(hours=1)}
    )
    before, after = (resources("Appointment", roster(sessions=(one, *others)))[0] for one in (first, later))
    assert before["identifier"] == after["identifier"]
    assert before["start"] != after["start"]
    next_week = resources("Appointment", roster(), week=date(2026, 12, 7), closed=())[0]
    assert next_week["identifier"] != before["identifier"]


def test_what_is_no_longer_held_is_cancelled() -> None:
    """With the roster of before, its appointment is cancelled and the slots are free; all else stands."""
    found = resources("Appointment", roster(), without(0))
    assert Counter(one["status"] for one in found) == {"booked": 8, "cancelled": 1}
    (gone,) = [one for one in found if one["status"] == "cancelled"]
    assert patients(gone) == ["P3"]
    assert "slot" not in gone
    slots = Counter(slot["status"] for slot in resources("Slot", roster(), without(0)))
    assert slots == {"busy": 12, "busy-unavailable": 1, "free": 3}
    again = resources("Appointment", roster(), without(0), roster())
    assert {one["status"] for one in again} == {"booked"}


@pytest.mark.parametrize(
    ("zone", "week", "offsets"),
    [
        ("America/Chicago", date(2026, 10, 26), ("-05:00", "-06:00")),
        ("Australia/Sydney", date(2026, 9, 28), ("+10:00", "+11:00")),
        ("UTC", date(2026, 3, 23), ("Z", "Z")),
    ],
)
def test_instants_have_the_offset_of_their_day(zone: str, week: date, offsets: tuple[str, str]) -> None:
    """Monday's is the old one, Sunday's the new one, in weeks in which clocks change on Sunday."""
    one = roster().sessions[0]
    sessions = tuple(
        one.model_copy(
            update={
                "id": str(day),
                "start": datetime.combine(week, datetime.min.time()) + timedelta(days=day, hours=12),
                "end": datetime.combine(week, datetime.min.time()) + timedelta(days=day, hours=13),
            }
        )
        for day in (0, 6)
    )
    found = resources(
        "Appointment", roster(week=week, sessions=sessions), week=week, timezone=zone, closed=()
    )
    assert tuple(one["start"][19:].replace("+00:00", "Z") for one in found) == offsets
    assert [one["start"][11:19] for one in found] == ["12:00:00"] * 2


def test_a_participants_own_bundle_names_nobody_else() -> None:
    """Of the others at a meeting there is no trace."""
    text = json.dumps(entries(narrowed(View("participant", "P1"), roster())))
    assert '"P1"' in text
    assert [code for code in ("P2", "P3") if code in text] == []


def test_nobody_scheduled_is_an_empty_transaction() -> None:
    """Without an entry, for FHIR has no empty lists."""
    text = fhir_bundle(instance(), [roster(sessions=())], Names())
    assert json.loads(text) == {"resourceType": "Bundle", "type": "transaction"}


@settings(deadline=None, derandomize=True)
@given(st.text(min_size=1).filter(lambda text: "\n" not in text and "\r" not in text))
def test_any_id_makes_a_valid_bundle(code: str) -> None:
    """Blanks, slashes, control characters: what FHIR has no code for is escaped, and searches are safe."""
    one = (
        roster()
        .sessions[0]
        .model_copy(
            update={"id": code, "service": code, "room": code, "participants": (code,), "staff": (code,)}
        )
    )
    sent = entries(roster(sessions=(one,)))
    assert [entry["resource"]["resourceType"] for entry in sent].count("Appointment") == 1
    for entry in sent:
        request = entry["request"]
        assert f"{request['url']}{request.get('ifNoneExist', '')}".isascii()


@settings(deadline=None, derandomize=True)
@given(st.text(), st.text())
@example(" ", "%20")
def test_two_codes_stay_two(one: str, other: str) -> None:
    """What is escaped is never what another code is."""
    assert (printable(one) == printable(other)) == (one == other)

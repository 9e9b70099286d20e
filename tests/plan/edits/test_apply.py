"""What each edit makes of an instance, and what is said where it cannot be made."""

from __future__ import annotations

from typing import Any

import pytest

from iopsched.errors import InputError
from iopsched.instance.models import Instance, Weights
from iopsched.plan.edits import KINDS, apply_edits, parse_edit, read_edits
from rules.tiny import clinic, group, need, participant, program, room, service, staff

BASE = clinic(
    services=[service(), service("class", kind="group"), service("family", kind="family")],
    rooms=[room("R1"), room("R2", available=["Mon-Fri 09:00-17:00"], busy=["Mon 12:00-13:00"])],
    staff=[
        staff("T3", available=["Mon-Fri 08:00-16:00"], busy=["Tue 09:00-10:00"]),
        staff("T4", available=["Mon-Thu 12:00-20:00"]),
    ],
    groups=[
        group(
            "G4", starts=["Mon,Tue 09:00", "Mon 17:00"], meetings=2, staff=["T3", "T4"], rooms=["R1", "R2"]
        ),
        group("G5"),
    ],
    participants=[
        participant(
            "P0007",
            need("talk", staff=["T3", "T4"], prefer_staff=["T3"], not_staff=["T3"]),
            need("class", groups=["G4"], after="talk"),
            need("family"),
            apart_from=["P0017"],
            busy=[
                {"when": ["Mon-Wed 08:00-12:00", "Thu 10:00-10:30"], "travel_minutes": 30},
                {"when": ["Fri 08:00-09:00"]},
            ],
            family=[{"id": "F1", "available": ["Tue 13:00-17:00"]}],
        ),
        participant("P0017", need("talk", 2), need("class")),
        participant("P0021", need("class")),
    ],
)
PINS = (
    "pin P0017 talk Wed 12:00 led by T4 in room R2",
    "pin group G5 Mon 09:00",
    "pin P0017 in group G5 Mon 09:00",
)
PINNED = apply_edits(BASE, read_edits(PINS, BASE))


def after(*sentences: str, instance: Instance = BASE) -> Instance:
    """Return the clinic after some edits."""
    return apply_edits(instance, read_edits(sentences, instance))


def looked_up(instance: Instance, place: str) -> Any:
    """Return what is at a place such as ``staff.T3.busy`` or ``participants.P0007.needs.1.groups``."""
    value: Any = instance
    for step in place.split("."):
        if isinstance(value, tuple):
            named = [one for one in value if getattr(one, "id", None) == step]
            value = named[0] if named else value[int(step)]
        else:
            value = getattr(value, step)
    return value


@pytest.mark.parametrize(
    ("said", "place", "value"),
    [
        ("T3 is away on Wed", "staff.T3.busy", ("Tue 09:00-10:00", "Wed 00:00-24:00")),
        ("T3 is free on Tue 09:00-09:30", "staff.T3.busy", ("Tue 09:30-10:00",)),
        ("T3 works Sat 9:00-12:00", "staff.T3.available", ("Sat 09:00-12:00",)),
        ("T3 also works Mon 16:00-18:00", "staff.T3.available", ("Mon 08:00-18:00", "Tue-Fri 08:00-16:00")),
        ("T3 can lead yoga", "staff.T3.skills", ("talk", "class", "family", "med", "yoga")),
        ("T3 leads 300 minutes a day", "staff.T3.max_minutes_per_day", 300),
        ("T3 leads 900 minutes a week", "staff.T3.max_minutes_per_week", 900),
        ("T3 sees 4 participants", "staff.T3.max_participants", 4),
        ("hire T9 like T4", "staff.T9.available", ("Mon-Thu 12:00-20:00",)),
        ("hire T9 like T4", "groups.G4.staff", ("T3", "T4", "T9")),
        ("hire T9 like T3 for Mon 17:00-20:00", "staff.T9.available", ("Mon 17:00-20:00",)),
        ("hire T9 like T3 for Mon 17:00-20:00", "staff.T9.busy", ()),
        ("room R2 closes on Fri from 13:00", "rooms.R2.busy", ("Mon 12:00-13:00", "Fri 13:00-24:00")),
        (
            "room R2 opens on Mon 12:00-18:00",
            "rooms.R2.available",
            ("Mon 09:00-18:00", "Tue-Fri 09:00-17:00"),
        ),
        ("room R2 opens on Mon 12:00-18:00", "rooms.R2.busy", ()),
        ("room R1 opens on Sat", "rooms.R1.busy", ()),
        ("room R2 seats 3", "rooms.R2.capacity", 3),
        ("add room R9 like R2", "groups.G4.rooms", ("R1", "R2", "R9")),
        ("add room R9 like R2", "rooms.R9.busy", ("Mon 12:00-13:00",)),
        ("open Mon-Sat 08:00-20:00", "hours", ("Mon-Sat 08:00-20:00",)),
        ("also open Sat 08:00-12:00", "hours", ("Mon-Fri 08:00-20:00", "Sat 08:00-12:00")),
        ("closed on Fri from 12:00", "hours", ("Mon-Thu 08:00-20:00", "Fri 08:00-12:00")),
        ("program iop allows 3 days a week", "programs.iop.max_days_per_week", 3),
        ("program iop allows 200 minutes a day", "programs.iop.max_minutes_per_day", 200),
        ("weight visit 45", "weights.visit", 45),
        ("group G4 seats 12", "groups.G4.max_size", 12),
        ("group G4 needs at least 4", "groups.G4.min_size", 4),
        ("group G4 meets 3 times", "groups.G4.meetings", 3),
        ("group G4 starts Fri 10:00", "groups.G4.starts", ("Fri 10:00",)),
        ("group G4 may also start Fri 09:00", "groups.G4.starts", ("Mon 17:00", "Mon,Tue,Fri 09:00")),
        ("group G4 meets on Wed,Thu", "groups.G4.starts", ("Wed,Thu 09:00", "Wed,Thu 17:00")),
        ("group G4 meets on Wed from 12:00", "groups.G4.starts", ("Wed 17:00",)),
        ("group G4 is led by anybody", "groups.G4.staff", None),
        ("group G4 uses R1", "groups.G4.rooms", ("R1",)),
        ("group G5 is open to evening", "groups.G5.open_to", ("evening",)),
        ("add group G9 like G4 starting Fri 10:00", "groups.G9.starts", ("Fri 10:00",)),
        ("add group G9 like G4", "participants.P0007.needs.1.groups", ("G4", "G9")),
        ("group G4 is dropped", "participants.P0007.needs.1.groups", ()),
        ("P0017 can come Mon-Wed 10:00-18:00", "participants.P0017.available", ("Mon-Wed 10:00-18:00",)),
        (
            "P0017 can also come Sat 08:00-10:00",
            "participants.P0017.available",
            ("Mon-Fri 08:00-20:00", "Sat 08:00-10:00"),
        ),
        ("P0007 is busy on Thu with 15 minutes of travel", "participants.P0007.busy.2.travel_minutes", 15),
        ("P0007's commitment 1 is dropped", "participants.P0007.busy.0.when", ("Fri 08:00-09:00",)),
        (
            "P0007's commitment 2 is now Fri 13:00-14:00",
            "participants.P0007.busy.1.when",
            ("Fri 13:00-14:00",),
        ),
        ("P0007's commitment 1 has no minutes of travel", "participants.P0007.busy.0.travel_minutes", 0),
        (
            "P0007's commitment 1 ends 30 minutes earlier on Tue",
            "participants.P0007.busy.0.when",
            ("Mon,Wed 08:00-12:00", "Tue 08:00-11:30", "Thu 10:00-10:30"),
        ),
        (
            "P0007's commitment 1 starts 30 minutes later",
            "participants.P0007.busy.0.when",
            ("Mon-Wed 08:30-12:00",),
        ),
        ("P0007's family F1 can come Wed", "participants.P0007.family.F1.available", ("Wed 00:00-24:00",)),
        (
            "P0007's family F1 can also come Wed 13:00-17:00",
            "participants.P0007.family.F1.available",
            ("Tue,Wed 13:00-17:00",),
        ),
        ("P0017 may meet P0007", "participants.P0007.apart_from", ()),
        ("P0017 is discharged", "participants.P0007.apart_from", ()),
        ("two more like P0007", "participants.P0007+2.apart_from", ()),
        ("P0017 needs 3 sessions of talk", "participants.P0017.needs.0.sessions", 3),
        ("P0017 needs 1 session of family", "participants.P0017.needs.2.service", "family"),
        ("P0017's talk may be led by T4", "participants.P0017.needs.0.staff", ("T4",)),
        ("P0007's talk is not led by nobody", "participants.P0007.needs.0.not_staff", ()),
        ("P0017 prefers T3 for talk", "participants.P0017.needs.0.prefer_staff", ("T3",)),
        ("P0017's family asks for spanish", "participants.P0017.needs", None),
        ("P0007's family asks for spanish", "participants.P0007.needs.2.staff_tags", ("spanish",)),
        ("P0017's talk may have different leaders", "participants.P0017.needs.0.same_staff", False),
        ("P0007's talk is by video", "participants.P0007.needs.0.remote", True),
        ("P0007's class may be in any group", "participants.P0007.needs.1.groups", None),
        ("P0007's class may mix groups", "participants.P0007.needs.1.mix_groups", True),
        ("P0017's talk is at least 2 days apart", "participants.P0017.needs.0.min_days_apart", 2),
        ("P0007's class waits for nothing", "participants.P0007.needs.1.after", None),
        ("pin P0007 talk Thu 14:00 led by T4 in room R1", "pins.3.room", "R1"),
        ("move the pin of P0017 talk from Wed 12:00 to Wed 13:00", "pins.0.start", "Wed 13:00"),
        ("unpin P0017 in group G5 Mon 09:00", "pins.1.group", "G5"),
    ],
)
def test_what_an_edit_changes(said: str, place: str, value: object) -> None:
    """The clinic has the new value at that place, and had another one or nothing."""
    if value is None and place.endswith("needs"):
        with pytest.raises(InputError, match="has no need of"):
            after(said)
        return
    before = PINNED if "pin" in said else BASE
    assert looked_up(after(said, instance=before), place) == value


def test_every_kind_is_made_in_some_test() -> None:
    """The table above, and the tests below, leave no kind out."""
    table = test_what_an_edit_changes.pytestmark[0].args[1]  # type: ignore[attr-defined]
    said = [row[0] for row in table] + ["T3 leaves", "room R2 is dropped", "closed on Fri", "admit {}"]
    kinds = {"admitted" if text.startswith("admit") else parse_edit(text, BASE).edit for text in said}
    assert kinds == set(KINDS)


def test_who_leaves_is_in_no_list_any_more() -> None:
    """T4 leads nothing, is asked for by nobody, and what was pinned with T4 is free."""
    assert "T4" in PINNED.model_dump_json()
    left = after("T4 leaves", instance=PINNED)
    assert "T4" not in left.model_dump_json()
    assert looked_up(left, "groups.G4.staff") == ("T3",)
    assert [pin.group for pin in left.pins] == ["G5", "G5"]
    alone = after("T4 leaves", "T3 leaves")
    assert looked_up(alone, "participants.P0007.needs.0.staff") == ()


@pytest.mark.parametrize(
    ("said", "name", "pins"),
    [("room R2 is dropped", "R2", 2), ("group G5 is dropped", "G5", 1), ("P0017 is discharged", "P0017", 1)],
)
def test_what_is_gone_takes_its_pins_along(said: str, name: str, pins: int) -> None:
    """Nothing names it any more."""
    assert len(PINNED.pins) == 3
    left = after(said, instance=PINNED)
    assert len(left.pins) == pins
    assert f'"{name}"' not in left.model_dump_json()


def test_holidays_come_and_go() -> None:
    """A whole day is a holiday; opening on it takes the holiday back, for the hours named alone."""
    closed = after("closed on Thu,Fri")
    assert [day.isoformat() for day in closed.closed] == ["2026-11-26", "2026-11-27"]
    assert closed.hours == BASE.hours
    opened = after("also open Fri 08:00-12:00", instance=closed)
    assert [day.isoformat() for day in opened.closed] == ["2026-11-26"]
    assert opened.hours == ("Mon-Thu 08:00-20:00", "Fri 08:00-12:00")


def test_edits_build_on_each_other() -> None:
    """Who is hired by one edit is away by the next; the instance that was given stays what it was."""
    before = BASE.model_dump_json()
    edited = after("hire T20 like T3", "T20 is away on Tue", "five more like P0017", "P0017+3 is discharged")
    assert looked_up(edited, "staff.T20.busy")[-1] == "Tue 00:00-24:00"
    assert [one.id for one in edited.participants[3:]] == [f"P0017+{k}" for k in (1, 2, 4, 5)]
    assert BASE.model_dump_json() == before


@pytest.mark.parametrize(
    ("said", "path", "words"),
    [
        ("T33 is away on Tue", "edits[0].staff", 'no member of staff "T33" (did you mean "T3"?)'),
        ("group G4 is led by T3, T5", "edits[0].staff", 'no member of staff "T5"'),
        ("hire T4 like T3", "edits[0].staff", 'a member of staff "T4" already'),
        ("P0007's commitment 3 is dropped", "edits[0].number", "name one from 1 to 2"),
        ("P0017's commitment 1 is dropped", "edits[0].number", "they have none"),
        ("P0007's commitment 2 ends 60 minutes earlier", "edits[0].minutes", "say that it is dropped"),
        ("P0007's commitment 2 ends 30 minutes earlier on Mon", "edits[0].days", "on which it is"),
        ("P0007's family F2 can come Wed", "edits[0].member", "use one of F1"),
        ("P0017's family is by video", "edits[0].service", 'no need of "family"'),
        ("unpin P0017 talk Wed 13:00", "edits[0].start", "it is pinned at Wed 12:00"),
        ("unpin P0007 talk Wed 13:00", "edits[0].start", "there is no pin of it"),
        ("group G4 needs at least 20", "edits[0]", '"min_size" is 20, more than "max_size", 8'),
        ("T4 is away on Wed", "edits[0]", "pin of P0017 talk Wed 12:00"),
        ("P0017's class is by video", "edits[0]", '"remote"'),
        ("P0017 needs 60 sessions of talk", "edits[0]", "50"),
        ('admit {"id": "P0007", "program": "iop", "needs": []}', "edits[0].participant", "already"),
        ('admit {"id": "P9", "program": "ipo", "needs": []}', "edits[0]", 'did you mean "iop"?'),
    ],
)
def test_what_cannot_be_made_says_why(said: str, path: str, words: str) -> None:
    """The problem stands at the edit and its field, begins with the sentence, and ends with a remedy."""
    with pytest.raises(InputError) as refused:
        after(said, instance=PINNED)
    (problem,) = [one for one in refused.value.problems if words in str(one)]
    assert problem.path == path
    assert problem.what.startswith('"')
    assert problem.remedy


def test_all_problems_of_all_edits_are_told_at_once() -> None:
    """Two names of nothing, one contradiction and one sentence that is not understood, in their order."""
    with pytest.raises(InputError) as refused:
        read_edits(["T33 leaves", "group G4 seats none", "hire T9 like T8"], BASE)
    paths = [one.path for one in refused.value.problems]
    assert paths == ["edits[0].staff", "edits[1].seats", "edits[2].like"]
    both = [
        parse_edit(said, BASE) for said in ("group G4 needs at least 20", "T33 leaves", "T4 is away on Wed")
    ]
    with pytest.raises(InputError) as refused:
        apply_edits(PINNED, both)
    assert {one.path for one in refused.value.problems} == {"edits[0]", "edits[1].staff", "edits[2]"}


def test_who_left_by_an_earlier_edit_is_not_mistaken_for_another() -> None:
    """The name was right once: the answer says that an edit before took it out, and guesses nobody else."""
    assert "T3" in {one.id for one in BASE.staff}
    with pytest.raises(InputError) as refused:
        read_edits(["T3 leaves", "T3 is away on Tue"], BASE)
    (problem,) = refused.value.problems
    assert problem.path == "edits[1].staff"
    assert 'no member of staff "T3" any more' in problem.what
    assert "an edit before this one" in problem.remedy


def test_edits_that_contradict_only_in_between_are_fine() -> None:
    """What counts is the instance at the end."""
    edited = after("group G4 needs at least 10", "group G4 seats 12")
    assert (looked_up(edited, "groups.G4.min_size"), looked_up(edited, "groups.G4.max_size")) == (10, 12)


@pytest.mark.parametrize("term", Weights.model_fields)
def test_every_weight_can_be_set(term: str) -> None:
    """Each term of the score has its name in an edit, and no other value changes."""
    before = BASE.weights.model_dump()
    assert before[term] != 7
    assert after(f"weight {term} 7").weights.model_dump() == {**before, term: 7}


def test_programs_need_their_names() -> None:
    """A program that is not there gets the nearest one."""
    assert BASE.programs[0].id == program()["id"]
    with pytest.raises(InputError, match="no program"):
        after("program ipo allows 3 days a week")

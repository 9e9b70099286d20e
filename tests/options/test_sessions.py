"""Where one-to-one and family sessions could take place: clinics small enough to see it."""

from __future__ import annotations

import pytest

from iopsched.instance.windows import DAYS
from iopsched.options import Options, build_options
from iopsched.options.sessions import SessionOptions
from rules.tiny import (
    Fields,
    at,
    clinic,
    need,
    participant,
    program,
    room,
    roster_of,
    service,
    session,
    staff,
)

MORNING = ["Mon 09:00-11:00"]


def text(minute: int) -> str:
    """Return a minute of the week as in ``"Mon 09:00"``."""
    return f"{DAYS[minute // 1440]} {minute % 1440 // 60:02d}:{minute % 60:02d}"


def asked(options: Options, index: int = 0) -> SessionOptions:
    """Return the options of a need."""
    return options.sessions[index]


def times(**fields: object) -> list[str]:
    """Return the starts of p1's first need in a clinic that opens for one morning."""
    return [text(start) for start in asked(build_options(clinic(**{"hours": MORNING, **fields}))).times]


def led(**fields: object) -> dict[str, set[str]]:
    """Return who could lead at each start."""
    options = build_options(clinic(**{"hours": MORNING, **fields}))
    one = asked(options)
    names = [member.id for member in options.instance.staff]
    return {
        text(start): {name for name, can in zip(names, row, strict=True) if can}
        for start, row in zip(one.times.tolist(), one.led.tolist(), strict=True)
    }


def test_starts_are_on_the_services_own_grid() -> None:
    """Two hours open, an hour's talk: every half hour; every quarter or hour where the service says so."""
    assert times() == ["Mon 09:00", "Mon 09:30", "Mon 10:00"]
    hourly = [service(start_every=60)]
    assert times(services=hourly) == ["Mon 09:00", "Mon 10:00"]
    quarters = [service(start_every=15)]
    assert times(services=quarters, hours=["Mon 09:00-10:20"]) == ["Mon 09:00", "Mon 09:15"]


def test_both_grids_bind() -> None:
    """Starts are multiples of the slots and of the service's own step: of 20 and 30, every hour."""
    assert times(slot_minutes=20, services=[service(start_every=30)], hours=["Mon 09:00-12:00"]) == [
        "Mon 09:00", "Mon 10:00", "Mon 11:00",
    ]  # fmt: skip


def test_a_session_lies_in_one_stretch_of_the_hours() -> None:
    """Not over lunch, not on a closed day, not over midnight; touching windows are one stretch."""
    assert times(hours=["Mon 09:00-10:00", "Mon 10:30-11:30"]) == ["Mon 09:00", "Mon 10:30"]
    assert times(hours=["Mon,Tue 09:00-10:00"], closed=["2026-11-23"]) == ["Tue 09:00"]
    assert times(hours=["Mon 23:00-24:00", "Tue 00:00-01:00"]) == ["Mon 23:00", "Tue 00:00"]
    assert times(hours=["Mon 09:00-09:30", "Mon 09:30-10:00"]) == ["Mon 09:00"]


def test_participant_and_family_must_be_free() -> None:
    """Busy with travel until 9:40; the mother comes at ten."""
    away = [{"when": ["Mon 08:00-09:10"], "travel_minutes": 30}]
    assert times(participants=[participant(busy=away)]) == ["Mon 10:00"]
    kin = [
        {"id": "mother", "available": ["Mon 09:30-11:00"]},
        {"id": "aunt", "available": ["Mon 09:00-10:30"]},
    ]
    family = {"services": [service("family", kind="family")]}
    assert times(**family, participants=[participant("p1", need("family"), family=kin)]) == ["Mon 09:30"]
    only = [participant("p1", need("family", family=["aunt"]), family=kin)]
    assert times(**family, participants=only) == ["Mon 09:00", "Mon 09:30"]
    alone = [participant("p1", need("family", family=[]), family=kin)]
    assert len(times(**family, participants=alone)) == 3


@pytest.mark.parametrize(
    ("wish", "who"),
    [
        ({}, {"ana", "ben"}),
        ({"staff": ["ben"]}, {"ben"}),
        ({"staff": []}, set()),
        ({"not_staff": ["ben"]}, {"ana"}),
        ({"staff_tags": ["spanish"]}, {"ana"}),
        ({"staff_tags": ["spanish", "female"]}, set()),
        ({"prefer_staff": ["ben"]}, {"ana", "ben"}),
    ],
)
def test_only_staff_who_fit_may_lead(wish: Fields, who: set[str]) -> None:
    """Skill, and whom the need names, excludes, or asks tags of; a preference excludes nobody."""
    people = [staff("ana", "talk", tags=["spanish"]), staff("ben", "talk"), staff("cy", "med")]
    found = led(staff=people, participants=[participant("p1", need("talk", **wish))])
    assert set().union(*found.values()) == who


@pytest.mark.parametrize(
    ("limit", "can"),
    [
        ({"max_minutes_per_day": 60}, True),
        ({"max_minutes_per_day": 59}, False),
        ({"max_minutes_per_week": 59}, False),
        ({"max_participants": 0}, False),
        ({"max_minutes_without_break": 75}, True),
        ({"max_minutes_without_break": 74}, False),
        ({"max_minutes_without_break": 60, "break_minutes": 0}, True),
    ],
)
def test_staff_for_whom_one_session_is_too_much_are_left_out(limit: Fields, can: bool) -> None:
    """An hour's talk with a quarter of an hour's notes after it."""
    found = led(services=[service(note_minutes=15)], staff=[staff("ana", "talk", **limit)])
    assert bool(found) == can


def test_staff_lead_when_they_are_there() -> None:
    """Ana from half past nine, ben until ten; ben's notes may run into what he does after."""
    found = led(
        services=[service(note_minutes=30)],
        staff=[
            staff("ana", "talk", available=["Mon 09:30-12:00"]),
            staff("ben", "talk", available=["Mon 08:00-10:00"], busy=["Mon 10:00-11:00"]),
        ],
    )
    assert found == {"Mon 09:00": {"ben"}, "Mon 09:30": {"ana"}, "Mon 10:00": {"ana"}}


def test_rooms_that_serve() -> None:
    """The kind, the time and the seats: two for a talk; a remote session takes none at all."""
    rooms = [
        room("office", available=["Mon 09:00-10:00"]),
        room("small", 1),
        {**room("gym"), "kind": "gym"},
    ]
    options = build_options(clinic(hours=MORNING, rooms=rooms))
    assert [text(start) for start in asked(options).times] == ["Mon 09:00"]
    assert [options.facts.classes[k].rooms for k in asked(options).rooms[0].nonzero()[0]] == [("office",)]
    for remote in (
        {"participants": [participant("p1", need("talk", remote=True))]},
        {"services": [{**service(), "room_kinds": []}]},
    ):
        video = asked(build_options(clinic(hours=MORNING, rooms=rooms, **remote)))
        assert video.remote
        assert len(video.times) == 3
        assert not video.rooms.any()


def test_a_need_that_the_program_never_allows_has_no_place() -> None:
    """A day of 45 minutes holds no hour's talk, and a week of no days nothing."""
    assert len(times(programs=[program(max_minutes_per_day=60)])) == 3
    assert times(programs=[program(max_minutes_per_day=45)]) == []
    assert times(programs=[program(max_days_per_week=0)]) == []
    assert times(participants=[participant("p1", need("talk", 0))]) == []


def test_a_pin_leaves_only_what_it_allows_at_its_start() -> None:
    """At half past nine with ben in the other room; other starts are as open as before."""
    options = build_options(
        clinic(
            hours=MORNING,
            rooms=[room("office"), room("other")],
            staff=[staff("ana"), staff("ben")],
            pins=[
                {
                    "participant": "p1",
                    "service": "talk",
                    "start": "Mon 09:30",
                    "staff": ["ben"],
                    "room": "other",
                }
            ],
        )
    )
    one = asked(options)
    assert one.pinned == (570,)
    assert one.times.tolist() == [540, 570, 600]
    assert one.led.tolist() == [[True, True], [False, True], [True, True]]
    other = options.facts.class_of_room["other"]
    assert one.rooms[1].nonzero()[0].tolist() == [other]
    assert one.rooms[0].sum() == 2


def frozen(asks: Fields, *happened: object, **fields: object) -> SessionOptions:
    """Return p1's options from Tuesday on, after what happened on Monday."""
    instance = clinic(
        **{
            "hours": ["Mon-Thu 09:00-10:00"],
            "staff": [staff("ana"), staff("ben")],
            "participants": [participant("p1", asks), participant("p2")],
            **fields,
        }
    )
    return asked(build_options(instance, roster_of(instance, *happened), at("Tue 00:00")))


def test_what_has_happened_counts() -> None:
    """Of two talks one is left, from Tuesday on, with whoever led the first."""
    one = frozen(need("talk", 2), session("Mon 09:00", by="ben"))
    assert one.wanted == 1
    assert [text(start) for start in one.times] == ["Tue 09:00", "Wed 09:00", "Thu 09:00"]
    assert one.led.tolist() == [[False, True]] * 3
    assert frozen(need("talk", 2, same_staff=False), session("Mon 09:00")).led.all()
    assert frozen(need("talk", 1), session("Mon 09:00")).wanted == 0
    assert len(frozen(need("talk", 1), session("Mon 09:00")).times) == 0


def test_spacing_counts_from_what_has_happened() -> None:
    """Two days apart from Monday: not on Tuesday."""
    one = frozen(need("talk", 2, min_days_apart=2), session("Mon 09:00"))
    assert [text(start) for start in one.times] == ["Wed 09:00", "Thu 09:00"]

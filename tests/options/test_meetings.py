"""Meetings that groups could hold, and who could attend them."""

from __future__ import annotations

import pytest

from iopsched.instance.windows import DAYS
from iopsched.options import Options, build_options
from rules.tiny import (
    Fields,
    at,
    clinic,
    group,
    meeting,
    need,
    part,
    participant,
    program,
    room,
    roster_of,
    service,
    staff,
)  # fmt: skip

JOINS = participant("p1", need("class"))


def options_of(**fields: object) -> Options:
    """Return the options of a clinic in which p1 needs a class of an hour."""
    return build_options(clinic(**{"groups": [group()], "participants": [JOINS], **fields}))


def starts(options: Options) -> list[str]:
    """Return where meetings could begin."""
    return [
        f"{DAYS[one.start // 1440]} {one.time_of_day // 60:02d}:{one.time_of_day % 60:02d}"
        for one in options.meetings
    ]


def test_starts_that_cannot_be_are_never_used() -> None:
    """Off the grid, outside the hours, over their end, on a closed day: no error, and no option."""
    named = ["Mon 09:00", "Mon 09:10", "Mon 07:00", "Mon 19:15", "Tue 10:00", "Wed 10:15", "Sat 09:00"]
    options = options_of(groups=[group(starts=named)], closed=["2026-11-24"])
    assert starts(options) == ["Mon 09:00", "Wed 10:15"]


def test_each_part_has_its_minutes_and_whoever_could_lead_it() -> None:
    """Half an hour of x and then an hour of y: ana is away for x, cy has the wrong skill for y."""
    block = service("class", 90, kind="group", agenda=[part(30, "x"), part(60, "y", 2)])
    options = options_of(
        services=[block],
        staff=[
            staff("ana", "x y", busy=["Mon 09:00-09:30"]),
            staff("ben", "x y"),
            staff("cy", "x"),
        ],
    )
    (one,) = options.meetings
    assert [(p.start, p.end, p.leaders, p.staff) for p in one.parts] == [
        (540, 570, 1, (1, 2)),
        (570, 630, 2, (0, 1)),
    ]
    assert (one.end, one.most_leaders, one.day) == (630, 2, 0)


def test_a_part_that_too_few_could_lead_makes_no_meeting() -> None:
    """Two leaders are asked for and one is there; not even half of them."""
    block = service("class", kind="group", agenda=[part(60, "x", 2)])
    assert starts(options_of(services=[block], staff=[staff("ana", "x"), staff("ben", "x")])) == ["Mon 09:00"]
    assert starts(options_of(services=[block], staff=[staff("ana", "x"), staff("ben", "y")])) == []


@pytest.mark.parametrize(
    ("limits", "rooms"),
    [
        ({}, {"office", "other"}),
        ({"rooms": ["other"]}, {"other"}),
        ({"rooms": []}, set()),
        ({"min_size": 3, "max_size": 8}, {"office"}),
        ({"min_size": 2, "max_size": 8}, {"office", "other"}),
    ],
)
def test_rooms_that_serve(limits: Fields, rooms: set[str]) -> None:
    """The group's own, and large enough for the leader and the least number of members."""
    options = options_of(rooms=[room("office"), room("other", 3)], groups=[{**group(), **limits}])
    classes = options.facts.classes
    found = {name for one in options.meetings for k in one.rooms for name in classes[k].rooms}
    assert found == rooms
    assert bool(options.meetings) == bool(rooms)


def test_a_remote_meeting_needs_no_room() -> None:
    """A service without kinds of room."""
    remote = {**service("class", kind="group"), "room_kinds": []}
    (one,) = options_of(services=[remote], rooms=[]).meetings
    assert one.remote
    assert one.rooms == ()


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (JOINS, True),
        (participant("p1", need("class", groups=["g"])), True),
        (participant("p1", need("class", groups=["h"])), False),
        (participant("p1", need("class", groups=[])), False),
        (participant("p1", need("class"), available=["Mon 09:30-12:00"]), False),
        (participant("p1", need("class"), busy=[{"when": ["Mon 08:00-08:30"], "travel_minutes": 31}]), False),
        (participant("p1", need("class", not_staff=["ana"])), False),
        (participant("p1", need("class", not_staff=["ben"])), True),
        (participant("p1", need("class", 0)), False),
    ],
)  # fmt: skip
def test_who_could_attend(person: Fields, may: bool) -> None:
    """Whoever may be in the group, is free, and does not avoid the only leader there is."""
    options = options_of(
        groups=[group("g"), group("h", starts=["Sun 09:00"])],
        staff=[staff("ana"), staff("ben", "talk")],
        participants=[person],
    )
    assert starts(options) == ["Mon 09:00"]
    assert bool(options.attendances[0].meetings) == may
    assert options.attendable_by[0] == ((0,) if may else ())


def test_members_have_all_the_tags_that_a_group_is_open_to() -> None:
    """Open to adult women: of three only one is both."""
    tags: list[list[str]] = [["adult"], ["adult", "women", "evening"], ["women"]]
    people = [participant(f"p{k}", need("class"), tags=some) for k, some in enumerate(tags)]
    options = options_of(groups=[group(open_to=["adult", "women"])], participants=people)
    assert [bool(one.meetings) for one in options.attendances] == [False, True, False]


def test_who_is_avoided_may_be_left_out_part_by_part() -> None:
    """Ana or ben leads x; whoever avoids ana may come, whoever avoids both may not."""
    options = options_of(
        staff=[staff("ana"), staff("ben")],
        participants=[
            participant("p1", need("class", not_staff=["ana"])),
            participant("p2", need("class", not_staff=["ana", "ben"])),
        ],
    )
    assert [bool(one.meetings) for one in options.attendances] == [True, False]


def test_a_day_too_short_for_the_meeting_has_none() -> None:
    """Whoever may have an hour a day can come, with less nobody."""
    for minutes, may in ((60, True), (59, False)):
        options = options_of(programs=[program(max_minutes_per_day=minutes)])
        assert bool(options.attendances[0].meetings) == may


def test_pins_say_who_where_and_whose() -> None:
    """On Monday ben in the other room; p1's attendance on Tuesday; Wednesday is open."""
    options = options_of(
        groups=[group(starts=["Mon,Tue,Wed 09:00"], meetings=3)],
        rooms=[room("office"), room("other")],
        staff=[staff("ana"), staff("ben")],
        participants=[participant("p1", need("class", 2)), participant("p2", need("class", 2))],
        pins=[
            {"group": "g", "start": "Mon 09:00", "staff": ["ben"], "room": "other"},
            {"group": "g", "participant": "p1", "start": "Tue 09:00"},
        ],
    )
    monday, tuesday, wednesday = options.meetings
    assert monday.pin is not None
    assert (monday.parts[0].staff, monday.rooms) == ((1,), (options.facts.class_of_room["other"],))
    assert tuesday.pin is wednesday.pin is None
    assert tuesday.parts[0].staff == wednesday.parts[0].staff == (0, 1)
    assert [one.pinned for one in options.attendances] == [(1,), ()]


def test_what_has_happened_leaves_less_open() -> None:
    """After Monday's meeting at nine: one more, not on Monday, at nine; and p1 only in this group."""
    week: Fields = {
        "staff": [staff("ana"), staff("ben")],
        "participants": [
            participant("p1", need("class", 2, min_days_apart=2)),
            participant("p2", need("class")),
        ],
    }
    times, other = ["Mon,Tue,Wed 09:00", "Tue 10:00"], group("h", starts=["Wed 11:00"])
    instance = clinic(**week, groups=[group("g", starts=times, meetings=2), other])
    baseline = roster_of(instance, meeting("Mon 09:00", "p1"))
    options = build_options(instance, baseline, at("Mon 12:00"))
    assert starts(options) == ["Tue 09:00", "Wed 09:00", "Wed 11:00"]
    assert [one.wanted for one in options.attendances] == [1, 1]
    assert [one.meetings for one in options.attendances] == [(1,), (0, 1, 2)]
    once = clinic(**week, groups=[group("g", starts=times, meetings=1), other])
    assert starts(build_options(once, baseline, at("Mon 12:00"))) == ["Wed 11:00"]

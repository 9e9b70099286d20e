"""Groups whose members are known beforehand get a timetable in which everybody can attend everything."""

from __future__ import annotations

import pytest

from iopsched.generate import generate
from iopsched.options import Options, Plan, build_options
from iopsched.solve.classes import closed_groups, hold_classes, seat_classes
from iopsched.solve.construct import construct
from iopsched.solve.timetable import timetable
from iopsched.weeks.batches import covers
from rules.tiny import clinic, group, need, participant, room, service, staff
from solve.judged import broken_rules
from solve.searches import edited, engine, search_of


def held(options: Options) -> list[int]:
    """Return the starts of what is held, all that is known beforehand."""
    found = hold_classes(options, Plan(), closed_groups(options, Plan()), engine(), 5.0)
    return sorted(options.meetings[option].start for option in found)


def test_a_school_is_taught_in_full() -> None:
    """The construction alone places every session of a school, and breaks no rule."""
    search = search_of(generate(60, 2, "school"))
    asked = sum(one.wanted for one in search.options.attendances)
    assert asked == 60 * 24
    construct(search, 10.0)
    assert search.best.score.unmet == 0
    assert broken_rules(search.options, search.best.plan) == set()


@pytest.mark.parametrize(
    "needs",
    [
        [need("class")],
        [need("class", groups=["g", "h"])],
        [need("class", groups=["g"]), need()],
    ],
    ids=["anybody", "either of two", "known"],
)
def test_only_groups_that_are_named_alone_have_known_members(needs: list[dict[str, object]]) -> None:
    """Whoever may choose among groups, or names none, is no known member of any."""
    groups = [group("g"), group("h", ["Tue 09:00"])]
    options = build_options(clinic(groups=groups, participants=[participant("p", *needs)]))
    named = needs[0].get("groups") == ["g"]
    assert closed_groups(options, Plan()) == ({0: (0,)} if named else {})


@pytest.mark.parametrize(
    ("size", "fields", "apart"),
    [
        (1, {}, False),
        (8, {"min_days_apart": 2}, False),
        (8, {"after": "talk"}, False),
        (8, {}, True),
    ],
    ids=["too few seats", "spaced", "waits", "apart"],
)
def test_members_who_could_not_all_come_are_left_to_choose(
    size: int, fields: dict[str, object], apart: bool
) -> None:
    """A group is left to the other stages if seats, spacing, order or ``apart_from`` part its members."""
    plain = [participant(k, need(), need("class", groups=["g"])) for k in ("p", "q")]
    usual = build_options(clinic(groups=[group()], participants=plain))
    assert closed_groups(usual, Plan()) == {0: (0, 1)}
    people = [participant(k, need(), need("class", groups=["g"], **fields)) for k in ("p", "q")]
    if apart:
        people[0]["apart_from"] = ["q"]
    options = build_options(clinic(groups=[group(max_size=size)], participants=people))
    assert closed_groups(options, Plan()) == {}


MORNING = ("Mon 09:00", "Mon 10:00")


@pytest.mark.parametrize(
    ("members", "teachers", "rooms", "taught_at_once"),
    [
        (("p", "p"), 2, 2, False),
        (("p", "q"), 1, 2, False),
        (("p", "q"), 2, 1, False),
        (("p", "q"), 2, 2, True),
    ],
    ids=["member", "leader", "room", "free"],
)
def test_meetings_share_no_member_leader_or_room(
    members: tuple[str, str], teachers: int, rooms: int, taught_at_once: bool
) -> None:
    """Of two groups with one start each, the same, one is held unless everything is there twice."""
    people: dict[str, list[dict[str, object]]] = {}
    for who, which in zip(members, "ab", strict=True):
        people.setdefault(who, []).append(need(which, groups=[which]))
    instance = clinic(
        services=[service("a", kind="group"), service("b", kind="group")],
        groups=[group("a", MORNING[:1], service="a"), group("b", MORNING[:1], service="b")],
        rooms=[room(f"R{k}") for k in range(rooms)],
        staff=[staff(f"T{k}", "a b") for k in range(teachers)],
        participants=[participant(who, *needs) for who, needs in people.items()],
    )
    assert len(held(build_options(instance))) == 1 + taught_at_once


def test_who_is_in_the_way_moves() -> None:
    """Three groups of one leader with few starts find the only timetable there is."""
    names = "abc"
    starts = (MORNING, MORNING, ("Mon 09:00", "Mon 11:00"))
    instance = clinic(
        services=[service("class", kind="group")],
        groups=[group(name, found) for name, found in zip(names, starts, strict=True)],
        participants=[participant(f"p{name}", need("class", groups=[name])) for name in names],
    )
    assert held(build_options(instance)) == [540, 600, 660]


@pytest.mark.parametrize(("rooms", "leaders"), [(1, 2), (2, 1)], ids=["room", "leader"])
def test_what_stands_is_not_touched(rooms: int, leaders: int) -> None:
    """A pinned talk takes its leader and its room; the class is held at the other start."""
    others = {
        "participants": [participant("p"), participant("q", need("class", groups=["g"]))],
        "rooms": [room(f"R{k}") for k in range(rooms)],
        "staff": [staff(f"T{k}") for k in range(leaders)],
    }
    pin = {"participant": "p", "service": "talk", "start": "Mon 09:00"}
    free = clinic(groups=[group(starts=MORNING[:1])], **others)
    assert held(build_options(free)) == [540]
    search = search_of(clinic(groups=[group(starts=MORNING)], pins=[pin], **others))
    options, plan = search.options, search.best.plan
    assert plan.placements
    found = hold_classes(options, plan, closed_groups(options, plan), search.engine, 5.0)
    assert [options.meetings[option].start for option in found] == [600]


def test_whoever_is_elsewhere_is_not_seated() -> None:
    """A member whose pinned talk is at the time of the class misses it; the other attends."""
    people = [
        participant("p", need(), need("class", groups=["g"])),
        participant("q", need("class", groups=["g"])),
    ]
    pin = {"participant": "p", "service": "talk", "start": "Mon 09:00"}
    for pins, attending in (([], {0, 1}), ([pin], {1})):
        search = search_of(
            clinic(
                groups=[group()],
                participants=people,
                pins=pins,
                staff=[staff("ana"), staff("bob")],
                rooms=[room("A"), room("B")],
            )
        )
        made = timetable(search.options, search.best.plan, search.engine, 5.0)
        (meeting,) = made.plan.meetings.values()
        assert {search.options.attendances[k].participant for k in meeting.members} == attending


def test_meetings_are_where_members_wait_least() -> None:
    """With nobody in the way, two classes of one member are held one after the other."""
    starts = ["Mon 09:00", "Mon 12:00", "Tue 09:00", "Tue 10:00"]
    instance = clinic(
        services=[service("a", kind="group"), service("b", kind="group")],
        groups=[group("a", starts, service="a"), group("b", starts, service="b")],
        staff=[staff("T", "a b")],
        participants=[participant("p", need("a", groups=["a"]), need("b", groups=["b"]))],
    )
    assert held(build_options(instance)) == [1440 + 540, 1440 + 600]


def test_a_group_keeps_its_time_of_day_and_its_days() -> None:
    """Two meetings of a group are on two days; with ``same_start`` at one time of day."""
    starts = ["Mon 09:00", "Mon 11:00", "Tue 11:00", "Wed 10:00"]
    people = [participant("p", need("class", 2, groups=["g"]))]
    for same, expected in ((True, [660, 1440 + 660]), (False, None)):
        described = group(starts=starts, meetings=2, same_start=same)
        found = held(build_options(clinic(groups=[described], participants=people)))
        assert len(found) == len({start // 1440 for start in found}) == 2
        assert expected is None or found == expected


def test_nobody_attends_more_than_the_program_allows() -> None:
    """Members are seated only as long as their day is not full; a meeting without members is cancelled."""
    people = [participant("p", need("class", groups=["g"]), need("other", groups=["h"]))]
    usual = {
        "services": [service("class", kind="group"), service("other", kind="group")],
        "groups": [group("g", MORNING[:1]), group("h", MORNING[1:], service="other")],
        "staff": [staff("T", "class other")],
        "participants": people,
    }
    for longest, count in ((None, 2), (60, 1)):
        limits = {} if longest is None else {"max_minutes_per_day": longest}
        search = search_of(clinic(**usual, programs=[{"id": "iop", **limits}]))
        made = timetable(search.options, search.best.plan, search.engine, 5.0)
        assert len(made.plan.meetings) == count
        assert broken_rules(search.options, made.plan) == set()


def test_whoever_refuses_the_leader_stays_away() -> None:
    """A member is not seated with staff they refuse; the others are."""
    people = [
        participant("p", need("class", groups=["g"], not_staff=["ana"])),
        participant("q", need("class", groups=["g"])),
    ]
    instance = clinic(
        groups=[group()],
        participants=people,
        staff=[staff("ana"), staff("bob", available=["Tue 09:00-10:00"])],
    )
    search = search_of(instance)
    options = search.options
    made = timetable(options, search.best.plan, search.engine, 5.0)
    (meeting,) = made.plan.meetings.values()
    assert [options.attendances[k].participant for k in meeting.members] == [1]
    assert seat_classes(options, made.plan, closed_groups(options, Plan())) == made.plan


def test_a_meeting_without_any_start_is_left_out() -> None:
    """A group that should meet twice, but could on one day only, meets once."""
    people = [participant("p", need("class", 2, groups=["g"]))]
    assert held(build_options(clinic(groups=[group(meetings=2)], participants=people))) == [540]


def many_subjects(count: int) -> Options:
    """Return options of four pupils who need so many subjects, each given by two groups of two."""
    subjects = [f"s{k}" for k in range(count)]
    starts = [f"{day} {hour:02d}:00" for day in ("Mon", "Tue") for hour in range(8, 14)]
    instance = clinic(
        services=[service(one, kind="group") for one in subjects],
        groups=[group(one + way, starts, service=one, max_size=2) for one in subjects for way in "xy"],
        rooms=[room("A"), room("B")],
        staff=[staff("T", " ".join(subjects)), staff("U", " ".join(subjects))],
        participants=[participant(name, *map(need, subjects)) for name in "pqrs"],
    )
    return build_options(instance)


def test_whose_weeks_are_too_full_to_work_out_are_told_where_to_go() -> None:
    """Whoever has many group needs and a choice is sent to groups with seats, the same people to each."""
    few, many = many_subjects(3), many_subjects(9)
    assert covers(few, 0)
    assert not covers(many, 0)
    assert closed_groups(few, Plan()) == {}
    members = closed_groups(many, Plan())
    assert sorted(need for needs in members.values() for need in needs) == list(range(36))
    companies = {
        frozenset(many.attendances[need].participant for need in needs) for needs in members.values()
    }
    assert companies == {frozenset({0, 1}), frozenset({2, 3})}
    assert len(hold_classes(many, Plan(), members, engine(), 5.0)) == len(many.instance.groups)


def test_whoever_is_told_where_to_go_meets_nobody_they_are_apart_from() -> None:
    """Two who are apart are sent to different groups."""
    together = many_subjects(9)
    usual = closed_groups(together, Plan())
    assert any({0, 9} <= set(needs) for needs in usual.values())
    first, *others = together.instance.participants
    apart = edited(together.instance, participants=(first.model_copy(update={"apart_from": ("q",)}), *others))
    members = closed_groups(build_options(apart), Plan())
    assert members
    assert not any({0, 9} <= set(needs) for needs in members.values())

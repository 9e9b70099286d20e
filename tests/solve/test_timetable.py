"""Groups meet where they suit most, within staff, rooms and seats, and stand where they are pinned."""

from __future__ import annotations

import pytest

from iopsched.generate import generate
from iopsched.instance.models import Instance
from iopsched.instance.windows import DAYS
from iopsched.solve.clock import Clock
from iopsched.solve.construct import settle
from iopsched.solve.control import Stop
from iopsched.solve.engine import Engine
from iopsched.solve.search import Search
from iopsched.solve.timetable import Timetable, timetable
from rules.tiny import clinic, group, need, part, participant, room, service, staff
from solve.judged import broken_rules
from solve.searches import CLINICS, search_of

NOT_YET = {"group-size"}
"""Nobody is in the meetings yet."""


def made_for(instance: Instance) -> tuple[Search, Timetable]:
    """Return a search that holds what is pinned, and the timetable made around it."""
    search = search_of(instance)
    return search, timetable(search.options, search.best.plan, search.engine, 5.0)


def meetings(search: Search, made: Timetable) -> list[tuple[str, str]]:
    """Return groups and starts of the meetings that run, in order."""
    options = search.options
    found = [options.meetings[k] for k in made.plan.meetings]
    return sorted(
        (
            options.instance.groups[one.group].id,
            f"{DAYS[one.day]} {one.time_of_day // 60:02d}:{one.time_of_day % 60:02d}",
        )
        for one in found
    )


def classes(count: int, *windows: str, sessions: int = 1) -> list[dict[str, object]]:
    """Return participants who need a class, so many for each of some windows."""
    return [
        participant(f"p{len(windows) * k + j}", need("class", sessions), available=[window])
        for k in range(count)
        for j, window in enumerate(windows)
    ]


@pytest.mark.parametrize("names", [*CLINICS, ("holiday", 12, 2), ("rich", 14, 5)], ids=lambda names: names[0])
def test_what_meets_breaks_no_rule_but_that_it_is_empty(names: tuple[str, int, int]) -> None:
    """Leaders, rooms, days and pins of generated clinics; and there are meetings, offered to somebody."""
    profile, participants, seed = names
    search, made = made_for(generate(participants, seed, profile))
    assert made.plan.meetings
    assert broken_rules(search.options, made.plan) <= NOT_YET
    assert all(meant <= made.plan.meetings.keys() for meant in made.offered.values())
    assert any(made.offered.values())
    assert made.plan.placements == search.best.plan.placements
    for asked, before in search.best.plan.attended().items():
        assert set(search.options.attendances[asked].pinned) <= set(before)
        assert set(search.options.attendances[asked].pinned) <= set(made.plan.attended().get(asked, ()))


def test_a_group_meets_when_those_who_need_it_can_come() -> None:
    """Three can come on Tuesdays, one on Mondays; the one group meets on Tuesday."""
    people = [*classes(3, "Tue 09:00-12:00"), participant("q", need("class"), available=["Mon 09:00-12:00"])]
    instance = clinic(groups=[group(starts=["Mon,Tue 09:00"])], participants=people)
    search, made = made_for(instance)
    assert meetings(search, made) == [("g", "Tue 09:00")]
    assert sorted(made.offered) == [0, 1, 2]


def test_a_week_suits_whose_other_sessions_are_near() -> None:
    """p1's talk can only be on Thursday: there the class costs no day more."""
    instance = clinic(
        staff=[staff("ana", "class"), staff("ben", "talk", available=["Thu 10:00-11:00"])],
        groups=[group(starts=["Mon-Fri 09:00"])],
        participants=[participant("p1", need("talk"), need("class"))],
    )
    search, made = made_for(instance)
    assert meetings(search, made) == [("g", "Thu 09:00")]


def test_services_with_other_people_are_located_together() -> None:
    """Three would rather have their class on Monday, but then nobody could lead the one that teens need."""
    instance = clinic(
        services=[service("class", kind="group"), service("teens", kind="group")],
        staff=[staff("ana", "class teens")],
        groups=[group("g", starts=["Mon,Tue 09:00"]), group("h", service="teens", starts=["Mon 09:00"])],
        rooms=[room("one"), room("two")],
        participants=[
            *(participant(f"p{k}", need("class"), prefers=["Mon 09:00-10:00"]) for k in range(3)),
            *(participant(f"t{k}", need("teens")) for k in range(2)),
        ],
    )
    search, made = made_for(instance)
    assert meetings(search, made) == [("g", "Tue 09:00"), ("h", "Mon 09:00")]


def test_seats_are_counted() -> None:
    """Of five who can come at one time, two groups of two are offered to four at most, in all their seats."""
    instance = clinic(
        groups=[group("g", max_size=2), group("h", max_size=2)],
        staff=[staff("ana"), staff("ben")],
        rooms=[room("one"), room("two")],
        participants=classes(5, "Mon 09:00-10:00"),
    )
    _search, made = made_for(instance)
    assert len(made.plan.meetings) == 2
    assert 2 <= len(made.offered) <= 4


def test_groups_no_more_than_there_are_leaders_at_a_time() -> None:
    """Two groups, both wanted at nine on Monday, and one who could lead: the other meets on Tuesday."""
    instance = clinic(
        groups=[group(name, starts=["Mon,Tue 09:00"], max_size=3) for name in ("g", "h")],
        rooms=[room("one"), room("two")],
        participants=[participant(f"p{k}", need("class"), prefers=["Mon 09:00-10:00"]) for k in range(5)],
    )
    search, made = made_for(instance)
    assert sorted(start for _, start in meetings(search, made)) == ["Mon 09:00", "Tue 09:00"]
    assert broken_rules(search.options, made.plan) <= NOT_YET


def test_an_agenda_s_parts_draw_on_those_who_have_the_skill() -> None:
    """A part takes two of three; two groups at a time would take four."""
    agenda = [part(30, "class", 2), part(30, "talk")]
    instance = clinic(
        services=[service(), service("class", kind="group", agenda=agenda)],
        groups=[group(name, starts=["Mon 09:00", "Mon 11:00"], max_size=3) for name in ("g", "h")],
        staff=[staff(name) for name in ("ana", "ben", "cy")],
        rooms=[room("one"), room("two")],
        participants=[participant(f"p{k}", need("class"), prefers=["Mon 09:00-10:00"]) for k in range(5)],
    )
    search, made = made_for(instance)
    assert sorted(start for _, start in meetings(search, made)) == ["Mon 09:00", "Mon 11:00"]
    assert broken_rules(search.options, made.plan) <= NOT_YET


def test_groups_no_more_than_there_are_rooms_at_a_time() -> None:
    """Two could lead, but there is one room."""
    instance = clinic(
        groups=[group(name, starts=["Mon,Tue 09:00"], max_size=3) for name in ("g", "h")],
        staff=[staff("ana"), staff("ben")],
        participants=[participant(f"p{k}", need("class"), prefers=["Mon 09:00-10:00"]) for k in range(5)],
    )
    search, made = made_for(instance)
    assert sorted(start for _, start in meetings(search, made)) == ["Mon 09:00", "Tue 09:00"]


def test_a_pinned_meeting_stays_though_another_time_suits_better() -> None:
    """Everybody can come on Tuesday, one on Monday too, where it is pinned, with ben in the second room."""
    pin = {"group": "g", "start": "Mon 09:00", "staff": ["ben"], "room": "two"}
    instance = clinic(
        groups=[group(starts=["Mon,Tue 09:00"], min_size=1)],
        staff=[staff("ana"), staff("ben")],
        rooms=[room("one"), room("two")],
        participants=[*classes(3, "Tue 09:00-12:00"), participant("q", need("class"))],
        pins=[pin],
    )
    search, made = made_for(instance)
    assert meetings(search, made) == [("g", "Mon 09:00")]
    (meeting,) = made.plan.meetings.values()
    assert meeting.leaders == ((1,),)
    assert broken_rules(search.options, made.plan) <= NOT_YET


def test_a_pinned_attendance_stays_with_those_without_whom_it_could_not_run() -> None:
    """p1 is pinned into a meeting that takes three; it keeps three, or stays out of the timetable's hands."""
    instance = clinic(
        groups=[group(starts=["Mon,Tue 09:00"], min_size=3)],
        participants=[participant(f"p{k}", need("class")) for k in range(4)],
        pins=[{"participant": "p1", "group": "g", "start": "Tue 09:00"}],
    )
    search, made = made_for(instance)
    assert meetings(search, made) == [("g", "Tue 09:00")]
    assert 1 in next(iter(made.plan.meetings.values())).members


def test_groups_that_nobody_needs_do_not_meet() -> None:
    """Not the one for another service, the one for others, nor the second of two where one is enough."""
    services = [service(), service("class", kind="group"), service("yoga", kind="group")]
    instance = clinic(
        services=services,
        staff=[staff("ana", "class yoga"), staff("ben", "class yoga")],
        rooms=[room("one"), room("two"), room("three")],
        groups=[
            group("g"),
            group("h"),
            group("women", open_to=["women"]),
            group("y", service="yoga", starts=["Mon 11:00"]),
        ],
        participants=classes(2, "Mon 09:00-12:00"),
    )
    search, made = made_for(instance)
    assert len(search.options.meetings) == 4
    assert meetings(search, made) == [("g", "Mon 09:00")]


def test_services_are_decided_beside_each_other() -> None:
    """ana leads both classes: the longer takes her at nine, the other has the next hour."""
    services = [service("class", 120, kind="group"), service("yoga", kind="group"), service()]
    instance = clinic(
        services=services,
        staff=[staff("ana", "class yoga")],
        groups=[
            group("g", starts=["Mon 09:00"]),
            group("y", service="yoga", starts=["Mon 10:00", "Mon 11:00"]),
        ],
        participants=[
            participant("p1", need("class")),
            participant("p2", need("yoga"), prefers=["Mon 10:00-11:00"]),
        ],
    )
    search, made = made_for(instance)
    assert meetings(search, made) == [("g", "Mon 09:00"), ("y", "Mon 11:00")]


@pytest.mark.parametrize(
    "nothing",
    [
        {"groups": [], "participants": [participant("p1", need("class"))]},
        {"groups": []},
        {"groups": [group()], "participants": []},
        {"groups": [group()], "participants": [participant("p1", need("class", 0))]},
        {"groups": [group(meetings=0)], "participants": [participant("p1", need("class"))]},
        {"groups": [group(starts=[])], "participants": [participant("p1", need("class"))]},
        {
            "groups": [group()],
            "staff": [staff(skills="talk")],
            "participants": [participant("p1", need("class"))],
        },
        {"groups": [group()], "hours": [], "participants": [participant("p1", need("class"))]},
        {"groups": [group(starts=["Tue 09:00"])], "participants": classes(2, "Mon 09:00-12:00")},
    ],
)
def test_where_nothing_can_meet_nothing_does(nothing: dict[str, object]) -> None:
    """No groups, participants, needs, meetings, starts, skill or hours; nobody who could come."""
    _search, made = made_for(clinic(**nothing))
    assert not made.plan.meetings
    assert not any(made.offered.values())


def test_stopped_before_it_began_it_leaves_the_plan_as_it_is() -> None:
    """Nothing is decided; what is pinned stands."""
    pin = {"group": "g", "start": "Mon 09:00"}
    search = search_of(clinic(groups=[group()], participants=classes(2, "Mon 09:00-12:00"), pins=[pin]))
    stop = Stop()
    stop.request()
    engine = Engine(Clock(5.0, deterministic=True), stop, workers=1, seed=0)
    made = timetable(search.options, search.best.plan, engine, 5.0)
    assert made.plan == search.best.plan
    assert made.plan.meetings
    assert made.offered == {}


def test_whoever_fills_a_pinned_attendance_s_meeting_stays_in_it() -> None:
    """The meeting that p1 is pinned into takes three, and has them before and after."""
    starts = ["Mon 10:00", "Tue 09:00"]
    instance = clinic(
        groups=[group(starts=starts, min_size=3), group("h", starts=starts, max_size=3)],
        staff=[staff(), staff("ben")],
        rooms=[room("one"), room("two")],
        participants=[
            participant(f"p{k}", need("class"), available=["Mon 09:00-12:00", "Tue 09:00-10:00"])
            for k in range(5)
        ],
        pins=[{"participant": "p1", "group": "g", "start": "Tue 09:00"}],
    )
    search, made = made_for(instance)
    before = search.best.plan.meetings
    assert [len(meeting.members) for meeting in before.values()] == [3]
    (kept,) = before
    assert made.plan.meetings[kept].members == before[kept].members
    settle(search, made)
    assert broken_rules(search.options, search.best.plan) == set()
    assert search.best.unmet == 0

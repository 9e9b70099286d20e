"""No roster takes more of anything than there is of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.model.standing import leads_of_meeting
from iopsched.options import Options, Plan, build_options
from iopsched.solve.search import Search
from iopsched.weeks.resources import Resources, Vector
from rules.tiny import clinic, group, need, part, participant, room, service, staff
from solve.searches import CLINICS, constructed, proved
from weeks.optima import SEEDS, optimum, staged_optimum

STAGED = range(8)


def searches() -> Iterator[Search]:
    """Yield generated clinics with a plan, and scarce ones at their optimum."""
    yield from (constructed(*names) for names in CLINICS)
    yield from (optimum(seed) for seed in SEEDS)
    yield from (staged_optimum(seed) for seed in STAGED)
    both = [participant("p1"), participant("p2")]
    yield proved(clinic(staff=[staff(max_minutes_per_week=60)], participants=both))


def taken(resources: Resources, plan: Plan) -> Vector:
    """Return what a plan takes of each resource: the staff by whoever could lead, moment by moment."""
    found = np.zeros(len(resources.capacity))
    options = resources.options
    for need_index, placements in plan.placements.items():
        asked = options.sessions[need_index]
        able = np.flatnonzero(asked.led.any(axis=0)).tolist()
        for placed in placements:
            end = placed.start + asked.minutes
            _lead(resources, found, able, placed.start, end, end + asked.note)
            if not asked.remote:
                _use(resources, found, asked.service.room_kinds, placed.start, end)
    for option, meeting in plan.meetings.items():
        described = options.meetings[option]
        able_at = {
            (p.start, k): p.staff
            for p, who in zip(described.parts, meeting.leaders, strict=True)
            for k in who
        }
        for lead in leads_of_meeting(described, meeting):
            able = list(able_at[lead.start, lead.staff])
            _lead(resources, found, able, lead.start, lead.end, lead.occupied_until)
        if not described.remote:
            kinds = {options.facts.classes[k].kind for k in described.rooms}
            _use(resources, found, kinds, described.start, described.end)
    return found


def _moments(resources: Resources, begin: int, end: int) -> list[int]:
    """Return the moments, counted over the week, at which something from begin to end is under way."""
    clock, day = resources.clock, begin // MINUTES_PER_DAY
    return [
        day * clock.slots + t
        for t in range(clock.slots)
        if begin <= day * MINUTES_PER_DAY + clock.first + t * clock.slot < end
    ]


def _lead(resources: Resources, found: Vector, able: list[int], begin: int, end: int, until: int) -> None:
    moments = 7 * resources.clock.slots
    for pool in resources.pools_of(able):
        for moment in _moments(resources, begin, until):
            found[pool * moments + moment] += 1
        found[resources.edges[1] + pool * 7 + begin // MINUTES_PER_DAY] += end - begin
        found[resources.edges[2] + pool] += end - begin


def _use(resources: Resources, found: Vector, kinds: object, begin: int, end: int) -> None:
    for pool in resources.rooms_of(kinds):  # type: ignore[arg-type]
        for moment in _moments(resources, begin, end):
            found[resources.edges[3] + pool * 7 * resources.clock.slots + moment] += 1


def test_no_plan_takes_more_than_there_is() -> None:
    """Of staff, their minutes and rooms; and of each of these some plan takes all that there is."""
    full = [False] * 4
    for search in searches():
        resources = Resources(search.options)
        asked = taken(resources, search.best.plan)
        assert asked.any() or not search.best.plan.placements
        assert (asked <= resources.capacity).all()
        at_limit = (asked == resources.capacity) & (asked > 0)
        edges = resources.edges
        full = [full[k] or bool(at_limit[edges[k] : edges[k + 1]].any()) for k in range(4)]
    assert full == [True] * 4


def test_a_meeting_takes_no_less_than_is_counted_for_it() -> None:
    """Whoever leads it, with notes or without; and what is counted is not nothing."""
    counted_in_all = 0
    for search in searches():
        resources = Resources(search.options)
        for option, meeting in search.best.plan.meetings.items():
            counted = np.zeros(len(resources.capacity))
            for resource, amount in resources.taken_by[option]:
                counted[resource] += amount
            assert (counted <= taken(resources, Plan({}, {option: meeting}))).all()
            counted_in_all += int(counted.sum())
    assert counted_in_all > 0


def block_clinic() -> Options:
    """Return the options of a clinic whose block takes two leaders for half an hour, then one for an hour."""
    agenda = [part(30, "process", 2), part(60, "skills", 1)]
    return build_options(
        clinic(
            hours=["Mon 09:00-12:00"],
            services=[
                service(note_minutes=20),
                service("class", 90, kind="group", agenda=agenda, note_minutes=10),
            ],
            staff=[staff("ana", "talk process skills"), staff("ben", "talk process")],
            rooms=[room("large", 7), room("small", 3)],
            groups=[group(starts=["Mon 09:00"], max_size=8)],
            participants=[participant("p1", need(), need("class"))],
        )
    )


def test_an_agenda_takes_each_part_s_leaders_while_it_lasts() -> None:
    """Both until half past nine, then ana who alone has the skill; a room for an hour and a half."""
    resources = Resources(block_clinic())
    assert resources.pools == [frozenset({0}), frozenset({0, 1})]
    moments = 7 * resources.clock.slots
    amount = dict.fromkeys(range(len(resources.capacity)), 0)
    for resource, much in resources.taken_by[0]:
        amount[resource] += much
    # Fifteen-minute moments from nine on; ten minutes of notes reach over the one that follows the end.
    assert [amount[moments + t] for t in range(8)] == [2, 2, 1, 1, 1, 1, 1, 0]
    assert [amount[t] for t in range(8)] == [0, 0, 1, 1, 1, 1, 1, 0]
    assert [amount[resources.edges[1] + 7 * pool] for pool in (0, 1)] == [60, 120]
    assert [amount[resources.edges[2] + pool] for pool in (0, 1)] == [60, 120]
    assert [amount[resources.edges[3] + t] for t in range(7)] == [1] * 6 + [0]


def test_a_meeting_seats_what_its_largest_room_leaves_beside_the_leaders() -> None:
    """Of eight seats five in a room for seven, where two lead."""
    options = block_clinic()
    assert options.instance.groups[0].max_size == 8
    assert Resources(options).seats(options.meetings[0]) == 5


def test_notes_are_written_after_work_too() -> None:
    """Whoever works until ten counts as there for the notes after it, and an hour later no longer."""
    options = build_options(
        clinic(
            hours=["Mon 09:00-12:00"],
            services=[service(note_minutes=20)],
            staff=[staff("ana", "talk", available=["Mon 09:00-10:00"])],
        )
    )
    resources = Resources(options)
    assert options.sessions[0].times.tolist() == [9 * 60]
    there = resources.capacity[: resources.clock.slots].tolist()
    assert there[:6] == [1, 1, 1, 1, 1, 1]
    assert set(there[6:]) == {0}


@pytest.mark.parametrize("limit", ["max_minutes_per_day", "max_minutes_per_week"])
def test_minutes_are_limited_by_presence_and_by_what_the_clinic_says(limit: str) -> None:
    """Three hours there on two days; an hour and a half a day, or a week, is less."""
    there = {"available": ["Mon,Tue 09:00-12:00"], "busy": ["Tue 10:00-11:00"]}
    plain, limited = (
        Resources(build_options(clinic(staff=[staff("ana", "talk", **there, **more)])))
        for more in ({}, {limit: 90})
    )
    days, week = slice(plain.edges[1], plain.edges[1] + 2), plain.edges[2]
    assert plain.capacity[days].tolist() == [180, 120]
    assert plain.capacity[week] == 300
    by_day = limit == "max_minutes_per_day"
    assert limited.capacity[days].tolist() == ([90, 90] if by_day else [180, 120])
    assert limited.capacity[week] == (180 if by_day else 90)

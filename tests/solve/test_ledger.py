"""What the ledger allows is what the judge allows, whatever was entered and struck out before."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from iopsched.instance.models import Instance
from iopsched.options import Meeting, Options, Placement, Plan, build_options
from iopsched.options.sessions import SessionOptions
from iopsched.solve.ledger import Ledger
from rules.tiny import clinic, group, need, part, participant, room, service, staff
from solve.judged import STAFF_RULES, broken_rules
from solve.searches import constructed

SEEDS = range(8)
MEMBER_RULES = frozenset({"group-size", "room-fit", "apart", "staff-fit"})
HOURS = (["Mon-Wed 08:00-13:00"], ["Mon,Tue 08:00-11:00", "Mon-Wed 20:00-24:00"], ["Mon-Tue 07:00-15:00"])


def strict(seed: int) -> Instance:
    """Return a clinic whose staff have limits of every kind, one of each drawn for each."""
    rng = random.Random(seed)

    def limits() -> dict[str, object]:
        drawn: dict[str, object] = {
            "max_minutes_per_day": rng.choice([90, 120, 180]),
            "max_minutes_per_week": rng.choice([150, 240]),
            "max_participants": rng.choice([1, 2]),
            "max_minutes_without_break": rng.choice([75, 120]),
            "rest_hours": rng.choice([11, 13.5, 23.5]),
        }
        kept = {name: value for name, value in drawn.items() if rng.random() < 0.45}
        return {**kept, "break_minutes": rng.choice([0, 20, 30, 45])}

    people = [
        participant(
            f"p{k}",
            need("talk", rng.randint(1, 3), same_staff=False, min_days_apart=0),
            need("med", 2, same_staff=False, min_days_apart=0),
            need("class", 2, mix_groups=True, not_staff=rng.choice([[], ["ana"], ["cy"]])),
            apart_from=["p0"] if k == 1 else [],
        )
        for k in range(5)
    ]
    agenda = [part(30, "class", rng.randint(1, 2)), part(30, "talk", 1)]
    return clinic(
        hours=rng.choice(HOURS),
        slot_minutes=15,
        services=[
            service(note_minutes=rng.choice([0, 15, 40, 90])),
            service("med", 30, note_minutes=rng.choice([0, 10])),
            service("class", 60, kind="group", agenda=agenda, note_minutes=rng.choice([0, 20])),
        ],
        rooms=[room("large", 5), *(room(f"small {k}", 2) for k in range(rng.randint(1, 2)))],
        staff=[
            staff("ana", "talk class", **limits()),
            staff("ben", "talk med class", busy=["Mon 10:00-10:30"], **limits()),
            staff("cy", "med talk class", **limits()),
        ],
        groups=[
            group("g", starts=["Mon-Wed 08:00", "Tue 20:00"], meetings=3, same_start=False, max_size=3),
            group("h", starts=["Mon-Wed 09:30", "Mon 22:00"], meetings=3, same_start=False, max_size=5),
        ],
        participants=people,
    )  # fmt: skip


def with_placement(plan: Plan, need_index: int, placed: Placement) -> Plan:
    """Return a plan with a session more."""
    return plan.with_changes({need_index: (*plan.placements.get(need_index, ()), placed)}, {})


@cache
def drawn(seed: int) -> tuple[Options, Plan]:
    """Return a strict clinic and a plan in which the judge finds nothing wrong with staff and rooms."""
    options, rng, plan = build_options(strict(seed)), random.Random(seed), Plan()
    everything = STAFF_RULES | {"room-free", "room-fit", "participant-free", "apart", "group-meetings"}
    for option in 3 * options.meetings:
        leaders = tuple(tuple(sorted(rng.sample(p.staff, p.leaders))) for p in option.parts)
        able = options.attendable_by[option.index]
        members = frozenset(rng.sample(able, min(len(able), rng.randint(1, 3))))
        more = plan.with_changes({}, {option.index: Meeting(leaders, rng.choice(option.rooms), members)})
        new = option.index not in plan.meetings
        if new and not _too_full(options, more) and not broken_rules(options, more) & everything:
            plan = more
    for asked in options.sessions:
        for _ in range(3 * asked.wanted):
            if len(plan.placements.get(asked.index, ())) == asked.wanted or not len(asked.times):
                break
            at = rng.randrange(len(asked.times))
            member = rng.choice(np.flatnonzero(asked.led[at]).tolist())
            room_class = rng.choice(np.flatnonzero(asked.rooms[at]).tolist())
            more = with_placement(plan, asked.index, Placement(int(asked.times[at]), member, room_class))
            if not _too_full(options, more) and not broken_rules(options, more) & everything:
                plan = more
    return options, plan


def _too_full(options: Options, plan: Plan) -> bool:
    """Tell whether sessions outnumber the rooms of a class at some moment."""
    uses: list[tuple[int, int, int]] = [
        (placed.room_class, placed.start, placed.start + options.sessions[k].minutes)
        for k, placements in plan.placements.items()
        for placed in placements
    ]
    uses += [
        (meeting.room_class, options.meetings[k].start, options.meetings[k].end)
        for k, meeting in plan.meetings.items()
    ]
    return any(
        sum(one == other and begin <= moment < end for other, begin, end in uses)
        > options.facts.classes[one].places
        for one, moment, _ in uses
        if one >= 0
    )


def questions(options: Options) -> Iterator[tuple[SessionOptions, int, int]]:
    """Yield each session need with each start and member of staff who could lead then by themselves."""
    for asked in options.sessions:
        for at, member in zip(*np.nonzero(asked.led), strict=True):
            yield asked, int(at), int(member)


def test_these_plans_leave_some_and_refuse_some() -> None:
    """Of all that staff could lead by themselves the plans leave a part; there are sessions and meetings."""
    allowed = asked_in_all = 0
    for seed in SEEDS:
        options, plan = drawn(seed)
        assert len(plan.placements) >= 2
        ledger = Ledger(options, plan)
        allowed += sum(int(ledger.could_lead(asked).sum()) for asked in options.sessions)
        asked_in_all += sum(int(asked.led.sum()) for asked in options.sessions)
    assert 0.1 < allowed / asked_in_all < 0.8
    assert sum(len(drawn(seed)[1].meetings) for seed in SEEDS) > 8


@pytest.mark.parametrize("seed", SEEDS)
def test_who_could_lead_is_who_breaks_no_rule_by_it(seed: int) -> None:
    """The judge finds a rule about staff broken by one session more exactly where the ledger says no."""
    options, plan = drawn(seed)
    ledger = Ledger(options, plan)
    asked_for = random.Random(seed).sample(list(questions(options)), 220)
    for asked, at, member in asked_for:
        more = with_placement(plan, asked.index, Placement(int(asked.times[at]), member, -1))
        says = bool(ledger.could_lead(asked)[at, member])
        assert says == (not broken_rules(options, more) & STAFF_RULES), (
            asked.need.service,
            asked.times[at],
            member,
        )


@pytest.mark.parametrize("seed", SEEDS)
def test_there_is_room_where_a_class_has_a_place(seed: int) -> None:
    """Counted at each session's begin, which is where most are in use."""
    options, plan = drawn(seed)
    ledger = Ledger(options, plan)
    refused = 0
    for asked in options.sessions[::3]:
        free = ledger.has_room(asked)
        assert not (free & ~asked.rooms).any()
        for at, room_class in zip(*np.nonzero(asked.rooms), strict=True):
            placed = Placement(int(asked.times[at]), 0, int(room_class))
            full = _too_full(options, with_placement(plan, asked.index, placed))
            assert free[at, room_class] != full
            refused += full
    assert refused


@pytest.mark.parametrize("seed", SEEDS)
def test_a_meeting_is_open_to_whom_the_judge_lets_in(seed: int) -> None:
    """It runs, seats one more in its room, and brings nobody together with whom they must not meet."""
    options, plan = drawn(seed)
    ledger = Ledger(options, plan)
    for asked in options.attendances:
        open_now = ledger.open_meetings(asked)
        assert set(open_now) <= plan.meetings.keys()
        for option in set(asked.meetings) & plan.meetings.keys():
            was = plan.meetings[option]
            joined = Meeting(was.leaders, was.room_class, was.members | {asked.index})
            wrong = bool(broken_rules(options, plan.with_changes({}, {option: joined})) & MEMBER_RULES)
            assert (option in open_now) != wrong


def test_some_meetings_are_closed_to_some() -> None:
    """For want of a seat, because of who leads, or who is there."""
    closed = 0
    for options, plan in map(drawn, SEEDS):
        ledger = Ledger(options, plan)
        for asked in options.attendances:
            closed += len(set(asked.meetings) & plan.meetings.keys()) - len(ledger.open_meetings(asked))
    assert closed > 5


def assert_equal(ledger: Ledger, options: Options) -> None:
    """Assert that a ledger answers like one that was made of its plan."""
    other = Ledger(options, ledger.plan())
    for asked in options.sessions:
        assert (ledger.could_lead(asked) == other.could_lead(asked)).all()
        assert (ledger.has_room(asked) == other.has_room(asked)).all()
    for attendance in options.attendances:
        assert ledger.open_meetings(attendance) == other.open_meetings(attendance)
        assert ledger.attended[attendance.index] == other.attended[attendance.index]
    assert [ledger.idle(0, day * 1440 + 600, day * 1440 + 660) for day in range(3)] == [
        other.idle(0, day * 1440 + 600, day * 1440 + 660) for day in range(3)
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_entries_that_come_and_go_leave_no_trace(seed: int) -> None:
    """After sessions placed and taken back, meetings joined, left and cancelled, it is as if made anew."""
    options, plan = drawn(seed)
    ledger, rng = Ledger(options, plan), random.Random(seed)
    for asked in options.sessions:
        ledger.could_lead(asked)  # so that there are answers to go stale
    for step in range(30):
        if rng.random() < 0.6:
            asked = rng.choice(options.sessions)
            free = np.argwhere(ledger.could_lead(asked) & ledger.has_room(asked).any(axis=1)[:, None])
            if len(free) and rng.random() < 0.7:
                at, member = rng.choice(free.tolist())
                room_class = int(np.flatnonzero(ledger.has_room(asked)[at])[0])
                ledger.place(asked.index, (Placement(int(asked.times[at]), member, room_class),))
            else:
                ledger.place(asked.index, ())
        else:
            attendance = rng.choice(options.attendances)
            some = ledger.open_meetings(attendance)
            ledger.attend(attendance.index, set(rng.sample(some, rng.randint(0, len(some)))))
        if step % 10 == 9:
            assert_equal(ledger, options)
    before = len(ledger.meetings)
    ledger.cancel_unfilled()
    assert len(ledger.meetings) <= before
    assert_equal(ledger, options)


@pytest.mark.parametrize("names", [("rich", 8, 1), ("php", 6, 2)], ids=lambda names: names[0])
def test_a_plan_goes_in_and_comes_out_the_same(names: tuple[str, int, int]) -> None:
    """And a participant who comes back to what they gave up finds it free."""
    search = constructed(*names)
    options, plan = search.options, search.best.plan
    ledger = Ledger(options, plan)
    assert ledger.plan() == plan
    for need_index, placements in plan.placements.items():
        asked = options.sessions[need_index]
        ledger.place(need_index, ())
        free, rooms = ledger.could_lead(asked), ledger.has_room(asked)
        for placed in placements:
            at = int(np.searchsorted(asked.times, placed.start))
            assert free[at, placed.staff]
            assert placed.room_class < 0 or rooms[at, placed.room_class]
        ledger.place(need_index, placements)
    assert ledger.plan() == plan


def test_a_meeting_too_few_attend_is_cancelled_with_what_waits_for_it() -> None:
    """g takes two; when p2 leaves, p1's class goes, and the talk after it, and the med after that."""
    chain = [need("class"), need("talk", after="class"), need("med", after="talk"), need("family")]
    instance = clinic(
        services=[service(), service("med"), service("family"), service("class", kind="group")],
        groups=[group(min_size=2), group("h", starts=["Tue 09:00"])],
        participants=[participant("p1", *chain), participant("p2", need("class"))],
    )
    options = build_options(instance)
    starts = {option.group: option.index for option in options.meetings}
    held = Meeting(((0,),), 0, frozenset({0, 1}))
    placements = {k: (Placement((k + 1) * 1440 + 600, 0, 0),) for k in range(3)}
    ledger = Ledger(options, Plan(placements, {starts[0]: held}))
    ledger.cancel_unfilled()
    assert len(ledger.placements) == 3
    ledger.attend(1, set())
    ledger.cancel_unfilled()
    assert ledger.meetings == {}
    assert [options.sessions[k].need.service for k in ledger.placements] == ["family"]
    assert_equal(ledger, options)


def test_a_pinned_meeting_is_never_cancelled() -> None:
    """Nobody attends it yet; the pin says that it stands."""
    instance = clinic(
        groups=[group(), group("h", starts=["Tue 09:00"])],
        participants=[participant("p1", need("class"))],
        pins=[{"group": "g", "start": "Mon 09:00"}],
    )
    options = build_options(instance)
    empty = Meeting(((0,),), 0, frozenset())
    ledger = Ledger(options, Plan({}, {option.index: empty for option in options.meetings}))
    ledger.cancel_unfilled()
    assert [options.instance.groups[options.meetings[k].group].id for k in ledger.meetings] == ["g"]


def test_whoever_needs_no_break_may_go_on() -> None:
    """With breaks of no minutes each session and its notes are runs of their own."""
    instance = clinic(
        staff=[staff(max_minutes_without_break=60, break_minutes=0)],
        services=[service(note_minutes=15)],
    )
    options = build_options(instance)
    assert Ledger(options, Plan()).could_lead(options.sessions[0]).all()


@pytest.mark.parametrize(("start", "beside"), [(23 * 60, 24 * 60), (24 * 60, 23 * 60)])
def test_notes_past_midnight_bind_the_day_beside(start: int, beside: int) -> None:
    """An hour's notes after a talk at 23:00 run into the next day's first: only one of the two is led."""
    options = build_options(
        clinic(
            hours=["Mon-Tue 00:00-24:00"],
            services=[service(note_minutes=60)],
            staff=[staff("ana", "talk", available=["Mon-Tue 00:00-24:00"])],
            participants=[participant("p1", need("talk", 2))],
        )
    )
    ledger, asked = Ledger(options, Plan()), options.sessions[0]
    at = int(np.flatnonzero(asked.times == beside)[0])
    assert ledger.could_lead(asked)[at, 0]
    ledger.place(0, (Placement(start, 0, 0),))
    assert not ledger.could_lead(asked)[at, 0]
    ledger.place(0, ())
    assert ledger.could_lead(asked)[at, 0]

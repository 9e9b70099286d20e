"""From a plan to sessions: rooms by name, ids that stay, the format's order."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from itertools import pairwise

import pytest

from iopsched.options import Meeting, Placement, Plan, build_options
from iopsched.roster.models import Session
from iopsched.solve.assemble import sessions_of_plan
from rules.tiny import at, clinic, group, need, part, participant, room, roster_of, service, session, staff
from solve.searches import CLINICS, WEDNESDAY, replanned, resumed, wander

MONDAY = 9 * 60


@pytest.mark.parametrize("clinic_", CLINICS, ids=lambda one: one[0])
@pytest.mark.parametrize("frozen_from", [None, WEDNESDAY], ids=["changed", "frozen"])
def test_ids_are_unique_and_rooms_hold_one_session_at_a_time(
    clinic_: tuple[str, int, int], frozen_from: datetime | None
) -> None:
    """After random moves: no id twice, no room twice at a moment, and a room exactly where one is needed."""
    base = replanned(*clinic_, frozen_from)
    search = resumed(base.options, base.best.plan, seed=2)
    list(wander(search, 3))
    sessions = sessions_of_plan(search.options, search.best.plan)
    assert len(sessions) > 5
    assert len({one.id for one in sessions}) == len(sessions)
    assert list(sessions) == sorted(
        sessions, key=lambda s: (s.start, s.service, s.group or s.participants[0])
    )
    used = defaultdict(list)
    instance = search.options.instance
    for one in sessions:
        person = instance.participant_by_id[one.participants[0]]
        asked = person.need_of(one.service)
        remote = instance.service_by_id[one.service].remote or (asked is not None and asked.remote)
        assert (one.room is None) == remote
        used[one.room].append(one)
    used.pop(None, None)
    for some in used.values():
        assert all(a.end <= b.start for a, b in pairwise(some))


def two_talks(*starts: int) -> list[Session]:
    """Return p1's sessions in a plan with talks at these starts."""
    options = build_options(clinic(participants=[participant("p1", need("talk", 3))]))
    plan = Plan({0: tuple(Placement(start, 0, 0) for start in starts)}, {})
    return list(sessions_of_plan(options, plan))


def test_ids_count_the_sessions_of_one_service() -> None:
    """In the order of the week; moving the second does not rename the first."""
    first, second = two_talks(MONDAY, MONDAY + 1440)
    assert first.id != second.id
    assert [one.id for one in two_talks(MONDAY, MONDAY + 2880)] == [first.id, second.id]
    assert [one.id for one in two_talks(MONDAY + 60)] == [first.id]


def test_ids_do_not_mix_up_names_with_marks_in_them() -> None:
    """Participants and services with slashes, colons and blanks, and a group named like a participant."""
    names = ("a", "a/talk", "a:b", "a b", "talk/1")
    instance = clinic(
        rooms=[room(str(k)) for k in range(6)],
        staff=[staff(str(k)) for k in range(6)],
        groups=[group("a")],
        participants=[participant(name, need("talk"), need("class")) for name in names],
    )
    options = build_options(instance)
    plan = Plan(
        {k: (Placement(MONDAY + 60, k, 0),) for k in range(5)},
        {0: Meeting(((0,),), 0, frozenset(range(5)))},
    )
    assert options.facts.classes[0].places == 6
    ids = {one.id for one in sessions_of_plan(options, plan)}
    assert len(ids) == 6


def test_ids_of_what_has_happened_are_not_given_again() -> None:
    """Monday's talk keeps the id it had, were it the one that Wednesday's would get."""
    instance = clinic(participants=[participant("p1", need("talk", 3))])
    usual = two_talks(MONDAY, MONDAY + 1440)
    for taken in {one.id for one in usual}:
        happened = session("Mon 09:00").model_copy(update={"id": taken})
        options = build_options(instance, roster_of(instance, happened), at("Tue 00:00"))
        plan = Plan({0: (Placement(MONDAY + 2880, 0, 0), Placement(MONDAY + 4320, 0, 0))}, {})
        sessions = sessions_of_plan(options, plan)
        assert sessions[0] == happened
        assert len({one.id for one in sessions}) == 3


def test_a_meeting_lays_out_its_agenda() -> None:
    """Two parts one after the other, each with whoever leads it; all leaders lead the session."""
    block = service("class", 90, kind="group", agenda=[part(30, "x"), part(60, "y", leaders=2)])
    instance = clinic(
        services=[block],
        staff=[staff("ana", "x y"), staff("ben", "y"), staff("cy", "x y")],
        groups=[group()],
        participants=[participant("p2", need("class")), participant("p1", need("class"))],
    )
    options = build_options(instance)
    plan = Plan({}, {0: Meeting(((2,), (0, 1)), 0, frozenset({0, 1}))})
    (one,) = sessions_of_plan(options, plan)
    assert one.participants == ("p1", "p2")
    assert one.staff == ("ana", "ben", "cy")
    assert one.agenda is not None
    assert [(item.title, item.start, item.end, item.staff) for item in one.agenda] == [
        ("x", at("Mon 09:00"), at("Mon 09:30"), ("cy",)),
        ("y", at("Mon 09:30"), at("Mon 10:30"), ("ana", "ben")),
    ]
    assert (one.end, one.room, one.group, one.pinned) == (at("Mon 10:30"), "office", "g", False)


def test_what_is_pinned_says_so() -> None:
    """A pinned talk, a pinned meeting, and a meeting that somebody's attendance is pinned of."""
    instance = clinic(
        groups=[group("g"), group("h", starts=["Tue 09:00"]), group("i", starts=["Wed 09:00"])],
        participants=[participant("p1", need("talk", 2), need("class", 3, mix_groups=True))],
        pins=[
            {"participant": "p1", "service": "talk", "start": "Mon 10:00"},
            {"group": "g", "start": "Mon 09:00"},
            {"group": "h", "participant": "p1", "start": "Tue 09:00"},
        ],
    )
    options = build_options(instance)
    assert [option.start // 1440 for option in options.meetings] == [0, 1, 2]
    plan = Plan(
        {0: (Placement(MONDAY + 60, 0, 0), Placement(MONDAY + 1500, 0, 0))},
        {k: Meeting(((0,),), 0, frozenset({0})) for k in range(3)},
    )
    pinned = {
        (one.start.weekday(), one.group or "talk"): one.pinned for one in sessions_of_plan(options, plan)
    }
    assert pinned == {
        (0, "g"): True, (0, "talk"): True, (1, "h"): True, (1, "talk"): False, (2, "i"): False,
    }  # fmt: skip


def test_the_end_of_the_day_is_the_next_days_midnight() -> None:
    """A talk from eleven at night."""
    late = clinic(hours=["Mon 20:00-24:00"])
    options = build_options(late)
    (one,) = sessions_of_plan(options, Plan({0: (Placement(23 * 60, 0, 0),)}, {}))
    assert (one.start, one.end) == (at("Mon 23:00"), at("Tue 00:00"))

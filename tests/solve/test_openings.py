"""Open to a participant is what the others have not taken, and of meetings only those meant for them."""

from __future__ import annotations

import numpy as np

from iopsched.options import Meeting, Options, Placement, Plan, build_options
from iopsched.solve.ledger import Ledger
from iopsched.solve.openings import LEADERS_TRIED, openings, with_one_leader
from iopsched.weeks.planner import WeekPlanner
from rules.tiny import clinic, group, need, participant, room, service, staff


def two_people() -> Options:
    """Return the options of two people who need two talks, led by one person each, and a class."""
    needs = [need("talk", 2), need("class")]
    return build_options(
        clinic(
            hours=["Mon-Tue 08:00-12:00"],
            services=[service(), service("class", 60, kind="group")],
            rooms=[room("large", 6), room("small", 2)],
            staff=[
                *(
                    staff(f"s{k}", "talk", available=["Mon-Tue 08:00-10:00"])
                    for k in range(LEADERS_TRIED + 2)
                ),
                staff("ana", "class"),
            ],
            groups=[group("g", starts=["Mon,Tue 11:00"], meetings=2, max_size=2)],
            participants=[participant("p1", *needs), participant("p2", *needs)],
        )
    )


def test_what_somebody_else_takes_is_not_open() -> None:
    """A talk of the second participant takes its leader from the first at that time, and nothing else."""
    options = two_people()
    batch = WeekPlanner(options).batch(0)
    assert batch is not None
    (mine,), (theirs,) = options.sessions_of[0], options.sessions_of[1]
    before = openings(Ledger(options, Plan()), batch, {}).led[mine]
    at = int(np.flatnonzero(options.sessions[mine].times == 8 * 60)[0])
    assert before[at, 0]
    ledger = Ledger(options, Plan({theirs: (Placement(8 * 60, 0, 1),)}))
    after = openings(ledger, batch, {}).led[mine]
    assert not after[at, 0]
    assert (before[:, 1:] == after[:, 1:]).all()


def test_only_meetings_meant_for_somebody_are_open() -> None:
    """Of two meetings that run, one is meant for the participant, if it is said; otherwise both are open."""
    options = two_people()
    leader = options.facts.staff_index["ana"]
    held = {k: Meeting(((leader,),), options.meetings[k].rooms[0], frozenset()) for k in (0, 1)}
    batch = WeekPlanner(options).batch(0)
    assert batch is not None
    ledger = Ledger(options, Plan({}, held))
    (asked,) = options.attendances_of[0]
    assert openings(ledger, batch, {}).meetings[asked] == [0, 1]
    assert openings(ledger, batch, {asked: {1}}).meetings[asked] == [1]


def test_whoever_led_before_is_tried_first_and_nobody_else_beside_them() -> None:
    """Each try leaves one leader of a need that keeps to one; the one of before is among them."""
    options = two_people()
    batch = WeekPlanner(options).batch(0)
    assert batch is not None
    (mine,) = options.sessions_of[0]
    led = openings(Ledger(options, Plan()), batch, {}).led
    able = led[mine].any(axis=0).sum()
    assert able > LEADERS_TRIED
    last = int(np.flatnonzero(led[mine].any(axis=0))[-1])
    tries = with_one_leader(batch, led, {mine: (Placement(8 * 60, last, 1),)})
    found = [np.flatnonzero(one[mine].any(axis=0)).tolist() for one in tries]
    assert found[0] == [last]
    assert all(len(one) == 1 for one in found)
    assert len(found) == LEADERS_TRIED + 1

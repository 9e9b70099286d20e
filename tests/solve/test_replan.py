"""What a baseline loses is mended at the fewest changes, and that is proved."""

from __future__ import annotations

from importlib import import_module

import pytest

from iopsched.instance.models import Instance
from iopsched.roster import Roster, check
from iopsched.solve.exact import prove_level
from iopsched.solve.replan import replan
from iopsched.solve.search import Search
from iopsched.solve.warm import start_from_baseline
from rules.tiny import clinic, group, meeting, need, participant, room, roster_of, session, staff
from solve.searches import CLINICS, constructed, roster_of_plan, search_of


def replanned(instance: Instance, baseline: Roster, seconds: float = 20.0) -> Search:
    """Return a search after what stands was kept and the rest mended."""
    search = search_of(instance, baseline=baseline)
    start_from_baseline(search, 5.0)
    replan(search, "unmet", seconds)
    report = check(instance, roster_of_plan(search), baseline=baseline)
    assert [str(one) for one in report.violations] == []
    return search


TWO_ROOMS = [room("office"), room("other")]
AT_NINE = ["Mon 09:00-10:00"]
HEALTHY = [staff("ana"), staff("ben")]
SICK = [staff("ana", busy=["Mon 00:00-24:00"]), staff("ben")]
"""ana is away on Monday."""


def talks(people: list[dict[str, object]], *sessions: tuple[str, str, str, str]) -> tuple[Instance, Roster]:
    """Return a clinic in which ana is away on Monday, and the roster from before."""
    fields = {"rooms": TWO_ROOMS, "participants": people}
    before = clinic(**fields, staff=HEALTHY)
    roster = roster_of(before, *(session(start, who, by, room=where) for start, who, by, where in sessions))
    assert check(before, roster).ok
    return clinic(**fields, staff=SICK), roster


def test_somebody_steps_in() -> None:
    """ben is free at nine: one other therapist, 3 points, proved."""
    search = replanned(*talks([participant("p1")], ("Mon 09:00", "p1", "ana", "office")))
    assert (search.best.unmet, search.best.changes, search.bounds["changes"]) == (0, 3, 3)


def test_somebody_else_makes_room() -> None:
    """p1 can only come at nine, when ben is with p2, who can come later: 3 for p1, 10 for p2."""
    search = replanned(
        *talks(
            [participant("p1", available=AT_NINE), participant("p2", available=["Mon 09:00-12:00"])],
            ("Mon 09:00", "p1", "ana", "office"),
            ("Mon 09:00", "p2", "ben", "other"),
        )
    )
    assert (search.best.unmet, search.best.changes, search.bounds["changes"]) == (0, 13, 13)


def test_nobody_makes_room_for_less_than_it_costs() -> None:
    """p1 may come later too: they move (10), and p2 stays."""
    search = replanned(
        *talks(
            [participant("p1", available=["Mon 09:00-12:00"]), participant("p2", available=AT_NINE)],
            ("Mon 09:00", "p1", "ana", "office"),
            ("Mon 09:00", "p2", "ben", "other"),
        )
    )
    assert (search.best.unmet, search.best.changes, search.bounds["changes"]) == (0, 10, 10)


def test_a_group_is_led_by_another_before_its_members_move() -> None:
    """ben takes ana's class of two (3 each) though p3 must come later for it (10)."""
    fields = {
        "rooms": TWO_ROOMS,
        "groups": [group()],
        "participants": [
            participant("p1", need("class")),
            participant("p2", need("class")),
            participant("p3", available=["Mon 09:00-11:00"]),
        ],
    }
    before = clinic(**fields, staff=HEALTHY)
    baseline = roster_of(
        before, meeting("Mon 09:00", "p1 p2", "ana"), session("Mon 09:00", "p3", "ben", room="other")
    )
    assert check(before, baseline).ok
    search = replanned(clinic(**fields, staff=SICK), baseline)
    assert (search.best.unmet, search.best.changes, search.bounds["changes"]) == (0, 16, 16)


def test_changes_are_proved_though_less_might_be_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proof comes that p1 or p2 must miss their hour; that it then takes no more than 10 is proved."""
    module = import_module("iopsched.solve.replan")
    bound = module._bound
    monkeypatch.setattr(module, "_bound", lambda *some: None if some[3] == "unmet" else bound(*some))
    monkeypatch.setattr(module, "bound_by_prices", lambda *_: None)
    search = replanned(
        *talks(
            [participant("p1", available=AT_NINE), participant("p2", available=AT_NINE)],
            ("Mon 09:00", "p1", "ana", "office"),
            ("Mon 09:00", "p2", "ben", "other"),
        )
    )
    assert search.best.unmet == 60
    assert not search.proved("unmet")
    assert (search.best.changes, search.bounds["changes"]) == (10, 10)


def test_those_who_are_hit_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """p1 has lost ana, p2 had no place before: p1 alone is looked after first, then both."""
    module = import_module("iopsched.solve.replan")
    mended: list[int] = []
    mend = module._mend

    def noted(search: Search, freed: frozenset[tuple[int, str]], *others: object) -> None:
        mended.append(len(freed))
        mend(search, freed, *others)

    monkeypatch.setattr(module, "_mend", noted)
    monkeypatch.setattr(module, "bound_by_prices", lambda *_: None)
    people = [participant("p1"), participant("p2", available=["Sun 09:00-10:00"])]
    instance, baseline = talks(people, ("Mon 09:00", "p1", "ana", "office"))
    only_ana = instance.model_copy(update={"staff": instance.staff[:1]})
    search = replanned(only_ana, baseline)
    assert (search.best.unmet, search.best.changes) == (60, 10)
    assert mended[0] == 1
    assert max(mended) == 2


def test_nothing_to_mend_is_nothing_to_do() -> None:
    """Where all stands no model is made."""
    instance = clinic(rooms=TWO_ROOMS, staff=HEALTHY)
    search = search_of(instance, baseline=roster_of(instance, session("Mon 09:00")))
    start_from_baseline(search, 5.0)
    search.prove("unmet", 0)
    search.prove("changes", 0)
    solves = search.engine.solves
    replan(search, "unmet", 5.0)
    assert (search.best.changes, search.engine.solves) == (0, solves)


def away(instance: Instance, roster: Roster, day: int) -> Instance:
    """Return the clinic without whoever leads most on a day, on that day; pins that name them go."""
    led = [name for one in roster.sessions if one.start.weekday() == day for name in one.staff]
    who = max(sorted(set(led)), key=led.count)
    window = f"{('Mon', 'Tue', 'Wed', 'Thu', 'Fri')[day]} 00:00-24:00"
    return instance.model_copy(
        update={
            "staff": tuple(
                one.model_copy(update={"busy": (*one.busy, window)}) if one.id == who else one
                for one in instance.staff
            ),
            "pins": tuple(pin for pin in instance.pins if pin.participant is None and pin.staff is None),
        }
    )


@pytest.mark.parametrize("day", [0, 1])
@pytest.mark.parametrize("clinic_", CLINICS, ids=lambda one: one[0])
def test_the_bound_holds_against_the_exact_model(clinic_: tuple[str, int, int], day: int) -> None:
    """Where ``unmet`` is the same, no roster has fewer changes than is said to be proved."""
    before = constructed(*clinic_)
    baseline = roster_of_plan(before)
    instance = away(before.options.instance, baseline, day)
    search = replanned(instance, baseline)
    assert search.best.changes > 0
    exact = search_of(instance, baseline=baseline)
    exact.best = search.best
    exact.prove("unmet", search.best.unmet)
    prove_level(exact, "changes", 8.0)
    assert exact.best.unmet == search.best.unmet
    assert search.bounds.get("unmet", 0) <= search.best.unmet
    assert search.bounds["changes"] <= exact.best.changes <= search.best.changes

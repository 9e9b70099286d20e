import pytest

from iopsched.generate import generate, to_document
from iopsched.generate.arrangement import Arrangement, Decision
from iopsched.generate.profiles import CLINICS
from iopsched.instance import parse_instance
from iopsched.instance.windows import parse_start, spans
from iopsched.options import build_options
from iopsched.solve.clock import Clock
from iopsched.solve.control import Stop
from iopsched.solve.engine import Engine
from iopsched.solve.pins import pinned_plan

STAFF = [
    {"id": "A", "skills": ["talk"], "available": ["Mon 09:00-12:00"]},
    {"id": "B", "skills": ["talk", "teach"], "available": ["Mon,Tue 09:00-12:00"]},
]
ROOMS = [{"id": "R", "kind": "group"}, {"id": "O", "kind": "office", "available": ["Mon 09:00-10:00"]}]


def _decision(start: int, *skills: str, rooms: tuple[str, ...] = ()) -> Decision:
    parts = tuple((0, 60, skill, 1) for skill in skills)
    return Decision(start, 60, parts, frozenset("AB"), rooms)


@pytest.mark.parametrize(
    ("participants", "seed", "profile"),
    [(24, 504, "mixed"), (40, 27, "mixed"), (60, 48, "overfull"), (40, 5, "rich")],
)
def test_pins_stand_together(participants: int, seed: int, profile: str) -> None:
    """The search finds a place for all pins at once, in clinics where few could lead what is pinned."""
    instance = parse_instance(to_document(generate(participants, seed, profile)))
    assert len(instance.pins) > 1
    options = build_options(instance)
    plan = pinned_plan(options, Engine(Clock(20.0, deterministic=True), Stop(), 1, 0))
    sessions = {placed.start for placements in plan.placements.values() for placed in placements}
    sessions |= {options.meetings[option].start for option in plan.meetings}
    assert {parse_start(pin.start)[0] for pin in instance.pins} <= sessions


@pytest.mark.parametrize("profile", [name for name, numbers in CLINICS.items() if numbers.pins])
def test_files_with_pins_load(profile: str) -> None:
    """Pins of a generated clinic break no rule that loading knows, on many seeds."""
    pinned = 0
    for seed in range(100, 108):
        instance = parse_instance(to_document(generate(24, seed, profile)))
        pinned += len(instance.pins)
    assert pinned > 8


def test_nobody_leads_for_two_decisions_of_a_day() -> None:
    """Who leads for one decision leaves the others to the rest of the staff, who may swap for it."""
    start = spans(["Mon 09:00-12:00"])[0][0]
    arrangement = Arrangement(STAFF, ROOMS)
    assert arrangement.take(_decision(start, "talk"))
    assert arrangement.take(_decision(start + 60, "teach"))
    assert not arrangement.take(_decision(start + 120, "talk"))


def test_one_person_may_lead_all_parts() -> None:
    """Several parts of one decision may have the same leader, and leave the others free."""
    start = spans(["Mon 09:00-12:00"])[0][0]
    arrangement = Arrangement(STAFF, ROOMS)
    assert arrangement.take(_decision(start, "talk", "teach"))
    assert arrangement.take(_decision(start + 60, "talk"))
    assert not arrangement.take(_decision(start + 120, "teach"))


def test_rooms_are_counted_where_they_are_available() -> None:
    """Two sessions at once need two rooms that serve them and are there."""
    start = spans(["Mon 09:00-12:00"])[0][0]
    arrangement = Arrangement(STAFF, ROOMS)
    assert arrangement.take(_decision(start, "talk", rooms=("group", "office")))
    assert arrangement.take(_decision(start, "teach", rooms=("group", "office")))
    later = Arrangement(STAFF, ROOMS)
    assert later.take(_decision(start + 60, "talk", rooms=("group", "office")))
    assert not later.take(_decision(start + 60, "teach", rooms=("group", "office")))


@pytest.mark.parametrize(("participants", "seed", "profile"), [(60, 611, "php"), (150, 611, "rich")])
def test_no_pin_takes_a_day_from_a_program_of_five(participants: int, seed: int, profile: str) -> None:
    """Whoever comes to a block on all the days they may come on has no session pinned to another."""
    instance = generate(participants, seed, profile)
    pinned = {pin.participant for pin in instance.pins if pin.service is not None}
    assert pinned
    for person in instance.participants:
        blocks = max(need.sessions for need in person.needs)
        most = instance.program_by_id[person.program].max_days_per_week
        assert person.id not in pinned or most is None or blocks < most

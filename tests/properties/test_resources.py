"""How the proved optimum answers to what is added, taken away or written down in another order."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

import pytest

from rules.tiny import Fields, best, clinic, room, staff
from solve.scarce import scarce_fields

SEEDS = range(10)


def a_room(fields: Fields) -> None:
    """Add another office like the large one."""
    fields["rooms"].append(room("third"))


def a_colleague(fields: Fields) -> None:
    """Add a member of staff like the first."""
    fields["staff"].append({**fields["staff"][0], "id": "cy"})


def longer_hours(fields: Fields) -> None:
    """Open for an hour more in the afternoon and let everybody come then; ana works then too."""
    fields["hours"].append("Mon-Wed 12:00-13:00")
    for one in (*fields["participants"], fields["staff"][0]):
        one["available"] = [*one["available"], "Mon-Wed 12:00-13:00"]


def more_seats(fields: Fields) -> None:
    """Let one more participant into each meeting."""
    for one in fields["groups"]:
        one["max_size"] += 1


def another_start(fields: Fields) -> None:
    """Let each group meet at another time too, once more, and at different times of day."""
    for one in fields["groups"]:
        one["starts"] = [*one["starts"], "Wed 10:00"]
        one["meetings"] += 1
        one["same_start"] = False


def fewer_limits(fields: Fields) -> None:
    """Lift every limit on staff's load and participants' days, and the least size of a meeting."""
    for one in fields["staff"]:
        one.update(max_minutes_per_day=None, max_participants=None)
    for one in fields["programs"]:
        one["max_days_per_week"] = None
    for one in fields["groups"]:
        one["min_size"] = 1


MORE = (a_room, a_colleague, longer_hours, more_seats, another_start, fewer_limits)


def without_a_room(fields: Fields) -> None:
    """Take the small office away."""
    del fields["rooms"][1]


def without_ben(fields: Fields) -> None:
    """Take the second member of staff away, and wishes for ben."""
    del fields["staff"][1]
    for one in fields["participants"]:
        for need in one["needs"]:
            need.pop("prefer_staff", None)


def shorter_hours(fields: Fields) -> None:
    """Close on Wednesday."""
    fields["closed"] = ["2026-11-25"]


def fewer_meetings(fields: Fields) -> None:
    """Let each group meet once less."""
    for one in fields["groups"]:
        one["meetings"] -= 1


LESS = (without_a_room, without_ben, shorter_hours, fewer_meetings)


@cache
def unmet(seed: int, change: Callable[[Fields], None] | None = None) -> int:
    """Return what is missed at the proved optimum of a scarce clinic after a change."""
    fields = scarce_fields(seed)
    if change is not None:
        change(fields)
    return best(clinic(**fields)).score.unmet


@pytest.mark.parametrize("change", MORE, ids=lambda change: change.__name__)
def test_more_never_makes_the_optimum_worse(change: Callable[[Fields], None]) -> None:
    """In none of the clinics is more missed."""
    assert sum(unmet(seed) > 0 for seed in SEEDS) > 3
    after = [unmet(seed, change) for seed in SEEDS]
    assert all(new <= unmet(seed) for seed, new in zip(SEEDS, after, strict=True))


@pytest.mark.parametrize("change", LESS, ids=lambda change: change.__name__)
def test_less_never_makes_the_optimum_better(change: Callable[[Fields], None]) -> None:
    """In none of the clinics is less missed."""
    after = [unmet(seed, change) for seed in SEEDS]
    assert all(new >= unmet(seed) for seed, new in zip(SEEDS, after, strict=True))


def test_the_changes_matter() -> None:
    """Taken together they mend something, and they break something."""
    assert any(unmet(seed, change) < unmet(seed) for seed in SEEDS for change in MORE)
    assert any(unmet(seed, change) > unmet(seed) for seed in SEEDS for change in LESS)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_the_lists_does_not_matter(seed: int) -> None:
    """With participants, needs, staff, rooms, groups and services shuffled all four levels are the same."""
    rng = random.Random(seed)
    shuffled = scarce_fields(seed)
    for name in ("participants", "staff", "rooms", "groups", "services"):
        rng.shuffle(shuffled[name])
    for one in shuffled["participants"]:
        rng.shuffle(one["needs"])
    assert shuffled != scarce_fields(seed)
    assert best(clinic(**shuffled)).score == best(clinic(**scarce_fields(seed))).score


@pytest.mark.parametrize("seed", SEEDS[:4])
def test_names_do_not_matter(seed: int) -> None:
    """With staff and rooms renamed against the alphabet all four levels are the same."""
    renamed = scarce_fields(seed)
    names = {"ana": "zoe", "ben": "amy"}
    for one in renamed["staff"]:
        one["id"] = names[one["id"]]
    renamed["rooms"] = [room("z"), {**room("a"), "capacity": 3}]
    for one in renamed["participants"]:
        for need in one["needs"]:
            if "prefer_staff" in need:
                need["prefer_staff"] = [names[name] for name in need["prefer_staff"]]
    assert staff("ana")["id"] in names
    assert best(clinic(**renamed)).score == best(clinic(**scarce_fields(seed))).score

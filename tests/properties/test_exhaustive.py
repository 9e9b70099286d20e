"""What the solver proves to be best is the best of all rosters that the judge accepts."""

from __future__ import annotations

import random

import pytest

from iopsched.instance.models import Instance
from iopsched.roster.models import Roster
from properties.exhaustive import Question
from rules.tiny import at, best, clinic, group, need, participant, program, room, service, staff
from solve.searches import edited

SEEDS = range(50)
HOURS = ("Mon 09:00-10:00", "Mon 10:00-11:00", "Mon 11:00-12:00", "Tue 09:00-10:00", "Tue 10:00-11:00")


def tiny(seed: int) -> Instance:
    """Return a clinic of two or three with five hours a week, drawn rules and few choices."""
    rng = random.Random(seed)
    people = rng.choice([2, 2, 3])

    def maybe(chance: float, **fields: object) -> dict[str, object]:
        return {name: value for name, value in fields.items() if rng.random() < chance}

    def person(name: str) -> dict[str, object]:
        talk = need("talk", rng.randint(1, 2), priority=rng.randint(1, 3), **maybe(0.3, min_days_apart=0))
        talk |= maybe(0.3, same_staff=False, prefer_staff=["ben"], not_staff=["ana"], after="class")
        joins = need("class", 1, **({} if "after" in talk else maybe(0.4, after="talk")))
        return participant(
            name,
            *([talk, joins] if rng.random() < 0.5 else [talk]),
            available=rng.sample(HOURS, 4 - people + rng.randint(0, 1)),
            **maybe(0.4, prefers=[rng.choice(HOURS)], apart_from=["p1"] if name != "p1" else []),
        )

    return clinic(
        hours=["Mon 09:00-12:00", "Tue 09:00-11:00"],
        slot_minutes=30,
        services=[
            service(start_every=60, note_minutes=rng.choice([0, 0, 30])),
            service("class", kind="group", note_minutes=rng.choice([0, 30])),
        ],
        rooms=[room("office", rng.choice([2, 3, 10])), *([room("other", 3)] if rng.random() < 0.3 else [])],
        staff=[
            staff(
                "ana", "talk class",
                **maybe(
                    0.25, max_minutes_per_day=60, max_participants=1, max_minutes_without_break=90,
                    rest_hours=22.5, target_minutes_per_week=60, busy=["Mon 09:00-09:30"],
                ),
            ),
            staff("ben", rng.choice(["talk", "class", "talk class"]), **maybe(0.3, max_minutes_per_week=120)),
        ],
        groups=[
            group(
                starts=rng.sample(["Mon 09:00", "Mon 10:00", "Tue 10:00"], 2),
                meetings=rng.randint(1, 2),
                min_size=rng.randint(1, 2),
                max_size=rng.randint(2, 3),
            )
        ],
        programs=[
            program(**maybe(0.25, max_days_per_week=1, max_minutes_per_day=60, billable_day_minutes=90))
        ],
        participants=[person(f"p{k + 1}") for k in range(people)],
    )  # fmt: skip


def test_there_is_much_to_try() -> None:
    """In most of these clinics there are more rosters than one, and in some the best one misses something."""
    found = [sum(1 for _ in zip(Question(tiny(seed)).rosters(), range(20), strict=False)) for seed in SEEDS]
    assert sum(count == 20 for count in found) > len(SEEDS) // 3
    assert sum(count > 1 for count in found) > len(SEEDS) * 2 // 3
    assert sum(best(tiny(seed)).score.unmet > 0 for seed in SEEDS[:10]) > 2


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_better_than_the_proved_optimum(seed: int) -> None:
    """All four levels agree with what trying every roster finds."""
    instance = tiny(seed)
    assert best(instance).score.as_tuple() == Question(instance).best_score()


def shaken(seed: int) -> tuple[Instance, Roster]:
    """Return a tiny clinic as it has become, and the best roster of what it was.

    Somebody's hours have moved, and half the time somebody of the staff is away on Monday.
    """
    before = tiny(seed)
    rng = random.Random(seed)
    one = rng.randrange(len(before.participants))
    hours = tuple(rng.sample(HOURS, 2))
    people = tuple(
        person.model_copy(update={"available": hours}) if k == one else person
        for k, person in enumerate(before.participants)
    )
    away = rng.randrange(4)
    team = tuple(
        member.model_copy(update={"available": ("Tue-Wed 09:00-12:00",)}) if k == away else member
        for k, member in enumerate(before.staff)
    )
    return edited(before, participants=people, staff=team), best(before)


@pytest.mark.parametrize("moment", [None, "Mon 10:30", "Tue 00:00"])
@pytest.mark.parametrize("seed", SEEDS[:16])
def test_nothing_is_better_than_the_proved_optimum_after_a_baseline(seed: int, moment: str | None) -> None:
    """Nor where the week is planned anew, from its beginning or from a moment on."""
    instance, baseline = shaken(seed)
    question = Question(instance, baseline, None if moment is None else at(moment))
    found = best(instance, baseline=baseline, frozen_from=question.frozen_from)
    assert found.score.as_tuple() == question.best_score()

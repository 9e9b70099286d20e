"""Scopes are whole: whoever attends a group that is free is free to leave it."""

from __future__ import annotations

import random

from iopsched.model import everything, scope_of
from iopsched.options import Plan
from rules.tiny import clinic, group, need, participant
from solve.searches import CLINICS, constructed, proved

TWO_GROUPS = clinic(
    groups=[group("g", starts=["Mon 09:00"]), group("h", starts=["Tue 09:00"])],
    participants=[
        participant("p1", need("class", groups=["g"]), need("talk")),
        participant("p2", need("class", groups=["g"])),
        participant("p3", need("class", groups=["h"])),
    ],
)


def test_members_of_a_free_group_are_free() -> None:
    """p1 and p2 attend g: freeing it frees their attendances, and neither p1's talk nor p3."""
    search = proved(TWO_GROUPS)
    assert [meeting.members for meeting in search.best.plan.meetings.values()] == [{0, 1}, {2}]
    scope = scope_of(search.options, search.best.plan, groups=[0])
    assert scope.attendances == {0, 1}
    assert scope.groups == scope.leaders == {0}
    assert scope.sessions == frozenset()


def test_leaders_alone_free_nobody() -> None:
    """Whoever leads, the members stay."""
    search = proved(TWO_GROUPS)
    scope = scope_of(search.options, search.best.plan, leaders=[1])
    assert (scope.groups, scope.attendances, scope.leaders) == (frozenset(), frozenset(), {1})


def test_a_free_participant_is_free_in_all_needs() -> None:
    """p1's talk and p1's class, whatever the plan."""
    search = proved(TWO_GROUPS)
    scope = scope_of(search.options, Plan(), participants=[0])
    assert (scope.sessions, scope.attendances, scope.groups) == ({0}, {0}, frozenset())


def test_who_attends_a_free_group_is_free_in_any_plan() -> None:
    """For groups of generated clinics, drawn at random."""
    rng = random.Random(1)
    attended = 0
    for clinic_ in CLINICS:
        search = constructed(*clinic_)
        for _ in range(5):
            groups = rng.sample(range(len(search.options.instance.groups)), 2)
            scope = scope_of(search.options, search.best.plan, groups=groups)
            for option, meeting in search.best.plan.meetings.items():
                if search.options.meetings[option].group in groups:
                    attended += len(meeting.members)
                    assert meeting.members <= scope.attendances
    assert attended > 20


def test_everything_is_everything() -> None:
    """Each need and each group is free, and the scope is whole whatever the plan."""
    search = constructed(*CLINICS[0])
    scope = everything(search.options)
    whole = scope_of(
        search.options,
        search.best.plan,
        participants=range(len(search.options.instance.participants)),
        groups=range(len(search.options.instance.groups)),
    )
    assert scope == whole

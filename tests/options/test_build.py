"""All options together: indices that lead back and forth, and a plan's own book-keeping."""

from __future__ import annotations

from iopsched.options import Meeting, Placement, Plan, build_options
from rules.tiny import clinic, group, need, participant, service
from solve.searches import CLINICS, constructed


def test_needs_lead_to_their_options_and_back() -> None:
    """p1 has a class and a talk, p2 nothing, p3 a class: by participant, by kind, by service."""
    options = build_options(
        clinic(
            services=[service(), service("class", kind="group")],
            groups=[group(starts=["Mon,Tue 09:00"])],
            participants=[
                participant("p1", need("class"), need("talk")),
                participant("p2", need("talk", 0)),
                participant("p3", need("class")),
            ],
        )
    )
    assert options.sessions_of == {0: (0,), 1: (1,), 2: ()}
    assert options.attendances_of == {0: (0,), 1: (), 2: (1,)}
    assert options.meetings_of == {0: (0, 1)}
    assert options.attendable_by == {0: (0, 1), 1: (0, 1)}
    assert options.need_index[0, "talk"] is options.sessions[0]
    assert options.need_index[2, "class"] is options.attendances[1]
    assert set(options.need_index) == {(0, "class"), (0, "talk"), (1, "talk"), (2, "class")}


def test_indices_are_positions() -> None:
    """In generated clinics every option knows its own place, and attendances and meetings agree."""
    for clinic_ in CLINICS:
        options = constructed(*clinic_).options
        assert len(options.meetings) > 5
        for every in (options.sessions, options.attendances, options.meetings):
            assert [one.index for one in every] == list(range(len(every)))
        for meeting, needs in options.attendable_by.items():
            assert all(meeting in options.attendances[need].meetings for need in needs)
        assert sum(map(len, options.attendable_by.values())) == sum(
            len(one.meetings) for one in options.attendances
        )


def test_a_plan_with_changes_forgets_what_is_empty() -> None:
    """Needs without sessions and meetings that are cancelled leave no trace; the old plan stays as it was."""
    one, other = Placement(540, 0, 0), Placement(600, 1, 0)
    held = Meeting(((0,),), 0, frozenset({3, 5}))
    plan = Plan({2: (one,)}, {7: held})
    changed = plan.with_changes({1: (other,), 2: ()}, {4: held, 7: None})
    assert changed == Plan({1: (other,)}, {4: held})
    assert list(plan.with_changes({1: (other,)}, {4: held}).meetings) == [4, 7]
    assert plan == Plan({2: (one,)}, {7: held})


def test_a_plan_knows_who_attends_what() -> None:
    """Need 3 attends both meetings, need 5 one of them."""
    plan = Plan({}, {9: Meeting(((0,),), 0, frozenset({3})), 7: Meeting(((0,),), 0, frozenset({3, 5}))})
    assert plan.attended() == {3: (7, 9), 5: (7,)}

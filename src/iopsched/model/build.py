"""From a scope to a CpModel, and from its solution back to a plan. Reads like a table of contents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from iopsched.model.breaks import staff_break, staff_rest
from iopsched.model.draft import draft
from iopsched.model.groups import apart, group_meetings, group_member, group_size, not_staff
from iopsched.model.level_burden import burden
from iopsched.model.level_changes import changes
from iopsched.model.level_staffing import staffing
from iopsched.model.level_unmet import unmet
from iopsched.model.needs import need_count, need_order, need_spacing, same_staff
from iopsched.model.objective import Objective
from iopsched.model.participants import day_limit, participant_free
from iopsched.model.pins import pin
from iopsched.model.rooms import room_fit, room_free
from iopsched.model.scope import Scope
from iopsched.model.staff import staff_free, staff_load
from iopsched.model.variables import Draft, Like
from iopsched.options.build import Options
from iopsched.options.plan import Meeting, Placement, Plan

__all__ = ["LEVEL_PARTS", "RULE_PARTS", "ScopedModel", "build_model"]

RULE_PARTS: tuple[tuple[str, Callable[[Draft], None]], ...] = (
    ("participant-free", participant_free),
    ("day-limit", day_limit),
    ("need-count", need_count),
    ("need-spacing", need_spacing),
    ("need-order", need_order),
    ("staff-fit", same_staff),
    ("staff-fit", not_staff),
    ("group-size", group_size),
    ("group-meetings", group_meetings),
    ("group-member", group_member),
    ("apart", apart),
    ("staff-free", staff_free),
    ("staff-load", staff_load),
    ("staff-break", staff_break),
    ("staff-rest", staff_rest),
    ("room-fit", room_fit),
    ("room-free", room_free),
    ("pin", pin),
)
"""Every rule that needs a constraint.

``grid``, ``hours``, ``family-free`` and ``frozen``, and what ``participant-free``, ``staff-fit``,
``group-member`` and ``room-fit`` say about one session alone, are settled by the options.
"""

LEVEL_PARTS: dict[str, Callable[[Draft], Objective]] = {
    "unmet": unmet,
    "changes": changes,
    "burden": burden,
    "staffing": staffing,
}


@dataclass
class ScopedModel:
    """A CpModel of a scope, its levels, and the way back to a plan."""

    draft: Draft
    levels: dict[str, Objective]

    @property
    def model(self) -> cp_model.CpModel:
        """The model itself."""
        return self.draft.builder.model

    def incumbent(self, level: str) -> int:
        """Return a level's value in the plan that the model was built around; what stands is left out."""
        objective = self.levels[level]
        return self.draft.builder.total(objective.terms) + objective.constant

    def limit(self, level: str, value: int) -> None:
        """Require a level to be at most ``value``."""
        objective = self.levels[level]
        self.draft.builder.add(self.draft.builder.sum_of(objective.terms) <= value - objective.constant)

    def at_least(self, level: str, participant: int, value: int) -> None:
        """Tell the solver what it may not see: a lower limit of what one participant adds to a level."""
        part = self.levels[level].parts.get(participant)
        if part is not None and part.terms:
            self.draft.builder.add(self.draft.builder.sum_of(part.terms) >= value - part.constant)

    def minimize(self, weighted: Sequence[tuple[int, str]]) -> None:
        """Minimise Σ weight × level."""
        terms = [
            (weight * coefficient, literal)
            for weight, level in weighted
            for coefficient, literal in self.levels[level].terms
        ]
        constant = sum(weight * self.levels[level].constant for weight, level in weighted)
        self.model.minimize(self.draft.builder.sum_of(terms) + constant)

    def plan(self, values: Sequence[int]) -> Plan:
        """Return the plan that a solution describes.

        Parameters
        ----------
        values : sequence of int
            The value of each variable, by index.
        """
        placements = _placements(self.draft, values)
        meetings = _meetings(self.draft, values)
        return self.draft.plan.with_changes(placements, meetings)


def build_model(
    options: Options, plan: Plan, scope: Scope, levels: Iterable[str] = tuple(LEVEL_PARTS)
) -> ScopedModel:
    """Build the model of a scope: its variables, every rule, the levels asked for, and the hint.

    Parameters
    ----------
    options : Options
    plan : Plan
        Feasible; gives what stands outside the scope, and the hint inside.
    scope : Scope
    levels : iterable of str
        Levels of the score that the model can speak of.
    """
    made = draft(options, plan, scope)
    for _, part in RULE_PARTS:
        part(made)
    model = ScopedModel(made, {level: LEVEL_PARTS[level](made) for level in levels})
    made.builder.hint()
    return model


def _placements(made: Draft, values: Sequence[int]) -> dict[int, tuple[Placement, ...]]:
    free: dict[Like, list[int]] = {
        key: [room_class for room_class, literal in counts.items() for _ in range(values[literal.index])]
        for key, counts in made.placed.items()
    }
    pooled = _from_pools(made, values)
    placements = {}
    for need, session in made.sessions.items():
        chosen = []
        for k, start in enumerate(session.times):
            if not values[session.at[k].index]:
                continue
            staff = pooled.get((need, start))
            if staff is None:
                staff = next(member for member, literal in session.leads[k] if values[literal.index])
            room_class = -1
            if not session.options.remote:
                own = need if made.options.baseline is not None else -1
                room_class = free[start, session.options.minutes, session.rooms[k], own].pop()
            chosen.append(Placement(start, staff, room_class))
        placements[need] = tuple(chosen)
    return placements


def _from_pools(made: Draft, values: Sequence[int]) -> dict[tuple[int, int], int]:
    """Return who leads the session of a need at a start where a pool does; whoever led it before stays."""
    found: dict[tuple[int, int], int] = {}
    for pool in made.pools.values():
        busy = [member for member, literal in pool.leads if values[literal.index]]
        needs = [need for need, literal in pool.claims if values[literal.index]]
        for need in needs:
            for placed in made.plan.placements.get(need, ()):
                if placed.start == pool.start and placed.staff in busy:
                    found[need, pool.start] = placed.staff
                    busy.remove(placed.staff)
        left = [need for need in needs if (need, pool.start) not in found]
        found |= {(need, pool.start): member for need, member in zip(left, busy, strict=True)}
    return found


def _meetings(made: Draft, values: Sequence[int]) -> dict[int, Meeting | None]:
    def is_one(literal: cp_model.IntVar | int) -> bool:
        return bool(literal if isinstance(literal, int) else values[literal.index])

    meetings: dict[int, Meeting | None] = {}
    for option, meeting in made.meetings.items():
        if not is_one(meeting.run):
            meetings[option] = None
            continue
        leaders = tuple(
            tuple(sorted(member for member, literal in leads if is_one(literal))) for leads in meeting.parts
        )
        room_class = next((room for room, literal in meeting.rooms if is_one(literal)), -1)
        members = frozenset(need for need, literal in meeting.attends.items() if is_one(literal))
        meetings[option] = Meeting(leaders, room_class, members)
    return meetings

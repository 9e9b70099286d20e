"""The variables of a scope: sessions and meetings, and how they bear on people and rooms.

=============================  =====================================================================
``at[need, start]``            a session of the need begins then
``lead[need, start, staff]``   and is led by this member of staff, where it matters who does
``pooled[need, start]``        and is led by anybody of a pool; Σ over staff of ``lead`` + ``pooled`` = ``at``
``pool[staff, start, ..]``     this member of staff leads one of a pool's; Σ over staff = Σ of ``pooled``
``booked[staff, start, ..]``   this member of staff leads some session then; ``lead`` and ``pool`` together
``placed[kind, start, class]`` how many of the like sessions then are in this class of rooms
``run[meeting]``               the meeting is held
``part[meeting, part, staff]`` this member of staff leads the part; Σ over staff = leaders × ``run``
``room[meeting, class]``       the meeting is in this class of rooms; Σ over classes = ``run``
``attend[need, meeting]``      the need is served by the meeting
=============================  =====================================================================

Constants stand for whatever a scope does not free, so that each rule is written once, for both.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.model.builder import Builder, Literal
from iopsched.model.scope import Scope
from iopsched.model.standing import Standing
from iopsched.options.build import Options
from iopsched.options.meetings import AttendanceOptions, MeetingOption
from iopsched.options.plan import Plan
from iopsched.options.sessions import SessionOptions

Like = tuple[int, int, tuple[int, ...], int]
"""Sessions alike to rooms: start, minutes, classes that serve, and the need where it matters, else -1."""
Together = tuple[int, int, int, tuple[int, ...]]
"""Sessions that one pool serves: start, minutes, minutes of notes, and the staff who could lead them."""

__all__ = [
    "AttendanceVariables",
    "Draft",
    "Led",
    "Like",
    "MeetingVariables",
    "Pool",
    "SessionVariables",
    "Together",
    "Visit",
]


@dataclass(frozen=True, slots=True)
class Visit:
    """A session that a participant attends or may attend; of some needs there is at most one a day."""

    start: int
    end: int
    literal: Literal
    service: str
    once_a_day: bool = True


@dataclass(frozen=True, slots=True)
class Led:
    """A stretch that a member of staff may lead, and be occupied by until its notes are written."""

    start: int
    end: int
    occupied_until: int
    literal: Literal
    frozen: bool = False

    @property
    def day(self) -> int:
        """The day it belongs to (Monday = 0); notes that begin at midnight are of the day before."""
        return (self.start - int(self.start == self.end)) // MINUTES_PER_DAY


@dataclass(frozen=True)
class Pool:
    """Staff any of whom may lead any of some sessions alike that begin at one time.

    Attributes
    ----------
    claims : list of (need, literal)
        The sessions that need somebody of the pool.
    leads : tuple of (staff index, literal)
        Who leads one of them.
    """

    start: int
    minutes: int
    note: int
    claims: list[tuple[int, cp_model.IntVar]]
    leads: tuple[tuple[int, cp_model.IntVar], ...]


@dataclass(frozen=True)
class SessionVariables:
    """Decisions on one one-to-one or family need; entry ``k`` of each tuple belongs to ``times[k]``.

    Attributes
    ----------
    at : tuple of literal
        A session begins then.
    leads : tuple of tuple of (staff index, literal)
        Who leads it, of those of whom it matters who does.
    pooled : tuple of (literal or None)
        Somebody of a pool leads it; ``None`` where there is none for it.
    rooms : tuple of tuple of int
        Room classes that would serve.
    """

    options: SessionOptions
    times: tuple[int, ...]
    at: tuple[cp_model.IntVar, ...]
    leads: tuple[tuple[tuple[int, cp_model.IntVar], ...], ...]
    pooled: tuple[cp_model.IntVar | None, ...]
    rooms: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class AttendanceVariables:
    """Decisions on one group need: the meetings that may serve it."""

    options: AttendanceOptions
    attends: dict[int, cp_model.IntVar]


@dataclass(frozen=True)
class MeetingVariables:
    """Decisions on one meeting; constants where the scope does not free them."""

    option: MeetingOption
    run: Literal
    parts: tuple[tuple[tuple[int, Literal], ...], ...]
    rooms: tuple[tuple[int, Literal], ...]
    attends: dict[int, Literal]

    def leads(self, part: int, member: int) -> Literal:
        """Return whether someone leads a part."""
        return next((literal for staff, literal in self.parts[part] if staff == member), 0)


@dataclass
class Draft:
    """A model under construction: what may be decided, and what already bears on people and rooms."""

    options: Options
    plan: Plan
    scope: Scope
    builder: Builder
    standing: Standing
    sessions: dict[int, SessionVariables] = field(default_factory=dict)
    attendances: dict[int, AttendanceVariables] = field(default_factory=dict)
    pools: dict[Together, Pool] = field(default_factory=dict)
    meetings: dict[int, MeetingVariables] = field(default_factory=dict)
    visits: dict[int, list[Visit]] = field(default_factory=lambda: defaultdict(list))
    led: dict[int, list[Led]] = field(default_factory=lambda: defaultdict(list))
    placed: dict[Like, dict[int, cp_model.IntVar]] = field(default_factory=dict)
    missing: list[tuple[int, int, cp_model.IntVar]] = field(default_factory=list)
    _days: dict[tuple[int, int], Literal] = field(default_factory=dict)

    def day_used(self, participant: int, day: int) -> Literal:
        """Return whether a participant has a session on a day (Monday = 0)."""
        if (participant, day) not in self._days:
            self._days[participant, day] = self.builder.any_of(
                visit.literal for visit in self.visits[participant] if visit.start // MINUTES_PER_DAY == day
            )
        return self._days[participant, day]

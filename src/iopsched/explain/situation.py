"""What is known while the reasons of one plan are worked out, and a participant's own week in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from iopsched.explain.counting import most_sessions
from iopsched.explain.occupancy import Occupancy, occupancy_of, pinned_occupancy
from iopsched.explain.unheld import Unheld, unheld_meeting
from iopsched.instance.models import Need, Participant, Program
from iopsched.instance.windows import MINUTES_PER_DAY, MINUTES_PER_WEEK
from iopsched.options.build import Options
from iopsched.options.calendar import BoolArray, IntArray
from iopsched.options.facts import Facts, facts_of
from iopsched.options.meetings import AttendanceOptions, MeetingOption, meeting_options
from iopsched.options.plan import Plan
from iopsched.options.sessions import SessionOptions

__all__ = ["ANY_WEEK", "OwnWeek", "Situation", "own_obstacles"]


@dataclass(frozen=True)
class Situation:
    """A plan of some options, and what all reasons need to know of it."""

    options: Options
    plan: Plan
    _unheld: dict[int, Unheld] = field(default_factory=dict)

    @cached_property
    def attended(self) -> dict[int, tuple[int, ...]]:
        """The meeting options that serve each group need."""
        return self.plan.attended()

    @cached_property
    def missing(self) -> dict[tuple[int, str], int]:
        """Sessions missing of each short need, by participant index and service id, in the file's order."""
        found = {}
        for k, person in enumerate(self.options.instance.participants):
            for need in person.needs:
                asked = self.options.need_index[k, need.service]
                short = asked.wanted - self.reached(asked)
                if short > 0:
                    found[k, need.service] = short
        return found

    def reached(self, asked: SessionOptions | AttendanceOptions) -> int:
        """Return how many of a need's sessions the plan holds, frozen ones not counted."""
        if isinstance(asked, SessionOptions):
            return len(self.plan.placements.get(asked.index, ()))
        return len(self.attended.get(asked.index, ()))

    @property
    def facts(self) -> Facts:
        """The facts that the options are made from."""
        return self.options.facts

    def person(self, asked: SessionOptions | AttendanceOptions) -> Participant:
        """Return whose need it is."""
        return self.options.instance.participants[asked.participant]

    @property
    def begun(self) -> bool:
        """Whether part of the week is past (rule ``frozen``)."""
        return bool(self.facts.frozen) or self.facts.first_minute > 0

    @cached_property
    def whole_week(self) -> Facts:
        """The facts of the week before any of it was past."""
        return facts_of(self.options.instance) if self.begun else self.facts

    @cached_property
    def meetings_of_whole_week(self) -> dict[tuple[int, int], MeetingOption]:
        """Every meeting that could have been held before any of the week was past, by group and start."""
        meetings = meeting_options(self.whole_week) if self.begun else self.options.meetings
        return {(option.group, option.start): option for option in meetings}

    @cached_property
    def option_at(self) -> dict[tuple[int, int], int]:
        """Index of the meeting option of each group and start that have one."""
        return {(option.group, option.start): option.index for option in self.options.meetings}

    @cached_property
    def pinned_meetings(self) -> dict[int, set[int]]:
        """The starts of each group's meetings that pins say are held, attendances pinned included."""
        found: dict[int, set[int]] = defaultdict(set)
        for pin in self.options.instance.pins:
            if pin.group is not None:
                found[self.facts.group_index[pin.group]].add(pin.minute)
        return dict(found)

    @cached_property
    def past(self) -> Occupancy:
        """What is frozen."""
        return occupancy_of(self.options, Plan())

    @cached_property
    def taken(self) -> Occupancy:
        """What the plan takes."""
        return occupancy_of(self.options, self.plan)

    @cached_property
    def pinned(self) -> Occupancy:
        """What the pins alone take."""
        return pinned_occupancy(self.options, self.plan)

    def unheld(self, option: MeetingOption) -> Unheld:
        """Return what stands in the way of a meeting that is not held."""
        if option.index not in self._unheld:
            self._unheld[option.index] = unheld_meeting(
                self.options, self.plan, self.taken, self.missing, option
            )
        return self._unheld[option.index]

    def taken_by_others(self, asked: SessionOptions | AttendanceOptions) -> Occupancy:
        """Return what the plan takes besides a need's own sessions."""
        if not self.reached(asked):
            return self.taken
        if isinstance(asked, SessionOptions):
            return occupancy_of(self.options, self.plan, session=asked.index)
        return occupancy_of(self.options, self.plan, attendance=asked.index)


@dataclass(frozen=True)
class OwnWeek:
    """How a participant's other sessions bear on one more (rule ``day-limit``).

    Attributes
    ----------
    minutes : dict of int to int
        Session minutes of each day on which they come.
    new_days : int
        How many other days the program still allows.
    longest : int
        The program's ``max_minutes_per_day``.
    """

    minutes: dict[int, int]
    new_days: int
    longest: int

    @classmethod
    def of(cls, occupancy: Occupancy, participant: int) -> OwnWeek:
        """Read a participant's week off an occupancy."""
        minutes: dict[int, int] = defaultdict(int)
        for item in occupancy.attended(participant):
            minutes[item.start // MINUTES_PER_DAY] += item.end - item.start
        person = occupancy.options.instance.participants[participant]
        return cls.within(occupancy.options.facts.program(person), minutes)

    @classmethod
    def within(cls, program: Program, minutes: Mapping[int, int]) -> OwnWeek:
        """Return what a program leaves of a week with these session minutes on its days."""
        days, longest = program.max_days_per_week, program.max_minutes_per_day
        return cls(
            dict(minutes),
            7 if days is None else max(0, days - len(minutes)),
            MINUTES_PER_DAY if longest is None else longest,
        )

    def most(self, held: Mapping[int, int], minutes: int, apart: int) -> int:
        """Return the most sessions of one need that days which could hold so many may have.

        Parameters
        ----------
        held : mapping of int to int
            For each day, how many sessions could be held on it.
        minutes, apart : int
            Length of a session; the need's ``min_days_apart``.
        """
        allowed = {
            day: min(count, max(0, self.longest - self.minutes.get(day, 0)) // minutes)
            for day, count in held.items()
        }
        return most_sessions(allowed, apart, self.minutes, self.new_days)

    def bars(self, starts: IntArray, minutes: int) -> BoolArray:
        """Tell for each start whether the program lets no session of ``minutes`` be added on its day."""
        barred = np.array(
            [
                self.minutes.get(day, 0) + minutes > self.longest
                or (day not in self.minutes and not self.new_days)
                for day in range(7)
            ],
            np.bool_,
        )
        days: BoolArray = barred[starts // MINUTES_PER_DAY]
        return days


ANY_WEEK = OwnWeek({}, 7, MINUTES_PER_DAY)
"""A week in which the program limits nothing."""


def own_obstacles(
    situation: Situation, participant: int, need: Need, starts: IntArray, minutes: int, occupancy: Occupancy
) -> dict[str, BoolArray]:
    """Tell which starts a participant's other sessions bar.

    Returns
    -------
    dict of str to array of bool, shape (n,)
        ``order``, ``day-limit`` and ``own-sessions``.
    """
    person = situation.options.instance.participants[participant]
    earliest, latest = 0, MINUTES_PER_WEEK
    earlier = None if need.after is None else person.need_of(need.after)
    if earlier is not None and earlier.sessions:
        ends = [item.end for item in occupancy.attended(participant) if item.service == earlier.service]
        incomplete = (participant, earlier.service) in situation.missing
        earliest = MINUTES_PER_WEEK if incomplete else max(ends, default=0)
    for later in person.needs:
        if later.after == need.service:
            past = situation.facts.frozen_of(participant, later)
            latest = min([latest, *(frozen.start for frozen in past)])
    return {
        "order": (starts < earliest) | (starts + minutes > latest),
        "day-limit": OwnWeek.of(occupancy, participant).bars(starts, minutes),
        "own-sessions": occupancy.participant_taken(participant, starts, minutes),
    }

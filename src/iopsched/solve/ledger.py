"""The ledger of a plan: who and what is taken, kept up to date session by session.

It answers one question fast: from which starts could each member of staff lead one session more, every rule
about staff considered. Answers are kept as tables and worked out again for the days that changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import numpy as np

from iopsched.instance.windows import MINUTES_PER_DAY, MINUTES_PER_WEEK
from iopsched.model.standing import leads_of_meeting
from iopsched.options import Options, Placement, Plan
from iopsched.options.calendar import BoolArray, IntArray
from iopsched.options.frozen import Lead
from iopsched.options.meetings import AttendanceOptions
from iopsched.options.plan import Meeting
from iopsched.options.sessions import SessionOptions

__all__ = ["Ledger"]

DAYS = 7


@dataclass
class _Table:
    """From which starts on the grid each member of staff could lead a session of one length more."""

    free: BoolArray
    stale: set[tuple[int, int]]


class Ledger:
    """What a plan takes, of staff, rooms and seats.

    Parameters
    ----------
    options : Options
        Without frozen sessions.
    plan : Plan
    """

    def __init__(self, options: Options, plan: Plan) -> None:
        self.options = options
        self.placements: dict[int, tuple[Placement, ...]] = {}
        self.meetings: dict[int, Meeting] = {}
        self.attended: dict[int, set[int]] = defaultdict(set)
        self._slot = options.instance.slot_minutes
        self._starts = np.arange(0, MINUTES_PER_WEEK, self._slot, dtype=np.int32)
        self._counselled: list[Counter[int]] = [Counter() for _ in options.instance.staff]
        self._caseload = [0] * len(options.instance.staff)
        self._led: dict[tuple[int, int], list[Lead]] = defaultdict(list)
        self._week = [0] * len(options.instance.staff)
        self._used = np.zeros((len(options.facts.classes), len(self._starts)), np.int16)
        self._places = np.array([c.places for c in options.facts.classes], np.int16)
        self._tables: dict[tuple[int, int], _Table] = {}
        self._longest_note = max((service.note_minutes for service in options.instance.services), default=0)
        index = options.facts.participant_index
        self._apart = {
            index[one]: frozenset(index[other] for other in others)
            for one, others in options.instance.apart_of.items()
        }
        for option, meeting in plan.meetings.items():
            self._hold(option, meeting)
        for need, placements in plan.placements.items():
            self.place(need, placements)

    def place(self, need: int, placements: tuple[Placement, ...]) -> None:
        """Give a one-to-one need these sessions, in place of those it has."""
        asked = self.options.sessions[need]
        for placed in self.placements.pop(need, ()):
            end = placed.start + asked.minutes
            self._book(Lead(placed.staff, placed.start, end, end + asked.note), -1)
            self._counsel(placed.staff, asked.participant, -1)
            self._use(placed.room_class, placed.start, end, -1)
        for placed in placements:
            end = placed.start + asked.minutes
            self._book(Lead(placed.staff, placed.start, end, end + asked.note), 1)
            self._counsel(placed.staff, asked.participant, 1)
            self._use(placed.room_class, placed.start, end, 1)
        if placements:
            self.placements[need] = placements

    def attend(self, need: int, meetings: set[int]) -> None:
        """Let a group need be served by these meetings, which run, instead of those that serve it."""
        before = self.attended[need]
        for option in before - meetings:
            self._seat(option, self.meetings[option].members - {need})
        for option in meetings - before:
            self._seat(option, self.meetings[option].members | {need})
        self.attended[need] = set(meetings)

    def cancel_unfilled(self) -> None:
        """Cancel meetings that too few attend, and with them whatever should have come after."""
        while unfilled := [k for k, meeting in self.meetings.items() if self._unfilled(k, meeting)]:
            for option in unfilled:
                for need in self.meetings[option].members:
                    self.attend(need, self.attended[need] - {option})
                    self._drop_what_waits(need)
                self._cancel(option)

    def plan(self) -> Plan:
        """Return the plan as it stands."""
        return Plan().with_changes(self.placements, self.meetings)

    def could_lead(self, asked: SessionOptions) -> BoolArray:
        """Tell from which of a need's starts who of its staff could lead a session more: (m, staff)."""
        minutes, note = asked.minutes, asked.note
        table = self._tables.get((minutes, note))
        if table is None:
            everything = {(k, day) for k in range(len(self._week)) for day in range(DAYS)}
            table = _Table(np.zeros((len(self._week), len(self._starts)), np.bool_), everything)
            self._tables[minutes, note] = table
        per_day = MINUTES_PER_DAY // self._slot
        for member, day in table.stale:
            part = slice(day * per_day, (day + 1) * per_day)
            table.free[member, part] = self._free_on(member, day, self._starts[part], minutes, note)
        table.stale.clear()
        free: BoolArray = table.free[:, asked.times // self._slot].T & asked.led
        for k, staff in enumerate(self.options.instance.staff):
            week, most = staff.max_minutes_per_week, staff.max_participants
            new = not self._counselled[k][asked.participant]
            full = most is not None and new and self._caseload[k] >= most
            if full or (week is not None and self._week[k] + minutes > week):
                free[:, k] = False
        return free

    def has_room(self, asked: SessionOptions) -> BoolArray:
        """Tell from which of a need's starts which of its rooms have a place, shape (m, room classes)."""
        full = self._used >= self._places[:, None]
        none = np.zeros((len(full), 1), np.int32)
        before = np.concatenate([none, full.cumsum(axis=1, dtype=np.int32)], axis=1)
        begin = asked.times // self._slot
        end = begin + asked.minutes // self._slot
        free: BoolArray = asked.rooms & (before[:, end] == before[:, begin]).T
        return free

    def open_meetings(self, asked: AttendanceOptions) -> list[int]:
        """Return the meetings that run, have a seat, and bring nobody together who must not be."""
        options = self.options
        never = {options.facts.staff_index[member] for member in asked.need.not_staff}
        apart = self._apart.get(asked.participant, frozenset())
        found = []
        for option in asked.meetings:
            meeting = self.meetings.get(option)
            if meeting is None:
                continue
            if asked.index not in meeting.members:
                described = options.meetings[option]
                seats = options.instance.groups[described.group].max_size
                if meeting.room_class >= 0:
                    room = options.facts.classes[meeting.room_class].capacity
                    seats = min(seats, room - described.most_leaders)
                if len(meeting.members) >= seats:
                    continue
                if never and any(member in never for part in meeting.leaders for member in part):
                    continue
                if apart and any(options.attendances[need].participant in apart for need in meeting.members):
                    continue
            found.append(option)
        return found

    def idle(self, member: int, start: int, end: int) -> int:
        """Return the wait next to what somebody leads on that day already, in minutes; else a day's."""
        today = self._led[member, start // MINUTES_PER_DAY]
        if not today:
            return MINUTES_PER_DAY
        return min(max(lead.start - end, start - lead.occupied_until) for lead in today)

    def _hold(self, option: int, meeting: Meeting) -> None:
        described = self.options.meetings[option]
        self.meetings[option] = meeting
        for lead in leads_of_meeting(described, meeting):
            self._book(lead, 1)
        self._use(meeting.room_class, described.start, described.end, 1)
        for need in meeting.members:
            self.attended[need].add(option)

    def _cancel(self, option: int) -> None:
        described, meeting = self.options.meetings[option], self.meetings.pop(option)
        for lead in leads_of_meeting(described, meeting):
            self._book(lead, -1)
        self._use(meeting.room_class, described.start, described.end, -1)

    def _unfilled(self, option: int, meeting: Meeting) -> bool:
        described = self.options.meetings[option]
        least = max(1, self.options.instance.groups[described.group].min_size)
        return described.pin is None and len(meeting.members) < least

    def _drop_what_waits(self, attendance: int) -> None:
        """Take back the sessions of needs that wait for one that is now short, however indirectly."""
        asked = self.options.attendances[attendance]
        short = [asked.need.service]
        for service in short:
            for need in self.options.instance.participants[asked.participant].needs:
                if need.after == service:
                    waiting = self.options.need_index[asked.participant, need.service]
                    if isinstance(waiting, SessionOptions):
                        self.place(waiting.index, ())
                    else:
                        self.attend(waiting.index, set())
                    short.append(need.service)

    def _seat(self, option: int, members: frozenset[int]) -> None:
        meeting = self.meetings[option]
        self.meetings[option] = Meeting(meeting.leaders, meeting.room_class, members)

    def _counsel(self, member: int, participant: int, change: int) -> None:
        sessions = self._counselled[member]
        before = sessions[participant]
        sessions[participant] = before + change
        self._caseload[member] += int(before + change > 0) - int(before > 0)

    def _book(self, lead: Lead, change: int) -> None:
        """Enter what somebody leads (1), or strike it out (-1)."""
        day = lead.start // MINUTES_PER_DAY
        today = self._led[lead.staff, day]
        if change > 0:
            today.append(lead)
        else:
            today.remove(lead)
        self._week[lead.staff] += change * (lead.end - lead.start)
        near = [(lead.staff, other) for other in self._days_touched(lead, day)]
        for table in self._tables.values():
            table.stale.update(near)

    def _days_touched(self, lead: Lead, day: int) -> Iterator[int]:
        """Yield the days on which it matters that somebody leads this: its own, or one beside it.

        That is so where they must rest between the two, or where notes run past midnight.
        """
        rests = self.options.instance.staff[lead.staff].rest_hours is not None
        yield day
        if day > 0 and (rests or lead.start - day * MINUTES_PER_DAY < self._longest_note):
            yield day - 1
        if day + 1 < DAYS and (rests or lead.occupied_until > (day + 1) * MINUTES_PER_DAY):
            yield day + 1

    def _use(self, room_class: int, start: int, end: int, change: int) -> None:
        if room_class >= 0:
            self._used[room_class, start // self._slot : -(-end // self._slot)] += change

    def _free_on(self, member: int, day: int, starts: IntArray, minutes: int, note: int) -> BoolArray:
        """Tell from which starts of a day somebody could lead a session more (rules about staff)."""
        staff = self.options.instance.staff[member]
        today = self._led[member, day]
        before, after = self._led[member, day - 1], self._led[member, day + 1]
        free = np.ones(len(starts), np.bool_)
        longest = staff.max_minutes_per_day
        if longest is not None and sum(lead.end - lead.start for lead in today) + minutes > longest:
            free[:] = False
            return free
        for lead in (*before, *today, *after):
            free[self._between(starts, lead.start - minutes - note, lead.occupied_until)] = False
        if staff.rest_hours is not None:
            rest = ceil(staff.rest_hours * 60)
            if before:
                free &= starts >= max(lead.end for lead in before) + rest
            if after:
                free &= starts + (minutes + rest) <= min(lead.start for lead in after)
        # Where no break is too short, every stretch is a run of its own, and none is too long by itself.
        if today and staff.max_minutes_without_break is not None and staff.break_minutes:
            low, high = starts.copy(), starts + (minutes + note)
            for start, end in _runs(today, staff.break_minutes):
                joined = self._between(
                    starts, start - minutes - note - staff.break_minutes, end + staff.break_minutes
                )
                np.minimum(low[joined], start, out=low[joined])
                np.maximum(high[joined], end, out=high[joined])
            free &= high - low <= staff.max_minutes_without_break
        return free

    def _between(self, starts: IntArray, after: int, before: int) -> slice:
        """Return where starts of a day on the grid lie strictly between two moments."""
        first = int(starts[0])
        begin = (after - first) // self._slot + 1
        return slice(max(0, begin), max(0, -(-(before - first) // self._slot)))


def _runs(leads: list[Lead], break_minutes: int) -> list[tuple[int, int]]:
    """Cut what somebody leads on a day into runs (rule ``staff-break``)."""
    runs: list[tuple[int, int]] = []
    for lead in sorted(leads, key=lambda lead: lead.start):
        if runs and lead.start - runs[-1][1] < break_minutes:
            runs[-1] = (runs[-1][0], max(runs[-1][1], lead.occupied_until))
        else:
            runs.append((lead.start, lead.occupied_until))
    return runs

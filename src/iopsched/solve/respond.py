"""Responses: a participant takes the best week that the others leave them.

A participant's week, groups and one-to-one sessions together, is decided by the dynamic program of
:mod:`iopsched.weeks.program` in milliseconds, where a model and a solver take a tenth of a second. What
the program leaves out is made up for: where sessions lie days apart, wait for each other or have one leader,
some choices of days and leaders are tried, and every week is checked before it is taken. Whoever gets none
that way is left to the neighbourhoods.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.options import Options, Placement
from iopsched.options.calendar import BoolArray
from iopsched.options.meetings import AttendanceOptions
from iopsched.options.sessions import SessionOptions
from iopsched.solve.ledger import Ledger
from iopsched.solve.openings import openings, with_one_leader
from iopsched.solve.value import value_week
from iopsched.weeks.batches import Batch
from iopsched.weeks.decoding import Weeks
from iopsched.weeks.planner import Openings, WeekPlanner
from iopsched.weeks.tariff import Tariff

__all__ = ["Chosen", "Responder"]

Offered = Mapping[int, Collection[int]]
"""For some group needs, the only meetings to choose from."""
Worth = tuple[int, int]
"""What a week adds to ``unmet`` and ``burden``."""


@dataclass(frozen=True)
class Chosen:
    """A week: sessions of one-to-one needs, and meetings of group needs."""

    placements: dict[int, tuple[Placement, ...]]
    attended: dict[int, set[int]]


@dataclass(frozen=True)
class Responder:
    """Works out participants' best responses to what the others do.

    Attributes
    ----------
    weeks : WeekPlanner
        Of options without frozen sessions and without a baseline.
    tariff : Tariff, optional
        What the time of staff and rooms costs.
    """

    weeks: WeekPlanner
    tariff: Tariff | None = None

    @classmethod
    def of(cls, options: Options) -> Responder:
        """Return one by whom nothing costs more than the participant's own burden."""
        return cls(WeekPlanner(options))

    @property
    def options(self) -> Options:
        """What there is to choose from."""
        return self.weeks.options

    def charging(self, tariff: Tariff | None) -> Responder:
        """Return one by whom the time of staff and rooms is paid for: what is dear is left to others."""
        return replace(self, tariff=tariff)

    def respond(self, ledger: Ledger, participant: int, offered: Offered = MappingProxyType({})) -> bool:
        """Give a participant the best week there is, and tell whether it is better than theirs was.

        Parameters
        ----------
        ledger : Ledger
            Holds the new week afterwards.
        participant : int
        offered : mapping of int to set of int
            For some group needs, the only meetings to choose from.
        """
        before = self.held(ledger, participant)
        worth = self.worth(before, participant)
        self.take(ledger, participant, Chosen({}, {}))
        better = self.best(ledger, participant, worth, before, offered)
        self.take(ledger, participant, before if better is None else better)
        return better is not None

    def best(
        self,
        ledger: Ledger,
        participant: int,
        worth: Worth,
        before: Chosen,
        offered: Offered = MappingProxyType({}),
    ) -> Chosen | None:
        """Return the best week for a participant who holds none, if it is worth less than ``worth``.

        Parameters
        ----------
        ledger : Ledger
            Unchanged afterwards.
        participant : int
        worth : (int, int)
        before : Chosen
            The week that was given up; meetings may not be left with too few by it.
        offered : mapping of int to set of int
        """
        batch = self.weeks.batch(participant)
        if batch is None:
            return None
        best = None
        for anywhere, chosen in self._candidates(ledger, batch, before, offered):
            value = self.worth(chosen, participant)
            if value < worth and self._keeps_rules(ledger, chosen, before, participant):
                best, worth = chosen, value
            # Weeks that keep to some days are no better than the best of all.
            if anywhere and (best is chosen or value >= worth):
                return best
        return best

    def held(self, ledger: Ledger, participant: int) -> Chosen:
        """Return the week that a participant has."""
        options = self.options
        return Chosen(
            {need: ledger.placements.get(need, ()) for need in options.sessions_of[participant]},
            {need: set(ledger.attended[need]) for need in options.attendances_of[participant]},
        )

    def take(self, ledger: Ledger, participant: int, chosen: Chosen) -> None:
        """Let a participant have a week, in place of theirs."""
        for need in self.options.sessions_of[participant]:
            ledger.place(need, chosen.placements.get(need, ()))
        for need in self.options.attendances_of[participant]:
            ledger.attend(need, chosen.attended.get(need, set()))

    def worth(self, chosen: Chosen, participant: int) -> Worth:
        """Return what a week adds to ``unmet`` and ``burden``."""
        return value_week(self.options, participant, chosen.placements, chosen.attended)

    def _candidates(
        self, ledger: Ledger, batch: Batch, before: Chosen, offered: Offered
    ) -> Iterator[tuple[bool, Chosen]]:
        """Yield weeks: the cheapest of all (true), then those in which needs keep to some days (false)."""
        found = openings(ledger, batch, offered)
        tries = with_one_leader(batch, found.led, before.placements)
        for days in ({}, *self.weeks.day_choices(int(batch.people[0]))):
            weeks = [
                self.weeks.solve(batch, Openings(one, found.roomy, found.meetings), days, self.tariff)
                for one in tries
            ]
            for k in sorted(range(len(weeks)), key=lambda k: int(weeks[k].cost[0])):
                chosen = self._assign(ledger, batch, weeks[k], tries[k])
                if chosen is not None:
                    yield not days, chosen
                    break

    def _assign(
        self, ledger: Ledger, batch: Batch, weeks: Weeks, led: Mapping[int, BoolArray]
    ) -> Chosen | None:
        chosen = Chosen({}, {})
        items = batch.items[0]
        begun: dict[int, list[int]] = {}
        joined: dict[int, list[int]] = {}
        for n, day, slot in sorted(
            zip(weeks.need.tolist(), weeks.day.tolist(), weeks.slot.tolist(), strict=True)
        ):
            start = day * MINUTES_PER_DAY + self.weeks.clock.first + slot * self.weeks.clock.slot
            asked = items[n].asked
            (begun if isinstance(asked, SessionOptions) else joined).setdefault(asked.index, []).append(start)
        for index, starts in joined.items():
            found = self._meetings_at(ledger, self.options.attendances[index], starts)
            if found is None:
                return None
            chosen.attended[index] = found
        if len(weeks.block):
            block = self.weeks.block(batch)
            chosen.attended[block.index] = {int(batch.blocks.option[k]) for k in weeks.block}
        placed: list[int] = []
        leading: set[int] = set()
        for index, starts in begun.items():
            needed = self.options.sessions[index]
            found_places = self._places_at(ledger, needed, sorted(starts), led[index], leading)
            placed.append(index)
            if found_places is None:
                break
            leading.update(one.staff for one in found_places)
            ledger.place(index, found_places)
            chosen.placements[index] = found_places
        for index in placed:
            ledger.place(index, ())
        return chosen if len(chosen.placements) == len(begun) else None

    def _meetings_at(self, ledger: Ledger, asked: AttendanceOptions, starts: list[int]) -> set[int] | None:
        by_group: dict[int, dict[int, int]] = {}
        for option in ledger.open_meetings(asked):
            meeting = self.options.meetings[option]
            key = -1 if asked.need.mix_groups else meeting.group
            by_group.setdefault(key, {}).setdefault(meeting.start, option)
        for found in by_group.values():
            if all(start in found for start in starts):
                return {found[start] for start in starts}
        return None

    def _places_at(
        self,
        ledger: Ledger,
        asked: SessionOptions,
        starts: list[int],
        led: BoolArray,
        leading: AbstractSet[int],
    ) -> tuple[Placement, ...] | None:
        """Choose staff and rooms: preferred staff, then who is missed least elsewhere, then who idles least.

        Who could lead was worked out before any session of the week was placed; those who have been given
        one since (``leading`` by other needs) are asked again.
        """
        found: list[Placement] = []
        preferred = set(asked.need.prefer_staff)
        staff = self.options.instance.staff
        for start in starts:
            at = int(np.searchsorted(asked.times, start))
            able = np.flatnonzero(led[at]).tolist()
            unsure = {*leading, *(one.staff for one in found)}.intersection(able)
            if unsure:
                still = ledger.could_lead(asked)[at]
                able = [k for k in able if k not in unsure or still[k]]
            if asked.one_leader and found:
                able = [k for k in able if k == found[0].staff]
            if not able:
                break
            member = min(
                able,
                key=lambda k: (
                    bool(preferred) and staff[k].id not in preferred,
                    self.tariff.of_member(k, start, start + asked.minutes + asked.note) if self.tariff else 0,
                    ledger.idle(k, start, start + asked.minutes + asked.note),
                    len(staff[k].skills),
                    k,
                ),
            )
            room = -1
            if not asked.remote:
                rooms = np.flatnonzero(ledger.has_room(asked)[at]).tolist()
                if not rooms:
                    break
                room = min(rooms, key=lambda k: (self.options.facts.classes[k].capacity, k))
            placed = Placement(start, member, room)
            found.append(placed)
            ledger.place(asked.index, tuple(found))
        ledger.place(asked.index, ())
        return tuple(found) if len(found) == len(starts) else None

    def _keeps_rules(self, ledger: Ledger, chosen: Chosen, before: Chosen, participant: int) -> bool:
        options = self.options
        person = options.instance.participants[participant]
        spans: dict[str, list[tuple[int, int]]] = {}
        for need, placements in chosen.placements.items():
            asked = options.sessions[need]
            spans[asked.need.service] = [(p.start, p.start + asked.minutes) for p in placements]
        for need, meetings in chosen.attended.items():
            spans[options.attendances[need].need.service] = [
                (options.meetings[k].start, options.meetings[k].end) for k in meetings
            ]
        days = {start // MINUTES_PER_DAY for found in spans.values() for start, _ in found}
        program = options.facts.program(person)
        if program.max_days_per_week is not None and len(days) > program.max_days_per_week:
            return False
        for asked_for in person.needs:
            mine = sorted(spans.get(asked_for.service, []))
            if any(
                two[0] // MINUTES_PER_DAY - one[0] // MINUTES_PER_DAY < asked_for.min_days_apart
                for one, two in pairwise(mine)
            ):
                return False
            first = person.need_of(asked_for.after) if asked_for.after is not None else None
            if mine and first is not None and first.sessions:
                theirs = spans.get(first.service, [])
                if len(theirs) < first.sessions or max(end for _, end in theirs) > mine[0][0]:
                    return False
        for need, meetings in before.attended.items():
            for option in meetings - chosen.attended.get(need, set()):
                group = options.instance.groups[options.meetings[option].group]
                if len(ledger.meetings[option].members) < group.min_size:
                    return False
        return True

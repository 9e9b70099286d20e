"""What stands while a baseline is mended: each need at the baseline's places, but for the freed ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import numpy as np

from iopsched.instance.models import Instance, Participant
from iopsched.model import Scope
from iopsched.model.level_changes import BaselineAttendance
from iopsched.options import Options, Plan
from iopsched.options.meetings import AttendanceOptions
from iopsched.options.sessions import SessionOptions

__all__ = [
    "Around",
    "Key",
    "Was",
    "hit",
    "lost",
    "moved",
    "not_standing",
    "relaxed",
    "with_their_order",
]

Key = tuple[int, str]
"""A need: its participant's index and its service."""
Was = dict[Key, dict[int, BaselineAttendance]]
"""The baseline's attendances of each need, by start."""


def moved(options: Options, plan: Plan, was: Was) -> frozenset[Key]:
    """Return the needs that a plan leaves short, or serves at other starts than the baseline did."""
    return frozenset(
        key
        for key, held in _held(options, plan)
        if len(held) < options.need_index[key].wanted or any(start not in was.get(key, {}) for start in held)
    )


def hit(options: Options, plan: Plan, was: Was) -> frozenset[Key]:
    """Return the needs that a plan leaves shorter than the baseline did."""
    return frozenset(
        key
        for key, held in _held(options, plan)
        if len(held) < min(options.need_index[key].wanted, len(was.get(key, {})))
    )


def _held(options: Options, plan: Plan) -> Iterator[tuple[Key, list[int]]]:
    """Yield each need with the starts at which a plan serves it."""
    attended = plan.attended()
    for key, asked in options.need_index.items():
        if isinstance(asked, SessionOptions):
            yield key, [placed.start for placed in plan.placements.get(asked.index, ())]
        else:
            yield key, [options.meetings[k].start for k in attended.get(asked.index, ())]


def lost(options: Options, was: Was) -> tuple[frozenset[Key], frozenset[Key]]:
    """Return the needs for which the baseline has too few places that could still be had.

    First those that had more places before, then all of them.
    """
    every = {key: left for key, left in _left(options, was) if left < options.need_index[key].wanted}
    return frozenset(key for key, left in every.items() if left < len(was.get(key, {}))), frozenset(every)


def _left(options: Options, was: Was) -> Iterator[tuple[Key, int]]:
    """Yield each need with how many of the baseline's starts could still be had."""
    for key, asked in Around.of(options, was, frozenset()).options.need_index.items():
        if isinstance(asked, SessionOptions):
            yield key, len(asked.times)
        else:
            yield key, len({options.meetings[k].start for k in asked.meetings})


def with_their_order(options: Options, freed: Collection[Key]) -> frozenset[Key]:
    """Add the needs that wait for a freed one, or that it waits for, however indirectly."""
    every = set(freed)
    waiting = list(freed)
    while waiting:
        participant, service = waiting.pop()
        for need in options.instance.participants[participant].needs:
            links = {need.service: need.after, need.after: need.service}
            linked = (participant, links.get(service) or "")
            if linked in options.need_index and linked not in every:
                every.add(linked)
                waiting.append(linked)
    return frozenset(every)


@dataclass(frozen=True)
class Around:
    """The options cut down to what stands, but for the needs that are freed.

    Attributes
    ----------
    options : Options
        With the indices of the whole.
    freed : frozenset of Key
    scope : Scope
        All needs and groups; only meetings that somebody could attend.
    """

    options: Options
    freed: frozenset[Key]
    scope: Scope

    @classmethod
    def of(cls, options: Options, was: Was, freed: frozenset[Key], loose: Collection[Key] = ()) -> Around:
        """Cut the options down; of the ``loose`` group needs only to the baseline's starts, in any group."""
        sessions = tuple(
            asked if (asked.participant, asked.need.service) in freed else _stays(options, asked, was)
            for asked in options.sessions
        )
        attendances = tuple(
            asked
            if (asked.participant, asked.need.service) in freed
            else _stays_in(options, asked, was, (asked.participant, asked.need.service) in loose)
            for asked in options.attendances
        )
        pinned = {option.index for option in options.meetings if option.pin is not None}
        groups = frozenset(range(len(options.instance.groups)))
        scope = Scope(
            frozenset(range(len(sessions))),
            frozenset(range(len(attendances))),
            groups,
            groups,
            meetings=frozenset(pinned.union(*(asked.meetings for asked in attendances))),
        )
        return cls(replace(options, sessions=sessions, attendances=attendances), freed, scope)

    @property
    def decisions(self) -> int:
        """About how many decisions a model of them has."""
        meetings = (self.options.meetings[k] for k in self.scope.meetings or ())
        places = sum(int(asked.led.sum()) + int(asked.rooms.sum()) for asked in self.options.sessions)
        leads = sum(len(part.staff) for option in meetings for part in option.parts)
        return places + leads + sum(len(asked.meetings) for asked in self.options.attendances)


def _stays(options: Options, asked: SessionOptions, was: Was) -> SessionOptions:
    """Keep the starts of the baseline, its room there where that is possible, and whoever could lead."""
    before = was.get((asked.participant, asked.need.service), {})
    kept = np.isin(asked.times, sorted({*before, *asked.pinned}))
    times, rooms = asked.times[kept], asked.rooms[kept]
    for k, start in enumerate(times.tolist()):
        room = options.facts.class_of_room.get(before[start].room or "") if start in before else None
        if room is not None and rooms[k, room]:
            rooms[k] = np.arange(rooms.shape[1]) == room
    return replace(asked, times=times, led=asked.led[kept], rooms=rooms)


def _stays_in(options: Options, asked: AttendanceOptions, was: Was, loose: bool) -> AttendanceOptions:
    """Keep the meetings at the baseline's starts, of its groups or, where loose, of any."""
    before = was.get((asked.participant, asked.need.service), {})

    def stands(index: int) -> bool:
        option = options.meetings[index]
        attended = before.get(option.start)
        if attended is None:
            return False
        return loose or options.instance.groups[option.group].id == attended.group

    return replace(asked, meetings=tuple(k for k in asked.meetings if stands(k) or k in asked.pinned))


def not_standing(around: Around, plan: Plan) -> frozenset[Key]:
    """Return the needs some of whose sessions have left for nowhere, or for a room that there is not."""
    options, attended = around.options, plan.attended()
    anywhere = len(options.facts.classes) if options.facts.classes else None
    found = set()
    for key, asked in options.need_index.items():
        if isinstance(asked, SessionOptions):
            placed = plan.placements.get(asked.index, ())
            held, most = len(placed), len(asked.times)
            if any(one.room_class == anywhere for one in placed):
                found.add(key)
        else:
            held = len(attended.get(asked.index, ()))
            most = len({options.meetings[k].start for k in asked.meetings})
        if held < min(asked.wanted, most):
            found.add(key)
    return frozenset(found) - around.freed


def relaxed(around: Around) -> Options:
    """Return the options without rules that a move of somebody who is not freed could help to keep.

    Whoever is not freed may also sit in a room of which there is always one more.
    """
    options = around.options
    instance = options.instance
    classes = options.facts.classes
    anywhere = (
        replace(classes[0], index=len(classes), rooms=("",) * len(options.sessions)) if classes else None
    )

    def unordered(k: int, participant: Participant) -> Participant:
        needs = tuple(
            need if (k, need.service) in around.freed else need.model_copy(update={"after": None})
            for need in participant.needs
        )
        return participant.model_copy(update={"needs": needs})

    def roomy(asked: SessionOptions) -> SessionOptions:
        freed = (asked.participant, asked.need.service) in around.freed
        more = np.full((len(asked.times), 1), not (freed or asked.remote), np.bool_)
        return replace(asked, rooms=np.concatenate([asked.rooms, more], axis=1))

    fewer: Instance = instance.model_copy(
        update={
            "participants": tuple(unordered(k, one) for k, one in enumerate(instance.participants)),
            "groups": tuple(group.model_copy(update={"min_size": 0}) for group in instance.groups),
        }
    )
    facts = replace(
        options.facts, instance=fewer, classes=classes if anywhere is None else (*classes, anywhere)
    )
    sessions = options.sessions if anywhere is None else tuple(map(roomy, options.sessions))
    return replace(options, facts=facts, sessions=sessions)

"""The difference of two rosters of a clinic, person by person: what moved, what was cancelled, what is new.

Sessions of one person with one service (for staff: of one group or participant with one service) are matched
so that as few as possible are told as cancelled or new, and those that are told as moved moved least: what
begins at the same weekday and time first, the rest in the order of time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from iopsched.instance.models import Instance
from iopsched.roster.changes import Appointment, Change, ChangeKind, PersonChanges
from iopsched.roster.models import Roster, Session
from iopsched.roster.score import points_of_change

__all__ = ["Difference", "difference"]


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes for whom between two rosters.

    Attributes
    ----------
    participants, staff : tuple of PersonChanges
        Whoever has to be told anything, by id.
    unchanged_participants, unchanged_staff : int
        Whoever has sessions, and all of them stay.
    """

    participants: tuple[PersonChanges, ...]
    staff: tuple[PersonChanges, ...]
    unchanged_participants: int
    unchanged_staff: int

    @property
    def points(self) -> int:
        """The level ``changes`` of the second roster with the first as its baseline."""
        return sum(change.points for person in self.participants for change in person.changes)

    @property
    def counted(self) -> int:
        """How many of the participants' changes the level ``changes`` counts."""
        return sum(change.points > 0 for person in self.participants for change in person.changes)

    def total(self, kind: ChangeKind) -> int:
        """Return how many changes of a kind participants have to be told."""
        return sum(change.kind == kind for person in self.participants for change in person.changes)

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values; times as ``2026-11-30T17:30``."""
        kinds: tuple[ChangeKind, ...] = ("moved", "changed", "cancelled", "added")
        return {
            "changes": self.points,
            "counted": self.counted,
            "totals": {kind: self.total(kind) for kind in kinds},
            "unchanged": {"participants": self.unchanged_participants, "staff": self.unchanged_staff},
            "participants": [one.to_dict() for one in self.participants],
            "staff": [one.to_dict() for one in self.staff],
        }


def difference(instance: Instance, a: Roster, b: Roster) -> Difference:
    """Tell person by person what changes from one roster to another.

    Parameters
    ----------
    instance : Instance
        What the second roster answers. It says what counts: level ``changes`` leaves out participants who
        have left it, and services that somebody no longer needs.
    a, b : Roster
        Before and after, of one week or of two: weekdays and times of day are compared.
    """
    participants, same = _compared(_of_participants(a), _of_participants(b))
    staff, same_staff = _compared(_of_staff(a), _of_staff(b))
    needed = {(person.id, need.service) for person in instance.participants for need in person.needs}
    now = _of_participants(b)
    return Difference(
        tuple(
            PersonChanges(
                "participant",
                person,
                tuple(
                    replace(change, points=_points(change.before.session, now.get(person, ())))
                    if change.before is not None and (person, change.before.session.service) in needed
                    else change
                    for change in changes
                ),
            )
            for person, changes in participants.items()
        ),
        tuple(PersonChanges("staff", member, changes) for member, changes in staff.items()),
        same,
        same_staff,
    )


_Of = dict[str, list[Appointment]]


def _of_participants(roster: Roster) -> _Of:
    found: _Of = defaultdict(list)
    for session in roster.sessions:
        for person in session.participants:
            found[person].append(Appointment(session.start, session.end, session, (session.service,)))
    return found


def _of_staff(roster: Roster) -> _Of:
    found: _Of = defaultdict(list)
    for session in roster.sessions:
        parts = session.agenda or ()
        whose = session.participants if session.group is None else (session.group,)
        for member in {*session.staff, *(name for part in parts for name in part.staff)}:
            led = [part for part in parts if member in part.staff]
            first = min((part.start for part in led), default=session.start)
            last = max((part.end for part in led), default=session.end)
            found[member].append(Appointment(first, last, session, (session.service, *whose)))
    return found


def _weekly(moment: datetime) -> tuple[int, time]:
    return moment.weekday(), moment.time()


def _points(before: Session, now: Iterable[Appointment]) -> int:
    """Return what ``changes`` counts for a session that a participant had."""
    return points_of_change(
        before,
        (
            item.session
            for item in now
            if item.session.service == before.service and _weekly(item.start) == _weekly(before.start)
        ),
    )


def _compared(a: _Of, b: _Of) -> tuple[dict[str, tuple[Change, ...]], int]:
    """Return the changes of whoever has any, by id, and how many have none."""
    changed = {}
    everybody = sorted(a.keys() | b.keys())
    for person in everybody:
        before, after = _by_key(a.get(person, ())), _by_key(b.get(person, ()))
        found = [
            change
            for key in sorted(before.keys() | after.keys())
            for change in _changes(before.get(key, []), after.get(key, []))
        ]
        if found:
            changed[person] = tuple(sorted(found, key=_when))
    return changed, len(everybody) - len(changed)


def _by_key(appointments: Iterable[Appointment]) -> dict[tuple[str, ...], list[Appointment]]:
    found: dict[tuple[str, ...], list[Appointment]] = defaultdict(list)
    for item in sorted(appointments, key=lambda item: (item.start, item.session.id)):
        found[item.key].append(item)
    return found


def _when(change: Change) -> tuple[int, time, str]:
    item = change.before or change.after
    assert item is not None
    return (*_weekly(item.start), item.session.service)


def _changes(before: list[Appointment], after: list[Appointment]) -> Iterator[Change]:
    """Yield what differs between appointments of one kind, each list in the order of time."""
    left, there = [], list(after)
    for was in before:
        then = [item for item in there if _weekly(item.start) == _weekly(was.start)]
        if not then:
            left.append(was)
            continue
        same = min(then, key=lambda item: len(_differs(was, item)))
        there.remove(same)
        what = _differs(was, same)
        if what:
            yield Change("moved" if "time" in what else "changed", was, same, what)
    for old, new in _nearest(left, there):
        if old is not None and new is not None:
            yield Change("moved", old, new, _differs(old, new))
        elif old is not None:
            yield Change("cancelled", old, None)
        else:
            yield Change("added", None, new)


def _differs(was: Appointment, now: Appointment) -> tuple[str, ...]:
    """Return in what two appointments differ; who else leads is no matter to staff."""
    one, other = was.session, now.session
    times = _weekly(was.start) != _weekly(now.start) or was.end - was.start != now.end - now.start
    told = {
        "time": times,
        "staff": was.key == (one.service,) and set(one.staff) != set(other.staff),
        "group": one.group != other.group,
        "room": one.room != other.room,
    }
    return tuple(name for name, differs in told.items() if differs)


def _nearest(
    old: Sequence[Appointment], new: Sequence[Appointment]
) -> list[tuple[Appointment | None, Appointment | None]]:
    """Match as many as there can be, by the fewest minutes of the week between them, in the order of time."""
    # least[i][j]: the fewest minutes for the first i and j, all of the shorter list matched in the end.
    unmatched = 1 << 20
    least = [[unmatched * max(i, j) for j in range(len(new) + 1)] for i in range(len(old) + 1)]
    for i, was in enumerate(old, 1):
        for j, now in enumerate(new, 1):
            together = least[i - 1][j - 1] + abs(_minute(was) - _minute(now))
            least[i][j] = min(together, least[i - 1][j] + unmatched, least[i][j - 1] + unmatched)
    pairs: list[tuple[Appointment | None, Appointment | None]] = []
    i, j = len(old), len(new)
    while i or j:
        if i and j:
            together = least[i - 1][j - 1] + abs(_minute(old[i - 1]) - _minute(new[j - 1]))
            if least[i][j] == together:
                i, j = i - 1, j - 1
                pairs.append((old[i], new[j]))
                continue
        if i and (not j or least[i][j] == least[i - 1][j] + unmatched):
            i -= 1
            pairs.append((old[i], None))
        else:
            j -= 1
            pairs.append((None, new[j]))
    return pairs[::-1]


def _minute(item: Appointment) -> int:
    return (item.start.weekday() * 24 + item.start.hour) * 60 + item.start.minute

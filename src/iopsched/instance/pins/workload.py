"""Rules that pinned sessions break together for those who lead them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from iopsched.instance.draft import Finding
from iopsched.instance.models import Instance, Staff
from iopsched.instance.pins.leading import leaders_of_parts
from iopsched.instance.pins.sessions import PinnedSession, breaks
from iopsched.instance.times import Span, overlapping
from iopsched.instance.windows import MINUTES_PER_DAY

__all__ = ["check_staff"]


@dataclass(frozen=True)
class _Led:
    """A part that somebody certainly leads; they are occupied, writing notes, until ``free``."""

    session: PinnedSession
    start: int
    end: int
    free: int

    @property
    def day(self) -> int:
        return self.start // MINUTES_PER_DAY

    @property
    def occupied(self) -> Span:
        return (self.start, self.free)


def check_staff(instance: Instance, sessions: Sequence[PinnedSession]) -> Iterator[Finding]:
    """Find what pinned staff cannot do in one week.

    Only parts count that somebody certainly leads: those with no more pinned staff able to lead them
    than they take.
    """
    led_by: dict[str, list[_Led]] = defaultdict(list)
    for session in sorted(sessions, key=lambda session: session.start):
        if session.staff is not None:
            for name, part in _certainly_led(instance, session):
                led_by[name].append(part)
    for name, led in led_by.items():
        member = instance.staff_by_id[name]
        clashes = list(_two_at_once(member, led))
        yield from clashes
        yield from _load(member, led)
        yield from _caseload(member, led)
        yield from _rest(member, led)
        if not clashes:
            yield from _breaks(member, led)


def _certainly_led(instance: Instance, session: PinnedSession) -> Iterator[tuple[str, _Led]]:
    able = leaders_of_parts(instance, session)
    for k, (part, (start, end)) in enumerate(session.parts()):
        following = able[k + 1] if k + 1 < len(able) else []
        if len(able[k]) == part.leaders:
            for name in able[k]:
                # Who leads the next part too writes the notes of both after it.
                notes = 0 if name in following else session.service.note_minutes
                yield name, _Led(session, start, end, end + notes)


def _pins(led: Sequence[_Led]) -> list[int]:
    return [k for one in led for k in one.session.pins]


def _two_at_once(member: Staff, led: Sequence[_Led]) -> Iterator[Finding]:
    reported = set()
    for one, other in overlapping(led, lambda one: one.occupied):
        pair = (one.session.name, other.session.name)
        if pair not in reported:
            reported.add(pair)
            text = f"{member.id} would lead, or write notes of, two things at once: {' and '.join(pair)}"
            yield breaks("staff-free", _pins((one, other)), text)


def _load(member: Staff, led: Sequence[_Led]) -> Iterator[Finding]:
    days: dict[int, list[_Led]] = defaultdict(list)
    for one in led:
        days[one.day].append(one)
    stretches = [(member.max_minutes_per_day, "on one day", together) for together in days.values()]
    stretches.append((member.max_minutes_per_week, "in the week", list(led)))
    for limit, when, together in stretches:
        minutes = sum(one.end - one.start for one in together)
        if limit is not None and minutes > limit:
            text = f"{member.id} would lead {minutes} minutes {when}, at most {limit} are allowed"
            yield breaks("staff-load", _pins(together), text)


def _caseload(member: Staff, led: Sequence[_Led]) -> Iterator[Finding]:
    cases = [one for one in led if one.session.group is None]
    participants = {name for one in cases for name in one.session.attendance}
    if member.max_participants is not None and len(participants) > member.max_participants:
        limit = member.max_participants
        text = f"{member.id} would see {len(participants)} participants, at most {limit} are allowed"
        yield breaks("staff-load", _pins(cases), text)


def _rest(member: Staff, led: Sequence[_Led]) -> Iterator[Finding]:
    if member.rest_hours is None:
        return
    days = sorted({one.day for one in led})
    for day, after in pairwise(days):
        last = max((one for one in led if one.day == day), key=lambda one: one.end)
        first = min((one for one in led if one.day == after), key=lambda one: one.start)
        if after == day + 1 and first.start - last.end < member.rest_hours * 60:
            text = (
                f"{member.id} would rest {(first.start - last.end) / 60:g} hours between {last.session.name} "
                f"and {first.session.name}, at least {member.rest_hours:g} are required"
            )
            yield breaks("staff-rest", _pins((last, first)), text)


def _breaks(member: Staff, led: Sequence[_Led]) -> Iterator[Finding]:
    limit = member.max_minutes_without_break
    if limit is None:
        return
    runs: list[list[_Led]] = []
    for one in sorted(led, key=lambda one: one.start):
        last = runs[-1][-1] if runs else None
        if last and last.day == one.day and one.start - last.free < member.break_minutes:
            runs[-1].append(one)
        else:
            runs.append([one])
    for run in runs:
        minutes = run[-1].free - run[0].start
        if minutes > limit:
            text = (
                f"{member.id} would work {minutes} minutes without a break of {member.break_minutes}, "
                f"at most {limit} are allowed"
            )
            yield breaks("staff-break", _pins(run), text)

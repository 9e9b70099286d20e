"""What could be asked of a participant, their family and their treatment plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from iopsched.instance.models import Busy, Instance, Pin
from iopsched.instance.times import clock
from iopsched.instance.windows import DAYS, MINUTES_PER_DAY, spans
from iopsched.plan.edits.base import changed, need_changed
from iopsched.plan.edits.clinic import ProgramDays, ProgramMinutes
from iopsched.plan.edits.commitments import (
    CommitmentDropped,
    CommitmentEndsEarlier,
    CommitmentMoved,
    CommitmentStartsLater,
    Travel,
)
from iopsched.plan.edits.needs import (
    NeedDaysApart,
    NeedGroups,
    NeedLedBy,
    NeedManyLeaders,
    NeedMixesGroups,
    NeedNotAfter,
    NeedNotLedBy,
    NeedTags,
)
from iopsched.plan.edits.participants import FamilyAlsoAvailable, ParticipantAlsoAvailable
from iopsched.plan.edits.pins import PinMoved, Unpinned
from iopsched.plan.edits.times import written_windows
from iopsched.plan.why_not.facts import Asked, Fact
from iopsched.plan.why_not.proposals import (
    ALL_WEEK,
    Asking,
    Proposal,
    asking,
    exactly,
    grown,
    minutes_in,
    outside,
    sessions_of,
    span_of,
)
from iopsched.roster.models import Roster

__all__ = ["own_mends"]

STEPS = (15, 30, 45, 60, 90, 120, 180)
"""Minutes by which a commitment could be shorter."""
WIDER = (60, 24 * 60)
"""Minutes by which windows could be wider: a little first, then by any time of the day."""
WISH = 60
"""Points of setting aside something that the treatment plan asks for."""


def own_mends(asked: Asked, fact: Fact) -> Iterator[Proposal]:
    """Propose what would set aside a fact about the participant, or as much of it as it takes."""
    makers: dict[str, Callable[[Asked, Fact], Iterator[Proposal]]] = {
        "commitment": _commitment,
        "travel": _travel,
        "available": _available,
        "family": _family,
        "program": _program,
        "pin": _pin,
    }
    maker = makers.get(fact.kind, _wish)
    yield from maker(asked, fact)


def _commitment(asked: Asked, fact: Fact) -> Iterator[Proposal]:
    assert fact.number is not None
    instance, who, number = asked.instance, asked.participant.id, fact.number
    busy = asked.participant.busy[number - 1]
    for kind in (CommitmentEndsEarlier, CommitmentStartsLater):
        for minutes in STEPS:
            if all(end - start > minutes for start, end in spans(busy.when)):
                edit = kind(participant=who, number=number, minutes=minutes)
                yield Proposal(
                    f"{kind.__name__} {number}",
                    minutes,
                    edit.applied(instance),
                    _Shorter(asked, edit, busy),
                )
    gone = changed_busy(instance, who, number)
    yield Proposal(f"commitment {number}", 180, gone, _Without(asked, number, busy))


def changed_busy(instance: Instance, who: str, number: int) -> Instance:
    """Return the instance with one commitment empty; the numbers of the others stay."""
    busy = list(instance.participant_by_id[who].busy)
    busy[number - 1] = busy[number - 1].model_copy(update={"when": (), "travel_minutes": 0})
    return changed(instance, "participants", who, busy=tuple(busy))


def _days_of(asked: Asked, roster: Roster, busy: Busy) -> list[int]:
    """Return the days on which the participant's sessions are within a commitment or the way there."""
    travel = busy.travel_minutes
    taken = [(start - travel, end + travel) for start, end in spans(busy.when)]
    return sorted(
        {
            start // MINUTES_PER_DAY
            for start, end in (
                span_of(asked.instance, one) for one in sessions_of(roster, asked.participant.id)
            )
            if any(first < end and start < last for first, last in taken)
        }
    )


@dataclass(frozen=True)
class _Shorter:
    """A commitment that is shorter on the days on which it has to be."""

    asked: Asked
    edit: CommitmentEndsEarlier | CommitmentStartsLater
    busy: Busy

    def __call__(self, roster: Roster) -> Asking:
        days = _days_of(self.asked, roster, self.busy)
        every = sorted({start // MINUTES_PER_DAY for start, _ in spans(self.busy.when)})
        if not days or days == every:
            return asking(self.edit.minutes * max(1, len(every)), self.edit)
        when = tuple(f"{DAYS[day]} 00:00-24:00" for day in days)
        fields: dict[str, Any] = {**self.edit.model_dump(), "days": when}
        return asking(self.edit.minutes * len(days), type(self.edit)(**fields))


@dataclass(frozen=True)
class _Without:
    """A commitment that falls away on the days on which it has to."""

    asked: Asked
    number: int
    busy: Busy

    def __call__(self, roster: Roster) -> Asking:
        days = _days_of(self.asked, roster, self.busy)
        gone = [span for span in spans(self.busy.when) if span[0] // MINUTES_PER_DAY in days]
        left = [span for span in spans(self.busy.when) if span not in gone]
        points = 60 + sum(end - start for start, end in gone)
        who = self.asked.participant.id
        if not left:
            return asking(points, CommitmentDropped(participant=who, number=self.number))
        when = written_windows(left)
        return asking(points, CommitmentMoved(participant=who, number=self.number, when=when))


def _travel(asked: Asked, fact: Fact) -> Iterator[Proposal]:
    assert fact.number is not None
    busy = asked.participant.busy[fact.number - 1]
    for minutes in range((busy.travel_minutes - 1) // 15 * 15, -1, -15):
        edit = Travel(participant=asked.participant.id, number=fact.number, minutes=minutes)
        points = (busy.travel_minutes - minutes) * len(spans(busy.when))
        yield exactly(f"travel {fact.number}", points, asked.instance, edit)


def _available(asked: Asked, _: Fact) -> Iterator[Proposal]:
    who, known = asked.participant.id, asked.participant.available or ()

    def of_roster(roster: Roster) -> Asking:
        needed = [span_of(asked.instance, one) for one in sessions_of(roster, who)]
        when = outside(needed, known)
        return asking(minutes_in(when), ParticipantAlsoAvailable(participant=who, when=when))

    for wider in WIDER:
        widened = changed(asked.instance, "participants", who, available=grown(known, wider) or ALL_WEEK)
        yield Proposal("available", 30, widened, of_roster)


def _family(asked: Asked, fact: Fact) -> Iterator[Proposal]:
    assert fact.subject is not None
    who, member = asked.participant.id, fact.subject
    known = next(one.available for one in asked.participant.family if one.id == member)

    def of_roster(roster: Roster) -> Asking:
        needed = [span_of(asked.instance, one) for one in sessions_of(roster, who) if member in one.family]
        when = outside(needed, known)
        return asking(minutes_in(when), FamilyAlsoAvailable(participant=who, member=member, when=when))

    for wider in WIDER:
        edit = FamilyAlsoAvailable(participant=who, member=member, when=grown(known, wider) or ALL_WEEK)
        yield Proposal(f"family {member}", 30, edit.applied(asked.instance), of_roster)


def _program(asked: Asked, fact: Fact) -> Iterator[Proposal]:
    program = asked.instance.program_by_id[asked.participant.program]
    if fact.subject == "max_days_per_week" and program.max_days_per_week is not None:
        days = ProgramDays(program=program.id, days=program.max_days_per_week + 1)
        yield exactly("days", 2 * WISH, asked.instance, days)
    if fact.subject == "max_minutes_per_day" and program.max_minutes_per_day is not None:
        for more in (15, 30, 60, 120, 180):
            edit = ProgramMinutes(program=program.id, minutes=program.max_minutes_per_day + more)
            yield exactly("minutes of a day", WISH + more, asked.instance, edit)


def _pin(asked: Asked, fact: Fact) -> Iterator[Proposal]:
    assert fact.pin is not None
    yield pin_proposal(asked.instance, fact.pin, 45)


def pin_proposal(instance: Instance, pin: Pin, points: int) -> Proposal:
    """Propose to move a pin to where a roster has the session, or else to take it out."""
    of = {"participant": pin.participant, "service": pin.service, "group": pin.group, "start": pin.start}
    free = Unpinned(**of)
    pinned = {
        one.minute for one in instance.pins if (one.participant, one.group) == (pin.participant, pin.group)
    }

    def of_roster(roster: Roster) -> Asking:
        held = [
            span_of(instance, one)[0]
            for one in roster.sessions
            if (pin.participant is None or pin.participant in one.participants)
            and (one.group == pin.group if pin.group is not None else one.service == pin.service)
        ]
        elsewhere = [start for start in held if start not in pinned]
        if pin.minute in held or not elsewhere or pin.staff is not None or pin.room is not None:
            return asking(points, free)
        return asking(points, PinMoved(**of, to=clock(elsewhere[0])))

    return Proposal(f"pin {pin.start}", points, free.applied(instance), of_roster)


def _wish(asked: Asked, fact: Fact) -> Iterator[Proposal]:
    """Propose to set aside what the need asks for, only as far as it takes."""
    instance, who, what, need = asked.instance, asked.participant.id, asked.service.id, asked.need
    of = {"participant": who, "service": what}

    def leaders(roster: Roster) -> set[str]:
        mine = [one for one in sessions_of(roster, who) if one.service == what]
        return {name for one in mine for name in one.staff}

    if fact.kind == "need-staff":
        known = need.staff or ()
        yield Proposal(
            fact.kind,
            WISH,
            need_changed(instance, who, what, staff=None),
            lambda roster: asking(
                WISH, NeedLedBy(**of, staff=(*known, *sorted(leaders(roster) - set(known))))
            ),
        )
    if fact.kind == "not-staff":
        yield Proposal(
            fact.kind,
            2 * WISH,
            need_changed(instance, who, what, not_staff=()),
            lambda roster: asking(
                2 * WISH,
                NeedNotLedBy(**of, staff=tuple(x for x in need.not_staff if x not in leaders(roster))),
            ),
        )
    if fact.kind == "staff-tags":
        for tag in need.staff_tags:
            left = tuple(other for other in need.staff_tags if other != tag)
            yield exactly(f"tag {tag}", WISH, instance, NeedTags(**of, tags=left))
    if fact.kind == "need-groups":
        yield exactly(fact.kind, WISH, instance, NeedGroups(**of, groups=None))
    if fact.kind == "one-group":
        yield exactly(fact.kind, WISH, instance, NeedMixesGroups(**of))
    if fact.kind == "same-staff":
        yield exactly(fact.kind, WISH, instance, NeedManyLeaders(**of))
    if fact.kind == "days-apart":
        for days in range(need.min_days_apart - 1, -1, -1):
            points = WISH * (need.min_days_apart - days)
            yield exactly(fact.kind, points, instance, NeedDaysApart(**of, days=days))
    if fact.kind == "after":
        yield exactly(fact.kind, 2 * WISH, instance, NeedNotAfter(**of))

"""Clinics and rosters small enough to solve by eye.

Unless a test says otherwise: one room ``office`` for ten, one member of staff ``ana`` who is always there
and can do everything, one program ``iop`` without limits, an hour's ``talk`` that one participant needs
once, and a group ``g`` that gives an hour's ``class``. The clinic is open Mon-Fri 08:00-20:00.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from iopsched.instance import parse_instance
from iopsched.instance.models import Instance
from iopsched.roster import check, score_sessions, unmet_needs
from iopsched.roster.models import AgendaItem, Bound, Roster, Session
from iopsched.solve import solve

WEEK = date(2026, 11, 23)
ALWAYS = "Mon-Sun 00:00-24:00"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
Fields = dict[str, Any]


def clinic(**fields: Any) -> Instance:
    """Return a clinic of which only what is named differs from the usual one."""
    usual: Fields = {
        "id": "tiny",
        "week": WEEK.isoformat(),
        "hours": ["Mon-Fri 08:00-20:00"],
        "services": [service(), service("class", kind="group")],
        "rooms": [room()],
        "staff": [staff()],
        "groups": [],
        "programs": [program()],
        "participants": [participant()],
    }
    return parse_instance({**usual, **fields})


def service(name: str = "talk", minutes: int = 60, kind: str = "one_to_one", **fields: Any) -> Fields:
    """Return a service held in an office, led by whoever has the skill of its name."""
    return {"id": name, "kind": kind, "minutes": minutes, "room_kinds": ["office"], **fields}


def part(minutes: int, skill: str, leaders: int = 1) -> Fields:
    """Return a part of an agenda, named after its skill."""
    return {"title": skill, "minutes": minutes, "skill": skill, "leaders": leaders}


def room(name: str = "office", capacity: int = 10, **fields: Any) -> Fields:
    """Return an office."""
    return {"id": name, "kind": "office", "capacity": capacity, **fields}


def staff(name: str = "ana", skills: str = "talk class family med", **fields: Any) -> Fields:
    """Return somebody who is always at work; ``skills`` separated by blanks."""
    return {"id": name, "skills": skills.split(), "available": [ALWAYS], **fields}


def group(name: str = "g", starts: Sequence[str] = ("Mon 09:00",), **fields: Any) -> Fields:
    """Return a group that meets once for a class."""
    return {
        "id": name,
        "service": "class",
        "meetings": 1,
        "starts": list(starts),
        "max_size": 8,
        **fields,
    }


def program(**fields: Any) -> Fields:
    """Return the program that everybody is in."""
    return {"id": "iop", **fields}


def participant(name: str = "p1", *needs: Fields, **fields: Any) -> Fields:
    """Return a participant with these needs, by default one talk."""
    return {"id": name, "program": "iop", "needs": list(needs or (need(),)), **fields}


def need(name: str = "talk", sessions: int = 1, **fields: Any) -> Fields:
    """Return a need of a service."""
    return {"service": name, "sessions": sessions, **fields}


def at(moment: str, weeks: int = 0) -> datetime:
    """Return the time on the wall clock of ``"Mon 09:00"``, some weeks from the clinic's."""
    day, clock = moment.split()
    hour, minute = clock.split(":")
    days = DAYS.index(day) + 7 * weeks
    return datetime.combine(WEEK, datetime.min.time()) + timedelta(days, hours=int(hour), minutes=int(minute))


def session(
    start: str,
    who: str = "p1",
    by: str = "ana",
    service: str = "talk",
    minutes: int = 60,
    room: str | None = "office",
    family: str = "",
    weeks: int = 0,
) -> Session:
    """Return a one-to-one or family session; several people are separated by blanks."""
    begin = at(start, weeks)
    return Session(
        id=f"{service} of {who} at {start}",
        service=service,
        start=begin,
        end=begin + timedelta(minutes=minutes),
        room=room,
        participants=tuple(who.split()),
        family=tuple(family.split()),
        staff=tuple(by.split()),
    )


def meeting(
    start: str,
    who: str = "p1",
    by: str = "ana",
    group: str = "g",
    parts: Iterable[tuple[int, str]] = (),
    service: str = "class",
    minutes: int = 60,
    room: str | None = "office",
    weeks: int = 0,
) -> Session:
    """Return a meeting; ``parts`` are minutes and leaders, and then take the place of ``by``."""
    begin = at(start, weeks)
    items, end = [], begin
    for length, leaders in parts:
        items.append(AgendaItem(start=end, end=end + timedelta(minutes=length), staff=tuple(leaders.split())))
        end = items[-1].end
    return Session(
        id=f"{group} at {start}",
        service=service,
        group=group,
        start=begin,
        end=end if items else begin + timedelta(minutes=minutes),
        room=room,
        participants=tuple(who.split()),
        staff=tuple(sorted({name for item in items for name in item.staff})) if items else tuple(by.split()),
        agenda=tuple(items) or None,
    )


def roster_of(
    instance: Instance, *sessions: Session, baseline: Roster | None = None, weeks: int = 0
) -> Roster:
    """Return a roster of these sessions that says the truth about its score and what it lacks."""
    return Roster(
        instance=instance.id,
        week=WEEK + timedelta(weeks=weeks),
        status="feasible",
        score=score_sessions(instance, sessions, baseline),
        bound=Bound(),
        sessions=sessions,
        unmet=unmet_needs(instance, sessions),
    )


def broken(
    instance: Instance,
    *sessions: Session,
    baseline: Roster | None = None,
    frozen_from: datetime | None = None,
) -> set[str]:
    """Return the ids of the rules that a roster of these sessions breaks."""
    roster = roster_of(instance, *sessions, baseline=baseline)
    report = check(instance, roster, baseline=baseline, frozen_from=frozen_from)
    return {violation.rule for violation in report.violations}


def best(
    instance: Instance, *, baseline: Roster | None = None, frozen_from: datetime | None = None
) -> Roster:
    """Solve to the proved optimum; the checker agrees with every roster that comes out."""
    roster = solve(instance, deterministic=True, time_limit=20, baseline=baseline, frozen_from=frozen_from)
    report = check(instance, roster, baseline=baseline, frozen_from=frozen_from)
    assert [str(violation) for violation in report.violations] == []
    assert roster.status == "optimal", (roster.score, roster.bound)
    return roster


def score(instance: Instance, *sessions: Session, baseline: Roster | None = None) -> tuple[int, ...]:
    """Return the score of these sessions: unmet, changes, burden, staffing."""
    return score_sessions(instance, sessions, baseline).as_tuple()


def starts(roster: Roster, who: str, service: str | None = None) -> list[str]:
    """Return where a participant's sessions begin, as in ``["Mon 09:00"]``, in order."""
    return [
        f"{DAYS[s.start.weekday()]} {s.start:%H:%M}"
        for s in sorted(roster.sessions, key=lambda s: s.start)
        if who in s.participants and service in (None, s.service)
    ]

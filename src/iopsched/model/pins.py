"""Rule ``pin``: what is pinned stands."""

from __future__ import annotations

from iopsched.model.variables import Draft

__all__ = ["pin"]


def pin(draft: Draft) -> None:
    """Pinned sessions happen, pinned meetings run with exactly the staff named, pinned members attend.

    Who may lead and where is settled in the options; here it is made to happen.
    """
    build = draft.builder
    for session in draft.sessions.values():
        at = dict(zip(session.times, session.at, strict=True))
        for start in session.options.pinned:
            build.require(at.get(start, 0))
    for attendance in draft.attendances.values():
        for meeting in attendance.options.pinned:
            build.require(attendance.attends.get(meeting, 0))
    for option in draft.options.meetings:
        if option.pin is not None and option.group in draft.scope.leaders:
            variables = draft.meetings.get(option.index)
            if variables is None:
                build.require(0)
                continue
            build.require(variables.run)
            for member in option.pin.staff or ():
                k = draft.options.facts.staff_index[member]
                build.at_least_one([variables.leads(part, k) for part in range(len(variables.parts))])

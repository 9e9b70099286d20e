"""The front desk's lists: each day's visits, and the picture of its arrivals and leavings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from iopsched.exchange.names import Names
from iopsched.report.front_desk import Flow, Visit, flow_of
from iopsched.report.own_rows import stop_of
from iopsched.report.page.picture import Stream, stream_of
from iopsched.report.views import ViewKind
from iopsched.report.words import clock, counted, day, plain

__all__ = ["DeskDay", "desk_days"]


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit in words; ``stops`` say where to go when."""

    arrives: str
    leaves: str
    name: str
    link: str
    stops: tuple[str, ...]
    ids: str


@dataclass(frozen=True, slots=True)
class DeskDay:
    """A day's visits by time of arrival."""

    head: str
    note: str
    stream: Stream
    rows: tuple[VisitRow, ...]


def desk_days(
    visits: Mapping[date, Sequence[Visit]], names: Names, anchor: Callable[[ViewKind, str], str]
) -> list[DeskDay]:
    """Return the days on which somebody comes."""
    flows = {when: flow_of(of_day) for when, of_day in sorted(visits.items())}
    most = max((max(one.arrivals, one.leavings) for of_day in flows.values() for one in of_day), default=0)
    return [
        DeskDay(
            day(when),
            _note(visits[when], flow),
            stream_of(flow, most),
            tuple(_row(visit, names, anchor) for visit in visits[when]),
        )
        for when, flow in flows.items()
    ]


def _note(visits: Sequence[Visit], flow: Sequence[Flow]) -> str:
    return f"{counted(len(visits), 'participant')}, at most {max(one.present for one in flow)} at once"


def _row(visit: Visit, names: Names, anchor: Callable[[ViewKind, str], str]) -> VisitRow:
    name = plain(names.of("participant", visit.participant))
    return VisitRow(
        clock(visit.arrives),
        clock(visit.leaves),
        name,
        anchor("participant", visit.participant),
        tuple(stop_of(session, names) for session in visit.sessions),
        f"{visit.participant} {name}".lower(),
    )

"""How much could be delivered at most with what there is, in fractions and by bands of time.

A linear program in which time is cut into bands of an hour. Sessions may begin in parts, in any band in which
one of their places begins; they take the minutes of staff and the rooms of their bands; groups may hold parts
of meetings, whose seats their members share. Nobody's sessions are kept apart from one another. What is left
out makes the program small: needs that are alike are one variable for each band.

Its duals are prices of all resources of a :class:`~iopsched.weeks.prices.Market`, the same within a band. By
the duality of linear programs the market's bound at those prices is about what the program says is missed at
least, and the market works it out exactly, so nothing rests on the program being right to the last digit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from iopsched.options.meetings import AttendanceOptions
from iopsched.options.sessions import SessionOptions
from iopsched.weeks.batches import SCALE
from iopsched.weeks.days import DAYS
from iopsched.weeks.prices import Market
from iopsched.weeks.resources import SessionUse

__all__ = ["BandProgram", "Rows", "band_program"]

BAND_MINUTES = 60
"""Over-full clinics of 60 and 150: no bound was higher with bands of 30 or 15 minutes, which take two and
three times as long; with bands of two hours one of them was 3 % lower, with four hours 7 %."""

Vector = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
Several = tuple[int, ...]
_Kind = tuple[SessionUse, int, Several]
"""What a session takes, its weight, and the days' bands in which it could begin."""


@dataclass(frozen=True)
class Rows:
    """Limits ``Σ coefficient × variable ≤ most``, one for each row.

    Attributes
    ----------
    most : array of float, shape (rows,)
    row, column : array of int, shape (n,)
        Where the coefficients stand: sorted by row, then column, none twice.
    coefficient : array of float, shape (n,)
    """

    most: Vector
    row: Indices
    column: Indices
    coefficient: Vector


@dataclass(frozen=True)
class BandProgram:
    """Maximise ``Σ gain × variable`` within ``rows``; no variable is negative.

    Attributes
    ----------
    gain : array of float, shape (variables,)
        Points of ``unmet`` that a session in full spares.
    first_resource, first_seat : int
        Where rows of the bands' resources begin, and rows of seats.
    seats : int
        Rows of seats, one for each meeting option of the market.
    band_of : array of int, shape (resources,)
        Which band's row each resource of the market belongs to.
    """

    gain: Vector
    rows: Rows
    first_resource: int
    first_seat: int
    seats: int
    band_of: Indices

    def prices(self, duals: Vector) -> Vector:
        """Return prices of a market's resources, of seats, and of a missed unit, in 1/``SCALE`` points.

        Parameters
        ----------
        duals : array of float, shape (rows,)
            What one more of each row's limit would spare.
        """
        worth = np.maximum(0.0, duals)
        resources = worth[self.first_resource + self.band_of]
        seats = worth[self.first_seat : self.first_seat + self.seats]
        return np.concatenate([resources, seats, [1.0]]) * SCALE


class _Draft:
    """Variables and rows as they come."""

    def __init__(self) -> None:
        self.gain: list[float] = []
        self.most: list[float] = []
        self._row: list[Indices] = []
        self._column: list[Indices] = []
        self._coefficient: list[Vector] = []

    def variables(self, count: int, gain: float) -> Indices:
        """Add variables; return their columns."""
        first = len(self.gain)
        self.gain += [gain] * count
        return np.arange(first, first + count)

    def rows(self, most: Iterable[float]) -> int:
        """Add rows; return the first's number."""
        first = len(self.most)
        self.most += most
        return first

    def enter(self, row: npt.ArrayLike, column: npt.ArrayLike, coefficient: npt.ArrayLike) -> None:
        """Add to coefficients; the arrays are broadcast together."""
        rows, columns, values = np.broadcast_arrays(row, column, np.asarray(coefficient, np.float64))
        self._row.append(rows.ravel().astype(np.int64))
        self._column.append(columns.ravel().astype(np.int64))
        self._coefficient.append(values.ravel())

    def limit(self, columns: npt.ArrayLike, most: float, coefficient: npt.ArrayLike = 1.0) -> None:
        """Add one row."""
        self.enter(self.rows([most]), columns, coefficient)

    def finished(self) -> Rows:
        """Return all rows, coefficients of one place added up."""
        row, column = np.concatenate(self._row), np.concatenate(self._column)
        places, position = np.unique(row * len(self.gain) + column, return_inverse=True)
        coefficient = np.zeros(len(places))
        np.add.at(coefficient, position, np.concatenate(self._coefficient))
        return Rows(np.array(self.most), places // len(self.gain), places % len(self.gain), coefficient)


class _Bands:
    """The bands of a market's resources: pools by band, by day and by week, room kinds by band."""

    def __init__(self, market: Market) -> None:
        resources = market.resources
        slots = resources.clock.slots
        self.resources = resources
        self.of_slot = np.arange(slots) // max(1, BAND_MINUTES // resources.clock.slot)
        self.count = int(self.of_slot[-1]) + 1
        week = DAYS * self.count
        pools, kinds = len(resources.pools), len(resources.kinds)
        within = (np.arange(DAYS)[:, None] * self.count + self.of_slot).ravel()
        self.days = pools * week
        self.weeks = self.days + pools * DAYS
        self.rooms = self.weeks + pools
        self.of_resource = np.concatenate(
            [
                (np.arange(pools)[:, None] * week + within).ravel(),
                np.arange(self.days, self.rooms),
                (self.rooms + np.arange(kinds)[:, None] * week + within).ravel(),
            ]
        )
        size = self.rooms + kinds * week
        self.capacity = np.bincount(self.of_resource, weights=resources.capacity, minlength=size)

    def slots_taken(self, length: int, starts: Indices) -> Vector:
        """Return how many slots a session of a length takes of each band, by day and band in which it begins.

        Parameters
        ----------
        length : int
            In slots.
        starts : array of int, shape (7, slots)
            How often it could begin; the answer is the mean over those of a band.

        Returns
        -------
        array of float, shape (7, bands, bands)
        """
        slots = len(self.of_slot)
        begin = np.repeat(np.arange(slots), length)
        under_way = np.minimum(begin + np.tile(np.arange(length), slots), slots - 1)
        table = np.zeros((slots, self.count))
        np.add.at(table, (begin, self.of_slot[under_way]), 1.0)
        first = np.searchsorted(self.of_slot, np.arange(self.count))
        begun = np.add.reduceat(starts, first, axis=1)
        taken: Vector = np.add.reduceat(starts[:, :, None] * table, first, axis=1)
        return taken / np.maximum(1, begun)[:, :, None]


def band_program(market: Market) -> BandProgram:
    """Return the program of a market.

    Parameters
    ----------
    market : Market
    """
    draft, bands = _Draft(), _Bands(market)
    covered = set(range(len(market.options.instance.participants))).difference(market.uncovered)
    first_resource = draft.rows(bands.capacity.tolist())
    first_seat = draft.rows([0.0] * len(market.options.meetings))
    _sessions(draft, bands, first_resource, [s for s in market.options.sessions if s.participant in covered])
    attendances = [one for one in market.options.attendances if one.participant in covered]
    _attendances(draft, first_seat, attendances)
    _meetings(draft, market, first_resource + bands.of_resource, first_seat)
    return BandProgram(
        np.array(draft.gain),
        draft.finished(),
        first_resource,
        first_seat,
        len(market.options.meetings),
        bands.of_resource,
    )


def _sessions(draft: _Draft, bands: _Bands, first: int, sessions: Sequence[SessionOptions]) -> None:
    """One-to-one sessions: needs that could be led by the same staff in the same bands are one."""
    resources, clock = bands.resources, bands.resources.clock
    alike: dict[_Kind, int] = defaultdict(int)
    starts: dict[_Kind, Indices] = {}
    for asked in sessions:
        if not asked.wanted or not len(asked.times):
            continue
        day, slot = clock.position(asked.times)
        begun = tuple(np.unique(day * bands.count + bands.of_slot[slot]).tolist())
        kind = (resources.use_of(asked), asked.weight, begun)
        alike[kind] += asked.wanted
        starts.setdefault(kind, np.zeros(resources.shape, np.int64))[day, slot] += 1
    for kind, count in alike.items():
        use, weight, begun = kind
        columns = draft.variables(len(begun), weight)
        draft.limit(columns, count)
        day, band = np.divmod(np.array(begun), bands.count)
        for length, kinds, section in (
            (use.occupied, use.pools, first),
            (use.length, use.rooms, first + bands.rooms),
        ):
            taken = bands.slots_taken(length, starts[kind])[day, band]
            which, at = np.nonzero(taken)
            rows = np.array(kinds, np.int64)[:, None] * (DAYS * bands.count)
            draft.enter(section + rows + day[which] * bands.count + at, columns[which], taken[which, at])
        pools = np.array(use.pools, np.int64)[:, None]
        draft.enter(first + bands.days + pools * DAYS + day, columns, use.minutes)
        draft.enter(first + bands.weeks + pools, columns, use.minutes)


def _attendances(draft: _Draft, first_seat: int, attendances: Sequence[AttendanceOptions]) -> None:
    """Needs of groups: those that the same meetings could serve are one."""
    alike: dict[tuple[Several, int], int] = defaultdict(int)
    for asked in attendances:
        alike[tuple(asked.meetings), asked.weight] += asked.wanted
    for (meetings, weight), count in alike.items():
        columns = draft.variables(len(meetings), weight)
        draft.limit(columns, count)
        draft.enter(first_seat + np.array(meetings, np.int64), columns, 1.0)


def _meetings(draft: _Draft, market: Market, rows: Indices, first_seat: int) -> None:
    """Meetings, which groups hold in parts: they take staff and rooms and offer seats; one a day."""
    meetings = market.options.meetings
    held = draft.variables(len(meetings), 0.0)
    draft.enter(rows[market.taken], held[market.taking], market.amount)
    draft.enter(first_seat + np.arange(len(meetings)), held, -market.seats)
    for group, ways in market.ways.items():
        chosen = draft.variables(len(ways), 0.0)
        draft.limit(chosen, 1.0)
        most = market.options.instance.groups[group].meetings
        for way, options in zip(chosen.tolist(), ways, strict=True):
            columns = np.append(held[options], way)
            draft.limit(columns, 0.0, np.append(np.ones(len(options)), -most))
            by_day: dict[int, list[int]] = defaultdict(list)
            for option in options:
                by_day[meetings[option].day].append(option)
            for same in by_day.values():
                columns = np.append(held[same], way)
                draft.limit(columns, 0.0, np.append(np.ones(len(same)), -1.0))

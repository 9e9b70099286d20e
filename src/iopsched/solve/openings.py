"""What the others leave open to a participant, and who could be the one leader of all sessions of a need."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from iopsched.options import Placement
from iopsched.options.calendar import BoolArray
from iopsched.options.sessions import SessionOptions
from iopsched.solve.ledger import Ledger
from iopsched.weeks.batches import Batch
from iopsched.weeks.planner import Openings

__all__ = ["openings", "with_one_leader"]

LEADERS_TRIED = 4
"""Members of staff tried for a need whose sessions all take the same one."""


def openings(ledger: Ledger, batch: Batch, offered: Mapping[int, Collection[int]]) -> Openings:
    """Return what the others leave open to a participant who holds no session."""
    led: dict[int, BoolArray] = {}
    roomy: dict[int, BoolArray] = {}
    meetings: dict[int, list[int]] = {}
    for item in batch.items[0]:
        asked = item.asked
        if isinstance(asked, SessionOptions):
            led[asked.index] = ledger.could_lead(asked)
            roomy[asked.index] = np.logical_or(ledger.has_room(asked).any(axis=1), asked.remote)
    for need in ledger.options.attendances_of[int(batch.people[0])]:
        attendance = ledger.options.attendances[need]
        meant = offered.get(need)
        meetings[need] = [k for k in ledger.open_meetings(attendance) if meant is None or k in meant]
    return Openings(led, roomy, meetings)


def with_one_leader(
    batch: Batch, led: Mapping[int, BoolArray], before: Mapping[int, Sequence[Placement]]
) -> list[Mapping[int, BoolArray]]:
    """Return who could lead what, for some choices of the one who leads all sessions of a need."""
    tries = [led]
    for item in batch.items[0]:
        asked = item.asked
        if not isinstance(asked, SessionOptions) or not asked.one_leader:
            continue
        by_staff = led[asked.index].sum(axis=0)
        held = [placed.staff for placed in before.get(asked.index, ())]
        most = [int(k) for k in np.argsort(-by_staff, kind="stable")[:LEADERS_TRIED] if by_staff[k]]
        grown: list[Mapping[int, BoolArray]] = []
        for one in tries:
            for member in dict.fromkeys([*held, *most]):
                only = np.zeros_like(led[asked.index])
                only[:, member] = led[asked.index][:, member]
                grown.append({**one, asked.index: only})
        tries = grown[: 2 * LEADERS_TRIED] or tries
    return tries

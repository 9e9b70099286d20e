"""Pins that break a rule, or each other, as far as that can be seen without a search.

What is checked is necessary: a pin that is reported can never stand. Whether all pins together leave a
week that works is for the solver to prove.
"""

from __future__ import annotations

from collections.abc import Iterator

from iopsched.instance.draft import Draft, Finding
from iopsched.instance.pins.alone import check_alone
from iopsched.instance.pins.leading import check_leaders
from iopsched.instance.pins.sessions import check_shapes, pinned_sessions
from iopsched.instance.pins.together import check_groups, check_participants, check_rooms
from iopsched.instance.pins.workload import check_staff

__all__ = ["check_pins", "check_shapes"]


def check_pins(draft: Draft) -> Iterator[Finding]:
    """Find pins that break a rule alone, then those that break one together.

    A pin is judged only where everything that it touches is sound.
    """
    sessions, conflicts = pinned_sessions(draft)
    yield from conflicts
    for session in sessions:
        yield from check_alone(draft, session)
        yield from check_leaders(draft, session)
    yield from check_participants(draft.instance, sessions)
    yield from check_groups(draft.instance, sessions)
    yield from check_rooms(sessions)
    yield from check_staff(draft.instance, sessions)

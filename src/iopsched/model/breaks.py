"""Rules of a member of staff's rest: ``staff-break`` and ``staff-rest``."""

from __future__ import annotations

from collections.abc import Iterable

from iopsched.instance.models import Staff
from iopsched.model.builder import Literal
from iopsched.model.staff import led_by_day
from iopsched.model.variables import Draft, Led

__all__ = ["staff_break", "staff_rest"]


def staff_break(draft: Draft) -> None:
    """No run is longer than ``max_minutes_without_break``.

    A run that contains something starting at S ends in time exactly when some end e ≤ S +
    ``max_minutes_without_break`` is followed by a break: nothing occupies [e, e + ``break_minutes``).
    So: each thing led ⇒ at least one such break.
    """
    for member, led in draft.led.items():
        staff = draft.options.instance.staff[member]
        if staff.max_minutes_without_break is None:
            continue
        if not staff.break_minutes:
            _notes_alone(draft, led, staff.max_minutes_without_break)
        else:
            for items in led_by_day(led).values():
                _breaks_of_day(draft, staff, staff.max_minutes_without_break, items)


def _notes_alone(draft: Draft, led: list[Led], longest: int) -> None:
    """With breaks of 0 minutes every stretch is a run of its own; the options have judged all but notes."""
    for item in led:
        if not item.frozen and item.occupied_until - item.end > longest:
            draft.builder.require_not(item.literal)


def _breaks_of_day(draft: Draft, staff: Staff, longest: int, items: list[Led]) -> None:
    build = draft.builder
    last_end = max(item.occupied_until for item in items)
    pauses: dict[int, Literal] = {}
    ends = sorted({item.occupied_until for item in items})
    frozen = [item for item in items if item.frozen]
    for item in items:
        if item.start + longest >= last_end:
            continue
        if item.frozen and not _pause_possible(frozen, item.start, longest, staff.break_minutes):
            _stay_clear(draft, items, _run_from(frozen, item.start, staff.break_minutes), staff.break_minutes)
            continue
        breaks: list[Literal] = []
        for end in ends:
            if item.start < end <= item.start + longest:
                if end not in pauses:
                    pauses[end] = _pause(draft, items, end, end + staff.break_minutes)
                breaks.append(pauses[end])
        build.at_least_one([*breaks, build.negated(item.literal)])


def _overlapping(items: Iterable[Led], start: int, end: int) -> list[Led]:
    return [item for item in items if item.start < end and item.occupied_until > start]


def _pause(draft: Draft, items: list[Led], start: int, end: int) -> Literal:
    """Return a literal that can be 1 only where nothing occupies ``[start, end)``."""
    build = draft.builder
    literals = [item.literal for item in _overlapping(items, start, end)]
    if any(isinstance(literal, int) and literal for literal in literals):
        return 0
    free = [literal for literal in literals if not isinstance(literal, int)]
    if not free:
        return 1
    pause = build.bool(int(not any(map(build.value, free))))
    build.model.add_bool_and([literal.negated() for literal in free]).only_enforce_if(pause)
    return pause


def _pause_possible(frozen: list[Led], start: int, longest: int, minutes: int) -> bool:
    return any(
        start < item.occupied_until <= start + longest
        and not _overlapping(frozen, item.occupied_until, item.occupied_until + minutes)
        for item in frozen
    )


def _run_from(frozen: list[Led], start: int, minutes: int) -> tuple[int, int]:
    """Return the run of frozen things that begins at ``start``."""
    end = start
    for item in sorted(frozen, key=lambda item: item.start):
        if item.start >= start and (item.start < end + minutes or item.start == start):
            end = max(end, item.occupied_until)
    return start, end


def _stay_clear(draft: Draft, items: list[Led], run: tuple[int, int], minutes: int) -> None:
    """Let nothing join a run of frozen things that is too long already."""
    for item in _overlapping(items, run[0] - minutes, run[1] + minutes):
        if not item.frozen and not isinstance(item.literal, int):
            draft.builder.require_not(item.literal)


def staff_rest(draft: Draft) -> None:
    """At least ``rest_hours`` between a day's last led end and the next day's first start."""
    for member, led in draft.led.items():
        rest_hours = draft.options.instance.staff[member].rest_hours
        if rest_hours:
            days = led_by_day([item for item in led if item.end > item.start])
            for day, items in days.items():
                evening, morning = items, days.get(day + 1, [])
                past = [item for item in evening if item.frozen]
                _rest_between(draft, [item for item in evening if not item.frozen], morning, rest_hours * 60)
                # Two frozen things are what they are; only what is added to the morning is held to the rest.
                _rest_between(draft, past, [item for item in morning if not item.frozen], rest_hours * 60)


def _rest_between(draft: Draft, evening: list[Led], morning: list[Led], minutes: float) -> None:
    """Exclude each late end with each early start; ``begun`` says that the morning began by then."""
    build = draft.builder
    earliest = min((item.start for item in morning), default=0)
    late = [item for item in evening if morning and earliest - item.end < minutes]
    if not late:
        return
    latest = max(item.end for item in late)
    begun: dict[int, Literal] = {}
    previous: Literal = 0
    for start in sorted({item.start for item in morning if item.start - latest < minutes}):
        previous = build.any_of([previous, *[item.literal for item in morning if item.start == start]])
        begun[start] = previous
    for item in late:
        early = [start for start in begun if start - item.end < minutes]
        if early:
            build.exclude(item.literal, begun[max(early)])

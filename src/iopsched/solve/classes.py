"""Stage *classes*: when groups meet whose members are all known beforehand, as in a school.

Members are known where all who could come name the group alone, or because it is decided who goes where.
Such a group has nobody to choose: what it needs is a time at which its members, its leaders and a room are
all free. Where participants belong to a dozen of them, their weeks are no longer worked out one by one, and
what remains is the timetable of a school. It is found meeting by meeting (:mod:`iopsched.solve.chains`), and
the most complete timetable seen is kept.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from iopsched.instance.windows import MINUTES_PER_DAY
from iopsched.options import Options, Plan
from iopsched.options.meetings import MeetingOption
from iopsched.options.plan import Meeting
from iopsched.solve.chains import Chains, Standing
from iopsched.solve.engine import Engine
from iopsched.weeks.batches import covers

__all__ = ["closed_groups", "hold_classes", "seat_classes"]

MOVES = 60
"""Times that a meeting is placed, on the average over all, before the best timetable seen is taken."""


def closed_groups(options: Options, plan: Plan) -> dict[int, tuple[int, ...]]:
    """Return the groups whose members are known beforehand, with the needs that they serve.

    Either all that a group could serve name it and no other, or nobody who could join has a week that is
    worked out (:func:`iopsched.weeks.batches.covers`): these are told where to go. All have seats, wait for
    nothing, and may meet one another. Groups that meet in the plan already are left as they are.
    """
    meet = {options.meetings[option].group for option in plan.meetings}
    members: dict[int, set[int]] = {}
    choosing: set[int] = set()
    for group, described in enumerate(options.instance.groups):
        needs = {need for option in options.meetings_of[group] for need in options.attendable_by[option]}
        asked = [options.attendances[need] for need in needs]
        if group in meet or any(one.need.after or one.need.min_days_apart > 1 for one in asked):
            continue
        if all(one.need.groups == (described.id,) for one in asked):
            members[group] = needs
        elif not any(covers(options, participant) for participant in {one.participant for one in asked}):
            members[group] = set()
            choosing |= needs
    _tell(options, members, choosing)
    return {group: tuple(sorted(needs)) for group, needs in members.items() if _fit(options, group, needs)}


def _tell(options: Options, members: dict[int, set[int]], choosing: AbstractSet[int]) -> None:
    """Send each need to a group with a seat, the one that most who share other groups go to already."""
    with_whom: dict[int, set[int]] = defaultdict(set)
    people = {
        group: {options.attendances[need].participant for need in needs} for group, needs in members.items()
    }
    for need in sorted(choosing, key=lambda need: (options.attendances[need].participant, need)):
        asked = options.attendances[need]
        could = {options.meetings[option].group for option in asked.meetings}
        apart = options.instance.apart_of.get(options.instance.participants[asked.participant].id, ())
        open_to = [
            group
            for group in sorted(could & members.keys())
            if len(people[group]) < options.instance.groups[group].max_size
            and not any(options.facts.participant_index[other] in people[group] for other in apart)
        ]
        if open_to:
            known = with_whom[asked.participant]
            chosen = max(open_to, key=lambda group: (len(known & people[group]), -group))
            for other in people[chosen]:
                with_whom[other].add(asked.participant)
            known |= people[chosen]
            people[chosen].add(asked.participant)
            members[chosen].add(need)


def _fit(options: Options, group: int, needs: AbstractSet[int]) -> bool:
    """Tell whether a group has members, seats for all, and nobody among them apart from another."""
    names = {options.instance.participants[options.attendances[need].participant].id for need in needs}
    return 0 < len(needs) <= options.instance.groups[group].max_size and not any(
        names.intersection(options.instance.apart_of.get(one, ())) for one in names
    )


def seat_classes(options: Options, plan: Plan, members: Mapping[int, tuple[int, ...]]) -> Plan:
    """Return a plan in which everybody attends the groups meant for them, as far as all rules allow.

    Parameters
    ----------
    options : Options
    plan : Plan
        Holds the meetings, with leaders and rooms, and nobody in them yet.
    members : mapping of int to tuple of int
        From :func:`closed_groups`.
    """
    without = {k: one for k, one in plan.meetings.items() if options.meetings[k].group not in members}
    weeks = Standing.of(options, Plan(plan.placements, without)).people
    held = {k: one for k, one in plan.meetings.items() if k not in without}
    changes: dict[int, Meeting | None] = {}
    attended: dict[int, int] = defaultdict(int)
    for option, meeting in held.items():
        described = options.meetings[option]
        joining = [
            need
            for need in members[described.group]
            if option in options.attendances[need].meetings
            and attended[need] < options.attendances[need].wanted
            and _may_attend(options, need, meeting, weeks[options.attendances[need].participant], described)
        ]
        if len(joining) < max(1, options.instance.groups[described.group].min_size):
            changes[option] = None
            continue
        changes[option] = Meeting(meeting.leaders, meeting.room_class, frozenset(joining))
        for need in joining:
            attended[need] += 1
            weeks[options.attendances[need].participant].append((described.start, described.end))
    return plan.with_changes({}, changes)


def _may_attend(
    options: Options,
    need: int,
    meeting: Meeting,
    week: Sequence[tuple[int, int]],
    described: MeetingOption,
) -> bool:
    """Tell whether a meeting fits into somebody's week and what they asked for."""
    asked = options.attendances[need]
    program = options.facts.program(options.instance.participants[asked.participant])
    if any(start < described.end and described.start < end for start, end in week):
        return False
    never = {options.facts.staff_index[member] for member in asked.need.not_staff}
    if any(member in never for part in meeting.leaders for member in part):
        return False
    days = {start // MINUTES_PER_DAY for start, _ in week} | {described.day}
    today = sum(end - start for start, end in week if start // MINUTES_PER_DAY == described.day)
    today += described.end - described.start
    return (program.max_days_per_week is None or len(days) <= program.max_days_per_week) and (
        program.max_minutes_per_day is None or today <= program.max_minutes_per_day
    )


def hold_classes(
    options: Options, plan: Plan, members: Mapping[int, tuple[int, ...]], engine: Engine, seconds: float
) -> dict[int, int]:
    """Choose when groups of known members meet; return the meetings, and the class of room of each.

    Parameters
    ----------
    options : Options
    plan : Plan
        What stands already.
    members : mapping of int to tuple of int
        From :func:`closed_groups`.
    engine : Engine
        Its clock and its seed; no solver runs.
    seconds : float
        At most about this long.
    """
    timetable = Chains(options, members, plan, engine.seed)
    weight = {group: sum(options.attendances[k].weight for k in needs) for group, needs in members.items()}
    lessons = [
        (group, k) for group in members for k in range(_meetings_asked(options, group, members[group]))
    ]
    waiting = deque(sorted(lessons, key=lambda lesson: (len(timetable.possible[lesson[0]]), lesson)))
    until = engine.clock.elapsed + seconds
    missing = sum(weight[group] for group, _ in lessons)
    best, least = timetable.held(), missing
    for _ in range(MOVES * len(lessons)):
        if not waiting or engine.exhausted or engine.clock.elapsed > until:
            break
        lesson = waiting.popleft()
        engine.clock.charge_responses(1)
        away = timetable.place(lesson)
        if away is None:
            continue
        waiting.extend(sorted(away))
        missing += sum(weight[group] for group, _ in away) - weight[lesson[0]]
        if missing < least:
            least, best = missing, timetable.held()
    if missing > least:
        return best
    changed = True
    while changed and not engine.exhausted and engine.clock.elapsed < until:
        engine.clock.charge_responses(len(timetable.at))
        changed = sum(timetable.settle(lesson) for lesson in list(timetable.at)) > 0
    return timetable.held()


def _meetings_asked(options: Options, group: int, needs: Sequence[int]) -> int:
    """Return how many meetings of a group anybody has a use for."""
    return min(options.instance.groups[group].meetings, max(options.attendances[k].wanted for k in needs))

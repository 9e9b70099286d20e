"""From a roster and a newcomer to offers that have been checked."""

from __future__ import annotations

from datetime import datetime

from iopsched.errors import InstanceError, IopschedError, Problem, UsageError
from iopsched.instance import instance_sha256, parse_instance
from iopsched.instance.models import Instance, Participant
from iopsched.options import Options, Plan, build_options
from iopsched.plan.answering import broken_rules, require_answer
from iopsched.plan.offers.answer import Offer, Offers
from iopsched.plan.offers.disturbing import with_few_changes
from iopsched.plan.offers.weeks import find_weeks
from iopsched.plan.standing import plan_of
from iopsched.roster import PersonChanges, check, difference
from iopsched.roster.models import Bound, Roster, Session
from iopsched.roster.placed import place
from iopsched.roster.presence import days_of, waiting_minutes
from iopsched.solve.assemble import sessions_of_plan
from iopsched.solve.clock import Clock
from iopsched.solve.control import Stop
from iopsched.solve.engine import Engine
from iopsched.solve.value import value_plan

__all__ = ["ask"]


def ask(
    instance: Instance, roster: Roster, newcomer: Participant, *, top: int, time_limit: float, seed: int
) -> Offers:
    """Carry out :func:`iopsched.plan.offers.offers`."""
    if top < 1:
        raise UsageError(f"top is {top}; it must be at least 1")
    if not time_limit > 0:
        raise UsageError(f"time_limit is {time_limit}; it must be more than 0 seconds")
    admitted = _admitted(instance, newcomer)
    require_answer(instance, roster)
    # With the roster as the baseline every room counts by itself, so that nobody else's room changes.
    options = build_options(admitted, roster)
    standing = _standing(options, roster)
    engine = Engine(Clock(time_limit, deterministic=True), Stop(), workers=1, seed=seed)
    participant = options.facts.participant_index[newcomer.id]
    found = find_weeks(options, standing, participant, top, engine)
    plans = list(found.plans)
    if plans and value_plan(options, plans[0]).short[participant]:
        better = with_few_changes(options, plans[0], participant, engine)
        plans = plans if better is None else [*plans[: top - 1], better]
    blank = Roster(
        instance=admitted.id,
        instance_sha256=instance_sha256(admitted),
        week=admitted.week,
        timezone=admitted.timezone,
        status="feasible",
        score=roster.score,
        bound=Bound(),
        sessions=(),
        unmet=(),
    )
    made = [_offer(options, roster, standing, blank, newcomer.id, one) for one in plans]
    made = [one for one in made if one.sessions or one.complete]
    weight = {need.service: need.priority for need in newcomer.needs}
    made.sort(
        key=lambda one: (
            sum(weight[short.service] * short.minutes for short in one.missing),
            one.changes,
            one.burden,
        )
    )
    return Offers(admitted, newcomer.id, tuple(made), found.proved)


def _admitted(instance: Instance, newcomer: Participant) -> Instance:
    """Return the instance with the newcomer as its last participant."""
    document = instance.model_dump(mode="json", exclude_none=True)
    document["participants"].append(newcomer.model_dump(mode="json", exclude_none=True))
    if newcomer.id in instance.participant_by_id:
        what = f"participant {newcomer.id} is in the instance already"
        raise InstanceError([Problem("id", what, "give the newcomer an id of their own")])
    return parse_instance(document)


def _standing(options: Options, roster: Roster) -> Plan:
    """Return the roster as a plan, all of it."""
    plan = plan_of(options, roster.sessions)
    taken = sum(map(len, plan.placements.values())) + sum(len(one.members) for one in plan.meetings.values())
    if taken != sum(len(session.participants) for session in roster.sessions):
        raise IopschedError("the roster keeps every rule, and yet not all of it was found among the options")
    return plan


def _offer(
    options: Options, before: Roster, standing: Plan, blank: Roster, newcomer: str, plan: Plan
) -> Offer:
    """Put an offer together and hold it against the checker, who also says what it comes to."""
    instance = options.instance
    sessions = _sessions(options, before, standing, plan)
    report = check(instance, blank.model_copy(update={"sessions": sessions}))
    broken = broken_rules(report)
    if broken:
        told = "; ".join(str(one) for one in broken[:5])
        raise IopschedError(f"an offer breaks a rule and was not made: {told}")
    reasons = {(one.participant, one.service): one.reasons for one in before.unmet}
    roster = blank.model_copy(
        update={
            "sessions": sessions,
            "score": report.score,
            "unmet": tuple(
                one.model_copy(update={"reasons": reasons.get((one.participant, one.service), ())})
                for one in report.unmet
            ),
            "warnings": report.warnings,
        }
    )
    moved: tuple[PersonChanges, ...] = ()
    if _leave(standing, plan):
        moved = tuple(one for one in difference(instance, before, roster).participants if one.id != newcomer)
    mine = [place(instance, one, frozen=False) for one in sessions if newcomer in one.participants]
    return Offer(
        sessions=tuple(one.session for one in mine),
        missing=tuple(one for one in roster.unmet if one.participant == newcomer),
        days=len(days_of(mine)),
        waiting=waiting_minutes(mine),
        burden=value_plan(options, plan).load[options.facts.participant_index[newcomer]],
        moved=moved,
        changes=sum(change.points for person in moved for change in person.changes),
        roster=roster,
    )


def _sessions(options: Options, before: Roster, standing: Plan, plan: Plan) -> tuple[Session, ...]:
    """Return a plan's sessions: the roster's where nothing differs, and meetings under the ids they had."""
    gone = {_identity(one) for one in sessions_of_plan(options, _differing(standing, plan))}
    kept = [one for one in before.sessions if _identity(one) not in gone]
    meetings: dict[tuple[str | None, datetime], Session] = {
        (one.group, one.start): one
        for one in before.sessions
        if one.group is not None and _identity(one) in gone
    }
    for session in sessions_of_plan(options, _differing(plan, standing)):
        same = meetings.get((session.group, session.start))
        known = {} if same is None else {"id": same.id, "pinned": same.pinned}
        kept.append(session.model_copy(update=known))
    return tuple(sorted(kept, key=lambda s: (s.start, s.service, s.group or s.participants[0], s.id)))


def _leave(standing: Plan, plan: Plan) -> bool:
    """Tell whether anybody who had a place has it no more."""
    before, after = _differing(standing, plan), _differing(plan, standing)
    return bool(before.placements) or any(
        k not in after.meetings or meeting.members - after.meetings[k].members
        for k, meeting in before.meetings.items()
    )


def _differing(one: Plan, other: Plan) -> Plan:
    """Return what of a plan is not the same in another."""
    return Plan(
        {need: held for need, held in one.placements.items() if other.placements.get(need) != held},
        {option: held for option, held in one.meetings.items() if other.meetings.get(option) != held},
    )


def _identity(session: Session) -> tuple[object, ...]:
    """Return what makes a session the same: all of it but its id, its pin and the words of its agenda."""
    agenda = tuple((part.start, part.end, frozenset(part.staff)) for part in session.agenda or ())
    return (
        session.service,
        session.group,
        session.start,
        session.end,
        session.room,
        frozenset(session.participants),
        frozenset(session.staff),
        agenda,
    )

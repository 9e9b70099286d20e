"""An offer that was accepted: the clinic with the newcomer, pinned to what they were promised."""

from __future__ import annotations

from iopsched.errors import IopschedError, UsageError
from iopsched.instance.canonical import instance_sha256
from iopsched.instance.load import parse_instance
from iopsched.instance.models import Instance
from iopsched.instance.windows import DAYS
from iopsched.plan.offers.answer import Offers
from iopsched.roster.check import check
from iopsched.roster.models import Roster, Session

__all__ = ["accept_offer"]


def accept_offer(offered: Offers, number: int) -> tuple[Instance, Roster]:
    """Return the new instance, in which an offer's sessions are pinned, and the new roster, checked.

    A one-to-one or family session is pinned with its start, staff and room; of a group meeting the newcomer's
    attendance is, which leaves its staff and room to whoever plans the group.

    Parameters
    ----------
    offered : Offers
    number : int
        Which offer, from 1 on.

    Raises
    ------
    UsageError
        Where there is no offer of that number.
    """
    if not 1 <= number <= len(offered.offers):
        there = f"choose from 1 to {len(offered.offers)}" if offered.offers else "there are none"
        raise UsageError(f"there is no offer {number}; {there}")
    offer = offered.offers[number - 1]
    document = offered.instance.model_dump(mode="json", exclude_none=True)
    document["pins"] += [_pin(offered.newcomer, session) for session in offer.sessions]
    instance = parse_instance(document)
    mine = {session.id for session in offer.sessions}
    roster = offer.roster.model_copy(
        update={
            "instance_sha256": instance_sha256(instance),
            "sessions": tuple(
                session.model_copy(update={"pinned": True}) if session.id in mine else session
                for session in offer.roster.sessions
            ),
        }
    )
    report = check(instance, roster)
    if not report.ok:
        told = "; ".join(str(one) for one in report.violations[:5])
        raise IopschedError(f"the roster with the newcomer breaks a rule and was not made: {told}")
    return instance, roster


def _pin(newcomer: str, session: Session) -> dict[str, object]:
    start = f"{DAYS[session.start.weekday()]} {session.start:%H:%M}"
    if session.group is not None:
        return {"participant": newcomer, "group": session.group, "start": start}
    pin: dict[str, object] = {
        "participant": newcomer,
        "service": session.service,
        "start": start,
        "staff": list(session.staff),
    }
    return pin if session.room is None else {**pin, "room": session.room}

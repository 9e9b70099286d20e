"""Who next? Weeks that an intake coordinator can offer to a newcomer while they are on the phone."""

from __future__ import annotations

from iopsched.instance.models import Instance, Participant
from iopsched.plan.offers.accepting import accept_offer
from iopsched.plan.offers.answer import Offer, Offers
from iopsched.roster.models import Roster

__all__ = ["Offer", "Offers", "accept_offer", "offers"]


def offers(
    instance: Instance,
    roster: Roster,
    newcomer: Participant,
    *,
    top: int = 5,
    time_limit: float = 10.0,
    seed: int = 0,
) -> Offers:
    """Return weeks for a newcomer beside a roster that stands, the best first.

    In each of them nobody else moves: the newcomer joins meetings that run and have a seat, and takes times
    at which somebody who can lead and a room are free. They are as different as can be: after the best one,
    each next is the best of those that lie furthest from all before it
    (:func:`iopsched.plan.offers.weeks.find_weeks`). Where none serves every need, there is one more in
    which a few others move, if that serves more.

    Parameters
    ----------
    instance : Instance
        What the roster answers, without the newcomer.
    roster : Roster
        What stands; it has to keep every rule.
    newcomer : Participant
        Who asks; the id is not in the instance.
    top : int
        At most so many weeks.
    time_limit : float
        Deterministic seconds, a measure of effort: the same call gives the same offers.
    seed : int
        Another seed breaks ties in another way.

    Raises
    ------
    InstanceError
        Where the newcomer does not fit the instance: an id that is taken, a service that there is not.
    RosterError
        Where the roster breaks a rule of the instance.
    UsageError
        Where ``top`` is below 1 or the time limit not above 0.
    """
    from iopsched.plan.offers.ask import ask  # numpy and the solver: only where they are used

    return ask(instance, roster, newcomer, top=top, time_limit=time_limit, seed=seed)

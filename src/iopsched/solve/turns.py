"""Stage *turns*: everybody in turn takes a better week that the others leave them, where there is one.

While ``unmet`` is improved, ``burden`` is let go. Turns mend most of that in a tenth of the time that
neighbourhoods take: clinic of 150 (tight, seed 505), ``burden`` from 65,955 to 46,590 in 0.6 s.
"""

from __future__ import annotations

from iopsched.solve.ledger import Ledger
from iopsched.solve.respond import Responder
from iopsched.solve.search import Search
from iopsched.solve.value import value_plan

__all__ = ["take_turns"]

TURNS = 3
"""Times that everybody may choose; the first brings most."""


def take_turns(search: Search) -> None:
    """Improve ``unmet`` and ``burden`` of the best plan by best responses, whoever bears most first.

    Nothing is tried with a baseline, as the program of a week knows nothing of changes.
    """
    options = search.options
    if options.baseline is not None:
        return
    ledger, responder = Ledger(options, search.best.plan), Responder.of(options)
    load = search.best.load
    for _ in range(TURNS):
        changed = 0
        for participant in sorted(range(len(load)), key=lambda k: (-load[k], k)):
            if search.engine.exhausted:
                break
            search.engine.clock.charge_responses(1)
            changed += responder.respond(ledger, participant)
        search.adopt(value_plan(options, ledger.plan()), "burden")
        if not changed or search.engine.exhausted:
            return

"""The reasons that a small clinic gets for what it lacks, by code."""

from __future__ import annotations

from datetime import datetime

from ortools.sat.python import cp_model

from iopsched.explain import reasons_of_unmet
from iopsched.instance.models import Instance
from iopsched.model import build_model, everything
from iopsched.options import Options, Plan, build_options
from iopsched.roster.models import Note, Roster

Reasons = dict[str, Note]


def fullest(options: Options) -> Plan:
    """Return a plan that proves the least ``unmet`` of all."""
    model = build_model(options, Plan(), everything(options), ("unmet",))
    model.minimize([(1, "unmet")])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 10
    assert solver.solve(model.model) == cp_model.OPTIMAL
    return model.plan(list(solver.response_proto.solution))


def why(
    instance: Instance,
    who: str = "p1",
    service: str = "talk",
    *,
    plan: Plan | None = None,
    baseline: Roster | None = None,
    frozen_from: datetime | None = None,
) -> Reasons:
    """Return the reasons of one need by code; none where nothing of it is missing."""
    options = build_options(instance, baseline, frozen_from)
    found = reasons_of_unmet(options, fullest(options) if plan is None else plan)
    assert all(found.values()), "a short need without a reason"
    reasons = found.get((who, service), ())
    assert len({reason.code for reason in reasons}) == len(reasons)
    return {reason.code: reason for reason in reasons}

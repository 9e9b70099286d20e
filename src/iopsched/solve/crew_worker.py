"""A worker of the crew: a process of its own that improves the plan it is given, step by step."""

from __future__ import annotations

import os
import queue
import random
import signal
import sys
import threading
from typing import IO

from iopsched.model import Scope, scope_of
from iopsched.options import Plan, build_options
from iopsched.solve.clock import Clock
from iopsched.solve.control import Stop
from iopsched.solve.crew_messages import UNCHANGED, Begin, Order, Report, change_between, receive, send
from iopsched.solve.engine import Engine
from iopsched.solve.improve import Improver
from iopsched.solve.processes import take_standard_output
from iopsched.solve.search import Search
from iopsched.solve.value import value_plan

__all__ = ["Worker", "main"]


class Worker:
    """Carries out orders on a search of its own.

    Each step has its limit from the order, so that the worker's clock never runs out.
    """

    def __init__(self, begin: Begin) -> None:
        options = build_options(begin.instance, begin.baseline, begin.frozen_from)
        engine = Engine(Clock(float("inf")), Stop(), workers=1, seed=begin.seed)
        self._search = Search(options, engine, value_plan(options, Plan()), random.Random(begin.seed))
        self._improver: Improver | None = None
        self._scope: Scope | None = None

    def carry_out(self, order: Order) -> Report:
        """Take one step."""
        search, engine = self._search, self._search.engine
        if order.change:
            search.best = value_plan(search.options, order.change.applied_to(search.best.plan))
        if order.task is not None:
            search.alone = dict(order.task.alone)
            self._improver = Improver(search, order.task.level, order.task.neighbourhoods)
        assert self._improver is not None, "the first order brings a task"
        before, solves = search.best.plan, engine.solves
        if order.again:
            assert self._scope is not None, "there was a step before"
            self._scope = _made_whole(search, self._scope)
            improved, _ = self._improver.attempt(self._scope, order.seconds)
        else:
            self._scope = self._improver.step(order.seconds)
            improved = self._scope is not None
        return Report(
            change_between(before, search.best.plan),
            self._scope if improved else None,
            engine.solves - solves,
            engine.most_variables,
        )


def _made_whole(search: Search, scope: Scope) -> Scope:
    """Return a scope drawn around another plan, with whoever attends its groups by now."""
    return scope_of(
        search.options,
        search.best.plan,
        sessions=scope.sessions,
        attendances=scope.attendances,
        groups=scope.groups,
        leaders=scope.leaders,
        meetings=scope.meetings,
        shortlist=scope.shortlist,
    )


def main() -> None:
    """Read what to begin with and then orders from standard input, and answer each on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches workers too
    answers = take_standard_output()
    messages = _messages(sys.stdin.buffer)
    begin = messages.get()
    assert isinstance(begin, Begin)
    worker = Worker(begin)
    send(answers, Report(UNCHANGED, None, 0, 0))
    while True:
        order = messages.get()
        assert isinstance(order, Order)
        send(answers, worker.carry_out(order))


def _messages(stream: IO[bytes]) -> queue.SimpleQueue[object]:
    """Read messages in a thread, which ends the process as soon as the one that started it is gone."""
    found: queue.SimpleQueue[object] = queue.SimpleQueue()

    def read() -> None:
        while True:
            try:
                found.put(receive(stream))
            except BaseException:
                os._exit(0)  # in the middle of a solve an orderly exit would wait for its end

    threading.Thread(target=read, daemon=True).start()
    return found

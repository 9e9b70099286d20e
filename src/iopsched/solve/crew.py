"""The crew: worker processes that improve one plan together, each at a step of its own.

The main process holds the newest plan. A worker takes a step from it, with one thread, and reports. What is
better is adopted if the worker started from the newest plan; if another worker was faster, it decides the
same scope again, from the newest plan by then. So nothing is ever merged, and each plan adopted is one that
a model has shown to keep every rule.

Each worker has a thread here that asks and answers, so that workers go on while the caller does something
else. Workers are plain subprocesses, not :mod:`multiprocessing`'s: that would run the caller's main module
again, or fork a process that has threads. One that dies is done without.
"""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
import threading
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Final, Self

from iopsched.options import Plan
from iopsched.solve.crew_messages import Begin, Order, Report, Task, change_between, receive, send
from iopsched.solve.improving import Improving
from iopsched.solve.processes import end, pipes, spawn
from iopsched.solve.value import Valued

__all__ = ["Crew", "Improving"]

_PROGRAM: Final = "from iopsched.solve.crew_worker import main; main()"
"""What a worker runs."""
_SECONDS_TO_END: Final = 1.0
"""Seconds that a thread is waited for once its worker is dead; it only has an end of file to read."""

_LOGGER = logging.getLogger(__name__)


@dataclass(eq=False)
class _Member:
    """A worker process, the plan that it holds, and what it improves."""

    process: subprocess.Popen[bytes]
    orders: IO[bytes]
    reports: IO[bytes]
    plan: Plan
    thread: threading.Thread | None = None
    work: Improving | None = None
    ready: bool = False


class Crew:
    """Worker processes, from their start to :meth:`close`; also a context manager.

    Attributes
    ----------
    changed : threading.Condition
        Guards what the crew's threads share; notified of every report.
    """

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self._members: list[_Member] = []
        self._work: Improving | None = None
        self._closing = False

    @classmethod
    def start(cls, begin: Begin, count: int) -> Crew:
        """Start workers and return at once; they need about a second before they are ready.

        Parameters
        ----------
        begin : Begin
            What each is told; their seeds differ.
        count : int
            How many; where the system refuses there are fewer, and none where this is not an interpreter
            but a program with one inside.
        """
        crew = cls()
        if not sys.executable or getattr(sys, "frozen", False):
            return crew
        for number in range(count):
            try:
                member = _started()
            except OSError as error:
                _LOGGER.info("no more than %d workers could be started: %s", number, error)
                break
            seeded = Begin(begin.instance, begin.baseline, begin.frozen_from, begin.seed * 1000 + number + 1)
            crew._members.append(member)
            member.thread = threading.Thread(
                target=crew._serve, args=(member, seeded), name=f"iopsched-worker-{number}", daemon=True
            )
            member.thread.start()
        return crew

    @property
    def ready(self) -> int:
        """How many workers wait for an order or carry one out."""
        with self.changed:
            return sum(member.ready for member in self._members)

    @property
    def processes(self) -> tuple[int, ...]:
        """The ids of the processes that have not been lost."""
        with self.changed:
            return tuple(member.process.pid for member in self._members)

    def improving(
        self, best: Valued, task: Task, seconds: float, patience: int, hands: int | None = None
    ) -> Improving:
        """Set the workers to a task and return at once; use the result as a context, which ends it.

        Parameters
        ----------
        best : Valued
            The plan to start from.
        task : Task
        seconds : float
            At most about this long.
        patience : int
            Give up after so many steps in a row without a better plan.
        hands : int, optional
            At most so many workers; the others rest.
        """
        work = Improving(self, best, task, seconds, patience, hands)
        with self.changed:
            self._work = work
            self.changed.notify_all()
        return work

    def rest(self, work: Improving) -> None:
        """End a task. Steps that are under way go on; what they find is passed over."""
        with self.changed:
            if self._work is work:
                self._work = None

    def close(self) -> None:
        """End every worker, whatever it is at, and wait until it is gone."""
        with self.changed:
            self._closing = True
            members = tuple(self._members)
            self.changed.notify_all()
        for member in members:
            member.process.kill()
        for member in members:
            assert member.thread is not None
            member.thread.join(_SECONDS_TO_END)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _serve(self, member: _Member, begin: Begin) -> None:
        """Give a worker its orders until the crew closes or the worker is lost."""
        try:
            send(member.orders, begin)
            report = receive(member.reports)
            while True:
                assert isinstance(report, Report)
                order = self._next_order(member, report)
                if order is None:
                    return
                send(member.orders, order)
                report = receive(member.reports)
        except (OSError, EOFError, pickle.PickleError) as error:
            if not self._closing:
                _LOGGER.info("a worker is lost (%s); the others go on", error)
        finally:
            self._dismiss(member)

    def _next_order(self, member: _Member, report: Report) -> Order | None:
        """Take a worker's report and wait for what it shall do next; ``None`` where the crew closes."""
        with self.changed:
            base, found = member.plan, report.change.applied_to(member.plan)
            member.ready = True
            again = False
            if member.work is not None and member.work is self._work:
                again = member.work.hear(base, found, report)
            self.changed.notify_all()
            self.changed.wait_for(lambda: self._closing or self._has_work_for(member))
            if self._closing or self._work is None:
                return None
            task = None if member.work is self._work else self._work.task
            member.work, member.plan = self._work, self._work.best.plan
            seconds = self._work.seconds
        return Order(change_between(found, member.plan), seconds, task, again and task is None)

    def _has_work_for(self, member: _Member) -> bool:
        work = self._work
        if work is None or not work.goes_on:
            return False
        return work.hands is None or self._members.index(member) < work.hands

    def _dismiss(self, member: _Member) -> None:
        """Make sure that a worker is gone, and forget it."""
        with self.changed:
            self._members.remove(member)
            self.changed.notify_all()
        end(member.process)


def _started() -> _Member:
    """Start a process that waits for its :class:`Begin`."""
    process = spawn(_PROGRAM)
    return _Member(process, *pipes(process), Plan())

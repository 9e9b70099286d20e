"""The jobs of a batch on a Ray cluster that runs already.

Ray carries each job to a node; there it has a process of its own again, under the same limits as here. The
roster comes back, and is written here. A job whose node is lost is given to another.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import re
import socket
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from iopsched.batch.attempts import Bounds, Outcome, solve_guarded
from iopsched.batch.tasks import Cpus, Job
from iopsched.errors import IopschedError, UsageError
from iopsched.plan.solving import Solving
from iopsched.solve import Stop

__all__ = ["connected", "require_ray", "solved_on_ray"]

_LOOK_SECONDS: Final = 0.5
_CONNECT_SECONDS: Final = 10.0
_ADDRESS: Final = re.compile(r"(?:ray://)?\[?([^\[\]/]+)\]?:(\d{1,5})")


def require_ray() -> None:
    """Raise a usage error where Ray is not installed."""
    if importlib.util.find_spec("ray") is None:
        raise UsageError("--engine ray needs Ray, which is not installed; pip install 'iopsched[ray]'")


@contextmanager
def connected(address: str | None) -> Iterator[Cpus]:
    """Connect to a cluster while the context lasts, and tell what it has.

    Parameters
    ----------
    address : str, optional
        Of the head node, as ``host:port`` or ``ray://host:port``; absent: that of ``RAY_ADDRESS``, or the one
        that Ray finds.

    Raises
    ------
    UsageError
        Where there is none.
    """
    address = address or os.environ.get("RAY_ADDRESS", "auto")
    if address != "auto":
        _reach(address)
    import ray

    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, ValueError, RuntimeError) as error:
        where = "" if address == "auto" else f" at {address}"
        first, *_ = str(error).splitlines() or [type(error).__name__]
        raise UsageError(
            f"no Ray cluster answers{where}: {first}; start one, or name it by --address"
        ) from error
    try:
        nodes = [node["Resources"].get("CPU", 0.0) for node in ray.nodes() if node["Alive"]]
        yield Cpus(int(sum(nodes)), int(max(nodes, default=0)))
    finally:
        ray.shutdown()


def _reach(address: str) -> None:
    """Raise a usage error where nobody listens: Ray itself would try for minutes, deaf to Ctrl-C."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise UsageError(f"--address {address}: that is no address; write HOST:PORT, as in 10.0.0.5:6379")
    try:
        socket.create_connection((found[1], int(found[2])), _CONNECT_SECONDS).close()
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(
            f"no Ray cluster answers at {address}: {reason}; start one, or name another"
        ) from error


def solved_on_ray(
    jobs: Sequence[Job], at_once: int, task_of: Callable[[Job], Solving | Outcome], bounds: Bounds, stop: Stop
) -> Generator[tuple[Job, Outcome], None, None]:
    """Yield what came of each job as soon as it is there.

    Parameters
    ----------
    jobs : sequence of Job
        They are handed to the cluster in this order.
    at_once : int
        How many it has at a time.
    task_of : callable
        Returns what to solve, or at once what came of it.
    bounds : Bounds
        Each of ``retries`` also allows for the loss of a node.
    stop : Stop
        Ends what is at work and begins nothing else. So does closing the iterator.
    """
    import ray

    remote = ray.remote(solve_guarded)
    waiting, working = list(reversed(jobs)), dict[Any, Job]()
    try:
        while (waiting or working) and not stop.requested:
            while waiting and len(working) < at_once:
                job = waiting.pop()
                task = task_of(job)
                if isinstance(task, Outcome):
                    yield job, task
                else:
                    asked = remote.options(num_cpus=task.workers, max_retries=bounds.retries)
                    working[asked.remote(task, bounds)] = job
            ended, _ = ray.wait(list(working), timeout=_LOOK_SECONDS) if working else ([], [])
            for reference in ended:
                yield working.pop(reference), _outcome_of(reference)
    finally:
        for reference in working:
            ray.cancel(reference, force=True)


def _outcome_of(reference: Any) -> Outcome:
    """Return what a node answered, or how it was lost."""
    import ray

    try:
        outcome = ray.get(reference)
    except ray.exceptions.RayTaskError as error:  # such as a node without iopsched, or with another one
        first, *_ = str(error.cause).splitlines() or [""]
        raise IopschedError(f"a node cannot do its work: {type(error.cause).__name__}: {first}") from error
    except ray.exceptions.RayError as error:
        return Outcome(None, "crash", f"the node that solved it was lost ({type(error).__name__})")
    assert isinstance(outcome, Outcome)
    return outcome

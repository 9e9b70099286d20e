"""The jobs of a batch on this machine, some at a time."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed

from iopsched.batch.attempts import Outcome
from iopsched.batch.tasks import Job
from iopsched.solve import Stop

__all__ = ["solved_here"]


def solved_here(
    jobs: Sequence[Job], at_once: int, solved: Callable[[Job, Stop], Outcome | None], stop: Stop
) -> Generator[tuple[Job, Outcome], None, None]:
    """Yield what came of each job as soon as it is there.

    Parameters
    ----------
    jobs : sequence of Job
        They begin in this order.
    at_once : int
        How many are at work at a time, each followed by a thread of its own.
    solved : callable
        Solves one job; ``None`` where the stop that it is given ended it.
    stop : Stop
        Ends what is at work and begins nothing else. So does closing the iterator.
    """
    halt = Stop()
    stop.add_listener(halt.request)

    def carry_out(job: Job) -> Outcome | None:
        return None if halt.requested else solved(job, halt)

    try:
        with ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="iopsched-batch") as pool:
            try:
                working: dict[Future[Outcome | None], Job] = {
                    pool.submit(carry_out, job): job for job in jobs
                }
                for future in as_completed(list(working)):
                    job, outcome = working.pop(future), future.result()  # forgotten: rosters are large
                    if outcome is not None:
                        yield job, outcome
            finally:
                halt.request()
    finally:
        stop.remove_listener(halt.request)

"""Everything that can go wrong, in one tree, each class with its exit code.

::

    IopschedError            1  our fault, or the machine's
    ├── UsageError           2  the call makes no sense (options that exclude each other, ...)
    └── InputError           3  a file cannot be used; carries every problem found in it
        ├── InstanceError       the instance file
        └── RosterError         the roster file, or a baseline
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

__all__ = ["InputError", "InstanceError", "IopschedError", "Problem", "RosterError", "UsageError"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in an input file.

    Attributes
    ----------
    path : str
        Where, as in ``participants[3].needs[0].service``; the empty string for the file as a whole.
    what : str
        What is wrong; names the object by its id.
    remedy : str
        What would mend it.
    severity : {"error", "warning"}
        A warning does not keep the file from being used.
    """

    path: str
    what: str
    remedy: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        return f"{self.path or 'file'}: {self.what} ({self.remedy})"


class IopschedError(Exception):
    """Base of all errors that iopsched raises on purpose."""

    exit_code: ClassVar[int] = 1


class UsageError(IopschedError):
    """The call itself makes no sense, whatever the files say."""

    exit_code: ClassVar[int] = 2


class InputError(IopschedError):
    """An input file cannot be used.

    Attributes
    ----------
    problems : tuple of Problem
        Everything found wrong, in file order.
    """

    exit_code: ClassVar[int] = 3
    subject: ClassVar[str] = "input"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class InstanceError(InputError):
    """The instance file is not one, or contradicts itself."""

    subject: ClassVar[str] = "instance"


class RosterError(InputError):
    """The roster file (or a baseline) is not one."""

    subject: ClassVar[str] = "roster"

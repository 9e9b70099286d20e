"""A set of facts that prevents a need, made irreducible: by deletion, each step decided by solving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from iopsched.plan.why_not.deciding import Case, Verdict
from iopsched.plan.why_not.facts import Fact, without_facts

__all__ = ["Trials", "preventing_set"]

Decide = Callable[[Case], Verdict]


@dataclass
class Trials:
    """Decides a case with only some facts in force, and never what follows from earlier decisions.

    What is prevented by some facts is prevented by more, and what is possible under some is possible under
    fewer.

    Parameters
    ----------
    case : Case
        With every fact in force.
    facts : sequence of Fact
    decide : callable
    """

    case: Case
    facts: Sequence[Fact]
    decide: Decide
    _preventing: list[frozenset[int]] = field(default_factory=list)
    _allowing: list[frozenset[int]] = field(default_factory=list)
    _open: set[frozenset[int]] = field(default_factory=set)

    def possible(self, in_force: frozenset[int]) -> bool | None:
        """Tell whether the need is possible where only these facts hold; ``None`` where it is not known."""
        if any(known <= in_force for known in self._preventing):
            return False
        if any(in_force <= known for known in self._allowing):
            return True
        if in_force in self._open:
            return None
        aside = [fact for k, fact in enumerate(self.facts) if k not in in_force]
        found = self.decide(without_facts(self.case, aside)).possible
        if found is None:
            self._open.add(in_force)
        else:
            (self._allowing if found else self._preventing).append(in_force)
        return found


def preventing_set(trials: Trials, guess: frozenset[int] = frozenset()) -> tuple[int, ...]:
    """Return facts that together prevent the need, of which none can be spared as far as could be decided.

    Divide and conquer (QuickXplain, Junker 2004): with *n* facts of which *k* remain it takes about
    *k* log *n* decisions. Facts in front are kept rather than those behind. What is not known counts as
    possible, so that the set prevents the need in any case.

    Parameters
    ----------
    trials : Trials
        All facts together are known to prevent the need.
    guess : frozenset of int
        Facts that may well do so by themselves; if so, no others are looked at.
    """
    everything = tuple(range(len(trials.facts)))
    if guess and trials.possible(guess) is False:
        everything = tuple(sorted(guess))
    kept = _needed(trials, (), everything, changed=False)
    for fact in kept:
        rest = frozenset(kept) - {fact}
        if trials.possible(rest) is False:
            kept = tuple(sorted(rest))
    return kept


def _needed(
    trials: Trials, held: tuple[int, ...], facts: tuple[int, ...], *, changed: bool
) -> tuple[int, ...]:
    """Return which of some facts are needed beside those held; together they prevent the need."""
    if (changed or not held) and trials.possible(frozenset(held)) is False:
        return ()
    if len(facts) == 1:
        return facts
    first, last = facts[: len(facts) // 2], facts[len(facts) // 2 :]
    of_last = _needed(trials, (*held, *first), last, changed=True)
    of_first = _needed(trials, (*held, *of_last), first, changed=bool(of_last))
    return tuple(sorted((*of_first, *of_last)))

"""Who is admitted: copies of somebody, or of everybody in turn; and what those present are promised."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import count as counted
from itertools import islice

from iopsched.instance.models import Instance, Participant
from iopsched.roster.models import Roster, Session

__all__ = [
    "drawn_from",
    "grown",
    "needs_something",
    "newcomers",
    "only_with",
    "promised",
    "ranked",
    "without_least_sizes",
]


def newcomers(instance: Instance, models: Sequence[str], count: int) -> tuple[Participant, ...]:
    """Return the first of the newcomers, copies of some of those present under ids of their own.

    A copy has everything of the original but ``apart_from``, which is about two people and not a profile.
    More newcomers begin with the same ones.

    Parameters
    ----------
    instance : Instance
    models : sequence of str
        Whose copies they are; several have their turns in the proportions of programs and tags.
    count : int
    """
    names = {model: _free_names(instance, model) for model in models}
    people = [instance.participant_by_id[model] for model in models]
    return tuple(
        one.model_copy(update={"id": next(names[one.id]), "apart_from": ()})
        for one in islice(_in_turn(people), count)
    )


def drawn_from(instance: Instance, roster: Roster) -> tuple[str, ...]:
    """Return whom a mixture copies: everybody who has all they need; all, where nobody has.

    Newcomers are to have every need met. Who is short even now would say little about how many can be, and
    who needs nothing this week would say nothing.
    """
    short = {one.participant for one in roster.unmet}
    everybody = tuple(one.id for one in instance.participants if needs_something(one))
    return tuple(one for one in everybody if one not in short) or everybody


def needs_something(person: Participant) -> bool:
    """Tell whether somebody asks for any session."""
    return any(need.sessions for need in person.needs)


def _free_names(instance: Instance, model: str) -> Iterator[str]:
    """Yield the ids that the edit "five more like ..." gives to copies."""
    return (name for k in counted(1) if (name := f"{model}+{k}") not in instance.participant_by_id)


def _in_turn(models: Sequence[Participant]) -> Iterator[Participant]:
    """Yield whom to copy so that any beginning of the row is in the proportions of the models.

    Programs with tags are the kinds. The next of the row is of the kind that is furthest behind its share
    (Sainte-Laguë's divisors), and within a kind everybody has a turn, in file order.
    """
    kinds: dict[tuple[str, frozenset[str]], list[Participant]] = defaultdict(list)
    for one in models:
        kinds[one.program, frozenset(one.tags)].append(one)
    members = list(kinds.values())
    given = [0] * len(members)
    while members:
        kind = max(range(len(members)), key=lambda k: (len(members[k]) / (2 * given[k] + 1), -k))
        yield members[kind][given[kind] % len(members[kind])]
        given[kind] += 1


def promised(instance: Instance, roster: Roster) -> Instance:
    """Return the clinic in which everybody present needs just what the roster gives them.

    Whoever meets all needs of this clinic leaves nobody with less of any service than the roster has.
    """
    held: Counter[tuple[str, str]] = Counter()
    for session in roster.sessions:
        for participant in session.participants:
            held[participant, session.service] += 1
    participants = tuple(
        one.model_copy(
            update={
                "needs": tuple(
                    need.model_copy(update={"sessions": min(need.sessions, held[one.id, need.service])})
                    for need in one.needs
                )
            }
        )
        for one in instance.participants
    )
    return instance.model_copy(update={"participants": participants})


def ranked(instance: Instance, priorities: Sequence[int]) -> Instance:
    """Return the clinic in which each participant's needs have a priority, in the participants' order.

    Whoever asks for all needs to be met may say as they like whose may be missing while some still are.
    """
    people = tuple(
        one.model_copy(
            update={"needs": tuple(need.model_copy(update={"priority": priority}) for need in one.needs)}
        )
        for one, priority in zip(instance.participants, priorities, strict=True)
    )
    return instance.model_copy(update={"participants": people})


def only_with(sessions: Sequence[Session], people: Collection[str]) -> tuple[Session, ...]:
    """Return sessions without anybody but some people; those that nobody is left in fall away."""
    kept = []
    for session in sessions:
        left = tuple(one for one in session.participants if one in people)
        if left:
            kept.append(session.model_copy(update={"participants": left}))
    return tuple(kept)


def grown(instance: Instance, people: Sequence[Participant]) -> Instance:
    """Return the clinic with more participants."""
    return instance.model_copy(update={"participants": (*instance.participants, *people)})


def without_least_sizes(instance: Instance) -> Instance:
    """Return the clinic in which a meeting may have as few members as there are.

    What somebody is given beyond the promise can help a group to its ``min_size``. Without least sizes it
    cannot help at all, so that what is impossible here is impossible; and what is impossible for some
    newcomers is so for more.
    """
    groups = tuple(group.model_copy(update={"min_size": 0}) for group in instance.groups)
    return instance.model_copy(update={"groups": groups})

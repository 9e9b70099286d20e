"""grid: a session starts on the grid and on its service's ``start_every``; a group at its ``starts`` only."""

from __future__ import annotations

import pytest

from iopsched.instance.models import Instance
from rules.tiny import best, broken, clinic, group, meeting, need, participant, service, session, starts


def free(window: str, slot: int = 15, **fields: object) -> Instance:
    """Return a clinic whose only participant is free in this window alone."""
    return clinic(
        slot_minutes=slot,
        services=[service(**fields)],
        participants=[participant(available=[window])],
    )


def test_a_session_starts_on_a_multiple_of_start_every() -> None:
    """The participant is free for exactly the hour from 09:15, which is on the grid but no half hour."""
    assert starts(best(free("Mon 09:15-10:15", start_every=15)), "p1") == ["Mon 09:15"]
    assert best(free("Mon 09:15-10:15")).score.as_tuple() == (60, 0, 0, 0)
    assert starts(best(free("Mon 09:15-10:30")), "p1") == ["Mon 09:30"]


def test_start_every_counts_from_midnight_not_from_opening() -> None:
    """Multiples of 45 minutes are 09:00, 09:45, 10:30: of the hour and a half from 09:15 only 09:45."""
    clinic_of_45 = free("Mon 09:15-10:45", start_every=45)
    assert starts(best(clinic_of_45), "p1") == ["Mon 09:45"]
    assert broken(clinic_of_45, session("Mon 09:45")) == set()
    assert broken(clinic_of_45, session("Mon 09:15")) == {"grid"}
    assert broken(clinic_of_45, session("Mon 09:30")) == {"grid"}


def test_a_start_is_on_both_the_grid_and_start_every() -> None:
    """A grid of ten minutes and starts every fifteen leave each half hour."""
    assert starts(best(free("Mon 09:10-10:30", slot=10, start_every=15)), "p1") == ["Mon 09:30"]
    both = free("Mon 09:00-10:45", slot=10, start_every=15)
    assert broken(both, session("Mon 09:30")) == set()
    for start in ("Mon 09:15", "Mon 09:10", "Mon 09:45"):
        assert broken(both, session(start)) == {"grid"}, start


@pytest.mark.parametrize("minutes", [45, 55, 75])
def test_a_session_is_as_long_as_its_service(minutes: int) -> None:
    """An hour's talk is neither shorter nor longer, on the grid or off it."""
    usual = clinic()
    assert broken(usual, session("Mon 09:00", minutes=60)) == set()
    assert broken(usual, session("Mon 09:00", minutes=minutes)) == {"grid"}


def meets(*options: str, **fields: object) -> Instance:
    """Return a clinic whose group may begin at these starts; its participant needs one class."""
    return clinic(groups=[group(starts=options, **fields)], participants=[participant("p1", need("class"))])


def test_a_group_meets_at_its_own_starts_only() -> None:
    """The participant is free all week, the group's one start is Wednesday at one."""
    only = meets("Wed 13:00")
    assert starts(best(only), "p1") == ["Wed 13:00"]
    assert broken(only, meeting("Wed 13:00")) == set()
    assert broken(only, meeting("Wed 13:30")) == {"grid"}
    assert broken(only, meeting("Thu 13:00")) == {"grid"}


def test_a_groups_starts_override_start_every() -> None:
    """Quarter past is no multiple of half an hour, and the group begins then all the same."""
    quarter = meets("Mon 09:15")
    assert starts(best(quarter), "p1") == ["Mon 09:15"]
    assert broken(quarter, meeting("Mon 09:15")) == set()


@pytest.mark.parametrize("never", ["Mon 09:10", "Mon 07:30", "Mon 19:30", "Sun 09:00"])
def test_a_start_off_the_grid_or_outside_the_hours_is_never_used(never: str) -> None:
    """It is no error either: the meeting takes another start, or goes without."""
    assert starts(best(meets(never, "Mon 09:00")), "p1") == ["Mon 09:00"]
    assert best(meets(never)).score.as_tuple() == (60, 0, 0, 0)


def test_a_start_off_the_grid_breaks_the_rule_even_when_the_group_lists_it() -> None:
    """09:10 is among the group's starts but not on the grid of a quarter of an hour."""
    listed = meets("Mon 09:10", "Mon 09:15")
    assert broken(listed, meeting("Mon 09:15")) == set()
    assert broken(listed, meeting("Mon 09:10")) == {"grid"}

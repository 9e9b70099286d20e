"""need-count: never more sessions than needed."""

from __future__ import annotations

from iopsched.instance.models import Instance
from rules.tiny import best, broken, clinic, group, meeting, need, participant, session


def classes(first: int, second: int) -> Instance:
    """Return a clinic with a group that runs with two or more, on Monday and Tuesday."""
    return clinic(
        groups=[group(starts=["Mon,Tue 09:00"], meetings=2, min_size=2)],
        participants=[participant("p1", need("class", first)), participant("p2", need("class", second))],
    )


def test_nobody_attends_more_meetings_than_needed_to_make_one_run() -> None:
    """p2 needs two classes and p1 one: p1 is not called a second time to make up the two."""
    assert best(classes(2, 2)).score.unmet == 0
    once = classes(1, 2)
    assert best(once).score.unmet == 60
    both = meeting("Mon 09:00", "p1 p2"), meeting("Tue 09:00", "p1 p2")
    assert broken(classes(2, 2), *both) == set()
    assert broken(once, both[0]) == set()
    assert broken(once, *both) == {"need-count"}


def test_no_more_one_to_one_sessions_than_needed() -> None:
    """Two talks are two, and a third is one too many."""
    two = clinic(participants=[participant("p1", need(sessions=2))])
    assert len(best(two).sessions) == 2
    talks = [session(f"{day} 09:00") for day in ("Mon", "Tue", "Wed")]
    assert broken(two, *talks[:1]) == set()
    assert broken(two, *talks[:2]) == set()
    assert broken(two, *talks) == {"need-count"}


def test_a_need_of_no_sessions_has_none() -> None:
    """Zero is a number of sessions too."""
    none = clinic(participants=[participant("p1", need(sessions=0))])
    assert best(none).sessions == ()
    assert broken(none, session("Mon 09:00")) == {"need-count"}


def test_each_participants_need_is_counted_by_itself() -> None:
    """One talk each are two talks."""
    each = clinic(participants=[participant("p1"), participant("p2")])
    assert best(each).score.unmet == 0
    assert broken(each, session("Mon 09:00", "p1"), session("Mon 10:00", "p2")) == set()
    assert broken(each, session("Mon 09:00", "p1"), session("Tue 10:00", "p1")) == {"need-count"}

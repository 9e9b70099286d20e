"""group-member: tags, a need of the service, the groups it names, and one group for all its sessions."""

from __future__ import annotations

from iopsched.instance.models import Instance
from rules.tiny import Fields, best, broken, clinic, group, meeting, need, participant, service


def joins(person: Fields, **fields: object) -> Instance:
    """Return a clinic with a group on Monday at nine and one participant."""
    return clinic(
        groups=[group(**fields)],
        participants=[person],
    )


def test_a_member_has_all_the_tags_a_group_is_open_to() -> None:
    """Open to women in the evening: one of the two tags is not both."""
    for tags, fits in ((["women", "evening", "adult"], True), (["women"], False), ([], False)):
        tagged = joins(participant("p1", need("class"), tags=tags), open_to=["women", "evening"])
        assert best(tagged).score.unmet == (0 if fits else 60), tags
        assert broken(tagged, meeting("Mon 09:00")) == (set() if fits else {"group-member"}), tags


def test_a_group_open_to_all_asks_for_no_tag() -> None:
    """An empty list of tags is had by everybody."""
    untagged = joins(participant("p1", need("class")), open_to=[])
    assert best(untagged).score.unmet == 0
    assert broken(untagged, meeting("Mon 09:00")) == set()


def test_a_member_needs_the_groups_service() -> None:
    """Whoever needs a talk has no place in a class, though it would make the meeting large enough."""
    needs = joins(participant("p1", need("class")))
    other = joins(participant("p1", need("talk")))
    assert [s.service for s in best(needs).sessions] == ["class"]
    assert [s.service for s in best(other).sessions] == ["talk"]
    assert broken(needs, meeting("Mon 09:00")) == set()
    assert "group-member" in broken(other, meeting("Mon 09:00"))


def test_a_need_may_name_its_groups() -> None:
    """The only group is ``g``: a need that names another one, or none, is not met by it."""
    groups = [group("g"), group("h", starts=["Tue 09:00"], meetings=0)]
    for names, fits in ((["g", "h"], True), (["g"], True), (["h"], False), ([], False)):
        named = clinic(groups=groups, participants=[participant("p1", need("class", groups=names))])
        assert best(named).score.unmet == (0 if fits else 60), names
        assert broken(named, meeting("Mon 09:00")) == (set() if fits else {"group-member"}), names


def mixes(mix: bool, *others: Fields) -> Instance:
    """Return a clinic with a group on Monday and another on Tuesday, and p1 who needs two classes."""
    return clinic(
        groups=[group("g", starts=["Mon 09:00"]), group("h", starts=["Tue 09:00"])],
        participants=[participant("p1", need("class", 2, mix_groups=mix)), *others],
    )


def test_all_sessions_of_a_need_are_of_one_group() -> None:
    """Each group meets once: two sessions are to be had only by mixing them."""
    both = meeting("Mon 09:00", group="g"), meeting("Tue 09:00", group="h")
    assert best(mixes(True)).score.as_tuple() == (0, 0, 120, 120)
    assert best(mixes(False)).score.as_tuple() == (60, 0, 60, 60)
    assert broken(mixes(True), *both) == set()
    assert broken(mixes(False), *both) == {"group-member"}
    assert broken(mixes(False), both[1]) == set()


def test_different_members_may_be_of_different_groups() -> None:
    """One participant in each group mixes nothing."""
    other = participant("p2", need("class"), available=["Tue 09:00-10:00"])
    pair = mixes(False, other)
    assert best(pair).score.unmet == 60
    assert broken(pair, meeting("Mon 09:00", group="g"), meeting("Tue 09:00", "p2", group="h")) == set()


def test_different_needs_may_be_of_different_groups() -> None:
    """A class and yoga are two needs, each of one group."""
    two = clinic(
        services=[service("class", kind="group"), service("yoga", kind="group", skill="class")],
        groups=[group("g"), group("h", starts=["Tue 09:00"], service="yoga")],
        participants=[participant("p1", need("class"), need("yoga"))],
    )
    assert best(two).score.unmet == 0
    assert broken(two, meeting("Mon 09:00"), meeting("Tue 09:00", group="h", service="yoga")) == set()

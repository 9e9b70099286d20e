"""room-fit: the room's kind, hours and seats; the group's rooms; remote sessions have none."""

from __future__ import annotations

import pytest

from iopsched.instance.models import Instance
from rules.tiny import (
    Fields,
    best,
    broken,
    clinic,
    group,
    meeting,
    need,
    part,
    participant,
    room,
    service,
    session,
    staff,
    starts,
)


def in_rooms(*rooms: Fields, window: str = "Mon 09:00-12:00", **fields: object) -> Instance:
    """Return a clinic with these rooms for one talk in a window."""
    return clinic(rooms=list(rooms), participants=[participant("p1", need(**fields), available=[window])])


def test_the_rooms_kind_serves() -> None:
    """A talk is for an office: a studio does not serve, unless the service says so."""
    office, studio = room("office"), room("studio", kind="studio")
    both = in_rooms(office, studio)
    assert best(in_rooms(office)).sessions[0].room == "office"
    assert best(in_rooms(studio)).score.as_tuple() == (60, 0, 0, 0)
    assert broken(both, session("Mon 09:00", room="office")) == set()
    assert broken(both, session("Mon 09:00", room="studio")) == {"room-fit"}
    either = clinic(services=[service(room_kinds=["office", "studio"])], rooms=[studio])
    assert best(either).sessions[0].room == "studio"


def test_everything_that_is_not_remote_has_a_room() -> None:
    """A talk in no room breaks the rule, and a clinic without rooms gives none."""
    usual = in_rooms(room("office"))
    assert broken(usual, session("Mon 09:00", room="office")) == set()
    assert broken(usual, session("Mon 09:00", room=None)) == {"room-fit"}
    assert best(in_rooms()).score.unmet == 60


@pytest.mark.parametrize(
    "hours", [{"available": ["Mon 10:00-11:00"]}, {"busy": ["Mon 00:00-10:00", "Mon 11:00-24:00"]}]
)
def test_the_room_is_available(hours: Fields) -> None:
    """Of the morning the office has the hour from ten, exactly."""
    only = in_rooms(room("office", **hours))
    assert starts(best(only), "p1") == ["Mon 10:00"]
    assert best(in_rooms(room("office", **hours), window="Mon 09:00-10:45")).score.unmet == 60
    assert best(in_rooms(room("office"), window="Mon 09:00-10:45")).score.unmet == 0
    assert broken(only, session("Mon 10:00")) == set()
    assert broken(only, session("Mon 09:30")) == {"room-fit"}
    assert broken(only, session("Mon 10:30")) == {"room-fit"}


def test_a_rooms_hours_need_not_lie_on_the_grid() -> None:
    """Cleaned until 09:31, the office is too late for 09:30; until 09:29 it is not."""
    for cleaned, unmet in (("09:29", 0), ("09:31", 60)):
        office = in_rooms(room("office", busy=[f"Mon 08:00-{cleaned}"]), window="Mon 09:30-10:30")
        assert best(office).score.unmet == unmet
        assert broken(office, session("Mon 09:30")) == ({"room-fit"} if unmet else set())


def test_a_room_seats_participant_and_staff() -> None:
    """A talk needs two seats."""
    assert best(in_rooms(room("office", 2))).score.unmet == 0
    assert best(in_rooms(room("office", 1))).score.unmet == 60
    assert broken(in_rooms(room("office", 2)), session("Mon 09:00")) == set()
    assert broken(in_rooms(room("office", 1)), session("Mon 09:00")) == {"room-fit"}


def test_a_room_seats_the_family() -> None:
    """Participant, mother, father and Ana are four; if mother alone must come, three."""
    always = ["Mon-Fri 00:00-24:00"]
    people = [{"id": "mother", "available": always}, {"id": "father", "available": always}]
    for seats, required, fits in (
        (4, ["mother", "father"], True),
        (3, ["mother", "father"], False),
        (3, ["mother"], True),
        (2, ["mother"], False),
    ):
        family = clinic(
            services=[service("family", kind="family")],
            rooms=[room("office", seats)],
            participants=[participant("p1", need("family", family=required), family=people)],
        )
        assert best(family).score.unmet == (0 if fits else 60)
        hour = session("Mon 09:00", service="family", family=" ".join(required))
        assert broken(family, hour) == (set() if fits else {"room-fit"})


def block(seats: int) -> Instance:
    """Return a clinic with three members and parts led by one, two and one of three members of staff."""
    return clinic(
        services=[
            service("class", 90, kind="group", agenda=[part(30, "x"), part(30, "y", 2), part(30, "x")])
        ],
        rooms=[room("office", seats)],
        staff=[staff("ana", "x"), staff("ben", "y"), staff("cara", "y")],
        groups=[group()],
        participants=[participant(name, need("class")) for name in ("p1", "p2", "p3")],
    )


def test_a_room_seats_the_members_and_the_leaders_of_the_largest_part() -> None:
    """Three members and two leaders are five, though three people lead; with four seats one waits."""
    assert best(block(5)).score.unmet == 0
    assert best(block(4)).score.unmet == 90
    assert best(block(3)).score.unmet == 180
    assert best(block(2)).score.unmet == 270
    parts = [(30, "ana"), (30, "ben cara"), (30, "ana")]
    assert broken(block(5), meeting("Mon 09:00", "p1 p2 p3", parts=parts)) == set()
    assert broken(block(4), meeting("Mon 09:00", "p1 p2 p3", parts=parts)) == {"room-fit"}
    assert broken(block(4), meeting("Mon 09:00", "p1 p2", parts=parts)) == set()


def test_a_group_may_have_its_own_rooms() -> None:
    """The larger office would seat both members; the group's own seats one of them."""
    for own, unmet in ((None, 0), (["large"], 0), (["small"], 60), ([], 120)):
        limits = {} if own is None else {"rooms": own}
        two = clinic(
            rooms=[room("small", 2), room("large", 3)],
            groups=[group(**limits)],
            participants=[participant(name, need("class")) for name in ("p1", "p2")],
        )
        assert best(two).score.unmet == unmet
        large = meeting("Mon 09:00", "p1 p2", room="large")
        assert broken(two, large) == ({"room-fit"} if unmet else set())


def test_a_remote_service_takes_no_room() -> None:
    """A service without kinds of room happens without one, and with one it is wrong."""
    video = clinic(services=[service(room_kinds=[])], rooms=[])
    assert best(video).sessions[0].room is None
    studio = clinic(services=[service(room_kinds=[])])
    assert broken(studio, session("Mon 09:00", room=None)) == set()
    assert broken(studio, session("Mon 09:00", room="office")) == {"room-fit"}


def test_a_remote_need_takes_no_room() -> None:
    """By video for this person: no room is needed, nor taken."""
    assert best(in_rooms(remote=False)).score.unmet == 60
    assert best(in_rooms(remote=True)).score.unmet == 0
    video = in_rooms(room("office"), remote=True)
    assert best(video).sessions[0].room is None
    assert broken(video, session("Mon 09:00", room=None)) == set()
    assert broken(video, session("Mon 09:00", room="office")) == {"room-fit"}
    assert broken(in_rooms(room("office")), session("Mon 09:00", room=None)) == {"room-fit"}


def test_a_remote_group_takes_no_room() -> None:
    """However many they are."""
    online = clinic(
        services=[service("class", kind="group", room_kinds=[])],
        rooms=[room("office", 2)],
        groups=[group()],
        participants=[participant(name, need("class")) for name in ("p1", "p2", "p3")],
    )
    assert best(online).score.unmet == 0
    assert broken(online, meeting("Mon 09:00", "p1 p2 p3", room=None)) == set()
    assert broken(online, meeting("Mon 09:00", "p1", room="office")) == {"room-fit"}

"""room-free: one session at a time in a room."""

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
    participant,
    room,
    service,
    session,
    staff,
)

HOUR = "Mon 09:00-10:00"


def two(
    *rooms: Fields, windows: tuple[str, str] = (HOUR, HOUR), notes: int = 0, **fields: object
) -> Instance:
    """Return a clinic with staff enough for two participants, each with a talk in a window."""
    return clinic(
        services=[service(note_minutes=notes, start_every=15)],
        rooms=list(rooms) or [room()],
        staff=[staff("ana"), staff("ben")],
        participants=[
            participant("p1", available=[windows[0]]),
            participant("p2", need(**fields), available=[windows[1]]),
        ],
    )


def test_a_room_holds_one_session_at_a_time() -> None:
    """Two talks in the same hour need two rooms, however many seats the one has."""
    one, pair = two(), two(room("office"), room("other"))
    assert best(pair).score.as_tuple() == (0, 0, 120, 0)
    assert best(one).score.as_tuple() == (60, 0, 60, 0)
    assert broken(pair, session("Mon 09:00"), session("Mon 09:00", "p2", "ben", room="other")) == set()
    assert broken(one, session("Mon 09:00"), session("Mon 09:00", "p2", "ben")) == {"room-free"}


@pytest.mark.parametrize(("start", "rules"), [("10:00", set()), ("09:45", {"room-free"})])
@pytest.mark.parametrize("notes", [0, 30])
def test_sessions_in_a_room_may_touch(start: str, rules: set[str], notes: int) -> None:
    """At ten the office is free again, also while the notes of the first talk are written elsewhere."""
    clinic_of = two(windows=(HOUR, f"Mon {start}-{int(start[:2]) + 1}{start[2:]}"), notes=notes)
    assert best(clinic_of).score.unmet == (60 if rules else 0)
    assert broken(clinic_of, session("Mon 09:00"), session(f"Mon {start}", "p2", "ben")) == rules


def test_a_remote_session_leaves_the_room_to_others() -> None:
    """By video p2 is seen while p1 has the only office."""
    video = two(remote=True)
    assert best(two()).score.unmet == 60
    assert best(video).score.unmet == 0
    assert broken(video, session("Mon 09:00"), session("Mon 09:00", "p2", "ben", room=None)) == set()


def test_sessions_without_rooms_do_not_meet() -> None:
    """Two sessions by video at once are in no room, not in the same one."""
    online = clinic(
        services=[service(room_kinds=[])],
        rooms=[],
        staff=[staff("ana"), staff("ben")],
        participants=[participant(name, available=[HOUR]) for name in ("p1", "p2")],
    )
    assert best(online).score.unmet == 0
    first, second = session("Mon 09:00", room=None), session("Mon 09:00", "p2", "ben", room=None)
    assert broken(online, first, second) == set()


def test_a_meeting_holds_its_room_throughout() -> None:
    """While the class has the office from nine to eleven, nobody is seen in it."""
    for window, fits in (("Mon 11:00-12:00", True), ("Mon 10:00-11:00", False), ("Mon 08:30-09:30", False)):
        both = clinic(
            services=[service(), service("class", 120, kind="group")],
            staff=[staff("ana"), staff("ben")],
            groups=[group()],
            participants=[participant("p1", need("class")), participant("p2", available=[window])],
        )
        assert best(both).score.unmet == (0 if fits else 60)
        talk = session(window[:9], "p2", "ben")
        assert broken(both, meeting("Mon 09:00", minutes=120), talk) == (set() if fits else {"room-free"})


def test_rooms_are_exchanged_when_one_alone_serves() -> None:
    """The class needs the large room, so the talk of the same hour takes the small one."""
    fields = {
        "staff": [staff("ana"), staff("ben")],
        "groups": [group()],
        "participants": [
            participant("p1", available=[HOUR]),
            participant("p2", need("class")),
            participant("p3", need("class")),
        ],
    }
    exchange = clinic(rooms=[room("large", 3), room("small", 2)], **fields)
    roster = best(exchange)
    assert roster.score.unmet == 0
    assert {s.service: s.room for s in roster.sessions} == {"talk": "small", "class": "large"}
    assert best(clinic(rooms=[room("large", 3)], **fields)).score.unmet == 60
    led = meeting("Mon 09:00", "p2 p3", "ben", room="large")
    assert broken(exchange, led, session("Mon 09:00", room="small")) == set()
    assert broken(exchange, led, session("Mon 09:00", room="large")) == {"room-free"}

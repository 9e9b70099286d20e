from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from iopsched.errors import InputError
from iopsched.exchange.calendars import INDEX, CalendarFolder, calendar_folder, file_name
from iopsched.exchange.calendars.zones import zone_component
from iopsched.exchange.names import Names
from iopsched.roster.models import Roster, Session
from iopsched.roster.views import View
from report.small_week import instance, roster

Files = Mapping[str, bytes]


def folder(*rosters: Roster, before: Files | None = None, names: Names | None = None) -> CalendarFolder:
    """Return what the small week's folder holds after some rosters."""
    return calendar_folder(instance(), rosters or (roster(),), names or Names(), before or {})


def events_in(files: Files, file: str) -> list[Any]:
    """Return a calendar's events by start, read by a parser that did not write it."""
    calendar = vobject.readOne(files[file].decode())
    return sorted(calendar.contents.get("vevent", []), key=lambda event: event.dtstart.value)


def told(files: Files, file: str, *fields: str) -> list[tuple[str, ...]]:
    return [tuple(getattr(event, field).value for field in fields) for event in events_in(files, file)]


def with_session(number: int, **fields: Any) -> Roster:
    """Return the small week's roster with one session changed."""
    sessions = list(roster().sessions)
    sessions[number] = sessions[number].model_copy(update=fields)
    return roster().model_copy(update={"sessions": tuple(sessions)})


def moved() -> Roster:
    """Return the roster with P3's session on Monday, the first, moved to eleven."""
    return with_session(0, start=datetime(2026, 11, 30, 11), end=datetime(2026, 11, 30, 12))


def without(number: int) -> Roster:
    sessions = roster().sessions
    return roster().model_copy(update={"sessions": (*sessions[:number], *sessions[number + 1 :])})


def changed_files(one: Files, other: Files) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def test_everybody_and_every_room_has_a_calendar() -> None:
    """The index names each file with whose it is, in the order of kinds and ids."""
    files = folder().files
    assert list(files) == [
        *(f"participant-P{n}.ics" for n in (1, 2, 3)),
        "room-G1.ics",
        "room-O1.ics",
        "staff-T1.ics",
        "staff-T2.ics",
        INDEX,
    ]
    assert files[INDEX].decode().splitlines()[:2] == [
        "file,kind,id,name",
        "participant-P1.ics,participant,P1,P1",
    ]


def test_a_participant_reads_when_where_and_with_whom() -> None:
    """All events are called the same; a remote one says so; times are the wall clock's in its zone."""
    events = events_in(folder().files, "participant-P1.ics")
    assert [event.summary.value for event in events] == ["Appointment"] * 4
    assert [event.location.value for event in events] == ["G1", "G1", "Remote", "G1"]
    assert [event.description.value for event in events] == [
        "With T1, T2",
        "With T1, T2",
        "With T1",
        "With T1, T2",
    ]
    first = events[0].dtstart.value
    assert first.isoformat() == "2026-11-30T17:30:00-06:00"
    assert {event.contents["class"][0].value for event in events} == {"PRIVATE"}


def test_nothing_of_the_treatment_is_in_a_participants_calendar() -> None:
    """Neither services, parts and groups nor anybody else's code nor the program's name."""
    for name, content in folder().files.items():
        if name.startswith("participant-"):
            text = content.decode()
            own = name.removeprefix("participant-").removesuffix(".ics")
            secrets = {
                "individual",
                "family",
                "case",
                "iop",
                "Process",
                "skills",
                "evening",
                "P1",
                "P2",
                "P3",
            }
            assert [word for word in secrets - {own} if word in text] == []


def test_staff_read_what_they_lead_and_when() -> None:
    """A part that one leads is an event of its own; a code is named one to one, nobody in a group."""
    files = folder().files
    assert (
        told(files, "staff-T2.ics", "summary", "description") == [("evening", "iop-group: Life skills")] * 3
    )
    assert [event.dtstart.value.strftime("%a %H:%M") for event in events_in(files, "staff-T2.ics")] == [
        "Mon 19:00",
        "Tue 19:00",
        "Wed 19:00",
    ]
    assert told(files, "staff-T1.ics", "summary", "description")[:2] == [
        ("Session P3", "individual"),
        ("Notes", "Session P3"),
    ]
    talk, notes = events_in(files, "staff-T1.ics")[:2]
    assert notes.dtstart.value == talk.dtend.value
    assert notes.dtend.value - notes.dtstart.value == timedelta(minutes=15)


def test_a_room_reads_that_it_is_taken() -> None:
    """And by which staff; nobody who comes is named, and not for what."""
    assert told(folder().files, "room-O1.ics", "summary", "description") == [("Reserved", "Led by T1")] * 2


def test_a_groups_calendar_is_there_when_asked_for() -> None:
    """With a view there is that calendar alone; a group's names nobody who comes."""
    group = View("group", "evening")
    files = calendar_folder(instance(), [roster()], Names(), {}, group).files
    assert list(files) == [file_name(group), INDEX]
    assert told(files, file_name(group), "summary", "location") == [("evening", "G1")] * 3
    assert b"P1" not in files[file_name(group)]


def test_names_are_put_on() -> None:
    """Of the room, the staff and whoever comes one to one; a comma in a name comes through."""
    names = Names(
        {("participant", "P3"): "Jo Doe", ("staff", "T1"): "Fox, Ann; MD", ("room", "O1"): "Blue\\room"}
    )
    files = folder(names=names).files
    assert told(files, "staff-T1.ics", "summary")[0] == ("Session Jo Doe",)
    assert told(files, "participant-P3.ics", "description", "location")[0] == (
        "With Fox, Ann; MD",
        "Blue\\room",
    )
    assert b"participant-P3.ics,participant,P3,Jo Doe" in files[INDEX]


def test_lines_are_folded_where_the_standard_asks_for_it() -> None:
    """No line is longer than 75 octets, letters of several octets are not cut, and the name is whole."""
    name = "Länger-als-eine-Zeile " * 10 + "🏥" * 20
    files = folder(names=Names({("room", "G1"): name})).files
    content = files["participant-P1.ics"]
    assert name.encode() not in content
    assert all(len(line) <= 75 and line.decode() is not None for line in content.split(b"\r\n"))
    assert told(files, "participant-P1.ics", "location")[0] == (name,)


def test_the_same_roster_again_changes_nothing() -> None:
    """Byte for byte: numbers and times of events that say the same stay."""
    first = folder()
    again = folder(before=first.files)
    assert (first.new, first.changed, first.cancelled) == (25, 0, 0)
    assert (again.new, again.changed, again.cancelled) == (0, 0, 0)
    assert again.files == first.files


def test_what_moves_keeps_its_uid_and_is_counted_up() -> None:
    """P3, the room and T1 (the session and its notes) are told; everybody else's file stays as it was."""
    before = folder().files
    after = folder(moved(), before=before)
    assert (after.new, after.changed, after.cancelled) == (0, 4, 0)
    assert changed_files(before, after.files) == {"participant-P3.ics", "room-O1.ics", "staff-T1.ics"}
    (old, *_), (new, *others) = (events_in(files, "participant-P3.ics") for files in (before, after.files))
    assert new.uid.value == old.uid.value
    assert new.dtstart.value == old.dtstart.value - timedelta(hours=1)
    assert (old.sequence.value, new.sequence.value) == ("0", "1")
    assert new.dtstamp.value > old.dtstamp.value
    assert [event.sequence.value for event in others] == ["0"]


@pytest.mark.parametrize("fields", [{"room": None}, {"staff": ("T2",)}])
def test_another_room_or_other_staff_is_counted_up_too(fields: dict[str, Any]) -> None:
    """Whatever a participant can read in the event makes it a new state."""
    after = folder(with_session(0, **fields), before=folder().files)
    assert told(after.files, "participant-P3.ics", "sequence", "status")[0] == ("1", "CONFIRMED")


def test_what_is_no_longer_held_is_cancelled_and_may_come_back() -> None:
    """The event stays with the next number as CANCELLED, once; held again it is confirmed with the next."""
    before = folder().files
    gone = folder(without(0), before=before)
    assert gone.cancelled == 4
    assert told(gone.files, "participant-P3.ics", "status", "sequence") == [
        ("CANCELLED", "1"),
        ("CONFIRMED", "0"),
    ]
    assert folder(without(0), before=gone.files).files == gone.files
    back = folder(before=gone.files)
    assert told(back.files, "participant-P3.ics", "status", "sequence")[0] == ("CONFIRMED", "2")


def test_somebody_who_has_left_is_told_too() -> None:
    """Whom the index lists gets a calendar even where neither instance nor roster knows them any more."""
    before = folder().files
    asked = instance()
    asked = asked.model_copy(update={"participants": asked.participants[:2]})
    left = roster().model_copy(
        update={"sessions": tuple(one for one in roster().sessions if "P3" not in one.participants)}
    )
    after = calendar_folder(asked, [left], Names(), before)
    assert told(after.files, "participant-P3.ics", "status") == [("CANCELLED",)] * 2
    assert b"participant-P3.ics" in after.files[INDEX]


def test_rosters_can_take_the_folders_place() -> None:
    """All rosters that people were told, oldest first, give the folder that each in turn would have left."""
    rosters = (roster(), moved(), without(0), roster())
    files: Files = {}
    for one in rosters:
        files = folder(one, before=files).files
    assert folder(*rosters).files == files
    assert told(files, "participant-P3.ics", "sequence")[0] == ("3",)


plans = st.lists(st.sampled_from([None, 0, 1]), min_size=6, max_size=6)
"""For each session of the small week: not held, held, or held an hour later."""


def planned(plan: list[int | None]) -> Roster:
    def later(session: Session, hours: int) -> Session:
        times = {"start": session.start + timedelta(hours=hours), "end": session.end + timedelta(hours=hours)}
        return session.model_copy(update={**times, "agenda": None})

    held = ((one, hours) for one, hours in zip(roster().sessions, plan, strict=True) if hours is not None)
    return roster(sessions=tuple(later(one, hours) for one, hours in held))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(plans, min_size=1, max_size=4))
def test_whatever_is_planned_the_folder_says_what_stands(all_plans: list[list[int | None]]) -> None:
    """Confirmed events are the last roster's; no event is forgotten, and its number never falls."""
    room = View("room", "G1")
    files: Files = {}
    numbers: dict[str, int] = {}
    for plan in all_plans:
        files = calendar_folder(instance(), [planned(plan)], Names(), files, room).files
        events = {event.uid.value: event for event in events_in(files, "room-G1.ics")}
        found = {uid: int(event.sequence.value) for uid, event in events.items()}
        assert numbers.keys() <= found.keys()
        assert all(found[uid] >= number for uid, number in numbers.items())
        numbers = found
        standing = [event for event in events.values() if event.status.value == "CONFIRMED"]
        assert sorted(event.dtstart.value.replace(tzinfo=None) for event in standing) == [
            one.start for one in planned(plan).sessions if one.room == "G1"
        ]
    rosters = [planned(plan) for plan in all_plans]
    assert calendar_folder(instance(), rosters, Names(), {}, room).files == files


def test_next_week_stands_beside_this_one() -> None:
    """The same session ids a week later are other events, and last week's stay as they were."""
    week = timedelta(days=7)

    def later(session: Session) -> Session:
        shifted = {"start": session.start + week, "end": session.end + week, "agenda": None}
        return session.model_copy(update=shifted)

    before = folder().files
    asked = instance().model_copy(update={"week": instance().week + week, "closed": ()})
    sessions = tuple(later(one) for one in roster().sessions)
    after = calendar_folder(asked, [roster(week=asked.week, sessions=sessions)], Names(), before)
    assert (after.changed, after.cancelled) == (0, 0)
    uids = {event.uid.value for event in events_in(before, "participant-P3.ics")}
    both = told(after.files, "participant-P3.ics", "uid", "sequence")
    assert len(uids) == 2
    assert uids < {uid for uid, _ in both}
    assert [sequence for _, sequence in both] == ["0"] * 4


def test_two_clinics_never_share_an_event() -> None:
    """Equal codes and session ids in an instance of another name have other UIDs."""
    other = calendar_folder(instance(id="elsewhere"), [roster()], Names(), {}).files
    mine, theirs = (
        {event.uid.value for name in files if name != INDEX for event in events_in(files, name)}
        for files in (folder().files, other)
    )
    assert len(mine) == len(theirs) == 25
    assert not mine & theirs


@pytest.mark.parametrize("content", [b"", b"notes of mine", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", b"\xff\xfe"])
def test_a_file_in_the_way_is_not_replaced(content: bytes) -> None:
    """What is no calendar is named with its remedy, all of them at once."""
    files = {"participant-P1.ics": content, "room-G1.ics": content}
    with pytest.raises(InputError) as raised:
        folder(before=files)
    assert [problem.path for problem in raised.value.problems] == list(files)


@pytest.mark.parametrize(
    "content", [b"", b"a,b\r\n", b"file,kind,id,name\r\nx.ics,planet,P1,P1\r\n", b"\xff"]
)
def test_an_index_that_is_none_is_refused(content: bytes) -> None:
    """Nothing is guessed about whose calendars there are."""
    with pytest.raises(InputError, match="no index of calendars"):
        folder(before={INDEX: content})


AWKWARD = [
    "../x",
    "con",
    "a/b",
    "P1",
    "p1",
    "é",
    "e\u0301",
    "🏥",
    ".",
    "",
    "x" * 300,
    "=1+1",
    "a\\b",
    "A.ics",
]


def test_file_names_are_safe_and_never_shared() -> None:
    """Whatever the ids: letters, digits and ``._-`` alone, short, different even in one case."""
    names = [file_name(View("participant", name)) for name in AWKWARD]
    assert all(name.replace(".", "").replace("-", "").replace("_", "").isalnum() for name in names)
    assert all(name.isascii() and len(name) < 100 and name.endswith(".ics") for name in names)
    assert len({name.lower() for name in names}) == len(AWKWARD)


@settings(deadline=None, derandomize=True)
@given(st.lists(st.text(min_size=1), min_size=2, max_size=2, unique=True))
def test_any_two_ids_have_two_files(ids: list[str]) -> None:
    """Also on file systems that take upper and lower case for the same."""
    one, other = (file_name(View("room", name)).lower() for name in ids)
    assert one != other


def test_an_id_that_looks_like_a_formula_comes_back_from_the_index() -> None:
    """The index carries it harmlessly, and who it is of is known again."""
    room = View("room", "=1+1")
    sessions = tuple(
        one.model_copy(update={"room": room.id if one.room == "O1" else one.room})
        for one in roster().sessions
    )
    files = folder(roster(sessions=sessions)).files
    assert b",room,'=1+1,'=1+1" in files[INDEX]
    after = folder(before=files)
    assert {event.status.value for event in events_in(after.files, file_name(room))} == {"CANCELLED"}


ZONES = [
    ("America/Chicago", date(2026, 3, 2)),
    ("America/Chicago", date(2026, 10, 26)),
    ("Europe/Paris", date(2026, 3, 23)),
    ("Europe/Berlin", date(2026, 10, 19)),
    ("Australia/Sydney", date(2026, 3, 30)),
    ("Australia/Sydney", date(2026, 9, 28)),
    ("Australia/Lord_Howe", date(2026, 9, 28)),
    ("America/Santiago", date(2026, 8, 31)),
    ("Asia/Kathmandu", date(2026, 3, 2)),
    ("America/Phoenix", date(2026, 3, 2)),
    ("UTC", date(2026, 3, 23)),
    ("Etc/UTC", date(2026, 3, 23)),
]


@pytest.mark.parametrize(("zone", "week"), ZONES)
def test_times_hold_across_a_change_of_the_clocks(zone: str, week: date) -> None:
    """Every half-hour of the week comes out of the file's own VTIMEZONE as the moment that it is."""
    monday = datetime.combine(week, datetime.min.time())
    starts = [monday + timedelta(minutes=30 * n) for n in range(7 * 48)]
    half = timedelta(minutes=30)
    one = roster().sessions[0]
    sessions = tuple(
        one.model_copy(update={"id": str(n), "start": start, "end": start + half})
        for n, start in enumerate(starts)
    )
    asked = instance(timezone=zone, week=week, closed=())
    files = calendar_folder(
        asked, [roster(week=week, sessions=sessions)], Names(), {}, View("room", "O1")
    ).files
    unheard_of = f"Clinic/{week}-{zone}"  # so that nobody looks the zone up instead
    calendar = vobject.readOne(files["room-O1.ics"].decode().replace(zone, unheard_of))
    found = sorted(
        (event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC))
        for event in calendar.contents["vevent"]
    )
    truly = sorted(start.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for start in starts)
    assert [start for start, _ in found] == truly
    assert {end - start for start, end in found} == {half}


@pytest.mark.parametrize("zone", sorted({"Europe/Dublin", *(zone for zone, _ in ZONES)}))
def test_a_zone_says_when_its_clocks_change(zone: str) -> None:
    """A part begins at the old wall clock's time (RFC 5545, 3.6.5), at which the offset does change."""
    first, *changes = zone_component(zone, 2026, 2026).subcomponents
    assert first["TZOFFSETFROM"].td == first["TZOFFSETTO"].td
    for part in changes:
        old, new = part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        onset = (part["DTSTART"].dt - old).replace(tzinfo=UTC)
        assert old != new
        assert (onset - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).utcoffset() == old
        assert onset.astimezone(ZoneInfo(zone)).utcoffset() == new
    without = zone in ("Asia/Kathmandu", "America/Phoenix", "UTC", "Etc/UTC")
    assert len(changes) == (0 if without else 6)


def test_the_clocks_do_change_in_most_of_those_weeks() -> None:
    """The premise of the test above: the offset at the week's end is another one than at its beginning."""

    def changes(zone: str, week: date) -> bool:
        monday = datetime.combine(week, datetime.min.time(), ZoneInfo(zone))
        return monday.utcoffset() != (monday + timedelta(days=7)).utcoffset()

    assert [zone for zone, week in ZONES if not changes(zone, week)] == [
        "Asia/Kathmandu",
        "America/Phoenix",
        "UTC",
        "Etc/UTC",
    ]

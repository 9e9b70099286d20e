"""What keeps somebody out of a group's meetings: its times, its people, or their own week."""

from __future__ import annotations

from collections.abc import Sequence

from explain.why import Reasons, why
from iopsched.instance.models import Instance
from iopsched.options import Meeting, Plan
from rules.tiny import (
    at,
    clinic,
    group,
    meeting,
    need,
    part,
    participant,
    program,
    room,
    roster_of,
    service,
    staff,
)

MONDAY = ["Mon 08:00-20:00"]
HOURS = ("Mon 09:00", "Tue 09:00", "Wed 09:00", "Thu 09:00", "Fri 09:00")


def classes(
    *groups: dict, people: Sequence[dict] = (), asked: dict | None = None, **fields: object
) -> Instance:
    """Return a clinic of groups in which p1 (among others) needs a class."""
    everybody = list(people) or [participant("p1", asked or need("class"))]
    return clinic(groups=list(groups), participants=everybody, **fields)


def of_class(instance: Instance, who: str = "p1", **options: object) -> Reasons:
    """Return the reasons of somebody's class."""
    return why(instance, who, "class", **options)


def test_no_group_at_all() -> None:
    """Nobody gives a class."""
    reasons = of_class(classes())
    assert list(reasons) == ["no-group"]
    assert reasons["no-group"].groups == []
    assert of_class(classes(group())) == {}


def test_no_group_that_the_need_allows() -> None:
    """The need allows no group but those it names."""
    reasons = of_class(classes(group(), asked=need("class", groups=[])))
    assert list(reasons) == ["no-group"]
    assert of_class(classes(group(), asked=need("class", groups=["g"]))) == {}


def test_no_group_for_their_tags() -> None:
    """The group is for evenings; p1 becomes a member by that tag alone."""
    reasons = of_class(classes(group(open_to=["evening"])))
    assert list(reasons) == ["no-group"]
    assert reasons["no-group"].tags == {"g": ["evening"]}
    member = participant("p1", need("class"), tags=["evening"])
    assert of_class(classes(group(open_to=["evening"]), people=[member])) == {}


def test_groups_meet_when_somebody_is_not_free() -> None:
    """p1 works on Mondays; which groups meet then is said."""
    work = [{"when": ["Mon 08:00-17:00"], "why": "court"}]
    person = participant("p1", need("class"), busy=work)
    reasons = of_class(classes(group(), people=[person]))
    assert list(reasons) == ["group-times"]
    assert reasons["group-times"].starts == {"g": ["Mon 09:00"]}
    assert "court" not in reasons["group-times"].text
    assert of_class(classes(group(starts=("Mon 17:00",)), people=[person])) == {}


def test_groups_meet_outside_the_hours() -> None:
    """The clinic opens at eight."""
    reasons = of_class(classes(group(starts=("Mon 07:00",))))
    assert list(reasons) == ["group-times"]
    assert reasons["group-times"].groups == ["g"]
    assert of_class(classes(group(starts=("Mon 08:00",)))) == {}


def test_a_part_that_nobody_could_lead() -> None:
    """The second part of the class is yoga."""
    services = [service("class", kind="group", agenda=[part(30, "talk"), part(30, "yoga")])]
    reasons = of_class(classes(group(), services=services))
    assert list(reasons) == ["group-staff"]
    assert "lead" in reasons["group-staff"].text
    people = [staff(), staff("ben", "yoga")]
    assert of_class(classes(group(), services=services, staff=people)) == {}


def test_no_room_for_a_group() -> None:
    """A group for three at least and Ana need a room for four."""
    people = [participant(name, need("class")) for name in ("p1", "p2", "p3")]
    reasons = of_class(classes(group(min_size=3), people=people, rooms=[room(capacity=3)]))
    assert list(reasons) == ["group-staff"]
    assert "room" in reasons["group-staff"].text
    assert of_class(classes(group(min_size=3), people=people, rooms=[room(capacity=4)])) == {}


def test_only_unwanted_staff_could_lead() -> None:
    """p1 keeps away from Ana, who alone could give the class."""
    wary = need("class", not_staff=["ana"])
    assert list(of_class(classes(group(), asked=wary))) == ["not-staff"]
    assert of_class(classes(group(), asked=wary, staff=[staff(), staff("ben")])) == {}


def test_unwanted_staff_lead() -> None:
    """The class is given by Ana although Ben could: the plan stands, and p1 stays away."""
    people = [participant("p1", need("class", not_staff=["ana"])), participant("p2", need("class"))]
    week = classes(group(), people=people, staff=[staff(), staff("ben")])
    for leader, codes in ((0, ["not-staff"]), (1, ["search-ended"])):
        held = Plan({}, {0: Meeting(((leader,),), 0, frozenset({1}))})
        assert list(of_class(week, plan=held)) == codes


def test_too_few_could_ever_attend() -> None:
    """A group of two at least, and nobody else needs a class."""
    assert list(of_class(classes(group(min_size=2)))) == ["group-size"]
    assert of_class(classes(group(min_size=1))) == {}


def test_a_group_is_full() -> None:
    """One seat, and p2's need weighs more."""
    people = [participant("p1", need("class")), participant("p2", need("class", priority=9))]
    reasons = of_class(classes(group(max_size=1), people=people))
    assert list(reasons) == ["group-size"]
    assert reasons["group-size"].starts == {"g": ["Mon 09:00"]}
    assert "p2" not in reasons["group-size"].text
    assert of_class(classes(group(max_size=2), people=people)) == {}


def test_a_room_is_full() -> None:
    """The office seats Ana and one participant."""
    people = [participant("p1", need("class")), participant("p2", need("class", priority=9))]
    assert list(of_class(classes(group(), people=people, rooms=[room(capacity=2)]))) == ["group-size"]
    assert of_class(classes(group(), people=people, rooms=[room(capacity=3)])) == {}


def test_too_few_can_come_for_a_group_to_be_held() -> None:
    """Two are needed; p2 could have made the second, but is in a talk then."""

    def week(hours: str) -> Instance:
        other = participant("p2", need("class"), need(priority=9), available=[hours])
        return classes(
            group(min_size=2),
            people=[participant("p1", need("class")), other],
            staff=[staff(), staff("ben")],
            rooms=[room(), room("study")],
        )

    reasons = of_class(week("Mon 09:00-10:00"))
    assert list(reasons) == ["group-size"]
    assert "Not held" in reasons["group-size"].text
    assert of_class(week("Mon 09:00-11:00")) == {}


def test_somebody_to_be_kept_apart_attends() -> None:
    """p1 and p2 must not meet; the note names nobody."""
    person = participant("p1", need("class"), apart_from=["p2"])
    people = [person, participant("p2", need("class", priority=9))]
    reasons = of_class(classes(group(), people=people))
    assert list(reasons) == ["apart"]
    assert "p2" not in reasons["apart"].model_dump_json()
    two = [group(), group("h", ("Tue 09:00",))]
    assert of_class(classes(*two, people=people)) == {}


def test_in_another_session_during_the_meetings() -> None:
    """p1's talk weighs more and has no other time."""

    def week(hours: str) -> Instance:
        person = participant("p1", need("class"), need(priority=9), available=[hours])
        return classes(group(), people=[person], staff=[staff(), staff("ben")], rooms=[room(), room("study")])

    reasons = of_class(week("Mon 09:00-10:00"))
    assert list(reasons) == ["own-sessions"]
    assert "talk Mon 09:00" in reasons["own-sessions"].text
    assert of_class(week("Mon 09:00-11:00")) == {}


def test_one_group_has_too_few_meetings() -> None:
    """Two groups of one meeting each give two classes to whoever may mix them."""
    two = [group(), group("h", ("Tue 09:00",))]
    assert list(of_class(classes(*two, asked=need("class", 2)))) == ["one-group"]
    assert of_class(classes(*two, asked=need("class", 2, mix_groups=True))) == {}


def test_groups_hold_too_few_meetings() -> None:
    """One meeting in the week, whatever else."""
    reasons = of_class(classes(group(starts=HOURS), asked=need("class", 2)))
    assert list(reasons) == ["group-meetings"]
    assert of_class(classes(group(starts=HOURS, meetings=2), asked=need("class", 2))) == {}


def test_meetings_are_too_near() -> None:
    """Monday and Tuesday are one day apart."""

    def week(*starts: str) -> Instance:
        return classes(group(starts=starts, meetings=2), asked=need("class", 2, min_days_apart=2))

    assert list(of_class(week("Mon 09:00", "Tue 09:00"))) == ["too-few-days"]
    assert of_class(week("Mon 09:00", "Wed 09:00")) == {}


def test_the_program_allows_too_few_days() -> None:
    """Two classes are two days."""
    for days, codes in ((1, ["day-limit"]), (2, [])):
        week = classes(
            group(starts=HOURS, meetings=2),
            asked=need("class", 2),
            programs=[program(max_days_per_week=days)],
        )
        assert list(of_class(week)) == codes


def test_days_beside_other_sessions() -> None:
    """p1 comes for a talk on Tuesday already."""

    def week(days: int) -> Instance:
        person = participant("p1", need("class"), need(priority=9))
        people = [staff("ana", "talk", available=["Tue 08:00-20:00"]), staff("ben", "class")]
        return classes(group(), people=[person], staff=people, programs=[program(max_days_per_week=days)])

    assert list(of_class(week(1))) == ["day-limit"]
    assert of_class(week(2)) == {}


def test_a_class_after_a_talk() -> None:
    """The class comes after a talk, which Ana can give on Tuesday or on Monday at eight."""

    def week(hours: str) -> Instance:
        person = participant("p1", need("class", after="talk"), need(priority=9))
        people = [staff("ana", "talk", available=[hours]), staff("ben", "class")]
        return classes(group(), people=[person], staff=people)

    reasons = of_class(week("Tue 08:00-20:00"))
    assert list(reasons) == ["order"]
    assert reasons["order"].after == "talk"
    assert of_class(week("Mon 08:00-09:00")) == {}


def test_a_group_meets_at_another_time() -> None:
    """One meeting, which p2, who weighs more, needs on Tuesday."""

    def week(meetings: int) -> Instance:
        people = [
            participant("p1", need("class"), available=MONDAY),
            participant("p2", need("class", priority=9), available=["Tue 08:00-20:00"]),
        ]
        return classes(group(starts=HOURS, meetings=meetings), people=people)

    reasons = of_class(week(1))
    assert list(reasons) == ["group-meetings"]
    assert reasons["group-meetings"].starts == {"g": ["Mon 09:00"]}
    assert of_class(week(2)) == {}


def test_all_meetings_begin_at_one_time() -> None:
    """On Tuesday at ten, so on Monday at nine not, unless the group may change its time."""

    def week(same: bool) -> Instance:
        people = [
            participant("p1", need("class"), available=MONDAY),
            participant("p2", need("class", priority=9), available=["Tue 08:00-20:00"]),
        ]
        starts = ("Mon 09:00", "Tue 10:00")
        return classes(group(starts=starts, meetings=2, same_start=same), people=people)

    assert list(of_class(week(True))) == ["group-meetings"]
    assert of_class(week(False)) == {}


def talk_and_class(**fields: object) -> Instance:
    """Return a clinic in which p2's talk takes what p1's class would need."""
    people = [
        participant("p1", need("class")),
        participant("p2", need(priority=9), available=["Mon 09:00-10:00"]),
    ]
    return classes(group(), people=people, **fields)


def test_the_staff_of_a_meeting_are_taken() -> None:
    """Ana talks with p2 while the class would be."""
    rooms = [room(), room("study")]
    reasons = of_class(talk_and_class(rooms=rooms))
    assert list(reasons) == ["group-staff"]
    assert "lead" in reasons["group-staff"].text
    assert of_class(talk_and_class(rooms=rooms, staff=[staff(), staff("ben")])) == {}


def test_the_rooms_of_a_meeting_are_taken() -> None:
    """The office is in use by p2's talk."""
    people = [staff(), staff("ben")]
    reasons = of_class(talk_and_class(staff=people))
    assert list(reasons) == ["group-staff"]
    assert "rooms" in reasons["group-staff"].text
    assert of_class(talk_and_class(staff=people, rooms=[room(), room("study")])) == {}


def test_a_pinned_meeting_fixes_the_time_of_day() -> None:
    """Pinned to Tuesday at ten, the group does not meet on Monday at nine, which is all p1 has."""

    def week(*pins: dict) -> Instance:
        person = participant("p1", need("class"), available=MONDAY)
        other = participant("p2", need("class"))
        return classes(
            group(starts=("Mon 09:00", "Tue 09:00", "Tue 10:00"), meetings=2),
            people=[person, other],
            pins=list(pins),
        )

    assert list(of_class(week({"group": "g", "start": "Tue 10:00"}))) == ["pin", "group-meetings"]
    assert of_class(week()) == {}


def test_an_own_pin_decides_the_group() -> None:
    """Pinned into a group of one meeting, p1 has no second class; the other group has two."""

    def week(*pins: dict) -> Instance:
        groups = [group(), group("h", ("Tue 09:00", "Wed 09:00"), meetings=2)]
        return classes(*groups, asked=need("class", 2), pins=list(pins))

    assert list(of_class(week({"participant": "p1", "group": "g", "start": "Mon 09:00"}))) == ["pin"]
    assert of_class(week()) == {}


def test_a_meeting_that_is_past() -> None:
    """The group met on Monday without p1."""
    people = [participant("p1", need("class")), participant("p2", need("class"))]
    week = classes(group(), people=people)
    held = roster_of(week, meeting("Mon 09:00", "p2"))
    assert of_class(week) == {}
    reasons = of_class(week, baseline=held, frozen_from=at("Tue 00:00"))
    assert list(reasons) == ["frozen"]
    assert reasons["frozen"].starts == {"g": ["Mon 09:00"]}


def test_a_seat_that_the_search_left() -> None:
    """The class is held for p2, and there are seats."""
    people = [participant("p1", need("class")), participant("p2", need("class"))]
    held = Plan({}, {0: Meeting(((0,),), 0, frozenset({1}))})
    reasons = of_class(classes(group(), people=people), plan=held)
    assert list(reasons) == ["search-ended"]
    assert reasons["search-ended"].starts == {"g": ["Mon 09:00"]}


def test_a_meeting_that_could_have_been_held() -> None:
    """Nothing is held, and no single fact forbids it."""
    assert list(of_class(classes(group()), plan=Plan())) == ["combination"]


def test_two_obstacles_that_only_together_leave_nothing() -> None:
    """One group is full, the other meets when p1 cannot come: both are said, and mending one is enough."""

    def week(seats: int, start: str) -> Instance:
        person = participant("p1", need("class"), need(priority=9), available=["Mon 09:00-12:00"])
        other = participant("p2", need("class", priority=9, groups=["g"]))
        talker = staff("ben", "talk", available=["Mon 11:00-12:00"])
        groups = [group(max_size=seats), group("h", (start,))]
        return classes(
            *groups,
            people=[person, other],
            staff=[staff("ana", "class"), talker],
            rooms=[room(), room("study")],
        )

    assert list(of_class(week(1, "Mon 11:00"))) == ["own-sessions", "group-size"]
    assert of_class(week(2, "Mon 11:00")) == {}
    assert of_class(week(1, "Mon 10:00")) == {}

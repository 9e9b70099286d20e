"""Who leads what: agendas that are told, left out, or don't fit."""

from __future__ import annotations

from iopsched.roster.models import AgendaItem, Session
from roster.weeks import AGENDA
from rules.tiny import at, broken, clinic, group, meeting, need, part, participant, service, session, staff


def evening(by: str, parts: tuple[tuple[int, str], ...] = ()) -> Session:
    return meeting("Mon 17:00", by=by, parts=parts, service="evening", minutes=120)


def judged(*people: dict[str, object], by: str, parts: tuple[tuple[int, str], ...] = ()) -> set[str]:
    instance = clinic(
        services=[service("evening", 120, "group", agenda=[part(75, "process"), part(45, "skills")])],
        staff=list(people),
        groups=[group(starts=["Mon 17:00"], service="evening")],
        participants=[participant("p1", need("evening"))],
    )
    return broken(instance, evening(by, parts))


PROCESS, SKILLS, BOTH = staff("ana", "process"), staff("ben", "skills"), staff("cat", "process skills")


def test_an_agenda_left_out_is_read_from_skills_where_there_is_one_way() -> None:
    """Only ana can lead the first part and only ben the second; cat alone leads both."""
    assert judged(PROCESS, SKILLS, by="", parts=AGENDA) == set()
    assert judged(PROCESS, SKILLS, by="ana ben") == set()
    assert judged(BOTH, by="cat") == set()


def test_an_agenda_left_out_that_could_be_read_two_ways_is_not_guessed() -> None:
    """Ana or cat may have led the first part; and nobody of those there could lead the second."""
    assert judged(PROCESS, SKILLS, BOTH, by="ana ben cat") == {"staff-fit"}
    assert judged(PROCESS, by="ana") == {"staff-fit"}


def test_who_leads_no_part_is_not_among_the_staff() -> None:
    """Dan has neither skill: the parts are ana's and ben's, and he has nothing to do there."""
    assert judged(PROCESS, SKILLS, staff("dan", "talk"), by="ana ben dan") == {"staff-fit"}


def test_staff_read_from_an_agenda_left_out_are_busy_in_their_part_alone() -> None:
    """Ben is away until a quarter past six, when his part begins; a minute longer is too long."""
    here = staff("ben", "skills", busy=["Mon 17:00-18:15"])
    late = staff("ben", "skills", busy=["Mon 17:00-18:16"])
    assert judged(PROCESS, here, by="ana ben") == set()
    assert judged(PROCESS, late, by="ana ben") == {"staff-free"}


def test_parts_have_the_lengths_and_the_order_of_the_service() -> None:
    """75 and 45 minutes; told as 45 and 75, or as one, it is another meeting."""
    assert judged(BOTH, by="", parts=((75, "cat"), (45, "cat"))) == set()
    assert judged(BOTH, by="", parts=((45, "cat"), (75, "cat"))) == {"grid"}
    assert judged(BOTH, by="", parts=((120, "cat"),)) == {"grid"}


def test_a_service_without_an_agenda_may_be_told_as_its_one_part() -> None:
    """An agenda of one item that is all of the session says nothing new; half of it is wrong."""
    whole = AgendaItem(start=at("Mon 09:00"), end=at("Mon 10:00"), staff=("ana",))
    talk = session("Mon 09:00")
    assert broken(clinic(), talk.model_copy(update={"agenda": (whole,)})) == set()
    assert broken(clinic(), talk.model_copy(update={"agenda": ()})) == set()
    half = whole.model_copy(update={"end": at("Mon 09:30")})
    assert broken(clinic(), talk.model_copy(update={"agenda": (half,)})) == {"grid"}

import pytest

from iopsched.generate.cohorts import Cohort, form_cohorts
from iopsched.generate.draws import Draws
from iopsched.generate.participants import Person, draw_people
from iopsched.generate.profiles import CLINICS
from iopsched.instance.windows import MINUTES_PER_DAY, spans


def _formed(profile: str, participants: int, seed: int) -> tuple[list[Person], list[Cohort]]:
    numbers = CLINICS[profile]
    hours = spans(numbers.hours)
    people = draw_people(Draws(seed, "people"), numbers, hours, participants)
    return people, form_cohorts(Draws(seed, "cohorts"), numbers, people)


@pytest.mark.parametrize("profile", CLINICS)
@pytest.mark.parametrize("seed", [1, 2])
def test_members_can_come_as_often_as_they_need(profile: str, seed: int) -> None:
    """Every member is free at as many reference meetings, on different days, as the plan asks for."""
    _, cohorts = _formed(profile, 70, seed)
    members = [(person, cohort) for cohort in cohorts for person in cohort.members]
    assert len(members) > 55
    for person, cohort in members:
        days = {start // MINUTES_PER_DAY for start in cohort.attended_by(person)}
        assert len(days) >= person.block_need["sessions"]


@pytest.mark.parametrize("profile", ["mixed", "evening"])
def test_whoever_is_in_no_cohort_comes_to_several(profile: str) -> None:
    """People with irregular shifts mix groups, and can attend enough of them."""
    people, cohorts = _formed(profile, 200, 1)
    loose = [person for person in people if person.cohort is None]
    assert loose
    for person in loose:
        assert person.block_need["mix_groups"] is True
        days = {start // MINUTES_PER_DAY for cohort in cohorts for start in cohort.attended_by(person)}
        assert len(days) >= person.block_need["sessions"] >= 1


def test_night_workers_come_too() -> None:
    """Somebody free only before noon gets a morning cohort of their own where there is no other."""
    numbers = CLINICS["mixed"]
    document = {
        "id": "P0000",
        "program": "iop",
        "tags": ["adult"],
        "busy": [{"when": ["Mon-Sat 12:30-24:00"], "why": "work"}],
        "needs": [{"service": "iop-group", "sessions": 3}],
    }
    person = Person("iop", spans(numbers.hours), document)
    cohorts = form_cohorts(Draws("one"), numbers, [person])
    assert [len(cohort.members) for cohort in cohorts] == [1]
    assert all(start % MINUTES_PER_DAY + 180 <= 12 * 60 + 30 for start in cohorts[0].meetings)
    assert person.document["busy"]


def test_whoever_can_never_come_takes_leave() -> None:
    """Commitments that leave no room for any block are given up, as agreed at intake."""
    numbers = CLINICS["mixed"]
    document = {
        "id": "P0000",
        "program": "iop",
        "tags": ["adult"],
        "busy": [{"when": ["Mon-Sat 08:00-20:00"], "why": "work"}],
        "needs": [{"service": "iop-group", "sessions": 3}],
    }
    person = Person("iop", spans(numbers.hours), document)
    assert person.openings(180) == ()
    cohorts = form_cohorts(Draws("one"), numbers, [person])
    assert person.document["busy"] == []
    assert [cohort.members for cohort in cohorts] == [[person]]

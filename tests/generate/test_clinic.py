import os
import subprocess
import sys

import pytest

from iopsched.errors import UsageError
from iopsched.generate import PROFILES, generate, to_document
from iopsched.instance import instance_warnings, parse_instance
from iopsched.instance.models import Instance


def _sessions(instance: Instance, service: str) -> int:
    return sum(
        need.sessions for person in instance.participants for need in person.needs if need.service == service
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_the_same_arguments_give_the_same_clinic(profile: str) -> None:
    """A clinic can be had again from its size, seed and profile; another seed is another clinic."""
    first = to_document(generate(20, 7, profile))
    assert to_document(generate(20, 7, profile)) == first
    assert to_document(generate(20, 8, profile)).splitlines()[3:] != first.splitlines()[3:]


def test_the_hash_seed_of_the_process_does_not_matter() -> None:
    """Processes with different hash seeds generate the same clinic: no set's order reaches the file."""
    code = "from iopsched.generate import generate, to_document; print(to_document(generate(40, 3, 'rich')))"
    texts = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert len(texts[0]) > 10_000
    assert texts[0] == texts[1]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("participants", [1, 2, 5, 12, 30, 75])
def test_a_clinic_of_any_size_is_valid(profile: str, participants: int) -> None:
    """Whatever the size, the instance file has no problem and no warning."""
    instance = generate(participants, participants, profile)
    assert len(instance.participants) == participants
    assert parse_instance(to_document(instance)) == instance
    assert instance_warnings(instance) == ()


@pytest.mark.parametrize("profile", PROFILES)
def test_every_need_has_a_group_or_staff_for_it(profile: str) -> None:
    """Somebody has the skill, and some group the seats, for each service that anybody needs."""
    instance = generate(60, 2, profile)
    skills = {skill for member in instance.staff for skill in member.skills}
    for person in instance.participants:
        for need in person.needs:
            service = instance.service_by_id[need.service]
            assert {part.skill for part in service.parts} <= skills
            if service.kind == "group":
                assert any(
                    group.service == service.id and set(group.open_to) <= set(person.tags)
                    for group in instance.groups
                )


def test_all_kinds_of_session_occur() -> None:
    """A detailed clinic has every kind of session an intensive outpatient program offers."""
    instance = generate(150, 1, "rich")
    for service in (
        "individual",
        "family",
        "intake",
        "medication",
        "case",
        "case-visit",
        "iop-group",
        "teen-group",
        "php-day",
        "skills-class",
        "yoga",
        "peer-support",
    ):
        assert _sessions(instance, service) > 0, service


def test_all_kinds_of_wish_occur() -> None:
    """A detailed clinic uses every field of a need, and pins of each kind."""
    instance = generate(150, 1, "rich")
    needs = [need for person in instance.participants for need in person.needs]
    written = {name for need in needs for name in need.model_dump(exclude_defaults=True)}
    assert written >= {
        *("groups", "mix_groups", "staff", "not_staff", "staff_tags", "prefer_staff", "same_staff"),
        *("family", "remote", "min_days_apart", "after"),
    }
    assert any(person.apart_from for person in instance.participants)
    assert any(pin.service for pin in instance.pins)
    assert any(pin.group and pin.participant for pin in instance.pins)
    assert any(pin.group and not pin.participant for pin in instance.pins)


def test_groups_come_in_all_shapes() -> None:
    """A large clinic has a women's group, groups on fixed days, and some tied to rooms or staff."""
    groups = generate(150, 1, "rich").groups
    assert any(group.open_to == ("women",) for group in groups)
    assert any(len(group.starts) == 1 for group in groups)
    assert any(not group.same_start for group in groups)
    assert any(group.rooms for group in groups)
    assert any(group.staff for group in groups)


def test_partial_hospitalisation_has_twenty_hours_in_five_days() -> None:
    """Five days of four hours are the 20 hours of 42 CFR 410.43."""
    instance = generate(80, 1, "php")
    days = [person.need_of("php-day") for person in instance.participants if person.program == "php"]
    assert len(days) > 10
    assert all(need is not None and need.sessions == 5 for need in days)
    assert instance.service_by_id["php-day"].minutes * 5 == 20 * 60


def test_nearly_all_adults_need_nine_hours() -> None:
    """Adults who are neither new nor stepping down have the nine hours of the level of care."""
    instance = generate(200, 1)
    adults = [person for person in instance.participants if person.program == "iop"]
    minutes = [
        sum(need.sessions * instance.service_by_id[need.service].minutes for need in person.needs)
        for person in adults
    ]
    assert len(adults) > 100
    assert sum(total >= 540 for total in minutes) / len(adults) > 0.8


def test_the_holiday_closes_a_day() -> None:
    """The week of Thanksgiving has four weekdays, and nobody needs more blocks than it has days."""
    instance = generate(48, 1, "holiday")
    assert instance.closed_days == {3}
    blocks = [
        need.sessions for person in instance.participants for need in person.needs if "-group" in need.service
    ]
    assert max(blocks) <= 4


def test_an_unknown_profile_is_a_usage_error() -> None:
    """The message names the profiles there are."""
    with pytest.raises(UsageError, match="mixed"):
        generate(10, 1, "huge")


def test_a_clinic_without_participants_is_a_usage_error() -> None:
    """There is no clinic of nobody."""
    with pytest.raises(UsageError, match="at least 1"):
        generate(0, 1)

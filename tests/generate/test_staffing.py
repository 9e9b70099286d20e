import pytest

from iopsched.generate import generate
from iopsched.generate.profiles import CLINICS
from iopsched.instance.models import Instance

BLOCKS = ("iop-group", "teen-group", "php-day")
SUFFICIENT = [name for name in CLINICS if name != "overfull"]


def _therapy_minutes(instance: Instance) -> int:
    """Return the minutes that therapists would lead: visits asked for, and all meetings of all blocks."""
    visits = sum(
        need.sessions * instance.service_by_id[need.service].minutes
        for person in instance.participants
        for need in person.needs
        if need.service in ("individual", "family", "intake")
    )
    blocks = sum(
        group.meetings * part.minutes * part.leaders
        for group in instance.groups
        if group.service in BLOCKS
        for part in instance.service_by_id[group.service].parts
    )
    return visits + blocks


def _use(instance: Instance) -> float:
    """Return the share of the therapists' target minutes that the needs would take."""
    targets = [member.target_minutes_per_week for member in instance.staff]
    return _therapy_minutes(instance) / sum(target for target in targets if target is not None)


def _seats_for_attendances(instance: Instance) -> float:
    seats = sum(group.meetings * group.max_size for group in instance.groups if group.service in BLOCKS)
    attendances = sum(
        need.sessions for person in instance.participants for need in person.needs if need.service in BLOCKS
    )
    return seats / attendances


@pytest.mark.parametrize("profile", SUFFICIENT)
def test_staff_and_seats_suffice_without_being_lavish(profile: str) -> None:
    """Therapists are wanted for most of their target but not more, and every attendance has a seat."""
    instance = generate(120, 3, profile)
    assert 0.6 < _use(instance) < 0.98
    assert 1.0 < _seats_for_attendances(instance) < 2.5


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_overfull_clinic_cannot_give_everything(seed: int) -> None:
    """There are fewer seats than attendances asked for, and less staff than the same need has elsewhere."""
    overfull, mixed = generate(90, seed, "overfull"), generate(90, seed, "mixed")
    assert _seats_for_attendances(overfull) < 1.0
    assert _use(overfull) > 1.2 * _use(mixed)


def test_a_tight_clinic_has_less_to_spare() -> None:
    """For clinics of one size the tight profile has the higher use of staff."""
    seeds = range(2)
    tight = sum(_use(generate(100, seed, "tight")) for seed in seeds)
    mixed = sum(_use(generate(100, seed, "mixed")) for seed in seeds)
    assert tight > 1.05 * mixed


def test_resources_grow_with_the_clinic() -> None:
    """Five times the participants bring about five times the staff and offices, never fewer of anything."""
    small, large = generate(60, 1), generate(300, 1)
    assert 3 < len(large.staff) / len(small.staff) < 6
    for kind in ("group", "office", "family"):
        assert sum(room.kind == kind for room in large.rooms) > sum(room.kind == kind for room in small.rooms)


def test_rooms_seat_the_groups() -> None:
    """Every group room has chairs for the most participants a group takes, and a leader."""
    instance = generate(120, 1, "tight")
    most = max(group.max_size for group in instance.groups)
    rooms = [room for room in instance.rooms if room.kind == "group"]
    assert rooms
    assert all(room.capacity >= most + 1 for room in rooms)

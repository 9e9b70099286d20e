from iopsched.generate import generate
from iopsched.instance.windows import MINUTES_PER_DAY, parse_start, spans


def _within(start: int, end: int, windows: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= start and end <= last for first, last in windows)


def test_whoever_is_asked_for_shares_hours_with_the_participant() -> None:
    """Staff named in ``prefer_staff`` or ``staff`` are at work at some time the participant has free."""
    instance = generate(100, 1, "rich")
    checked = 0
    for person in instance.participants:
        need = person.need_of("individual")
        for name in (need.prefer_staff + (need.staff or ())) if need else ():
            busy = [
                (start - entry.travel_minutes, end + entry.travel_minutes)
                for entry in person.busy
                for start, end in spans(entry.when)
            ]
            at_work = spans(instance.staff_by_id[name].available)
            assert any(
                _within(start, start + 60, at_work)
                and all(start + 60 <= first or last <= start for first, last in busy)
                for start in range(0, 6 * MINUTES_PER_DAY, 30)
            )
            checked += 1
    assert checked > 40


def test_nobody_is_asked_for_by_more_than_they_can_see() -> None:
    """The wishes for one member of staff stay below the smallest caseload."""
    instance = generate(100, 1, "rich")
    asked = [
        name
        for person in instance.participants
        for need in person.needs
        for name in (*need.prefer_staff, *(need.staff or ()))
    ]
    assert asked
    caseloads = [member.max_participants for member in instance.staff if member.max_participants is not None]
    assert max(asked.count(name) for name in set(asked)) <= min(caseloads)


def test_pinned_visits_are_when_staff_are_at_work() -> None:
    """A pin that names staff is within their shift, and no member of staff has two."""
    pinned = [
        (instance, pin)
        for seed in range(6)
        for instance in [generate(72, seed, "rich")]
        for pin in instance.pins
        if pin.service and pin.staff
    ]
    assert pinned
    for instance, pin in pinned:
        assert pin.staff is not None
        assert pin.service is not None
        start = parse_start(pin.start)[0]
        minutes = instance.service_by_id[pin.service].minutes
        available = spans(instance.staff_by_id[pin.staff[0]].available)
        assert _within(start, start + minutes, available)


def test_pairs_kept_apart_have_two_groups_to_go_to() -> None:
    """Whoever is kept apart needs a block that more than one group offers."""
    instance = generate(100, 1, "rich")
    assert instance.apart
    for pair in instance.apart:
        for name in pair:
            person = instance.participant_by_id[name]
            blocks = [
                need.service
                for need in person.needs
                if need.service in ("iop-group", "teen-group", "php-day")
            ]
            assert sum(group.service == blocks[0] for group in instance.groups) > 1


def test_a_small_clinic_has_no_pins() -> None:
    """With few participants nothing is decided yet."""
    assert generate(11, 1, "rich").pins == ()
    assert generate(12, 1, "rich").pins != ()

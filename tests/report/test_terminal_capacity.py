from __future__ import annotations

from functools import cache

from iopsched.plan.capacity import Capacity, Standing, capacity
from iopsched.report.terminal_capacity import capacity_view, standing_line
from report.rendered import rendered
from rules.tiny import clinic, staff


@cache
def answer() -> Capacity:
    """Return the answer for a clinic with three hours of staff, of which one is taken."""
    instance = clinic(staff=[staff(available=["Mon 09:00-12:00"])])
    return capacity(instance, like="p1", time_limit=20, deterministic=True)


def test_the_number_comes_first_and_says_whether_it_is_proved() -> None:
    """Two more, and no more."""
    assert answer().proved
    first = rendered(capacity_view(answer())).splitlines()[0]
    assert first == "2 more participants like p1 can be admitted, and no more: that is proved."


def test_what_is_used_up_is_told_in_words() -> None:
    """Staff in the morning; the office is not."""
    text = rendered(capacity_view(answer()))
    assert "staff, morning: no time is left in which one more could begin that needs talk" in text
    assert "rooms, morning:" not in text


def test_each_change_can_be_tried() -> None:
    """The table of changes ends with the command that tries the best one."""
    best = answer().gains[0]
    text = rendered(capacity_view(answer()))
    assert best.newcomers > 0
    assert f"iopsched whatif INSTANCE --edit '{best.edits[0]}'" in text


def test_nobody_is_an_answer_too() -> None:
    """Ana has one hour and p1 has it: no newcomer, which is proved, and the reason is told."""
    full = clinic(staff=[staff(available=["Mon 09:00-10:00"])])
    text = rendered(capacity_view(capacity(full, like="p1", time_limit=20, deterministic=True)))
    assert text.startswith("0 more participants like p1 can be admitted, and no more: that is proved.")
    assert "There is no roster for one more" in text
    assert "What was missing with 1" in text


def test_it_fits_the_terminal() -> None:
    """No line is longer than 80 columns, and none is cut off."""
    text = rendered(capacity_view(answer()), width=80)
    assert max(map(len, text.splitlines())) <= 80
    assert "…" not in text


def test_progress_is_a_line() -> None:
    """Seconds, the number, the limit, what is being done."""
    line = rendered(standing_line(Standing("limits by prices", 3, None, 1.25)))
    assert line.strip() == "1.2 s  3 more, no limit yet: limits by prices"

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from iopsched.report.page.lanes import clusters, lanes_of

MIDNIGHT = datetime(2026, 11, 30)


def at(start: int, end: int) -> tuple[datetime, datetime]:
    return MIDNIGHT + timedelta(minutes=start), MIDNIGHT + timedelta(minutes=end)


SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda one: at(one[0], one[0] + one[1])),
    max_size=25,
).map(sorted)


def test_what_ends_makes_room() -> None:
    """Two that share time are beside each other; a third that begins as the first ends takes its lane."""
    assert lanes_of([at(0, 60), at(30, 90), at(60, 120)]) == [0, 1, 0]
    assert clusters([at(0, 60), at(30, 90), at(60, 120), at(120, 180)]) == [(0, 2), (1, 2), (0, 2), (0, 1)]


@given(SPANS)
def test_no_lane_holds_two_at_once_and_none_is_spared(spans: list[tuple[datetime, datetime]]) -> None:
    """There are as many lanes as share the fullest moment, and those of one lane follow each other."""
    lanes = lanes_of(spans)
    for number, (start, end) in enumerate(spans):
        for other in range(number):
            if lanes[other] == lanes[number]:
                assert spans[other][1] <= start or end <= spans[other][0]
    fullest = max((sum(one <= start < end for one, end in spans) for start, _ in spans), default=0)
    assert max(lanes, default=-1) + 1 == fullest


@given(SPANS)
def test_those_linked_by_time_share_one_width(spans: list[tuple[datetime, datetime]]) -> None:
    """Blocks that share time have one width, and each has its lane within it."""
    placed = clusters(spans)
    assert [lane for lane, _ in placed] == lanes_of(spans)
    assert all(lane < width for lane, width in placed)
    for number, (start, _) in enumerate(spans):
        for other in range(number):
            if spans[other][1] > start:
                assert placed[other][1] == placed[number][1]

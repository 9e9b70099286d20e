from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iopsched.exchange.notation import written_list
from iopsched.exchange.typed_windows import SEPARATORS, read_starts, read_windows
from iopsched.instance.windows import DAYS, parse_start, parse_window, spans

UNDERSTOOD = {
    "Mon–Fri 5pm-9pm": ["Mon-Fri 17:00-21:00"],
    "MWF 9-12": ["Mon,Wed,Fri 09:00-12:00"],
    "TTh 1:30-4pm": ["Tue,Thu 13:30-16:00"],
    "M-F 8a-5p": ["Mon-Fri 08:00-17:00"],
    "Mon/Wed 17:30-20:30": ["Mon,Wed 17:30-20:30"],
    "daily 9-5": ["Mon-Sun 09:00-17:00"],
    "every day 9 to 5": ["Mon-Sun 09:00-17:00"],
    "weekends 10-2": ["Sat,Sun 10:00-14:00"],
    "Weekdays 8:30 AM — 5:30 P.M.": ["Mon-Fri 08:30-17:30"],
    "Tues & Thurs 7-9pm": ["Tue,Thu 19:00-21:00"],
    "Monday, Wednesday and Friday 9am-noon": ["Mon,Wed,Fri 09:00-12:00"],
    "Mon Wed Fri 9-5": ["Mon,Wed,Fri 09:00-17:00"],
    "Mon thru Thu 4-8pm": ["Mon-Thu 16:00-20:00"],
    "MTWThF 0900-1700": ["Mon-Fri 09:00-17:00"],
    "mtwtf 9-5": ["Mon-Fri 09:00-17:00"],
    "TuTh 9.30-12.30": ["Tue,Thu 09:30-12:30"],
    "T-Th 9-5": ["Tue-Thu 09:00-17:00"],
    "Fri-Mon 9-5": ["Mon,Fri-Sun 09:00-17:00"],
    "Mon 9-12, 1-5pm": ["Mon 09:00-12:00", "Mon 13:00-17:00"],
    "Mon 9-12, Wed 1-5pm; Fri noon-5": ["Mon 09:00-12:00", "Wed 13:00-17:00", "Fri 12:00-17:00"],
    "Mon 9-12\nTue 10-2": ["Mon 09:00-12:00", "Tue 10:00-14:00"],
    "Mon-Fri: 9 a.m. to 5 p.m.": ["Mon-Fri 09:00-17:00"],
    "Sat all day": ["Sat 00:00-24:00"],
    "Mon 8pm-midnight": ["Mon 20:00-24:00"],
    "Mon 8pm-12am": ["Mon 20:00-24:00"],
    "Mon 12-1": ["Mon 12:00-13:00"],
    "Mon 12-3am": ["Mon 00:00-03:00"],
    "Mon 11-12pm": ["Mon 11:00-12:00"],
    "Mon 9-17:30": ["Mon 09:00-17:30"],
    "Mon 10:00-2:00": ["Mon 10:00-14:00"],
    "Mon 10:00-11:00": ["Mon 10:00-11:00"],
    "mon, wed  09:00 - 12:00": ["mon, wed  09:00 - 12:00"],
}
"""What people type, and the windows of the format that it is. The format's own notation is kept."""

REFUSED = {
    "17:30-20:30": "it names no days",
    "9-5 Mon": "it names no days",
    "Mon": "no time after the days",
    "Mon 9": "a time stands alone",
    "Mon 7-9": "07:00-09:00, 07:00-21:00 or 19:00-21:00",
    "Mon 1:30-4": "01:30-04:00, 01:30-16:00 or 13:30-16:00",
    "Mon 8am-11": "08:00-11:00 or 08:00-23:00",
    "Mon 9-12am": "09:00-24:00 or 21:00-24:00",
    "Mon 8-midnight": "08:00-24:00 or 20:00-24:00",
    "T 9-12": "T could be Tuesday or Thursday",
    "TT 9-12": "T could be Tuesday or Thursday",
    "M-T 9-12": "T could be Tuesday or Thursday",
    "S 9-12": "S could be Saturday or Sunday",
    "Mon 10pm-2am": "does not end after it starts",
    "Mon 09:00-5:00": "does not end after it starts",
    "Mon 12-12": "does not end after it starts",
    "Mon 17:30pm-8pm": "on both clocks",
    "Mon 0am-9am": "on both clocks",
    "Mon 25-26": "'25' is no time of day",
    "Mon 9:75-11": "'9:75' is no time of day",
    "Mon 17:30:00-20:30:00": "neither a day nor a time",
    "Wendesday 9-12": "did you mean Wednesday?",
    "Mon 9-12 (Maria)": "neither a day nor a time",
    "Maria 9-12": "neither a day nor a time",
    "Mon 9-12 except Tue": "neither a day nor a time",
    "Mon-9-12": "a range of days needs one day at each end",
    "MWF-Sat 9-12": "a range of days needs one day at each end",
    "Mon 9-12-15": "a dash has no time at each end",
    "Mon 9-": "a dash has no time at each end",
    ";": "there is no time in it",
    '"Mon 9-12"': "is not a window",
    '"Mon 09:00-12:00': "a quotation mark has no partner",
}
"""What is refused, and the words that say why. None of it holds a name that was typed."""


@pytest.mark.parametrize(("typed", "windows"), UNDERSTOOD.items())
def test_windows_as_people_type_them(typed: str, windows: list[str]) -> None:
    """Each is understood as the one thing that it can mean, and the result is in the format's notation."""
    assert list(read_windows(typed)) == windows
    assert all(parse_window(window) for window in windows)


@pytest.mark.parametrize(("typed", "why"), REFUSED.items())
def test_what_could_mean_two_things_or_none_is_refused(typed: str, why: str) -> None:
    """Nothing is guessed: the message tells the readings, or what is missing, with a remedy."""
    with pytest.raises(ValueError, match=r".; .") as caught:
        read_windows(typed)
    assert why in str(caught.value)
    assert "maria" not in str(caught.value).lower()


def test_days_may_stand_in_another_cell() -> None:
    """Then the times name none; days in both cells are refused, whichever way they are written."""
    assert read_windows("17:30-20:30", "Mon–Thu") == ("Mon-Thu 17:30-20:30",)
    for typed in ("Tue 5pm-8pm", "Tue 17:00-20:00"):
        with pytest.raises(ValueError, match="given twice"):
            read_windows(typed, "Mon")


@pytest.mark.parametrize(
    ("typed", "starts"),
    [
        ("Mon-Thu 5:30pm", ["Mon-Thu 17:30"]),
        ("Mon 17:30; Tue 9am", ["Mon 17:30", "Tue 09:00"]),
        ("MWF noon", ["Mon,Wed,Fri 12:00"]),
        ("Mon 10:30", ["Mon 10:30"]),
        ("Mon at 5:30pm, Tue 6pm", ["Mon 17:30", "Tue 18:00"]),
    ],
)
def test_starts_as_people_type_them(typed: str, starts: list[str]) -> None:
    """A start is one time after its days."""
    assert list(read_starts(typed)) == starts
    assert all(parse_start(start) for start in starts)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("MWF 9", "9 could be 09:00 or 21:00"),
        ("Mon 5:30", "5:30 could be 05:30 or 17:30"),
        ("Mon 24:00", "the end of a day"),
        ("Mon 5-6pm", "a start is one time after its days"),
        ("Mon", "a start is one time after its days"),
    ],
)
def test_starts_that_are_refused(typed: str, why: str) -> None:
    """A time that could be morning or evening is no start, nor is a window."""
    with pytest.raises(ValueError, match=why):
        read_starts(typed)


@given(
    st.lists(st.integers(0, 6), min_size=1, unique=True),
    st.integers(0, 1439),
    st.integers(1, 1440),
    st.sampled_from(["{}:{:02}{}", "{}.{:02} {}", "{}:{:02}{}.m."]),
    st.sampled_from(["-", " – ", " to ", "—"]),
    st.sampled_from([", ", "/", " & ", " "]),
)
@settings(derandomize=True, database=None, deadline=None)
def test_both_clocks_say_the_same(
    days: list[int], one: int, other: int, shape: str, dash: str, comma: str
) -> None:
    """A window with am and pm is the window of the 24-hour clock, however days and dashes are written."""
    start, end = min(one, other), max(one, other)
    if start == end:
        end += 1

    def twelve(minute: int) -> str:
        hour = minute // 60 % 12 or 12
        return shape.format(hour, minute % 60, "pm" if 720 <= minute < 1440 else "am").replace("m.m.", ".m.")

    typed = f"{comma.join(DAYS[day] for day in days)} {twelve(start)}{dash}{twelve(end)}"
    plain = ",".join(DAYS[day] for day in days)
    expected = spans([f"{plain} {start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"])
    assert spans(read_windows(typed)) == expected


@given(
    st.lists(
        st.builds(
            "{}{}{}{:02}:{:02}-{:02}:{:02}{}".format,
            st.sampled_from(["", " ", "\n"]),
            st.sampled_from(["Mon", "mon,WED", "Fri-Mon", "Sat , Sun", "Tue-Thu,Sat"]),
            st.sampled_from([" ", "  "]),
            st.integers(0, 11),
            st.integers(0, 59),
            st.integers(12, 23),
            st.integers(0, 59),
            st.sampled_from(["", " "]),
        ),
        min_size=1,
        max_size=4,
    )
)
@settings(derandomize=True, database=None, deadline=None)
def test_windows_of_the_format_are_read_to_the_letter(windows: list[str]) -> None:
    """Whatever spelling the format allows is kept when it is written into a cell and read again."""
    assert all(parse_window(window) for window in windows)
    assert list(read_windows(written_list(windows, SEPARATORS))) == windows

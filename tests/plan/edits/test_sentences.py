"""Edits in words and in JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from iopsched.errors import InputError
from iopsched.plan.edits import KINDS, Edit, edit_document, edit_of, parse_edit, sentence
from iopsched.plan.edits.base import BaseEdit
from iopsched.plan.edits.forms import forms_of
from iopsched.plan.edits.staff import StaffAway
from rules.tiny import DAYS as WEEKDAYS
from rules.tiny import clinic, group, participant, staff

TINY = clinic(
    staff=[staff("T3")], groups=[group("G4")], participants=[participant("P0007"), participant("P0017")]
)

IDS = st.one_of(
    st.sampled_from(
        ["T3", "P0007+1", "and", "group", "evening-1", "Ann Lee", 'a"b', "room", "on", "Tue", "one"]
    ),
    st.text(min_size=1, max_size=6).filter(lambda text: not set(text) & {"\n", "\r"}),
).filter(lambda text: max(text) < "\ud800" or max(text) > "\udfff")
CLOCK = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
DAYS = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7).map(",".join)
WINDOW = st.tuples(DAYS, CLOCK, CLOCK).map(
    lambda t: f"{t[0]} {min(t[1:])}-{max(t[1:]) if t[1] != t[2] else '24:00'}"
)
WINDOWS = st.lists(WINDOW, min_size=1, max_size=3)
STARTS = st.lists(st.tuples(DAYS, CLOCK).map(" ".join), min_size=1, max_size=3)
START = st.tuples(st.sampled_from(["Mon", "Sun"]), CLOCK).map(" ".join)
NUMBER = st.integers(0, 50)
BY_FIELD = {
    "when": WINDOWS,
    "days": st.one_of(NUMBER, WINDOWS),
    "starts": STARTS,
    "start": START,
    "to": START,
    "tags": st.lists(IDS, max_size=3),
    "groups": st.one_of(st.none(), st.lists(IDS, max_size=3)),
    "rooms": st.one_of(st.none(), st.lists(IDS, max_size=3)),
    "staff": st.one_of(IDS, st.none(), st.lists(IDS, max_size=3)),
    "term": st.sampled_from(["visit", "idle"]),
}
NUMBERS = (
    "minutes",
    "seats",
    "count",
    "value",
    "sessions",
    "meetings",
    "number",
    "travel_minutes",
    "participants",
)


@st.composite
def documents(draw: st.DrawFn, kind: str) -> dict[str, object]:
    """Draw an edit's JSON; not each fits together."""
    document: dict[str, object] = {"edit": kind}
    for name, field in KINDS[kind].model_fields.items():
        if name == "edit" or not (field.is_required() or draw(st.booleans())):
            continue
        if kind == "admitted":
            document[name] = {
                "id": draw(IDS),
                "program": "iop",
                "busy": [{"when": draw(WINDOWS)}],
                "needs": [],
            }
        else:
            document[name] = draw(NUMBER if name in NUMBERS else BY_FIELD.get(name, IDS))
    return document


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(data=st.data())
def test_words_and_json_say_the_same(kind: str, data: st.DataObject) -> None:
    """What is written as a sentence, or as JSON, is read as the same edit, whatever the ids look like."""
    try:
        edit = edit_of(data.draw(documents(kind)))
    except InputError:
        return
    assert edit.edit == kind
    assert parse_edit(sentence(edit), TINY) == edit
    assert edit_of(json.loads(json.dumps(edit_document(edit)))) == edit


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_kind_is_of_the_kind(kind: str) -> None:
    """So it can be shown to whoever got it wrong; what is canonical is said again word for word."""
    edit = parse_edit(KINDS[kind].EXAMPLE, TINY)
    assert edit.edit == kind
    assert sentence(parse_edit(sentence(edit), TINY)) == sentence(edit)


@pytest.mark.parametrize(
    ("said", "canonical"),
    [
        ("T3 is away on Tuesday", "T3 is away on Tue"),
        ("staff T3 is out sick tuesdays and Thursday.", None),
        ("T3 is sick Mon, Wed and Thu from 9:00", "T3 is away on Mon,Wed,Thu from 09:00"),
        ("T3 is away the whole week", "T3 is away all week"),
        ("T3 is away on 2026-11-24", "T3 is away on Tue"),
        ("T3 works Mon-Thu 12:00–20:00", "T3 works Mon-Thu 12:00-20:00"),
        (
            "T3 works Mon 12:00-20:00, Tue 12:00-20:00 and Wed 9:00 to 12:00",
            "T3 works Mon,Tue 12:00-20:00; Wed 09:00-12:00",
        ),
        ("T3 works Sat 09:00-13:00 too", "T3 also works Sat 09:00-13:00"),
        ("Room R2 closes on Friday from 13:00", "room R2 closes on Fri from 13:00"),
        ("five more like P0007", "5 more like P0007"),
        ("the clinic is closed on Wednesday", "closed on Wed"),
        ("weight visit to 45", "weight visit 45"),
        ("P0017 is away on Tue", "P0017 is busy on Tue"),
        ("T3 is away on Tue", "T3 is away on Tue"),
        ("P0017’s commitment 1 is dropped", "P0017's commitment 1 is dropped"),
        ("group G4 is led by T1 or T3 and T5", "group G4 is led by T1, T3, T5"),
        ("group G4 starts Mon-Wed at 17:30", "group G4 starts Mon-Wed 17:30"),
    ],
)
def test_several_ways_to_say_it(said: str, canonical: str | None) -> None:
    """Days in full, dates, other words: all are the one canonical sentence; two words for one are none."""
    if canonical is None:
        with pytest.raises(InputError):
            parse_edit(said, TINY)
    else:
        assert sentence(parse_edit(said, TINY)) == canonical


@pytest.mark.parametrize(
    ("said", "nearest"),
    [
        ("T3 is awya on Tuesday", StaffAway.EXAMPLE),
        ("rom R2 closes friday", "room R2 closes on Fri from 13:00"),
        ("group G4 seats many", "group G4 seats 12"),
        ("P0017 discharged", "P0017 is discharged"),
        ("T3 is away on Tuesday from 25:00", "25:00"),
        ("T3 is away on Tue 12:00-11:00", "ends before it starts"),
        ("T3 is away on 2027-01-01", "not in the week that begins on 2026-11-23"),
        ("weight visti 45", 'did you mean "visit"?'),
        ('{"edit": "staf_away"}', 'did you mean "staff_away"?'),
        ('{"edit": "staff_away", "staff": "T3", "wen": []}', 'did you mean "when"?'),
        ('{"edit": "weight", "term": "visit", "value": "many"}', "a whole number"),
        ('{"edit": "pinned", "participant": "P0017", "start": "Mon 09:00"}', "a pin is of"),
        ('{"edit": ', "no JSON"),
        ('{"edit": []}', 'the field "edit" is missing'),
        (r'"T\x" leaves', "no text in quotes"),
        ("five hundred more like P0007", '"five hundred" is no whole number'),
        ("weight visit -3", '"-3" is no whole number'),
        ("room R2 closes on Funday", '"on Funday" is no time of a week'),
        ("Doctor T3 is away on Tue", '"Doctor T3" is no id of one word'),
        ("pin P0017 talk 17:30", '"17:30" is no start'),
        ("group G4 uses rooms 1 & 2", '"rooms 1 & 2" is no list of ids'),
        ("500 more like P0007", "100"),
        ("", "not understood"),
    ],
)
def test_what_is_not_understood_gets_the_nearest_right_form(said: str, nearest: str) -> None:
    """Nothing is guessed: the answer names what is near."""
    with pytest.raises(InputError) as refused:
        parse_edit(said, TINY)
    assert nearest in str(refused.value)


def test_somebody_is_admitted_from_a_file(tmp_path: Path) -> None:
    """The sentence names the file; the edit holds who it describes."""
    (tmp_path / "new.json").write_text(json.dumps(participant("P9")))
    edit = parse_edit("admit new.json", TINY, folder=tmp_path)
    assert edit_document(edit)["participant"]["id"] == "P9"
    assert parse_edit(sentence(edit), TINY) == edit


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (json.dumps({**participant("P9"), "program": "ipo"}), 'did you mean "iop"?'),
        ("[", "this is not JSON"),
        (json.dumps(participant("P0007")), "already"),
        ('{"id": "P9", "id": "P8"}', "more than once"),
    ],
)
def test_a_newcomer_who_does_not_fit_is_refused(tmp_path: Path, content: str, problem: str) -> None:
    """A newcomer's file is judged like the instance's own participants."""
    (tmp_path / "new.json").write_text(content)
    for name, what in (("new.json", problem), ("nobody.json", "cannot read")):
        with pytest.raises(InputError, match="(?s).*" + what.replace("?", r"\?")):
            parse_edit(f"admit {name}", TINY, folder=tmp_path)


def test_edits_are_frozen() -> None:
    """An edit is a value."""
    edit: Edit = parse_edit("T3 leaves", TINY)
    with pytest.raises(ValidationError, match="frozen"):
        edit.staff = "T4"  # type: ignore[misc,union-attr]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.__name__)
def test_every_form_reads_its_own_kind(kind: type[BaseEdit]) -> None:
    """Each field of a kind is in a form, and nothing else is."""
    fields = {name for form in forms_of(kind) for name in form.pattern.groupindex}
    assert fields == kind.model_fields.keys() - {"edit"}

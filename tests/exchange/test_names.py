from __future__ import annotations

from pathlib import Path

import pytest

from iopsched.errors import InputError
from iopsched.exchange.names import Names, read_names
from report.small_week import instance


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "names.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def problems_of(folder: Path, content: str | bytes) -> list[str]:
    with pytest.raises(InputError) as raised:
        read_names(written(folder, content))
    assert raised.value.__notes__ == [str(folder / "names.csv")]
    return [f"{problem.path}: {problem.what}" for problem in raised.value.problems]


def test_an_id_without_a_name_is_called_by_itself() -> None:
    """Without names every id stands for itself, and there is nothing to put on."""
    assert Names().of("participant", "P1") == "P1"
    assert not Names()


def test_people_who_share_a_name_are_told_apart(tmp_path: Path) -> None:
    """By their ids; services that share one are meant to look the same, and others keep their names."""
    rows = (
        "P1,Jo Doe,participant\nP2,Jo Doe,\nP3,Al Roe,participant\nemdr,Session,service\ndbt,Session,service"
    )
    names = read_names(written(tmp_path, f"id,name,kind\n{rows}\n"))
    people = [names.of("participant", code) for code in ("P1", "P2", "P3")]
    assert people == ["Jo Doe (P1)", "Jo Doe (P2)", "Al Roe"]
    assert {names.of("service", code) for code in ("emdr", "dbt")} == {"Session"}


@pytest.mark.parametrize("name", ["Jo\u00a0Doe", "Jo\u202fDoe", "علی\u200cرضا", "क्\u200dष"])
def test_blanks_and_joiners_within_names_are_no_control_characters(tmp_path: Path, name: str) -> None:
    """What word processors and Persian or Indic writing put in stays; what turns text round does not."""
    assert read_names(written(tmp_path, f"id,name\nP1,{name}\n")).of("participant", "P1") == name
    assert problems_of(tmp_path, "id,name\nP1,Jo\u202eeoD\n") == [
        "line 2: a line break or a control character in the name"
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_names_are_read_as_spreadsheets_write_them(
    tmp_path: Path, delimiter: str, ends: str, mark: str
) -> None:
    """Commas, semicolons or tabs, either line end, with a byte order mark or without."""
    lines = [f"ID{delimiter}Name", f'P1{delimiter}"Doe, Jo"', delimiter, f"T1{delimiter}Ä. Öz "]
    names = read_names(written(tmp_path, mark + ends.join(lines) + ends))
    assert names.of("participant", "P1") == "Doe, Jo"
    assert names.of("staff", "T1") == "Ä. Öz"


def test_the_kind_tells_equal_ids_apart(tmp_path: Path) -> None:
    """A name for a kind comes before a name for all kinds."""
    names = read_names(written(tmp_path, "id,name,kind\n1,Anything,\n1,Jo,participant\n1,Blue room,Room\n"))
    assert names.of("participant", "1") == "Jo"
    assert names.of("room", "1") == "Blue room"
    assert names.of("staff", "1") == "Anything"


def test_staff_without_a_row_are_called_what_the_instance_calls_them(tmp_path: Path) -> None:
    """The file of names comes first, then the instance's name of a member of staff."""
    asked = instance()
    one, other = asked.staff
    asked = asked.model_copy(
        update={
            "staff": (
                one.model_copy(update={"name": "A. One"}),
                other.model_copy(update={"name": "B. Two"}),
            )
        }
    )
    names = read_names(written(tmp_path, f"id,name\n{one.id},Chief\n")).with_staff_of(asked)
    assert names.of("staff", one.id) == "Chief"
    assert names.of("staff", other.id) == "B. Two"
    assert names.of("participant", other.id) == other.id


def test_all_problems_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    """Each with its line, and without a word of what stands there, which may be a name."""
    rows = [
        "id,name,kind",
        "P1,Mara Quill,person",
        ",Mara Quill,",
        "P2,,",
        "P3,Mara,Quill,participant",
        "P4,Mara Quill,",
        "P4,Quill Mara,",
        '"P5","Mara\nQuill",',
    ]
    told = problems_of(tmp_path, "\n".join(rows))
    assert [line.partition(":")[0] for line in told] == [f"line {n}" for n in (2, 3, 4, 5, 5, 7, 9)]
    assert not [line for line in told if "Mara" in line or "Quill" in line]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "no column is called id"),
        ("Mara,Quill\n", "no column is called name"),
        ("id,name,name\n", "the same head"),
        ("id,name,diagnosis\nP1,Mara,F10\n", "no use for"),
        ('id,name\nP1,"Mara\n', "quotation mark"),
        (b"id,name\nP1,M\xe4ra\n", "not UTF-8"),
    ],
)
def test_a_file_that_holds_no_names_is_refused(tmp_path: Path, content: str | bytes, says: str) -> None:
    """The head is not quoted either: without one the first line is a name."""
    told = "\n".join(problems_of(tmp_path, content))
    assert says in told
    assert "Mara" not in told
    assert "Quill" not in told


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The note names it."""
    with pytest.raises(InputError, match="cannot read it"):
        read_names(tmp_path / "nowhere.csv")

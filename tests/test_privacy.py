"""Names and reasons are planted in the files, and looked for everywhere that they must not be."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from iopsched.cli import main
from iopsched.instance.load import validate
from report.small_week import INSTANCE, ROSTER

STAFF = "Quillon"
"""In every staff name of the instance."""

DIAGNOSIS = "opioid"
"""In the reason of every commitment."""

PEOPLE = {"P_1": "Marwood", "P_2": "Tresco", "P_3": "Oldacre"}
"""Who the participants are, by the file of names."""

FORMATS: list[str] = next(
    list(option.type.choices)
    for option in main.commands["report"].params
    if option.name == "named_format" and isinstance(option.type, click.Choice)
)


def coded(document: dict[str, Any]) -> dict[str, Any]:
    """Return a copy with codes that are found again: P1 is the name of a cell in every workbook."""
    text = re.sub(r"\b([PTGO])([123])\b", r"\1_\2", json.dumps(document))
    return dict(json.loads(text))


def planted() -> dict[str, Any]:
    """Return the small week with names and diagnoses in all places that take free text."""
    document = coded(INSTANCE)
    for number, member in enumerate(document["staff"]):
        member["name"] = f"Dr. {STAFF} {number}"
    for participant in document["participants"]:
        busy = participant.setdefault("busy", [])
        busy.append({"when": ["Sat 09:00-10:00"], "why": "x"})
        for commitment in busy:
            commitment["why"] = f"{DIAGNOSIS} clinic, F11.20"
    return document


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Return instance, roster and names."""
    instance, roster, names = (tmp_path / name for name in ("clinic.json", "roster.json", "names.csv"))
    instance.write_text(json.dumps(planted()))
    roster.write_text(json.dumps(coded(ROSTER)))
    rows = "".join(f"{code},{name},participant\n" for code, name in PEOPLE.items())
    names.write_text(f"id,name,kind\n{rows}")
    return instance, roster, names


def texts(path: Path) -> Iterator[str]:
    """Yield what can be read in a file, in each file of a folder, in each member of a workbook."""
    if path.is_dir():
        for one in sorted(path.iterdir()):
            yield from texts(one)
        return
    content = path.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(path) as members:
            yield from (members.read(name).decode(errors="replace") for name in members.namelist())
    else:
        yield content.decode()


def readable(path: Path) -> str:
    """Return a file's text; folded lines of calendars are joined."""
    return "\n".join(texts(path)).replace("\r\n ", "")


def seen(text: str, *words: str) -> list[str]:
    """Return which of some words stand in a text, for themselves or as a part of compounds."""
    return [
        word
        for word in words
        if re.search(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![a-z0-9])", text, re.IGNORECASE)
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_without_names_a_report_has_codes_alone(
    form: str, files: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """Neither the names of staff that the instance holds nor what commitments are for."""
    instance, roster, _ = files
    assert run("report", instance, roster, "-o", tmp_path / "out", "--format", form).exit_code == 0
    told = readable(tmp_path / "out")
    assert seen(told, "T_1", "G_1") == ["T_1", "G_1"]
    assert seen(told, STAFF, DIAGNOSIS, "F11.20") == []


@pytest.mark.parametrize("form", FORMATS)
def test_with_names_reasons_stay_at_home(form: str, files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """Names are what is put on; staff whom the file does not name are called what the instance calls them."""
    instance, roster, names = files
    ended = run("report", instance, roster, "-o", tmp_path / "out", "--format", form, "--names", names)
    assert ended.exit_code == 0
    told = readable(tmp_path / "out")
    assert seen(told, STAFF) == [STAFF]
    assert seen(told, DIAGNOSIS, "F11.20") == []
    assert seen(ended.output, STAFF, *PEOPLE.values()) == []


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("who", ["P_1", "P_2"])
def test_ones_own_report_names_nobody_else(
    form: str, who: str, files: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """Neither by name nor by code, though both attend the same meetings."""
    instance, roster, names = files
    out = tmp_path / "out"
    for options in ((), ("--names", names)):
        whole = ("report", instance, roster, "-o", out, "--format", form, "--participant", who, *options)
        assert run(*whole).exit_code == 0
    told = readable(out)
    others = [code for code in PEOPLE if code != who]
    assert seen(told, *others, *(PEOPLE[code] for code in others)) == []


def test_a_group_in_a_calendar_names_nobody(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """A one-to-one session is in its own two calendars and that of nobody else; a room names no one."""
    instance, roster, names = files
    out = tmp_path / "out"
    run("report", instance, roster, "-o", out, "--format", "ics", "--names", names)
    told = {path.name: seen(readable(path), *PEOPLE.values()) for path in out.iterdir()}
    assert told.pop("index.csv") == list(PEOPLE.values())
    assert {name: people for name, people in told.items() if people} == {
        "staff-T_1.ics": ["Marwood", "Oldacre"]
    }
    run(
        "report",
        instance,
        roster,
        "-o",
        tmp_path / "g",
        "--format",
        "ics",
        "--names",
        names,
        "--group",
        "evening",
    )
    assert seen(readable(tmp_path / "g"), *PEOPLE, *PEOPLE.values()) == []


def test_records_never_carry_a_patients_name(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """The receiving system knows who the codes are."""
    instance, roster, names = files
    run("report", instance, roster, "-o", tmp_path / "out", "--format", "fhir", "--names", names)
    told = readable(tmp_path / "out")
    assert seen(told, STAFF, "P_1") == [STAFF, "P_1"]
    assert seen(told, *PEOPLE.values()) == []


SECONDS = ("--time-limit", "10")
ANSWERS: dict[str, tuple[str, ...]] = {
    "show": ("show", "clinic.json", "roster.json"),
    "show one": ("show", "clinic.json", "roster.json", "--participant", "P_1"),
    "show staff": ("show", "clinic.json", "roster.json", "--staff", "T_1"),
    "check": ("check", "clinic.json", "roster.json"),
    "check, JSON": ("check", "clinic.json", "broken.json", "--json"),
    "diff": ("diff", "clinic.json", "broken.json", "roster.json"),
    "diff, JSON": ("diff", "clinic.json", "broken.json", "roster.json", "--json"),
    "explain": ("explain", "clinic.json", "roster.json", *SECONDS),
    "explain, JSON": ("explain", "clinic.json", "roster.json", "--json", *SECONDS),
    "offers, JSON": ("offers", "clinic.json", "roster.json", "newcomer.json", "--json"),
    "whatif, JSON": ("whatif", "clinic.json", "--edit", "T_1 is away on Tuesday", "--json", *SECONDS),
    "capacity, JSON": ("capacity", "clinic.json", "--roster", "roster.json", "--json", *SECONDS),
    "solve, progress": ("solve", "clinic.json", "-o", "new.json", "--progress", "json", "--json", *SECONDS),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_no_answer_tells_names_or_reasons(
    answer: str, files: tuple[Path, Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On neither stream, nor in a roster that is written."""
    answered = coded(ROSTER)
    first, *others = answered["sessions"]
    broken = {
        **answered,
        "sessions": [{**first, "start": "2026-11-30T11:10", "end": "2026-11-30T12:10"}, *others],
    }
    (tmp_path / "broken.json").write_text(json.dumps(broken))
    newcomer = {**planted()["participants"][0], "id": "P9"}
    (tmp_path / "newcomer.json").write_text(json.dumps(newcomer))
    assert DIAGNOSIS in json.dumps(newcomer)
    monkeypatch.chdir(tmp_path)
    ended = run(*ANSWERS[answer])
    assert ended.exit_code in (0, 4), ended.output
    assert ended.output
    assert seen(ended.output, STAFF, DIAGNOSIS, "F11.20") == []
    if (tmp_path / "new.json").exists():
        assert seen(readable(tmp_path / "new.json"), STAFF, DIAGNOSIS, "F11.20") == []


def broken_places(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to every value below the people of a clinic."""
    if path:
        yield path
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield from broken_places(value, (*path, key))


BROKEN: tuple[Any, ...] = (None, 7, {}, "Mon 25:00-26:00")


@pytest.mark.parametrize("kind", ["participants", "staff"])
def test_no_error_tells_names_or_reasons(kind: str) -> None:
    """Whatever value about somebody is broken: its neighbours stay untold."""
    told = []
    for path in broken_places(planted()[kind][0]):
        for value in BROKEN:
            document = planted()
            node = document[kind][0]
            for step in path[:-1]:
                node = node[step]
            node[path[-1]] = value
            told += messages(document)
    assert len(told) > 30
    assert [line for line in told if seen(line, STAFF, DIAGNOSIS, "F11.20")] == []


def messages(document: dict[str, Any]) -> list[str]:
    """Return every problem and warning of a document."""
    return [str(problem) for problem in validate(document)[1]]


@pytest.mark.parametrize(
    "value",
    [[f"{DIAGNOSIS}"], {"because": DIAGNOSIS}, {DIAGNOSIS: 1}, f"{DIAGNOSIS} \ud800"],
    ids=["list", "object", "key", "half a letter"],
)
@pytest.mark.parametrize("field", ["why", "name"])
def test_a_broken_name_or_reason_is_not_quoted(field: str, value: object) -> None:
    """The message says where it is and what a text is."""
    document = planted()
    owner = document["staff"][0] if field == "name" else document["participants"][0]["busy"][0]
    owner[field] = value
    told = messages(document)
    assert [line for line in told if field in line]
    assert [line for line in told if DIAGNOSIS in line] == []

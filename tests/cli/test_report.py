from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import Run
from report.small_week import INSTANCE, ROSTER


@pytest.fixture
def names_file(tmp_path: Path) -> Path:
    path = tmp_path / "names.csv"
    path.write_text("id,name\nP3,Jo Doe\nO1,Blue room\n")
    return path


def moved(folder: Path) -> Path:
    """Write a roster in which P3's first session is an hour earlier."""
    first, *others = ROSTER["sessions"]
    earlier = {**first, "start": "2026-11-30T11:00", "end": "2026-11-30T12:00"}
    path = folder / "moved.json"
    path.write_text(json.dumps({**ROSTER, "sessions": [earlier, *others]}))
    return path


def test_the_ending_says_the_format(run: Run, instance_file: Path, roster_file: Path, tmp_path: Path) -> None:
    """A file that ends in .csv is CSV, whatever the case of the ending."""
    ended = run("report", instance_file, roster_file, "-o", tmp_path / "out.CSV")
    assert (ended.exit_code, ended.output) == (0, "")
    assert (tmp_path / "out.CSV").read_bytes().startswith(b"participant,day,start")


def test_an_ending_that_says_nothing_needs_the_format(
    run: Run, instance_file: Path, roster_file: Path, tmp_path: Path
) -> None:
    """A usage error that lists the formats; nothing is written."""
    ended = run("report", instance_file, roster_file, "-o", tmp_path / "out.json")
    assert ended.exit_code == 2
    assert "csv" in ended.stderr
    assert "fhir" in ended.stderr
    assert not (tmp_path / "out.json").exists()
    assert run("report", instance_file, roster_file, "-o", "-").exit_code == 2


def test_standard_output_takes_what_is_one_file(run: Run, instance_file: Path, roster_file: Path) -> None:
    """CSV and FHIR go down a pipe; calendars are a folder."""
    table = run("report", instance_file, roster_file, "-o", "-", "--format", "csv")
    assert len(table.stdout.splitlines()) == 10
    bundle = run("report", instance_file, roster_file, "-o", "-", "--format", "fhir")
    assert json.loads(bundle.stdout)["type"] == "transaction"
    assert run("report", instance_file, roster_file, "-o", "-", "--format", "ics").exit_code == 2


def test_calendars_fill_a_folder(run: Run, instance_file: Path, roster_file: Path, tmp_path: Path) -> None:
    """A file for each person and room and the index; the folder is made; what is new is told."""
    folder = tmp_path / "new" / "calendars"
    ended = run("report", instance_file, roster_file, "-o", folder, "--format", "ics")
    assert ended.exit_code == 0
    assert ended.stdout == ""
    assert "7 calendars" in ended.stderr
    assert "25 new, 0 changed, 0 cancelled" in ended.stderr
    assert len(list(folder.iterdir())) == 8


def test_a_folder_is_brought_up_to_date(
    run: Run, instance_file: Path, roster_file: Path, tmp_path: Path
) -> None:
    """Only the files of whom the change concerns are written, and they alone are told."""
    folder = tmp_path / "calendars"
    run("report", instance_file, roster_file, "-o", folder, "--format", "ics")
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    ended = run("report", instance_file, moved(tmp_path), "-o", folder, "--format", "ics")
    assert "0 new, 4 changed, 0 cancelled" in ended.stderr
    after = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    written = {name for name in before if after[name] != before[name]}
    assert written == {"participant-P3.ics", "room-O1.ics", "staff-T1.ics"}


def test_baselines_stand_for_the_old_folder(
    run: Run, instance_file: Path, roster_file: Path, tmp_path: Path
) -> None:
    """With the roster of before an empty folder becomes what the old one would have."""
    old, new = tmp_path / "old", tmp_path / "new"
    run("report", instance_file, roster_file, "-o", old, "--format", "ics")
    run("report", instance_file, moved(tmp_path), "-o", old, "--format", "ics")
    later = moved(tmp_path)
    ended = run("report", instance_file, later, "-o", new, "--format", "ics", "--baseline", roster_file)
    assert "4 changed" in ended.stderr
    assert {path.name: path.read_bytes() for path in old.iterdir()} == {
        path.name: path.read_bytes() for path in new.iterdir()
    }


def test_a_file_in_the_way_of_calendars_stays(
    run: Run, instance_file: Path, roster_file: Path, tmp_path: Path
) -> None:
    """Exit code 3 names it, and nothing is written beside it; a file is no folder."""
    folder = tmp_path / "calendars"
    folder.mkdir()
    (folder / "room-G1.ics").write_text("my notes")
    ended = run("report", instance_file, roster_file, "-o", folder, "--format", "ics")
    assert ended.exit_code == 3
    assert "room-G1.ics" in ended.stderr
    assert [path.name for path in folder.iterdir()] == ["room-G1.ics"]
    assert run("report", instance_file, roster_file, "-o", roster_file, "--format", "ics").exit_code == 2


def test_folders_in_the_way_of_calendars_are_named(
    run: Run, instance_file: Path, roster_file: Path, tmp_path: Path
) -> None:
    """One called as the index, one as a calendar, and a file that is none: all three at once."""
    folder = tmp_path / "calendars"
    (folder / "index.csv").mkdir(parents=True)
    (folder / "participant-P1.ics").mkdir()
    (folder / "room-G1.ics").write_text("my notes")
    ended = run("report", instance_file, roster_file, "-o", folder, "--format", "ics")
    assert ended.exit_code == 3
    assert "3 problems" in ended.stderr
    assert all(name in ended.stderr for name in ("index.csv", "participant-P1.ics", "room-G1.ics"))
    assert len([*folder.iterdir()]) == 3


def test_a_stop_half_way_leaves_whole_calendars(
    run: Run, instance_file: Path, roster_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk fills up, each file is the old or the new one; written again, all are the new ones."""
    stopped, whole = tmp_path / "stopped", tmp_path / "whole"
    for folder in (stopped, whole):
        run("report", instance_file, roster_file, "-o", folder, "--format", "ics")
    old = {path.name: path.read_bytes() for path in stopped.iterdir()}
    later = moved(tmp_path)
    run("report", instance_file, later, "-o", whole, "--format", "ics")
    new = {path.name: path.read_bytes() for path in whole.iterdir()}
    left = iter((True, False))
    replace = Path.replace

    def fails_the_second_time(path: Path, target: Path) -> Path:
        if next(left):
            return replace(path, target)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fails_the_second_time)
        ended = run("report", instance_file, later, "-o", stopped, "--format", "ics")
    assert ended.exit_code == 1
    assert "No space left" in ended.stderr
    after = {path.name: path.read_bytes() for path in stopped.iterdir()}
    assert after.keys() == old.keys()
    assert all(after[name] in (old[name], new[name]) for name in after)
    assert len([name for name in after if after[name] != old[name]]) == 1
    run("report", instance_file, later, "-o", stopped, "--format", "ics")
    assert {path.name: path.read_bytes() for path in stopped.iterdir()} == new


@pytest.mark.parametrize(
    ("option", "name", "has"),
    [("--participant", "P3", 2), ("--staff", "T2", 6), ("--room", "O1", 2), ("--group", "evening", 6)],
)
def test_ones_own_part_is_reported(
    run: Run, instance_file: Path, roster_file: Path, option: str, name: str, has: int
) -> None:
    """The rows of that one's sessions, and no others."""
    ended = run("report", instance_file, roster_file, "-o", "-", "--format", "csv", option, name)
    assert len(ended.stdout.splitlines()) == 1 + has


def test_ones_own_calendar_is_alone_in_its_folder(
    run: Run, instance_file: Path, roster_file: Path, tmp_path: Path
) -> None:
    """Whoever is given the folder learns of nobody else."""
    folder = tmp_path / "mine"
    run("report", instance_file, roster_file, "-o", folder, "--format", "ics", "--participant", "P1")
    assert sorted(path.name for path in folder.iterdir()) == ["index.csv", "participant-P1.ics"]
    assert [code for path in folder.iterdir() for code in ("P2", "P3") if code in path.read_text()] == []


def test_names_are_put_on(run: Run, instance_file: Path, roster_file: Path, names_file: Path) -> None:
    """In columns of their own."""
    ended = run("report", instance_file, roster_file, "-o", "-", "--format", "csv", "--names", names_file)
    assert "Jo Doe" in ended.stdout
    assert "Blue room" in ended.stdout


def test_an_unknown_id_ends_with_2_and_the_nearest(run: Run, instance_file: Path, roster_file: Path) -> None:
    """The same as for show."""
    ended = run("report", instance_file, roster_file, "-o", "-", "--format", "csv", "--group", "Evning")
    assert ended.exit_code == 2
    assert "did you mean 'evening'?" in ended.stderr


def test_a_roster_of_another_clinic_or_week_is_refused(run: Run, instance_file: Path, tmp_path: Path) -> None:
    """Both at once, with the file's name; nothing leaves the house."""
    other = tmp_path / "other.json"
    other.write_text(json.dumps({**ROSTER, "instance": "elsewhere", "week": "2026-12-07"}))
    ended = run("report", instance_file, other, "-o", tmp_path / "out.csv")
    assert ended.exit_code == 3
    assert f"{other} cannot be used: 2 problems" in ended.stderr
    assert not (tmp_path / "out.csv").exists()


def test_an_id_that_two_sessions_have_is_refused(run: Run, instance_file: Path, tmp_path: Path) -> None:
    """Calendars could not tell the two apart."""
    first, second, *others = ROSTER["sessions"]
    twice = tmp_path / "twice.json"
    twice.write_text(json.dumps({**ROSTER, "sessions": [first, {**second, "id": first["id"]}, *others]}))
    ended = run("report", instance_file, twice, "-o", tmp_path / "calendars", "--format", "ics")
    assert ended.exit_code == 3
    assert "P3/individual/1" in ended.stderr


def test_an_instance_that_has_changed_is_warned_of(run: Run, instance_file: Path, tmp_path: Path) -> None:
    """The report is written all the same: what people were told is what they were told."""
    older = tmp_path / "older.json"
    older.write_text(json.dumps({**ROSTER, "instance_sha256": "0" * 64}))
    ended = run("report", instance_file, older, "-o", tmp_path / "out.csv")
    assert ended.exit_code == 0
    assert "Warning: instance_sha256" in ended.stderr
    assert (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--format", "csv", "--baseline", "roster.json"),
        ("--format", "csv", "--room", "G1", "--staff", "T1"),
        ("--format", "paper"),
        (),
    ],
)
def test_a_call_that_makes_no_sense_ends_with_2(
    run: Run, instance_file: Path, roster_file: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    """Baselines of what tells what stands alone, two views, an unknown format, none at all."""
    assert run("report", instance_file, roster_file, "-o", tmp_path / "out", *options).exit_code == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("rows", "said"),
    [("p3,Jo Doe\nX9,Al Roe\n", "2 names"), ("", "0 names"), ("P3,Jo Doe\n", ""), ("T1,Jo Doe\n", "")],
)
def test_names_that_are_nobodys_here_are_told(
    run: Run, instance_file: Path, roster_file: Path, tmp_path: Path, rows: str, said: str
) -> None:
    """How many there are, and no name; not where at least one is of this clinic. The report is written."""
    (tmp_path / "names.csv").write_text("id,name\n" + rows)
    options = ("-o", tmp_path / "out.csv", "--names", tmp_path / "names.csv")
    ended = run("report", instance_file, roster_file, *options)
    assert ended.exit_code == 0
    assert (tmp_path / "out.csv").exists()
    assert said in ended.stderr
    assert ("Warning" in ended.stderr) == bool(said)
    assert "Doe" not in ended.stderr


def test_a_kind_of_somebody_else_is_nobodys(
    run: Run, instance_file: Path, roster_file: Path, tmp_path: Path
) -> None:
    """P3 is a participant, no room."""
    (tmp_path / "names.csv").write_text("id,name,kind\nP3,Jo Doe,room\n")
    options = ("-o", tmp_path / "out.csv", "--names", tmp_path / "names.csv")
    assert "1 name, none" in run("report", instance_file, roster_file, *options).stderr


def test_an_input_is_not_replaced(run: Run, instance_file: Path, roster_file: Path, names_file: Path) -> None:
    """Neither the roster nor the names."""
    for target in (roster_file, names_file):
        ended = run(
            "report", instance_file, roster_file, "-o", target, "--format", "csv", "--names", names_file
        )
        assert ended.exit_code == 2
    assert json.loads(roster_file.read_text()) == ROSTER
    assert json.loads(instance_file.read_text()) == INSTANCE

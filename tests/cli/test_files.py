from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from iopsched.cli.files import check_output, write_output
from iopsched.errors import IopschedError


def test_what_is_written_stands_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where writing breaks off the old content stands and nothing is left behind."""
    file = tmp_path / "roster.json"
    file.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(IopschedError, match="No space left"):
        write_output(str(file), "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_an_abort_while_writing_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C is no exception to that."""
    file = tmp_path / "roster.json"

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_output(str(file), "new")
    assert list(tmp_path.iterdir()) == []


def test_a_link_keeps_pointing_to_the_file(tmp_path: Path) -> None:
    """The file that a link names is replaced, not the link."""
    file, link = tmp_path / "week-49.json", tmp_path / "current.json"
    file.write_text("old")
    link.symlink_to(file)
    write_output(str(link), "new")
    assert link.is_symlink()
    assert file.read_text() == "new"


def test_the_rights_of_a_file_stay(tmp_path: Path) -> None:
    """A roster that others may not read stays so."""
    file = tmp_path / "roster.json"
    file.write_text("old")
    file.chmod(0o600)
    write_output(str(file), "new")
    assert file.stat().st_mode & 0o777 == 0o600


def test_looking_whether_a_file_can_be_written_leaves_no_trace(tmp_path: Path) -> None:
    """Neither a new file nor a change to an old one."""
    file = tmp_path / "roster.json"
    check_output(str(file))
    assert list(tmp_path.iterdir()) == []


def test_an_input_is_not_written_over_by_another_name(tmp_path: Path) -> None:
    """A link to the instance is the instance."""
    file, link = tmp_path / "instance.json", tmp_path / "link.json"
    file.write_text("{}")
    link.symlink_to(file)
    with pytest.raises(click.UsageError, match="input"):
        check_output(str(link), inputs=(str(file),))


@pytest.mark.parametrize(
    ("call", "code", "said"),
    [
        ("show - roster.json <&-", 2, "standard input, and it is closed"),
        ("schema instance >&-", 1, "could not write to standard output: it is closed"),
        ("schema instance > /dev/full", 1, "could not write to standard output: No space left"),
    ],
)
def test_a_stream_that_is_closed_or_full_is_named(call: str, code: int, said: str) -> None:
    """As services may start a program; it is not told as a fault of ours."""
    ended = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m iopsched {call}'], capture_output=True, text=True, check=False
    )
    assert ended.returncode == code
    assert said in ended.stderr
    assert "fault" not in ended.stderr

"""The folder of a batch."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from batch.clinics import named
from iopsched.batch import Settings, Source
from iopsched.batch.folder import SUMMARY, opened, roster_of, write_roster, write_summary
from iopsched.batch.records import Row
from iopsched.batch.tasks import job_of
from iopsched.errors import IopschedError, UsageError
from iopsched.instance import instance_sha256
from rules import tiny

INSTANCE = named("a")
JOB = job_of(Source("a.json"), INSTANCE, Settings())
ROSTER = tiny.roster_of(INSTANCE).model_copy(update={"instance_sha256": instance_sha256(INSTANCE)})


def test_two_batches_do_not_share_a_folder(tmp_path: Path) -> None:
    """The second is told; once the first has ended, it may."""
    with (
        opened(tmp_path / "new" / "out", resume=False),
        pytest.raises(UsageError, match="another batch is at work"),
        opened(tmp_path / "new" / "out", resume=True),
    ):
        pass
    with opened(tmp_path / "new" / "out", resume=False):
        assert (tmp_path / "new" / "out").is_dir()


@pytest.mark.parametrize("file", [SUMMARY, JOB.file])
def test_results_are_not_overwritten_unasked(tmp_path: Path, file: str) -> None:
    """A folder with results is refused, with the remedy, unless the batch resumes."""
    (tmp_path / file).write_text("")
    with pytest.raises(UsageError, match="--resume"), opened(tmp_path, resume=False):
        pass
    with opened(tmp_path, resume=True):
        assert (tmp_path / file).exists()


def test_what_was_not_written_whole_is_taken_away(tmp_path: Path) -> None:
    """The files beside, that a kill has left, go; files of others stay."""
    for name in (JOB.file, SUMMARY):
        (tmp_path / f".{name}.123.tmp").write_text("{")
    (tmp_path / ".mine.tmp").write_text("")
    with opened(tmp_path, resume=True):
        assert {path.name for path in tmp_path.iterdir()} == {".batch.lock", ".mine.tmp"}


def test_a_folder_that_cannot_be_made_is_a_usage_error(tmp_path: Path) -> None:
    """Before anything is solved for it."""
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot write into"), opened(tmp_path / "file", resume=False):
        pass


def test_only_a_whole_roster_of_the_clinic_counts_as_done(tmp_path: Path) -> None:
    """Half a file, or another clinic's roster under this name, is no result."""
    assert roster_of(tmp_path, JOB) is None
    write_roster(tmp_path, JOB, ROSTER)
    assert roster_of(tmp_path, JOB) == ROSTER
    whole = (tmp_path / JOB.file).read_text()
    (tmp_path / JOB.file).write_text(whole[:-20])
    assert roster_of(tmp_path, JOB) is None
    (tmp_path / JOB.file).write_text(whole.replace(JOB.sha256, "0" * 64))
    assert roster_of(tmp_path, JOB) is None


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the file; the old one stands and nothing lies beside it."""
    write_summary(tmp_path, [Row("a.json", "left")])
    before = (tmp_path / SUMMARY).read_text()
    assert before.count("\n") == 1

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(IopschedError, match=rf"could not write .*{SUMMARY}: No space left"):
        write_summary(tmp_path, [])
    assert (tmp_path / SUMMARY).read_text() == before
    assert [path.name for path in tmp_path.iterdir()] == [SUMMARY]

"""Which jobs are the same job."""

from __future__ import annotations

import pytest

from batch.clinics import named
from iopsched.batch import Limits, Settings, Source
from iopsched.batch.tasks import job_of
from rules.tiny import clinic, room

SOURCE = Source("a.json")
USUAL = job_of(SOURCE, named("a"), Settings(30, 1, True))


def test_the_same_clinic_under_the_same_settings_is_the_same_job() -> None:
    """Wherever it was read, and whether the limit was written 30 or 30.0."""
    other = job_of(Source("b.json"), named("a"), Settings(30.0, 1, True))
    assert other.source != USUAL.source
    assert (other.key, other.sha256, other.file) == (USUAL.key, USUAL.sha256, USUAL.file)


@pytest.mark.parametrize(
    "settings", [Settings(60, 1, True), Settings(30, 2, True), Settings(30, 1, False)], ids=str
)
def test_each_setting_makes_another_job(settings: Settings) -> None:
    """Time limit, seed and mode decide what is asked; the clinic's hash stays the same."""
    other = job_of(SOURCE, named("a"), settings)
    assert other.sha256 == USUAL.sha256
    assert other.key != USUAL.key


def test_another_clinic_of_the_same_id_has_another_file() -> None:
    """Neither overwrites the other."""
    settings = Settings(30, 1, True)
    one, other = (job_of(SOURCE, clinic(rooms=[room(capacity=size)]), settings) for size in (5, 6))
    assert one.instance == other.instance == "tiny"
    assert one.file != other.file


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("north", "north."),
        ("../../etc/passwd", "_.._etc_passwd."),
        ("..", "clinic."),
        ("Süd / 2", "S_d_2."),
        ("x" * 300, "x" * 80 + "."),
    ],
)
def test_any_id_gives_a_file_name(name: str, begins: str) -> None:
    """No id leads out of the folder, hides the file or is too long for one."""
    file = job_of(SOURCE, named(name), Settings()).file
    assert file.startswith(begins)
    assert "/" not in file
    assert file.endswith(".roster.json")
    assert len(file) < 128


def test_the_usual_timeout_leaves_a_search_its_time() -> None:
    """Three times the limit and a minute, unless another is asked for."""
    assert Limits().seconds(Settings(30)) == 150
    assert Limits(timeout=5).seconds(Settings(30)) == 5

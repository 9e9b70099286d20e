from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import Run
from iopsched.generate import PROFILES
from iopsched.instance import load_instance


def test_the_same_seed_gives_the_same_file(run: Run, tmp_path: Path) -> None:
    """Byte for byte; another seed gives another file."""
    files = [tmp_path / name for name in ("one.json", "two.json", "three.json")]
    for file, seed in zip(files, (7, 7, 8), strict=True):
        assert run("generate", "--participants", 6, "--seed", seed, "-o", file).exit_code == 0
    one, two, three = (file.read_bytes() for file in files)
    assert one == two
    assert one != three


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_gives_an_instance(run: Run, tmp_path: Path, profile: str) -> None:
    """Each profile's clinic loads and has the participants asked for."""
    file = tmp_path / "clinic.json"
    ended = run("generate", "--participants", 10, "--seed", 1, "--profile", profile, "-o", file)
    assert ended.exit_code == 0
    assert len(load_instance(file).participants) == 10


def test_standard_output_carries_the_instance_alone(run: Run) -> None:
    """``-o -`` writes the file there; what people read goes to standard error."""
    ended = run("generate", "--participants", 5, "--seed", 1, "-o", "-")
    assert ended.exit_code == 0
    assert len(json.loads(ended.stdout)["participants"]) == 5
    assert "5 participants" in ended.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["--participants", "0", "--seed", "1", "-o", "-"],
        ["--participants", "5", "--seed", "-1", "-o", "-"],
        ["--participants", "5", "--seed", "1", "--profile", "zoo", "-o", "-"],
        ["--participants", "5", "--seed", "1"],
    ],
)
def test_what_cannot_be_generated_ends_with_2(run: Run, arguments: list[str]) -> None:
    """No participants, a negative seed, a profile nobody knows, no output."""
    assert run("generate", *arguments).exit_code == 2

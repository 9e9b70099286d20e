import re
from pathlib import Path

import pytest

from iopsched.generate import generate, to_document
from iopsched.instance import load_instance

INSTANCES = Path(__file__).parents[2] / "instances"
COMMAND = re.compile(
    r"^iopsched generate --participants (\d+) --seed (\d+) --profile (\w+) -o instances/(\S+)$", re.MULTILINE
)
COMMANDS = COMMAND.findall((INSTANCES / "README.md").read_text(encoding="utf-8"))


def test_every_instance_has_its_command() -> None:
    """The README says how each file was made, and lists no file that is not there."""
    assert sorted(name for *_, name in COMMANDS) == sorted(path.name for path in INSTANCES.glob("*.json"))


@pytest.mark.parametrize(("participants", "seed", "profile", "name"), COMMANDS)
def test_the_command_gives_the_file(participants: str, seed: str, profile: str, name: str) -> None:
    """The command in the README gives the committed file again, byte for byte, and the file is valid."""
    text = to_document(generate(int(participants), int(seed), profile))
    assert text.encode() == (INSTANCES / name).read_bytes()
    assert len(text) < 500_000
    assert len(load_instance(INSTANCES / name).participants) == int(participants)

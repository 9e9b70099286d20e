from __future__ import annotations

from pathlib import Path

from iopsched.cli import main
from iopsched.cli.reference import cli_reference

_PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_page_is_up_to_date() -> None:
    """docs/cli.md is what the commands say of themselves; ``python -m iopsched.cli.reference`` makes it."""
    assert _PAGE.read_text(encoding="utf-8") == cli_reference()


def test_the_page_has_every_option() -> None:
    """No command and no option is missing."""
    page = cli_reference()
    for name, command in main.commands.items():
        assert f"## iopsched {name}" in page
        for param in command.params:
            assert param.name is not None
            if param.param_type_name == "option":
                assert f"`{param.opts[-1]}" in page

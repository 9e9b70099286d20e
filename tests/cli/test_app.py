from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pytest

from cli.running import FakeSolve, Run
from iopsched.cli import main
from iopsched.errors import IopschedError

_LOADED = (
    "import json, runpy, sys\n"
    "try:\n"
    "    runpy.run_module('iopsched', run_name='__main__')\n"
    "except SystemExit as end:\n"
    "    code = end.code or 0\n"
    "heavy = sorted({name.split('.')[0] for name in sys.modules} & {'numpy', 'ortools', 'iopsched'})\n"
    "print(json.dumps([code, heavy]), file=sys.stderr)\n"
)


def test_there_are_the_commands_that_other_programs_call() -> None:
    """The names of the commands are a promise."""
    assert set(main.commands) >= {"solve", "check", "show", "generate", "schema"}


@pytest.mark.parametrize("command", [main, *main.commands.values()], ids=lambda command: command.name)
def test_every_command_and_option_says_what_it_does(command: click.Command) -> None:
    """No command without help, no option without help, and every argument explained by its name."""
    assert command.help
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, param.name
        else:
            assert param.human_readable_name in command.help


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["solve", "--help"],
        ["check", "INSTANCE", "ROSTER"],
        ["show", "INSTANCE", "ROSTER"],
        ["schema", "instance"],
        ["generate", "--participants", "4", "--seed", "1", "-o", "-"],
    ],
    ids=" ".join,
)
def test_only_solving_loads_the_solver(arguments: list[str], instance_file: Path, roster_file: Path) -> None:
    """Neither ortools nor numpy is imported by any command but solve."""
    files = {"INSTANCE": str(instance_file), "ROSTER": str(roster_file)}
    command = [sys.executable, "-c", _LOADED, *(files.get(word, word) for word in arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    code, loaded = json.loads(ended.stderr.splitlines()[-1])
    assert code == 0
    assert loaded == ["iopsched"]


def test_the_version_is_the_packages(run: Run) -> None:
    """``iopsched --version`` names the program and the version installed."""
    assert run("--version").stdout.split()[1:] == [version("iopsched")]


@pytest.mark.parametrize("arguments", [["nonsense"], ["check"], ["--nonsense"], ["solve", "x.json"]])
def test_a_call_that_makes_no_sense_ends_with_2(run: Run, arguments: list[str]) -> None:
    """Unknown commands and options, missing arguments, ``solve`` without ``-o``."""
    ended = run(*arguments)
    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert "Error" in ended.stderr


def test_our_fault_ends_with_1_in_one_line(
    run: Run, fake_solve: FakeSolve, instance_file: Path, tmp_path: Path
) -> None:
    """An exception nobody expected is called our fault, without a traceback, and writes nothing."""
    fake_solve.error = ZeroDivisionError("by\nzero")
    ended = run("solve", instance_file, "-o", tmp_path / "out.json", "--quiet")
    assert ended.exit_code == 1
    assert len(ended.stderr.splitlines()) == 1
    assert "iopsched's fault" in ended.stderr
    assert "by zero" in ended.stderr
    assert not (tmp_path / "out.json").exists()


def test_the_traceback_is_there_for_who_asks(
    run: Run, fake_solve: FakeSolve, instance_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """IOPSCHED_DEBUG=1 shows where it happened."""
    fake_solve.error = ZeroDivisionError("by zero")
    monkeypatch.setenv("IOPSCHED_DEBUG", "1")
    ended = run("solve", instance_file, "-o", tmp_path / "out.json", "--quiet")
    assert ended.exit_code == 1
    assert "Traceback" in ended.stderr


def test_an_error_on_purpose_keeps_its_words(
    run: Run, fake_solve: FakeSolve, instance_file: Path, tmp_path: Path
) -> None:
    """What iopsched raises on purpose is not dressed up as an accident."""
    fake_solve.error = IopschedError("the machine has no memory left")
    ended = run("solve", instance_file, "-o", tmp_path / "out.json", "--quiet")
    assert ended.exit_code == 1
    assert ended.stderr == "Error: the machine has no memory left\n"


def test_a_reader_who_leaves_early_is_no_fault(instance_file: Path, roster_file: Path) -> None:
    """``iopsched show … | head -1`` says nothing on standard error."""
    words = [sys.executable, "-m", "iopsched", "show", str(instance_file), str(roster_file)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""

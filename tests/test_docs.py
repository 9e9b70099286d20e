"""The documentation says what is so: names, links, commands, fields and weights."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pydantic import BaseModel

from iopsched.cli import main
from iopsched.instance.models import (
    Busy,
    FamilyMember,
    Group,
    Instance,
    Need,
    Part,
    Participant,
    Pin,
    Program,
    Room,
    Service,
    Staff,
    Weights,
)
from iopsched.model.build import LEVEL_PARTS, RULE_PARTS
from iopsched.roster.models import LEVELS, AgendaItem, Roster, Session, Unmet
from iopsched.roster.rules import FORM, RULES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "instances" / "README.md", *DOCS.glob("*.md")]
)

SETTLED_BY_OPTIONS = {"grid", "hours", "family-free", "frozen"}
"""Rules without a constraint in the model: no option breaks them."""


def text(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def headings(page: Path) -> list[str]:
    prose = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [match[1] for match in re.finditer(r"^#+ (.+)$", prose, re.MULTILINE)]


def anchor(heading: str) -> str:
    """Return what a heading is linked by."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def section(page: str, title: str) -> str:
    """Return what stands under the heading that begins so, up to the next one of its rank or above."""
    found = re.search(rf"^(#+) {re.escape(title)}", text(page), re.MULTILINE)
    assert found, f"{page} has no heading that begins with {title!r}"
    below = text(page)[found.end() :]
    return re.split(rf"^#{{1,{len(found[1])}}} ", below, maxsplit=1, flags=re.MULTILINE)[0]


def code(page: Path) -> Iterator[str]:
    """Yield what a page sets as code: lines fenced or indented by four, and what is between backticks."""
    fence = False
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            fence = not fence
        elif fence or line.startswith("    "):
            yield line.strip()
        else:
            yield from re.findall(r"`([^`]+)`", line)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link names a file that is there, and a heading that the file has."""
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        name, _, wanted = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        assert there.exists(), target
        if wanted:
            assert wanted in {anchor(heading) for heading in headings(there)}, target


def test_the_index_lists_every_page() -> None:
    """docs/README.md leads to all others."""
    index = text("README.md")
    assert [page.name for page in DOCS.glob("*.md") if f"({page.name})" not in index] == ["README.md"]


def test_every_rule_has_its_section_its_test_and_its_place() -> None:
    """docs/rules.md, the checker, the model and the tests have the same rules under the same names."""
    ids = re.findall(r"^### `([a-z-]+)`$", section("rules.md", "Hard rules"), re.MULTILINE)
    assert ids == list(RULES)
    files = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / "rules").glob("test_*.py")}
    levels = {f"level_{level}" for level in LEVELS}
    assert files - levels == {name.replace("-", "_") for name in RULES}
    assert {name for name, _ in RULE_PARTS} == RULES.keys() - SETTLED_BY_OPTIONS
    assert all(f"`{name}`" in section("rules.md", "Hard rules") for name in FORM)


def test_the_levels_and_weights_are_the_codes() -> None:
    """The score's levels stand in their order, and each weight with its default."""
    score = section("rules.md", "Score")
    assert tuple(re.findall(r"^### \d\. `(\w+)`$", score, re.MULTILINE)) == LEVELS == tuple(LEVEL_PARTS)
    told = {name: int(value) for name, value in re.findall(r"^\| `(\w+)` \((\d+)\) \|", score, re.MULTILINE)}
    assert told == Weights().model_dump()


@pytest.mark.parametrize(
    ("title", "models"),
    [
        ("Instance", (Instance,)),
        ("`services`", (Service, Part)),
        ("`rooms`", (Room,)),
        ("`staff`", (Staff,)),
        ("`groups`", (Group,)),
        ("`programs`", (Program,)),
        ("`participants`", (Participant, Need, Busy, FamilyMember)),
        ("`pins`", (Pin,)),
        ("Roster", (Roster, Session, Unmet, AgendaItem)),
    ],
)
def test_every_field_is_described(title: str, models: tuple[type[BaseModel], ...]) -> None:
    """No field of the two formats is missing from its section of docs/formats.md."""
    described = section("formats.md", title)
    names = {name for model in models for name in model.model_fields}
    assert names
    assert {name for name in names if f"`{name}`" not in described and f'"{name}"' not in described} == set()


def called(page: Path) -> Iterator[list[str]]:
    """Yield the words after ``iopsched`` of each call that a page shows."""
    for line in code(page):
        for call in re.split(r"\s&&\s", line.removeprefix("$ ")):
            if re.match(r"(?:\.venv/bin/)?iopsched [a-z]", call):
                yield shlex.split(call)[1:]


def test_the_commands_shown_exist() -> None:
    """Every call of iopsched in the documentation has a command and options that there are."""
    seen = set()
    for page in PAGES:
        if page.name == "cli.md":
            continue
        for name, *arguments in called(page):
            command = main.commands[name]
            options = {option for param in command.params for option in param.opts}
            assert {word for word in arguments if re.match(r"--?[a-z]", word)} <= options, (page, name)
            seen.add(name)
    assert seen == main.commands.keys()


def quick_start() -> list[str]:
    """Return the fenced lines under the heading Quick start of README.md."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"^## Quick start\n(.*?)(?=^## )", readme, re.MULTILINE | re.DOTALL)
    assert found
    return [
        line for block in re.findall(r"```\w*\n(.*?)```", found[1], re.DOTALL) for line in block.splitlines()
    ]


def test_the_quick_start_is_two_commands() -> None:
    """One ends with a roster on the screen and on disk, the other runs the tests; each sets itself up."""
    first, second = quick_start()
    instance = shlex.split(first)[shlex.split(first).index("solve") + 1]
    assert (ROOT / instance).is_file()
    assert " -o roster.json" in first
    assert first.endswith(f"show {instance} roster.json")
    assert second.endswith("pytest -q")
    for command in (first, second):
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")
        assert "-c requirements.lock" in command


def test_exit_codes_are_told() -> None:
    """docs/using.md lists the codes that ``--help`` lists."""
    assert isinstance(main, click.Group)
    codes = re.findall(r"(?<![\d.])(\d+) [a-z]", (main.epilog or "").partition(":")[2])
    assert len(codes) == 8
    assert re.findall(r"^\| (\d+) \|", section("using.md", "Exit codes"), re.MULTILINE) == codes


def test_the_lock_file_pins_what_the_project_asks_for() -> None:
    """Every requirement has one exact version in requirements.lock, and one that it allows."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    named = (line.split("==") for line in lines if line and not line.startswith("#"))
    pinned = {canonicalize_name(name): version for name, version in named}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert len(wanted) > 10
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), requirement

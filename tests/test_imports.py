"""Imports follow the direction of the data; see docs/architecture.md."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "iopsched"

OUR_IMPORTS: dict[str, set[str]] = {
    "errors": set(),
    "files": set(),
    "instance": {"errors"},
    "roster": {"errors", "instance"},
    "options": {"instance", "roster.models"},
    "model": {"instance", "roster.models", "options"},
    "weeks": {"instance", "options"},
    "explain": {"instance", "roster.models", "options", "model.scope", "model.standing"},
    "solve": {"errors", "instance", "roster", "options", "model", "weeks", "explain"},
    "plan": {"errors", "instance", "roster", "options", "model", "weeks", "explain", "solve"},
    "generate": {"errors", "instance"},
    "report": {"errors", "instance", "roster", "plan", "batch", "exchange.names"},
    "exchange": {"errors", "instance", "roster"},
    "batch": {"errors", "files", "instance", "roster", "solve", "plan"},
    "cli": {
        "errors",
        "files",
        "instance",
        "roster",
        "solve",
        "plan",
        "generate",
        "report",
        "exchange",
        "batch",
    },
    "__main__": {"cli"},
    "__init__": {"errors", "instance", "roster", "solve", "plan"},
}
"""What each room may import of the others: a whole room, or one module of it."""

OTHERS_IMPORTS: dict[str, set[str]] = {
    "errors": set(),
    "files": set(),
    "instance": {"pydantic", "pydantic_core"},
    "roster": {"pydantic", "pydantic_core"},
    "options": {"numpy"},
    "model": {"numpy", "ortools"},
    "weeks": {"numpy"},
    "explain": {"numpy"},
    "solve": {"numpy", "ortools"},
    "plan": {"pydantic", "pydantic_core", "numpy"},
    "generate": set(),
    "report": {"rich", "jinja2", "xlsxwriter"},
    "exchange": {"pydantic", "openpyxl", "xlsxwriter", "icalendar", "fhir"},
    "batch": {"ray"},
    "cli": {"click", "rich"},
    "__main__": set(),
    "__init__": set(),
}
"""What each room may import of other people's packages."""

HEAVY = ("numpy", "ortools", "pandas", "openpyxl", "xlsxwriter", "icalendar", "fhir", "jinja2", "ray")


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide their direction"
            assert node.module is not None
            if node.module == "iopsched":
                yield from (f"iopsched.{alias.name}" for alias in node.names)
            else:
                yield node.module


def allowed(room: str, module: str) -> bool:
    top, _, rest = module.partition(".")
    if top == "iopsched":
        target = rest.partition(".")[0]
        listed = OUR_IMPORTS[room]
        return target == room or target in listed or any(f"{rest}.".startswith(f"{one}.") for one in listed)
    return top in sys.stdlib_module_names or top in OTHERS_IMPORTS[room]


FILES = sorted(SOURCE.rglob("*.py"))


def test_every_room_has_its_line_in_the_tables() -> None:
    """A new room says what it may import before anything imports it, and a room that went is struck out."""
    assert len(FILES) > 50
    assert {room_of(path) for path in FILES} == OUR_IMPORTS.keys() == OTHERS_IMPORTS.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_one_way(path: Path) -> None:
    """Each file imports only what its room may."""
    room = room_of(path)
    assert [module for module in imports(path) if not allowed(room, module)] == []


def test_the_table_has_no_circle() -> None:
    """The rooms can be put into one order in which each imports only earlier ones."""
    waiting = {room: {target.partition(".")[0] for target in line} for room, line in OUR_IMPORTS.items()}
    while waiting:
        ready = {room for room, targets in waiting.items() if not targets & waiting.keys()}
        assert ready, f"a circle among {sorted(waiting)}"
        waiting = {room: targets for room, targets in waiting.items() if room not in ready}


def test_the_judge_shares_nothing_with_what_it_judges() -> None:
    """Whatever the checker loads, directly or not, it is neither options, model, solve, numpy nor ortools."""
    seen: set[str] = set()
    waiting = ["iopsched.roster.check"]
    while waiting:
        module = waiting.pop()
        if module in seen or not module.startswith("iopsched."):
            seen.add(module)
            continue
        seen.add(module)
        place = SOURCE.joinpath(*module.split(".")[1:])
        waiting += imports(place / "__init__.py" if place.is_dir() else place.with_suffix(".py"))
    assert {"iopsched.roster.rules", "iopsched.roster.rules.workload", "iopsched.instance.models"} <= seen
    rooms = {module.split(".")[1] for module in seen if module.startswith("iopsched.")}
    assert rooms == {"errors", "instance", "roster"}
    assert not seen & set(HEAVY)


def loaded_by(statements: str) -> set[str]:
    """Return which of the heavy packages a fresh interpreter has loaded after some statements."""
    program = f"import sys\n{statements}\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(HEAVY) & set(done.stderr.split())


def test_the_solver_is_loaded_only_when_it_is_used() -> None:
    """``import iopsched`` and ``iopsched --help`` load neither numpy nor ortools; the model loads both."""
    assert {"numpy", "ortools"} <= loaded_by("import iopsched.model")
    assert loaded_by("import iopsched") == set()
    assert loaded_by("from iopsched.cli import main\nmain(['--help'], standalone_mode=False)") == set()

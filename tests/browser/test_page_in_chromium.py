"""The page in a browser. Needs Chromium, Node.js, and ``npm install --no-package-lock`` in this folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from iopsched.exchange.names import Names
from iopsched.report.page import html_report
from iopsched.report.views import View
from report.small_week import INSTANCE, ROSTER, instance, roster
from report.test_page import renamed

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
MISSING = [
    what
    for what, there in (
        (f"the browser {CHROMIUM} (CHROMIUM names another)", Path(CHROMIUM).exists()),
        ("node", shutil.which("node") is not None),
        (f"npm install --no-package-lock in {HERE.name}", (HERE / "node_modules").is_dir()),
    )
    if not there
]

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"without {', '.join(MISSING)}")

LONG = "a-group-with-a-name-that-does-not-fit-on-any-telephone-however-it-is-held"


NAMES = Names(MappingProxyType({("participant", "P3"): "Ada Long"}))
"""A name of two words."""

CROWD = 60
"""Sessions at one time, more than a printed page has lines for."""


def crowd(number: int) -> dict[str, Any]:
    """Return one of many sessions on Thursday afternoon."""
    return {
        "id": f"crowd/{number}",
        "service": "case",
        "start": "2026-12-03T15:00",
        "end": "2026-12-03T15:30",
        "room": None,
        "participants": ["P2"],
        "staff": ["T2"],
    }


def visited(own: str | None, folder: Path) -> dict[str, Any]:
    """Return what a reader of the whole page, or of one participant's, meets: visit.mjs tells."""
    sessions = [*ROSTER["sessions"], *(crowd(number) for number in range(CROWD))]
    clinic = instance(**renamed(INSTANCE, {"evening": LONG}))
    week = roster(**renamed({**ROSTER, "sessions": sessions}, {"evening": LONG}))
    view = None if own is None else View("participant", own)
    file = folder / "page.html"
    file.write_text(html_report(clinic, week, NAMES, view), encoding="utf-8")
    command = ["node", str(HERE / "visit.mjs"), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the clinic's staff meet."""
    return visited(None, tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a participant meets."""
    return visited("P1", tmp_path_factory.mktemp("own"))


@pytest.fixture(params=["whole", "own"])
def found(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What somebody meets, on either page."""
    told: dict[str, Any] = request.getfixturevalue(request.param)
    return told


def test_nothing_is_logged_and_nothing_fetched(found: dict[str, Any]) -> None:
    """No error or warning on the console, and no request but for the file itself."""
    assert found["load"]
    assert found["console"] == []
    assert found["requests"] == []


def test_no_view_is_wider_than_its_window(found: dict[str, Any]) -> None:
    """At 1280 and at 390 pixels, with a group's name that fits nowhere."""
    assert {name.split()[0] for name in found["views"]} == {"desktop", "phone"}
    assert {name: view["overflow"] for name, view in found["views"].items() if view["overflow"] > 0} == {}


def test_axe_has_nothing_serious_to_say(found: dict[str, Any]) -> None:
    """Contrast, names, landmarks, order of headings: in light and dark, on a desktop and a phone."""
    assert {"light", "dark"} <= {word for name in found["views"] for word in name.split()}
    serious = {
        name: [one for one in view["axe"] if one["impact"] in ("serious", "critical")]
        for name, view in found["views"].items()
    }
    assert {name: ones for name, ones in serious.items() if ones} == {}


def test_without_scripts_everything_is_there(whole: dict[str, Any], own: dict[str, Any]) -> None:
    """All nine views stand below each other; one's own page is one."""
    assert (whole["without_script"], own["without_script"]) == (9, 1)


def test_the_search_keeps_what_fits(whole: dict[str, Any]) -> None:
    """Of three boards the one is left whose name was typed, of two words; Enter leads to it."""
    search = whole["search"]
    assert search["before"] == 3
    assert search["left"] == [search["wanted"]] == ["participant-P3"]
    assert whole["keys"]["hash"] == "#participant-P3"
    assert whole["keys"]["focus"] == "H3"


def test_the_keyboard_skips_to_the_roster(whole: dict[str, Any]) -> None:
    """The first stop is the skip link, which leads to the main part."""
    assert (whole["keys"]["first"], whole["keys"]["after"]) == ("skip", "main")


def test_a_print_cuts_no_session_in_two(whole: dict[str, Any]) -> None:
    """The parts of a crowded day that stay together are lower than a page, which has 695 pixels across."""
    week = whole["prints"]["first"]
    assert CROWD * 2 * 17 > 2 * 695
    assert 0 < week["piece"] < 695 / 2
    assert week["pages"] == 5


def test_a_print_shows_no_links_to_other_views(whole: dict[str, Any], own: dict[str, Any]) -> None:
    """Neither views, search nor the way back to all boards; one board, or one's own page, is one sheet."""
    assert set(whole["prints"]) == {"first", "participant-P3"}
    assert [one["links"] for one in whole["prints"].values()] == [0, 0]
    assert (whole["prints"]["participant-P3"]["pages"], own["prints"]["first"]["pages"]) == (1, 1)

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import pytest

from iopsched.exchange.names import Names
from iopsched.generate import generate
from iopsched.report.page import html_report
from iopsched.report.terminal import score_table
from iopsched.report.views import View
from iopsched.roster import program_warnings, score_sessions, unmet_needs
from iopsched.roster.models import Bound, Roster
from report.parsed import Parsed, parsed
from report.rendered import rendered
from report.small_week import INSTANCE, ROSTER, instance, roster

NOBODY = Names()
EVIL = "<script>alert('1')</script>\" onclick=\"x"
"""An id that would run as a script, or leave its attribute, where it was not escaped."""


def page(**changes: Any) -> str:
    return html_report(instance(), roster(**changes), NOBODY)


def renamed(value: Any, names: dict[str, str]) -> Any:
    """Return a document with some texts replaced wherever they are a whole value."""
    if isinstance(value, dict):
        return {key: renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, names) for item in value]
    return names.get(value, value) if isinstance(value, str) else value


def test_it_says_what_the_terminal_says() -> None:
    """Delivery, group weeks, unmet needs with reasons, warnings, bounds: in the same words."""
    text = parsed(page()).text
    for said in (
        "Mon 30 Nov – Sun 6 Dec 2026",
        "feasible: every rule holds",
        "of 10 needed, 90 %",
        "Mon Tue Wed 17:30–20:30",
        "2 of 10",
        "Process group: T1 Life skills: T2",
        "Not running: morning",
        "P2-mother and T1 have no hour in common",
        "P3 has 120 minutes of the 540 a week that iop promises",
        "proved: cannot be lower",
        "at most 10 % of it could be saved",
        "no limit proved",
        "Not scheduled: 1 session of family",
    ):
        assert said in text, said


def test_every_link_leads_to_a_place_that_there_is_once() -> None:
    """Ids of the page are unique; boards are linked from the week, the desk, the lists."""
    found = parsed(page())
    ids = found.values("id")
    assert len(ids) == len(set(ids))
    links = {link.removeprefix("#") for link in found.values("href")}
    assert {"group-evening", "participant-P1", "staff-T2", "room-G1"} <= links
    assert links - set(ids) == {"all"}


def test_everybody_has_a_board() -> None:
    """Each participant, member of staff and room has one; a group that does not meet has none."""
    boards = {one["id"] for one in parsed(page()).of("article")}
    assert boards == {
        *("participant-P1", "participant-P2", "participant-P3"),
        *("staff-T1", "staff-T2", "room-G1", "room-O1", "group-evening"),
    }


def test_a_crowded_day_is_cut_into_pieces_that_a_page_holds() -> None:
    """Forty sessions at one time take 80 lines; no piece has more than 17, and each session is in one."""
    one = ROSTER["sessions"][0]
    crowd = [{**one, "id": f"crowd/{number}"} for number in range(40)]
    thin, thick = (parsed(page(sessions=some)) for some in ([one], crowd))
    lines = [
        [int(ul["style"].removeprefix("--lines:")) for ul in found.of("ul") if ul.get("class") == "lanes"]
        for found in (thin, thick)
    ]
    assert lines[0] == [2]
    assert sum(lines[1]) == 80
    assert max(lines[1]) <= 17
    assert len([li for li in thick.of("li") if li.get("class") == "b one_to_one"]) == 40
    assert [div["class"] for div in thick.of("div") if div.get("class", "").startswith("table")].count(
        "table long"
    ) == 1


def test_headings_are_in_order() -> None:
    """One first heading, and none leaves out a rank; landmarks and labels are there."""
    found = parsed(page())
    ranks = [int(tag[1]) for tag, _ in found.tags if re.fullmatch("h[1-6]", tag)]
    assert ranks.count(1) == 1
    assert ranks[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(ranks))
    assert {"header", "nav", "main", "footer"} <= {tag for tag, _ in found.tags}
    assert found.of("a")[0] == {"class": "skip", "href": "#main"}


def test_it_fetches_nothing_and_runs_its_own_script_alone() -> None:
    """No address of anything elsewhere; the policy in its head allows the one script by its hash."""
    shown = page()
    found = parsed(shown)
    assert not re.search(r"https?:|//[a-z]|@import|url\(", shown)
    assert {link[0] for link in found.values("href")} == {"#"}
    assert found.values("src") == []
    scripts = re.findall(r"<script>(.*?)</script>", shown, re.DOTALL)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    policy = next(one["content"] for one in found.of("meta") if "http-equiv" in one)
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("old", ["P1", "T1", "G1", "evening", "individual", "small", "Life skills"])
def test_ids_and_texts_are_shown_never_run(old: str) -> None:
    """Whatever is called so that it would be markup is escaped wherever it stands, attributes too."""
    clinic = instance(**renamed(INSTANCE, {old: EVIL}))
    week = roster(**renamed(ROSTER, {old: EVIL}))
    for view in (None, View("participant", EVIL if old == "P1" else "P1")):
        shown = html_report(clinic, week, NOBODY, view)
        found = parsed(shown)
        assert "<script>alert" not in shown
        assert len(found.of("script")) == (1 if view is None else 0)
        assert all(re.fullmatch(r"#?[\w.~-]+", one) for one in found.values("href") + found.values("id"))
    whole = parsed(html_report(clinic, week, NOBODY))
    assert EVIL in whole.text
    assert "onclick" not in {name for _, attributes in whole.tags for name in attributes}


def test_reasons_and_warnings_are_escaped() -> None:
    """Texts of a roster are not trusted either."""
    unmet = [{**ROSTER["unmet"][0], "reasons": [{"code": "x", "text": EVIL}]}]
    found = parsed(page(unmet=unmet, warnings=[{"code": "y", "text": EVIL}]))
    assert found.text.count(EVIL) == 2
    assert len(found.of("script")) == 1


def test_ids_that_no_link_can_hold_have_places_of_their_own() -> None:
    """Spaces, umlauts, and an id that looks like another's place: each board is found by its link."""
    odd = ["Zoë Ö", "~1", "a b"]
    clinic = instance(**renamed(INSTANCE, dict(zip(["P1", "P2", "P3"], odd, strict=True))))
    week = roster(**renamed(ROSTER, dict(zip(["P1", "P2", "P3"], odd, strict=True))))
    found = parsed(html_report(clinic, week, NOBODY))
    boards = [one for one in found.of("article") if one["id"].startswith("participant-")]
    assert [one["data-q"].split("  ")[0][: len(name)] for one, name in zip(boards, odd, strict=True)] == [
        name.lower() for name in odd
    ]
    assert len({one["id"] for one in boards}) == 3
    assert {one["id"] for one in boards} <= {link.removeprefix("#") for link in found.values("href")}


def test_a_participants_page_names_no_other() -> None:
    """Neither fellow members, nor a reason that might tell of them, nor the clinic's figures."""
    assert ROSTER["sessions"][1]["participants"] == ["P1", "P2"]
    shown = html_report(instance(), roster(), NOBODY, View("participant", "P2"))
    text = parsed(shown).text
    assert "P2" in text
    assert "evening" in text
    assert "1 session of family" in text
    assert not re.search(r"\bP[13]\b", shown)
    assert "no hour in common" not in shown
    assert "burden" not in text


def test_a_groups_own_page_names_its_members() -> None:
    """Leaders need to know who comes; staff and rooms see how many."""
    assert "P1, P2" in parsed(html_report(instance(), roster(), NOBODY, View("group", "evening"))).text
    staff = parsed(html_report(instance(), roster(), NOBODY, View("staff", "T2"))).text
    assert "2/10" in staff
    assert "P2" not in staff


def test_what_somebody_is_busy_with_is_nowhere() -> None:
    """The reasons of commitments stay in the instance."""
    clinic = instance(**renamed(INSTANCE, {"work": "night shift at the mill"}))
    assert clinic.participants[0].busy[0].why == "night shift at the mill"
    for view in (None, View("participant", "P1"), View("group", "evening")):
        assert "mill" not in html_report(clinic, roster(), NOBODY, view)


def test_names_are_put_on_everywhere() -> None:
    """With names each place shows them; the search still finds the id."""
    names = Names(
        MappingProxyType(
            {
                ("", "P1"): "Ada Long",
                ("staff", "T1"): "Dr. Bo",
                ("room", "G1"): "Garden",
                ("group", "morning"): "Early birds",
            }
        )
    )
    found = parsed(html_report(instance(), roster(), names))
    assert not re.search(r"\b(T1|G1|P1)\b", found.text.replace("P2-mother and T1 have", ""))
    assert "Not running: Early birds" in found.text
    assert {"p1 ada long", "t1 dr. bo", "g1 garden"} <= set(found.values("data-q"))
    assert any("p1 " in one and "ada long" in one for one in found.values("data-q") if "evening" in one)


def test_an_empty_roster_is_a_page_too() -> None:
    """No session, nothing unmet, no warning: said in words."""
    text = parsed(page(sessions=[], unmet=[], warnings=[])).text
    assert "Nobody comes this week." in text
    assert "Every need is met." in text
    assert "No sessions this week" in text


def test_it_works_of_a_clinic_that_nobody_wrote_by_hand() -> None:
    """Hundreds of commitments, families, closed days: well formed, and the same for the same arguments."""
    clinic = generate(24, 3, "rich")
    empty = Roster(
        instance=clinic.id,
        week=clinic.week,
        status="feasible",
        score=score_sessions(clinic, ()),
        bound=Bound(),
        sessions=(),
        unmet=unmet_needs(clinic, ()),
        warnings=program_warnings(clinic, ()),
    )
    shown = html_report(clinic, empty, NOBODY)
    assert shown == html_report(clinic, empty, NOBODY)
    assert isinstance(parsed(shown), Parsed)
    assert len(parsed(shown).of("article")) == 24 + len(clinic.staff) + len(clinic.rooms)


def test_a_bound_above_its_value_is_told() -> None:
    """As in a roster whose score was edited by hand; the page says so, as the terminal does."""
    score, bound = dict.fromkeys(ROSTER["score"], 0), dict.fromkeys(ROSTER["score"], 5)
    assert "wrong: the bound is above it" in parsed(page(score=score, bound=bound)).text
    assert "wrong: the bound is above it" in rendered(score_table(roster(score=score, bound=bound)))


def test_a_roster_edited_by_hand_is_shown_as_it_stands() -> None:
    """Ids that the instance does not know, a session that ends before it begins, one of another week."""
    clinic = instance(staff=INSTANCE["staff"][:1], rooms=[], participants=INSTANCE["participants"][:1])
    sessions = [dict(session) for session in ROSTER["sessions"]]
    sessions[0]["end"] = "2026-11-30T09:00"
    sessions[-1].update(start="2026-12-10T12:00", end="2026-12-10T13:00")
    edited = roster(sessions=sessions)
    assert "P3" not in clinic.participant_by_id
    found = parsed(html_report(clinic, edited, NOBODY))
    assert {"participant-P3", "staff-T2", "room-G1"} <= set(found.values("id"))
    assert "Thu 10 Dec" in found.text
    own = parsed(html_report(clinic, edited, NOBODY, View("participant", "P3"))).text
    assert "12:00–09:00" in own

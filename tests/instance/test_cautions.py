from __future__ import annotations

from typing import Any

import pytest

from iopsched.instance import instance_warnings, parse_instance

P1 = ("participants", 0)
NEED = (*P1, "needs")
N = "participants[0].needs"

ROWS = [
    # changes, path, words of what, words of remedy
    ([(("services", 2, "skill"), "Talks")], f"{N}[2].service", 'nobody has the skill "Talks"', '"talk"?'),
    (
        [(("services", 2, "skill"), "x-ray")],
        f"{N}[2].service",
        'nobody has the skill "x-ray"',
        "give somebody the skill",
    ),
    (
        [
            (("services", 3, "agenda", 1, "leaders"), 2),
            ((*P1, "needs"), [{"service": "block", "sessions": 1}]),
        ],
        f"{N}[0].service",
        'only 1 of the 2 staff it takes have the skill "skills"',
        "give somebody the skill",
    ),
    ([((*NEED, 0, "staff"), [])], f"{N}[0].staff", "nobody with the skill is left by staff", "A, B"),
    (
        [((*NEED, 0, "staff"), ["B"]), ((*NEED, 0, "staff_tags"), ["spanish"])],
        f"{N}[0].staff",
        "left by staff and staff_tags",
        "who has the skill: A, B",
    ),
    ([((*NEED, 0, "staff_tags"), ["emdr"])], f"{N}[0].staff_tags", "left by staff_tags", "A, B"),
    ([((*NEED, 0, "not_staff"), ["A", "B"])], f"{N}[0].not_staff", "left by not_staff", "A, B"),
    (
        [(("services", 0, "room_kinds"), ["ofice", "office"])],
        "services[0].room_kinds[0]",
        "no room has kind",
        "office",
    ),
    ([(("rooms", 1, "capacity"), 2)], "participants[1].needs[0].service", "seats 3 people", "O1, O2"),
    ([(("groups", 1, "min_size"), 4), (("rooms", 2, "capacity"), 4)], "groups[1].min_size", "seats 5", "H1"),
    ([(("groups", 1, "rooms"), ["O1"])], "groups[1].rooms", "none of these rooms has kind hall", "H1"),
    (
        [(("groups", 1, "starts"), ["Mon 17:05", "Mon 19:00", "Fri 17:00"])],
        "groups[1].starts",
        "none of the",
        "leaves time",
    ),
    ([(("groups", 1, "staff"), ["A"])], "groups[1].staff", '0 can lead "Skills", which takes 1', '"skills"'),
    (
        [((*P1, "tags"), []), (("groups", 1, "open_to"), ["adult"])],
        f"{N}[1].service",
        "no group is open",
        "tags",
    ),
    (
        [((*NEED, 1, "groups"), ["yoga"])],
        f"{N}[1].groups",
        'none of these groups meets for "block"',
        "name a group of this service",
    ),
    (
        [((*P1, "available"), ["Sat-Sun 08:00-20:00", "Fri 08:00-20:00"])],
        "participants[0].available",
        "never",
        "check",
    ),
    (
        [((*P1, "available"), [])],
        "participants[0].available",
        "participant P1: is never available",
        "leave the field",
    ),
    (
        [(("closed",), [f"2026-{day}" for day in ("11-30", "12-01", "12-02", "12-03", "12-04")])],
        "hours",
        "never",
        "",
    ),
]


def _with_yoga(document: dict[str, Any]) -> dict[str, Any]:
    document["services"].append({"id": "yoga", "kind": "group", "minutes": 60, "skill": "talk"})
    document["groups"].append(
        {"id": "yoga", "service": "yoga", "meetings": 1, "starts": ["Mon 09:00"], "max_size": 5}
    )
    return document


@pytest.mark.parametrize(("changes", "path", "what", "remedy"), ROWS)
def test_what_can_only_go_unmet_is_a_warning(
    clinic: dict[str, Any], spoil: Any, changes: list[Any], path: str, what: str, remedy: str
) -> None:
    """The format allows it, so the instance loads; the planner hears where, what and what to do."""
    _with_yoga(clinic)
    clinic["pins"] = []
    assert instance_warnings(parse_instance(clinic)) == ()
    document = spoil(*changes)
    warnings = instance_warnings(parse_instance(document))
    found = {warning.path: warning for warning in warnings}
    assert path in found
    assert found[path].severity == "warning"
    assert what in found[path].what
    assert remedy in found[path].remedy


def test_a_need_of_no_sessions_lacks_nothing(spoil: Any) -> None:
    """Nobody has to be able to lead what nobody needs."""
    document = spoil((("services", 2, "skill"), "x-ray"))
    assert len(instance_warnings(parse_instance(document))) == 1
    document = spoil(((*NEED, 2, "sessions"), 0))
    assert instance_warnings(parse_instance(document)) == ()


def test_a_service_without_a_group(spoil: Any) -> None:
    """A group service that no group meets for is said at each need of it."""
    document = spoil((("groups",), []), (("participants", 1, "needs", 2, "groups"), ...))
    paths = [warning.path for warning in instance_warnings(parse_instance(document))]
    assert paths == [
        f"{N}[1].service",
        "participants[1].needs[2].service",
        "participants[2].needs[1].service",
    ]

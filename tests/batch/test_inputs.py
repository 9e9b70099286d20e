"""Where clinics come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from batch.clinics import named, written
from iopsched.batch.inputs import Source, find_sources, holds_a_roster, read_source
from iopsched.errors import InstanceError, UsageError
from iopsched.generate import to_document
from rules.tiny import roster_of


def test_a_folder_stands_for_its_files_in_order(tmp_path: Path) -> None:
    """Only *.json, no hidden ones, none of folders within; a file that is named comes where it is named."""
    folder = written(tmp_path / "in", "b", "a")
    (folder / ".hidden.json").write_text("{}")
    (folder / "notes.txt").write_text("")
    written(folder / "deeper.json", "c")
    other = written(tmp_path / "more", "z") / "z.json"
    found = find_sources([str(other), str(folder)])
    assert found == [
        Source(str(other)),
        Source(str(folder / "a.json"), in_folder=True),
        Source(str(folder / "b.json"), in_folder=True),
    ]
    assert [read_source(one).id for one in found] == ["z", "a", "b"]


def test_a_link_to_what_is_gone_is_not_passed_over(tmp_path: Path) -> None:
    """A clinic whose file is gone is found in its folder, and fails when it is read."""
    folder = written(tmp_path / "in", "a")
    (folder / "b.json").symlink_to(tmp_path / "gone.json")
    here, gone = find_sources([str(folder)])
    assert read_source(here).id == "a"
    with pytest.raises(InstanceError):
        read_source(gone)


def test_lines_are_named_by_their_number(tmp_path: Path) -> None:
    """An instance a line, as JSON without line breaks; blank lines count and hold nothing."""
    lines = [to_document(named(name)).replace("\n", " ").encode() for name in ("a", "b")]
    file = written(tmp_path / "in", "c") / "c.json"
    found = find_sources(["-", str(file)], [lines[0], b" \n", lines[1]])
    assert [one.name for one in found] == ["-:1", "-:3", str(file)]
    assert [read_source(one).id for one in found] == ["a", "b", "c"]


@pytest.mark.parametrize("several", [1, 2])
def test_a_document_over_several_lines_is_no_ndjson(several: int) -> None:
    """A file, or some, poured into ``-`` as they are, are told once; a broken line is a line."""
    lines = (to_document(named("a")) * several).encode().splitlines(keepends=True)
    assert len(lines) > several
    with pytest.raises(UsageError, match="jq -c"):
        find_sources(["-"], lines)
    assert len(find_sources(["-"], [b'{"id":\n', *(b"".join(lines).replace(b"\n", b""),)])) == 2


def test_what_is_no_instance_says_so(tmp_path: Path) -> None:
    """A roster is told from a broken instance, and a file that has gone is an error like another."""
    roster, broken = tmp_path / "roster.json", tmp_path / "broken.json"
    roster.write_text(roster_of(named("a")).to_json())
    broken.write_text('{"id": "a"}')
    for path in (roster, broken, tmp_path / "gone.json"):
        with pytest.raises(InstanceError):
            read_source(Source(str(path)))
    assert holds_a_roster(Source(str(roster)))
    assert not holds_a_roster(Source(str(broken)))
    assert not holds_a_roster(Source(str(tmp_path / "gone.json")))

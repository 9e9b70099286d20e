"""What the documentation says about edits is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from iopsched.plan.edits import KINDS, parse_edit
from iopsched.plan.edits.reference import edits_reference
from rules.tiny import clinic

PAGE = Path(__file__).parents[3] / "docs" / "whatif.md"


def test_the_page_lists_every_sentence() -> None:
    """docs/whatif.md holds what ``python -m iopsched.plan.edits.reference`` prints."""
    assert edits_reference() in PAGE.read_text(encoding="utf-8")
    assert all(f"| `{kind}`:" in edits_reference() for kind in KINDS)


def test_the_sentences_of_the_page_are_understood() -> None:
    """Every ``--edit`` that the page shows, apart from the two that it shows as wrong, is read."""
    said = re.findall(r"--edit '([^']+)'", PAGE.read_text(encoding="utf-8"))
    wrong = {"T02 is away on Tuesday", "room G9 close on Friday"}
    right = [text for text in said if text not in wrong]
    assert right
    assert len(said) > len(right)
    for text in right:
        parse_edit(text, clinic())

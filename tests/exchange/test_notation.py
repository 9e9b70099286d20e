from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from iopsched.exchange.cell_values import ID_SEPARATORS
from iopsched.exchange.notation import cleaned, read_text, split_list, written_list, written_text

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["=1+1", "+1", "-5", "@x", "none", "ANY", '"', '"a"', "a, b", "a;b", " a", "a\u00a0", "_x0041_", "x005F_"]
)


@given(TEXTS)
@example("\ufeff")
@settings(derandomize=True, database=None)
def test_every_text_reads_back(text: str) -> None:
    """A text comes back to the letter, whatever the spreadsheet does to blanks at its ends."""
    cell = written_text(text)
    assert read_text(f"\u00a0{cell} ") == text
    assert cleaned(cell) == cell


@given(TEXTS)
@settings(derandomize=True, database=None)
def test_no_cell_is_a_formula(text: str) -> None:
    """No cell begins with what a spreadsheet would work out, and none holds what xlsx would decode."""
    cell = written_text(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.isprintable()
    assert "_x0041_" not in cell
    assert "x005F_" not in cell


@given(st.lists(TEXTS.filter(bool), min_size=1, max_size=4))
@settings(derandomize=True, database=None)
def test_every_list_reads_back(texts: list[str]) -> None:
    """Items with separators in them, and ids called none or any, come back as what they were."""
    assert [item for item, _ in split_list(written_list(texts, ID_SEPARATORS), ID_SEPARATORS)] == texts


def test_plain_texts_stay_plain() -> None:
    """What a planner would type is written so; only what would be misread is quoted."""
    assert written_text("Big room") == "Big room"
    assert written_text("=1+1") == '"=1+1"'
    assert written_list(["T1", "T2"], ID_SEPARATORS) == "T1, T2"
    assert written_list(["Smith, J", "none"], ID_SEPARATORS) == '"Smith, J", "none"'


def test_a_text_that_only_begins_with_a_quotation_mark_is_taken_as_it_is() -> None:
    """Quotation marks mean something around a whole text alone."""
    assert read_text('"Big" room') == '"Big" room'
    assert read_text('"Big room"') == "Big room"


def test_a_list_with_a_stray_quotation_mark_is_refused() -> None:
    """Where an item ends could be guessed in two ways."""
    with pytest.raises(ValueError, match="no partner"):
        list(split_list('"a, b', ID_SEPARATORS))

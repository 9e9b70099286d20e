"""What ``import iopsched`` offers."""

from __future__ import annotations

import inspect
from importlib.metadata import version
from pathlib import Path

import pytest

import iopsched

USING = Path(__file__).parents[1] / "docs" / "using.md"

PUBLIC = {
    "Capacity",
    "CheckReport",
    "Difference",
    "InputError",
    "Instance",
    "InstanceError",
    "IopschedError",
    "Offer",
    "Offers",
    "Problem",
    "Progress",
    "Roster",
    "RosterError",
    "Scenario",
    "Stop",
    "UsageError",
    "Violation",
    "WhatIf",
    "WhyNot",
    "__version__",
    "accept_offer",
    "apply_edits",
    "capacity",
    "check",
    "difference",
    "load_instance",
    "load_roster",
    "load_scenarios",
    "offers",
    "parse_edit",
    "parse_instance",
    "parse_roster",
    "scenario_of_edits",
    "solve",
    "what_if",
    "why_not",
}


def test_the_public_names_are_these() -> None:
    """A name is added or taken away on purpose: here, in ``__all__`` and in the changelog."""
    assert set(iopsched.__all__) == PUBLIC
    assert list(iopsched.__all__) == sorted(iopsched.__all__)


@pytest.mark.parametrize("name", sorted(PUBLIC - {"__version__"}))
def test_every_public_name_is_explained(name: str) -> None:
    """Each has a docstring of its own and its line in docs/using.md."""
    thing = getattr(iopsched, name)
    assert thing.__module__.startswith("iopsched.")
    assert thing.__doc__ is not None
    assert inspect.cleandoc(thing.__doc__)[0].isupper()
    assert f"`{name}" in USING.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["solve", "check", "load_instance", "load_roster"])
def test_functions_document_what_goes_in_and_what_goes_wrong(name: str) -> None:
    """The docstring names every parameter, and the errors that a caller can meet."""
    function = getattr(iopsched, name)
    text = inspect.getdoc(function) or ""
    parameters = inspect.signature(function).parameters
    assert parameters
    assert [parameter for parameter in parameters if f"{parameter} :" not in text.replace(", ", " : ")] == []
    assert "Raises\n------" in text


def test_the_errors_are_one_tree_with_an_exit_code_each() -> None:
    """Whoever catches ``IopschedError`` catches them all; the codes are those of the command line."""
    codes = {
        iopsched.IopschedError: 1,
        iopsched.UsageError: 2,
        iopsched.InputError: 3,
        iopsched.InstanceError: 3,
        iopsched.RosterError: 3,
    }
    assert {error: error.exit_code for error in codes} == codes
    assert all(issubclass(error, iopsched.IopschedError) for error in codes)
    assert issubclass(iopsched.InstanceError, iopsched.InputError)
    assert issubclass(iopsched.RosterError, iopsched.InputError)


def test_the_version_is_the_packages() -> None:
    """``iopsched.__version__`` is the version that pip knows."""
    assert iopsched.__version__ == version("iopsched")

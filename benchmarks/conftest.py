"""What benchmarks share: clinics by size, and the checker's verdict on what was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from iopsched import Instance, load_instance

INSTANCES = Path(__file__).parents[1] / "instances"
CLINICS = {24: "evening-24", 60: "mixed-60", 150: "clinic-150", 300: "clinic-300"}


@pytest.fixture(params=sorted(CLINICS))
def clinic(request: pytest.FixtureRequest) -> Instance:
    """A curated clinic of each size."""
    return load_instance(INSTANCES / f"{CLINICS[request.param]}.json")

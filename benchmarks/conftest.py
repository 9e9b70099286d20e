"""What the benchmarks share: the choice of sizes, and clinics on tuning seeds."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.clinics import Clinic
from iopsched import Instance

SIZES = (24, 60, 150, 300, 1000)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the command line keep to some sizes."""
    parser.addoption("--sizes", default=",".join(map(str, SIZES)), help="participants, such as 24,60")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out benchmarks of clinics of other sizes."""
    sizes = {int(word) for word in config.getoption("--sizes").split(",")}
    kept = [item for item in items if _clinic_of(item).participants in sizes]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a benchmark on the clinics that its module names in ``CLINICS``."""
    metafunc.parametrize("clinic", metafunc.module.CLINICS, ids=lambda clinic: clinic.name)


@pytest.fixture
def instance(clinic: Clinic) -> Instance:
    """The clinic of a benchmark, made once."""
    return _made(clinic)


@cache
def _made(clinic: Clinic) -> Instance:
    return clinic.instance()


def _clinic_of(item: pytest.Item) -> Clinic:
    assert isinstance(item, pytest.Function)
    clinic = item.callspec.params["clinic"]
    assert isinstance(clinic, Clinic)
    return clinic

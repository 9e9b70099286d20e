"""First prices tell what is short; what they prove holds, and is seen at once."""

from __future__ import annotations

import numpy as np
import pytest

from iopsched.options import build_options
from iopsched.solve.band_prices import first_prices
from iopsched.solve.bounds import bound_by_weeks
from iopsched.solve.price_bounds import bound_by_prices
from iopsched.weeks.ascent import Ascent
from iopsched.weeks.batches import SCALE
from iopsched.weeks.prices import Market
from rules.tiny import Fields, clinic, group, need, participant, room, staff
from solve.searches import constructed, proved, resumed
from weeks.optima import SEEDS, nothing_priced, optimum, staged_optimum


def bound_of(market: Market) -> float:
    """Return what the first prices prove."""
    return market.offer(np.rint(first_prices(market)).astype(np.int64)).bound


@pytest.mark.parametrize("seed", SEEDS)
def test_what_they_prove_is_not_above_the_optimum(seed: int) -> None:
    """Of scarce clinics, also with agendas, notes, breaks and video."""
    for search in (optimum(seed), staged_optimum(seed)):
        assert bound_of(Market(search.options, None)) <= search.best.unmet


HOUR = {"available": ["Mon 09:00-10:00"]}
MORNING = {"available": ["Mon 09:00-12:00"]}


@pytest.mark.parametrize(
    ("first", "second", "office"),
    [
        (HOUR, None, {}),
        ({"available": ["Mon 09:00-12:00"], "max_minutes_per_day": 60}, None, {}),
        ({"available": ["Mon 09:00-12:00"], "max_minutes_per_week": 60}, None, {}),
        (MORNING, MORNING, HOUR),
    ],
    ids=["staff", "minutes of a day", "minutes of the week", "rooms"],
)
def test_two_want_an_hour_of_which_there_is_one(first: Fields, second: Fields | None, office: Fields) -> None:
    """One of them goes without, whatever is short; the bound is the optimum."""
    instance = clinic(
        hours=["Mon 09:00-12:00"],
        rooms=[room("office", **office)],
        staff=[staff("ana", "talk", **first), *([staff("ben", "talk", **second)] if second else [])],
        participants=[participant("p1"), participant("p2")],
    )
    search = proved(instance)
    assert search.best.unmet == 60
    assert bound_of(Market(search.options, None)) == 60


def test_three_want_the_one_seat_of_a_class() -> None:
    """A seat is worth what two go without."""
    instance = clinic(
        groups=[group(max_size=1)],
        participants=[participant(f"p{k}", need("class")) for k in range(3)],
    )
    search = proved(instance)
    assert search.best.unmet == 120
    assert bound_of(Market(search.options, None)) == 120


def test_where_nothing_is_short_all_is_free() -> None:
    """But for a missed unit, which costs a point."""
    instance = clinic(participants=[participant("p1")])
    assert proved(instance).best.unmet == 0
    market = Market(build_options(instance), None)
    prices = first_prices(market)
    assert prices.shape == (market.size,)
    assert not prices[:-1].any()
    assert prices[-1] == SCALE


def test_in_an_overfull_clinic_they_prove_more_than_a_long_way_from_nothing() -> None:
    """More than everybody alone, and more than sixty steps of an ascent that begins with nothing priced."""
    built = constructed("overfull", 24, 4)
    search = resumed(built.options, built.best.plan)
    bound_by_weeks(search)
    alone = search.bounds.get("unmet", 0)
    market = Market(search.options, None)
    ascent = Ascent(market, nothing_priced(market, 1.0))
    for _ in range(60):
        ascent.step(search.best.unmet)
    assert max(alone, ascent.best) < search.best.unmet
    bound_by_prices(search, "unmet")
    assert max(alone, ascent.best) < search.bounds["unmet"] <= search.best.unmet

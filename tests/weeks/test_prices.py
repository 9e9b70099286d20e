"""No prices give a bound above the proved optimum, and good prices give a good one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from iopsched.options import build_options
from iopsched.solve.search import Search
from iopsched.weeks.ascent import Ascent
from iopsched.weeks.batches import SCALE
from iopsched.weeks.prices import Counts, Market, Offer
from rules.tiny import Fields, clinic, group, need, participant, program, room, staff
from solve.searches import proved
from weeks.optima import SEEDS, nothing_priced, optimum, staged_optimum

STAGED = range(8)
DRAWN = 12


class Heard(Market):
    """A market that remembers the prices it was asked about."""

    def __init__(self, search: Search, allowed: int | None) -> None:
        super().__init__(search.options, allowed)
        self.prices: list[Counts] = []
        self.bounds: list[float] = []

    def offer(self, prices: Counts) -> Offer:
        """Remember and answer."""
        found = super().offer(prices)
        self.prices.append(prices)
        self.bounds.append(found.bound)
        return found


def random_prices(market: Heard, seed: int) -> Iterator[Counts]:
    """Yield prices: from dear on a few things to cheap on all; the first of everything is free."""
    rng = np.random.default_rng(seed)
    yield np.zeros(market.size, np.int64)
    for _ in range(DRAWN):
        share, most = rng.choice([0.01, 0.05, 0.3, 1.0]), int(rng.choice([2, 15, 60, 10**5])) * SCALE
        yield np.where(rng.random(market.size) < share, rng.integers(0, most, market.size), 0)


def near(market: Heard, seed: int) -> Iterator[Counts]:
    """Yield the prices of an ascent, each somewhat shaken."""
    rng = np.random.default_rng(seed)
    for prices in market.prices[::2]:
        yield np.rint(prices * rng.uniform(0.5, 1.5, market.size)).astype(np.int64)


def everything_heard(search: Search, allowed: int | None, seed: int, steps: int) -> list[float]:
    """Return the bounds of an ascent, of prices near it and of random ones."""
    market = Heard(search, allowed)
    assert not market.uncovered
    ascent = Ascent(market, nothing_priced(market, 1.0 if allowed is None else 3.0))
    for _ in range(steps):
        ascent.step(search.best.unmet if allowed is None else search.best.burden)
    assert ascent.best == max(market.bounds)
    for prices in (*near(market, seed), *random_prices(market, seed)):
        if allowed is None:
            prices[-1] = SCALE
        market.offer(prices)
    return market.bounds


@pytest.mark.parametrize("seed", SEEDS[:16])
def test_no_prices_bound_a_scarce_clinic_above_its_optimum(seed: int) -> None:
    """Neither ``unmet``, nor ``burden`` given the optimum's ``unmet``."""
    search = optimum(seed)
    assert max(everything_heard(search, None, seed, 16)) <= search.best.unmet
    assert max(everything_heard(search, search.best.unmet, seed, 16)) <= search.best.burden


@pytest.mark.parametrize("seed", STAGED)
def test_nor_one_with_agendas_notes_breaks_and_video(seed: int) -> None:
    """Two leaders for a part, notes beyond the hours, rooms of two kinds."""
    search = staged_optimum(seed)
    assert search.best.unmet > 0
    assert max(everything_heard(search, None, seed, 40)) <= search.best.unmet
    assert max(everything_heard(search, search.best.unmet, seed, 40)) <= search.best.burden


def test_more_is_allowed_to_be_missed_the_less_must_be_borne() -> None:
    """A bound of burden under a larger ``unmet`` is a bound of what a roster of that ``unmet`` bears."""
    search = optimum(3)
    prices = np.zeros(Market(search.options, 0).size, np.int64)
    prices[-1] = 2 * SCALE
    bounds = [Market(search.options, allowed).offer(prices).bound for allowed in (0, 60, 120)]
    assert bounds == [bounds[0], bounds[0] - 120, bounds[0] - 240]


def test_what_is_asked_beyond_what_there_is_is_the_slope() -> None:
    """At prices a little further in the direction of the excess the bound is no higher than it says."""
    market = Market(staged_optimum(0).options, None)
    rng = np.random.default_rng(1)
    for _ in range(10):
        one = np.where(rng.random(market.size) < 0.1, rng.integers(0, 300, market.size), 0)
        other = np.where(rng.random(market.size) < 0.1, rng.integers(0, 300, market.size), 0)
        one[-1] = other[-1] = SCALE
        here = market.offer(one)
        there = market.offer(other)
        assert there.bound <= here.bound + float((other - one) @ here.excess) / SCALE
        assert here.bound <= there.bound + float((one - other) @ there.excess) / SCALE


def test_a_seat_s_price_is_paid_and_earned() -> None:
    """Three want the one seat of an hour; at 60 points a seat nobody gains by it, and two must go without."""
    instance = clinic(
        groups=[group(max_size=1)],
        participants=[participant(f"p{k}", need("class")) for k in range(3)],
    )
    search = proved(instance)
    assert search.best.unmet == 120
    market = Market(search.options, None)
    prices = np.zeros(market.size, np.int64)
    prices[-1] = SCALE
    assert market.offer(prices).bound == 0
    prices[-2] = 60 * SCALE
    assert market.offer(prices).bound == 120


def test_a_clinic_of_people_whose_weeks_are_left_out_is_bounded_by_nothing() -> None:
    """Seven different needs are too many for the program: whoever has them is named, and costs nothing."""
    names = [f"s{k}" for k in range(7)]
    instance = clinic(
        services=[
            {"id": name, "kind": "one_to_one", "minutes": 60, "room_kinds": ["office"]} for name in names
        ],
        staff=[staff(skills="other")],
        programs=[program()],
        participants=[participant("p1", *map(need, names)), participant("p2", need("s1"))],
    )
    market = Market(build_options(instance), None)
    assert market.uncovered == (0,)
    prices = np.zeros(market.size, np.int64)
    prices[-1] = SCALE
    assert market.offer(prices).bound == 60


@pytest.mark.parametrize(
    "section", range(4), ids=["staff", "minutes of a day", "minutes of the week", "rooms"]
)
def test_a_price_is_paid_for_all_that_a_session_takes_and_no_more(section: int) -> None:
    """Two want an hour of which there is one: at a point a minute the bound is the optimum, at half half."""
    monday, hour = {"available": ["Mon 09:00-12:00"]}, {"available": ["Mon 09:00-10:00"]}
    limits: list[Fields] = [{}, {"max_minutes_per_day": 60}, {"max_minutes_per_week": 60}, {}]
    short_of_staff, short_of_rooms = section == 0, section == 3
    ana = staff("ana", "talk", **(hour if short_of_staff else monday), **limits[section])
    instance = clinic(
        hours=["Mon 09:00-12:00"],
        rooms=[room("office", **(hour if short_of_rooms else {}))],
        staff=[ana, staff("ben", "talk", **monday)] if short_of_rooms else [ana],
        participants=[participant("p1"), participant("p2")],
    )
    assert proved(instance).best.unmet == 60
    market = Market(build_options(instance), None)
    first, last = market.resources.edges[section : section + 2]
    minutes = market.resources.clock.slot if short_of_staff or short_of_rooms else 1
    bounds = []
    for price in (SCALE // 2, SCALE):
        prices = np.zeros(market.size, np.int64)
        prices[first:last] = price * minutes
        prices[-1] = SCALE
        bounds.append(market.offer(prices).bound)
    assert bounds == [30, 60]

"""A tariff tells what time is worth where it is short."""

from __future__ import annotations

import numpy as np
import pytest

from iopsched.options import Options, build_options
from iopsched.weeks.batches import SCALE
from iopsched.weeks.prices import Market
from iopsched.weeks.tariff import Tariff
from rules.tiny import clinic, participant, staff

NINE, TEN, ELEVEN, NOON = (60 * hour for hour in (9, 10, 11, 12))


def two_for_a_morning() -> Options:
    """Ana leads talks and classes from 9 to 12 on Monday, Ben classes alone; Ana is a pool, both are one."""
    return build_options(
        clinic(
            hours=["Mon 09:00-12:00"],
            staff=[staff("ana", "talk class"), staff("ben", "class")],
            participants=[participant("p1")],
        )
    )


def dear_from_ten_to_eleven(options: Options) -> Tariff:
    """Return a tariff at which a minute of Ana's is worth a point from 10 to 11, and nothing else is."""
    market = Market(options, None)
    assert market.resources.pools == [frozenset([0]), frozenset([0, 1])]
    prices = np.zeros(market.size)
    staff_prices, *_ = market.sections(prices)
    clock = market.resources.clock
    first = (TEN - clock.first) // clock.slot
    staff_prices[0, 0, first : first + 60 // clock.slot] = clock.slot * SCALE
    return Tariff(market, prices)


def test_a_session_costs_what_it_takes_of_the_pools_that_could_lead_it() -> None:
    """An hour from half past nine takes half of the dear hour."""
    options = two_for_a_morning()
    (talk,) = options.sessions
    costs = dict(
        zip(talk.times.tolist(), dear_from_ten_to_eleven(options).of_session(talk).tolist(), strict=True)
    )
    assert costs == {NINE: 0, NINE + 30: 30, TEN: 60, TEN + 30: 30, ELEVEN: 0}


@pytest.mark.parametrize(
    ("start", "end", "worth"),
    [(NINE, TEN, 0), (NINE, NOON, 60), (TEN, ELEVEN, 60), (TEN + 30, ELEVEN + 30, 30)],
)
def test_who_could_serve_elsewhere_is_dear(start: int, end: int, worth: int) -> None:
    """Ana's time is worth what others would pay for it; Ben's, whom they cannot have, nothing."""
    tariff = dear_from_ten_to_eleven(two_for_a_morning())
    assert tariff.of_member(0, start, end) == worth
    assert tariff.of_member(1, start, end) == 0


def test_a_minute_of_the_week_is_charged_for_at_any_time() -> None:
    """Prices of a pool's week and day add up over the minutes led."""
    tariff = dear_from_ten_to_eleven(two_for_a_morning())
    _, by_day, week, _ = tariff.market.sections(tariff.prices)
    week[0], by_day[0, 0] = 2 * SCALE, SCALE
    assert tariff.of_member(0, NINE, TEN) == 3 * 60
    (talk,) = tariff.market.options.sessions
    assert tariff.of_session(talk)[0] == 3 * 60


def test_part_of_a_tariff_charges_as_much_less() -> None:
    """Half of it, half as much for everything."""
    options = two_for_a_morning()
    whole, (talk,) = dear_from_ten_to_eleven(options), options.sessions
    half = whole.times(0.5)
    assert half.of_session(talk).tolist() == (whole.of_session(talk) / 2).tolist()
    assert half.of_member(0, TEN, ELEVEN) == 30

from collections import Counter

import pytest

from iopsched.generate.draws import Draws


def test_a_stream_is_the_same_on_every_python() -> None:
    """Equal names give the choices written down here, whatever Python version or machine runs this."""
    draws = Draws("mixed", 60, 1, "people")
    assert [draws.below(100) for _ in range(6)] == [3, 45, 18, 83, 42, 26]
    assert draws.shuffled("abcdef") == list("dafebc")


def test_streams_with_different_names_differ() -> None:
    """The name of a stream decides its choices."""
    first, second = Draws(1, "people"), Draws(1, "rooms")
    assert [first.below(1000) for _ in range(5)] != [second.below(1000) for _ in range(5)]


def test_weights_are_shares() -> None:
    """An item with three quarters of the weight is chosen three times in four; one without weight never."""
    draws = Draws("weights")
    counts = Counter(draws.weighted((("often", 3.0), ("never", 0.0), ("seldom", 1.0))) for _ in range(4000))
    assert counts["often"] / 4000 == pytest.approx(0.75, abs=0.03)
    assert counts["never"] == 0


def test_a_sample_has_no_item_twice_and_stops_at_all() -> None:
    """Sampling is without replacement, and asking for too many gives all."""
    draws = Draws("sample")
    assert len(set(draws.sample(range(50), 20))) == 20
    assert sorted(draws.sample(range(5), 9)) == [0, 1, 2, 3, 4]

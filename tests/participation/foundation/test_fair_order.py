"""The arithmetic of the fair order."""

import datetime as dt

import pytest

from participation.foundation.fair_order import multiplier_of, wilson_lower_bound


@pytest.mark.parametrize(
    ("agree", "judged", "share"),
    [(0, 0, 0.0), (1, 1, 0.2065), (0, 5, 0.0), (5, 5, 0.5655), (90, 100, 0.8256), (50, 100, 0.4038)],
)
def test_the_share_that_so_many_opinions_make_likely(agree, judged, share):
    assert wilson_lower_bound(agree, judged) == pytest.approx(share, abs=0.0001)


def test_every_day_has_a_lot_of_its_own():
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=number) for number in range(20_000)]

    numbers = {multiplier_of(day, 2**31 - 1) for day in days}

    assert len(numbers) == len(days)
    assert min(numbers) > 0
    assert max(numbers) < 2**31 - 1

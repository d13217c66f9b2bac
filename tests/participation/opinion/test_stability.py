import numpy as np
import pytest

from participation.opinion.stability import rand_index
from tests.participation.opinion.crowds import camps


def test_adjusted_rand_index_by_hand():
    one, other = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 2, 2])

    assert rand_index(one, 1 - one) == 1
    assert rand_index(one, other) == pytest.approx((2 - 6 * 3 / 15) / ((6 + 3) / 2 - 6 * 3 / 15))


def test_people_of_clear_camps_stay_and_of_none_they_do_not():
    clear = camps(40, 30, noise=0.05).analyse()
    nobody_knows = camps(40, 30, noise=1.0).analyse()

    assert clear.stays >= 97
    assert min(group.stays for group in clear.groups) >= 95
    assert nobody_knows.stays <= 80

"""Distances on the globe."""

import numpy as np
import pytest

from participation.foundation.distance import distance_m


def test_distances_are_those_of_the_globe():
    assert distance_m(0, 0, 0, 1) == pytest.approx(111_195, abs=1)
    assert distance_m(53.5511, 9.9937, 52.5200, 13.4050) == pytest.approx(
        255_300, rel=0.002
    )  # Hamburg to Berlin
    assert distance_m(0, 0, 0, 180) == pytest.approx(20_015_114, rel=1e-6)
    assert distance_m(1, 2, 1, 2) == 0


def test_many_distances_at_once_are_the_same_as_one_by_one():
    ends = np.array(
        [[53.5511, 9.9937, 52.52, 13.405], [0, 0, 0, 180], [90, 0, -90, 77], [1, 2, 1, 2]], dtype=float
    )

    together = distance_m(*ends.T)

    assert together.tolist() == pytest.approx([distance_m(*each) for each in ends.tolist()])
    assert np.isnan(distance_m(53.5, 10.0, np.array([np.nan]), np.array([10.0]))).all()

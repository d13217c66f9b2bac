"""Small groups stay hidden, whatever one takes from what."""

from collections import defaultdict
from itertools import product

import pytest

from participation.foundation.small_groups import Shown, shown


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"a": 20, "b": 31}, Shown(50, {"a": 20, "b": 30}, None)),
        ({"a": 4, "b": 5}, Shown(None, {"a": None, "b": None}, None)),
        # One small group alone would be the total minus the other: both are hidden.
        ({"a": 40, "b": 3}, Shown(40, {"a": None, "b": None}, 40)),
        ({"a": 40, "b": 3, "c": 12}, Shown(55, {"a": 40, "b": None, "c": None}, 15)),
        # Two that are small together still are: a third one goes with them.
        ({"a": 40, "b": 3, "c": 4, "d": 15}, Shown(60, {"a": 40, "b": None, "c": None, "d": None}, 20)),
        # Two of nine each would be told by their sum.
        ({"a": 40, "b": 9, "c": 9}, Shown(55, {"a": None, "b": None, "c": None}, 55)),
        ({"a": 40, "b": 6, "c": 5, "d": 3}, Shown(50, {"a": 40, "b": None, "c": None, "d": None}, 10)),
        ({}, Shown(None, {}, None)),
    ],
)
def test_what_is_shown(counts, expected):
    assert shown(counts) == expected


@pytest.mark.parametrize("step", [1, 2])
def test_nobody_can_work_out_a_small_group(step):
    """Every partition of three groups, seen by somebody who knows the rule: no hidden number can be told from what is shown.

    With a smaller limit, so that all cases are few: 3 instead of 10. `step=1` even without the help of rounding.
    """
    least, most = 3, 12
    possible = defaultdict(list)
    for numbers in product(range(most + 1), repeat=3):
        what = shown(dict(zip("abc", numbers, strict=True)), least=least, step=step)
        possible[what.total, tuple(what.cells.items()), what.rest].append(numbers)

    hidden_seen = 0
    for (total, cells, rest), cases in possible.items():
        # What nobody can see has no upper end; these cases are cut off by `most`.
        if total is not None and total > most:
            continue
        for at, (_name, number) in enumerate(cells):
            values = {case[at] for case in cases}
            if number is not None:
                assert min(values) >= least
                continue
            hidden_seen += 1
            assert len(values) > 1
        together = {sum(case[at] for at, (_n, each) in enumerate(cells) if each is None) for case in cases}
        assert rest is None or min(together) >= least
    assert hidden_seen > 20

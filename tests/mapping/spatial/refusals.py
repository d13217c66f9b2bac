"""What the tests of refused files share."""

from dataclasses import replace

import pytest

from mapping.spatial.reading import LIMITS, Unreadable, read_table

SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
SMALL = replace(
    LIMITS, max_rows=3, max_columns=3, max_cell=20, max_vertices=12, max_feature_vertices=6, max_cells=8
)


def refused(content: bytes, name: str, limits=LIMITS, **more) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_table(content, name, limits, **more)
    assert str(caught.value)
    return caught.value

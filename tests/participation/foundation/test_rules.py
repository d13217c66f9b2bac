"""Rules combine like sentences."""

import pytest

from participation.foundation.rules import rule


@rule
def is_tall(user, subject):
    return user > 180


@rule
def is_in_front(user, subject):
    return subject == "front"


@pytest.mark.parametrize(
    ("height", "row", "seen"),
    [(190, "front", True), (190, "back", False), (170, "front", False), (170, "back", False)],
)
def test_both(height, row, seen):
    assert (is_tall & is_in_front)(height, row) is seen


def test_either_and_not():
    assert (is_tall | is_in_front)(170, "front") is True
    assert (~is_tall)(170) is True
    assert repr(~(is_tall | is_in_front)) == "<Rule not (is_tall or is_in_front)>"

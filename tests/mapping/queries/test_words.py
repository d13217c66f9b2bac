"""Looking words up in many texts."""

import pytest

from mapping.queries.words import TextWords

TEXTS = ["library harbour street 1", "", "school library", "street.* cafe", "library library"]


@pytest.mark.parametrize(
    ("part", "holding"),
    [
        ("library", [True, False, True, False, True]),
        ("brar", [True, False, True, False, True]),
        ("street", [True, False, False, True, False]),
        ("t.*", [False, False, False, True, False]),
        ("e", [True, False, False, True, False]),
        ("nowhere", [False] * 5),
    ],
)
def test_word_or_a_part_of_one_is_found_and_signs_mean_themselves(part, holding):
    assert TextWords(TEXTS).holding(part).tolist() == holding


def test_no_text_holds_no_word():
    assert TextWords([]).holding("a").tolist() == []
    assert TextWords(["", ""]).holding("a").tolist() == [False, False]

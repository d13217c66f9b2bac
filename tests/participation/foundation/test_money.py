"""Amounts are written the way the reader's language does."""

import pytest
from django.utils import translation

from participation.foundation.money import format_money


@pytest.mark.parametrize(
    ("language", "cents", "currency", "written"),
    [
        ("en", 1250000, "EUR", "€12,500"),
        ("en", 1250050, "EUR", "€12,500.50"),
        ("en", 0, "EUR", "€0"),
        ("en", -500, "EUR", "−€5"),
        ("en", 123400, "PLN", "PLN\u00a01,234"),
        ("en", 123400, "XYZ", "XYZ\u00a01,234"),
        ("en", 123400, "", "1,234"),
        ("de", 1250050, "EUR", "12.500,50\u00a0€"),
        ("de", 123400, "PLN", "1.234\u00a0zł"),
        ("nl", 123400, "EUR", "€\u00a01.234"),
    ],
)
def test_amount_is_written_in_the_readers_way(language, cents, currency, written):
    with translation.override(language):
        assert format_money(cents, currency) == written


def test_large_amounts_stay_exact():
    with translation.override("en"):
        assert format_money(9007199254740993_01) == "€9,007,199,254,740,993.01"

"""Amounts of money as people type them."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from participation.foundation.fields import MAX_CENTS, CentsField, MoneyField
from participation.foundation.money import read_money, write_money

ODD = [
    "", "1_0", "１２", "١٢", "true", "NaN", "Infinity", "1e5", "1E999999", "-5", "+5", "0x10", "12,5,0", "1.234",
    "12.", ".5", "12 €", "1,00", "1 2", "½", "12\u200b0", "1,2345", "9" * 400,
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "typed", "cents"),
    [
        ("en", "12500", 12_500_00), ("en", "12,500", 12_500_00), ("en", "1,250,000.5", 1_250_000_50),
        ("en", " 12 500 ", 12_500_00), ("de", "12.500,50", 12_500_50), ("de", "12500,5", 12_500_50),
        ("ar", "12500", 12_500_00), ("en", "0.01", 1),
    ],
)  # fmt: skip
def test_amounts_are_read_as_the_language_writes_them(language, typed, cents):
    with translation.override(language):
        assert read_money(typed) == cents


@pytest.mark.parametrize("typed", ODD)
def test_d4_odd_amounts_are_refused(typed):
    with translation.override("en"), pytest.raises(ValidationError):
        read_money(typed)


@pytest.mark.parametrize("language", ["en", "de", "ar"])
@pytest.mark.parametrize("cents", [1, 100, 12_500_00, 12_500_50, 9_999_999_99])
def test_what_is_written_is_read_back(language, cents):
    with translation.override(language):
        assert read_money(write_money(cents)) == cents


def test_the_field_keeps_cents_and_shows_units():
    field = MoneyField()

    assert field.clean("12,500") == 12_500_00
    assert field.prepare_value(12_500_00) == "12500"
    assert field.prepare_value("12x") == "12x"
    assert field.has_changed(12_500_00, "12,500.00") is False
    assert field.has_changed(12_500_00, "nonsense") is True


@pytest.mark.parametrize("typed", ["0", "0.00", "10000000000001"])
def test_amounts_have_limits(typed):
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)
    assert MoneyField().clean(str(MAX_CENTS // 100)) == MAX_CENTS


def test_a_column_of_cents_is_an_ordinary_column_with_a_field_of_money():
    column = CentsField(name="amount_cents")

    assert column.deconstruct()[1] == "django.db.models.PositiveBigIntegerField"
    assert isinstance(column.formfield(), MoneyField)

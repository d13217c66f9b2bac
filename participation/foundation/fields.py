"""Fields of forms and models that all rooms use: days, times, and amounts of money typed in whole units and kept in cents."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.foundation.money import read_money, write_money

MAX_CENTS = 10_000_000_000_00


class MoneyInput(forms.TextInput):
    """A short text field with the number keyboard; a number field would swallow what it cannot read."""

    def __init__(self, attrs=None):
        super().__init__(
            {"inputmode": "decimal", "autocomplete": "off", "class": "input--short", **(attrs or {})}
        )


class MoneyField(forms.Field):
    """An amount typed in units of money as the reader's language writes it; its value is whole cents, at least 1."""

    widget = MoneyInput
    default_validators = [
        MinValueValidator(1, _("Please write an amount above zero.")),
        MaxValueValidator(MAX_CENTS, _("This amount is too large.")),
    ]

    def to_python(self, value):
        return None if value in self.empty_values else read_money(str(value))

    def prepare_value(self, value):
        return write_money(value) if isinstance(value, int) else value

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != initial
        except forms.ValidationError:
            return True


class CentsField(models.PositiveBigIntegerField):
    """Whole cents; forms show and read it in units of money."""

    def formfield(self, **kwargs):
        # The base class asks for a number field with limits of the column; money has its own.
        return models.Field.formfield(self, **{"form_class": MoneyField, **kwargs})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.PositiveBigIntegerField", args, kwargs


class DayField(forms.DateField):
    """A day, written 2027-05-14 or chosen in the browser's calendar."""

    default_error_messages = {"invalid": _("Please write a date, for example 2027-05-14.")}

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "widget", forms.DateInput({"type": "date", "class": "input--short"}, format="%Y-%m-%d")
        )
        super().__init__(**kwargs)

    def to_python(self, value):
        day = super().to_python(value)
        if day is not None and not 1900 <= day.year <= 2200:
            raise forms.ValidationError(_("This year is too early or too late. Please correct it."))
        return day


class ClockField(forms.TimeField):
    """A time of day, written 18:00."""

    default_error_messages = {"invalid": _("Please write a time, for example 18:00.")}

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "widget", forms.TimeInput({"type": "time", "class": "input--short"}, format="%H:%M")
        )
        super().__init__(**kwargs)

"""The fields and parameters that several parts of budgeting's API share."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from participation.foundation.reading import IdField, Parameters, WordsField


class PageAddressField(serializers.URLField):
    """The full address of a page of the site; the source is a function of the row that returns its path."""

    def __init__(self, path_of, **kwargs):
        self.path_of = path_of
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value):
        return self.context["request"].build_absolute_uri(self.path_of(value))


class BudgetParameters(Parameters):
    """Lists of what belongs to a budget."""

    budget = IdField(required=False, help_text=_("Only of the budget with this number."))
    q = WordsField(
        required=False, help_text=_("Only what has all these words, whatever their case and accents.")
    )


class AreaParameters(BudgetParameters):
    """Lists of what belongs to an area."""

    area = IdField(required=False, help_text=_("Only of the area with this number."))

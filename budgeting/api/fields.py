"""The fields and parameters that several parts of budgeting's API share."""

from django.utils.translation import gettext_lazy as _

from participation.foundation.reading import IdField, Parameters, WordsField


class BudgetParameters(Parameters):
    """Lists of what belongs to a budget."""

    budget = IdField(required=False, help_text=_("Only of the budget with this number."))
    q = WordsField(
        required=False, help_text=_("Only what has all these words, whatever their case and accents.")
    )


class AreaParameters(BudgetParameters):
    """Lists of what belongs to an area."""

    area = IdField(required=False, help_text=_("Only of the area with this number."))

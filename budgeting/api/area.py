"""Areas of budgets in the API."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from budgeting.api.fields import BudgetParameters
from budgeting.enums import BallotStyle, CountingRule
from budgeting.models import Area
from budgeting.queries.open_data import open_areas
from participation.foundation.reading import OpenData, OrderingField, described
from participation.foundation.search import matching


class AreaSerializer(serializers.Serializer):
    """A pot of money with its own ballot."""

    id = serializers.IntegerField(help_text=_("Its number; proposals, projects and results name it."))
    budget = serializers.IntegerField(source="budget_id", help_text=_("The number of its budget."))
    name = serializers.CharField(help_text=_("Its name."))
    neighbourhood = serializers.CharField(
        source="neighbourhood.name",
        default=None,
        allow_null=True,
        help_text=_("The neighbourhood that votes here; null for the whole city."),
    )
    amount_cents = serializers.IntegerField(help_text=_("The money to spend, in cents."))
    currency = serializers.CharField(source="budget.currency", help_text=_("The currency (ISO 4217)."))
    ballot_style = serializers.ChoiceField(BallotStyle.values, help_text=_("How people fill in the ballot."))
    max_choices = serializers.IntegerField(
        allow_null=True, help_text=_("The most projects on one ballot; null for no limit.")
    )
    rule = serializers.ChoiceField(CountingRule.values, help_text=_("The rule by which votes are counted."))


class AreaListParameters(BudgetParameters):
    """What one can ask of the list of areas."""

    ordering = OrderingField(
        {
            "budget": ("budget_id", "sort_order", "pk"),
            "name": ("name", "pk"),
            "amount": ("amount_cents", "pk"),
            "-amount": ("-amount_cents", "-pk"),
        },
        help_text=_("The order; budget by budget as on the page when left out."),
    )


@described(noun="area", listing=_("The areas of all published budgets."), entry=_("One area."))
class AreaView(OpenData):
    model = Area
    serializer_class = AreaSerializer
    parameters = AreaListParameters
    default_order = ("budget_id", "sort_order", "pk")

    def everything(self):
        return open_areas()

    def narrowed(self, rows, wanted):
        if "budget" in wanted:
            rows = rows.filter(budget=wanted["budget"])
        return matching(rows, wanted.get("q", ""), ["name"])

"""Participatory budgets in the API."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from budgeting.enums import PhaseKind
from budgeting.models import ParticipatoryBudget
from budgeting.queries.budget import box_times, standing_of
from budgeting.queries.open_data import open_budgets
from participation.foundation.reading import (
    OpenData,
    OrderingField,
    PageAddressField,
    Parameters,
    WordsField,
    described,
)
from participation.foundation.search import matching

STAGES = ["before", *PhaseKind.values, "between", "published", "over"]


class PhaseSerializer(serializers.Serializer):
    """A stretch of time in the life of a budget."""

    kind = serializers.ChoiceField(PhaseKind.values, help_text=_("Which phase it is."))
    opens_at = serializers.DateTimeField(help_text=_("When it begins."))
    closes_at = serializers.DateTimeField(help_text=_("When it is over; this moment itself is outside."))
    note = serializers.CharField(help_text=_("What happens, in one sentence; may be empty."))


class BudgetSerializer(serializers.Serializer):
    """A participatory budget."""

    id = serializers.IntegerField(help_text=_("Its number; areas, proposals, projects and results name it."))
    title = serializers.CharField(help_text=_("Its title."))
    summary = serializers.CharField(help_text=_("One or two sentences; may be empty."))
    language = serializers.CharField(
        source="locale.language_code", help_text=_("The language of its texts (BCP 47).")
    )
    currency = serializers.CharField(help_text=_("The currency of all its amounts (ISO 4217)."))
    stage = serializers.SerializerMethodField(
        help_text=_(
            "Where it stands now: the phase that runs, before the first, between two, published, or over."
        )
    )
    phases = PhaseSerializer(many=True, help_text=_("Its phases in the order of time, as planned."))
    voting_closes_at = serializers.SerializerMethodField(
        help_text=_("When voting really closes once it has opened; null before.")
    )
    result_published_at = serializers.SerializerMethodField(
        help_text=_("When the result was published; null before.")
    )
    is_imported = serializers.BooleanField(
        help_text=_("Whether it was read from a file of an election held elsewhere.")
    )
    url = PageAddressField(lambda budget: budget.url, help_text=_("Its page."))

    @extend_schema_field({"type": "string", "enum": STAGES})
    def get_stage(self, budget):
        return standing_of(budget).stage

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_voting_closes_at(self, budget):
        return _time_of_box(budget, "closes_at")

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_result_published_at(self, budget):
        return _time_of_box(budget, "published_at")


def _time_of_box(budget, name: str) -> str | None:
    times = box_times(budget)
    return serializers.DateTimeField().to_representation(times[name]) if times and times[name] else None


class BudgetListParameters(Parameters):
    """What one can ask of the list of budgets."""

    q = WordsField(required=False, help_text=_("Only those with all these words in title or summary."))
    ordering = OrderingField(
        {
            "newest": ("-first_published_at", "-pk"),
            "oldest": ("first_published_at", "pk"),
            "title": ("title", "pk"),
        },
        help_text=_("The order; newest first when left out."),
    )


@described(
    noun="budget",
    listing=_("All published participatory budgets."),
    entry=_("One participatory budget."),
)
class BudgetView(OpenData):
    model = ParticipatoryBudget
    serializer_class = BudgetSerializer
    parameters = BudgetListParameters
    default_order = ("-first_published_at", "-pk")

    def everything(self):
        return open_budgets()

    def narrowed(self, rows, wanted):
        return matching(rows, wanted.get("q", ""), ["title", "summary"])

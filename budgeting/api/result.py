"""Published results in the API, area by area (V19: nothing of a count before its publication)."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from budgeting.enums import FileKind
from budgeting.models import Count
from budgeting.queries.election_file import slug_of
from budgeting.queries.open_data import open_counts
from participation.foundation.reading import (
    IdField,
    OpenData,
    OrderingField,
    PageAddressField,
    Parameters,
    described,
)


class FileSerializer(serializers.Serializer):
    """A published file, byte for byte."""

    kind = serializers.ChoiceField(FileKind.values, help_text=_("What it holds."))
    name = serializers.CharField(help_text=_("Its name."))
    size = serializers.IntegerField(help_text=_("Its size in bytes."))
    sha256 = serializers.CharField(help_text=_("Its SHA-256 digest, to check what was downloaded."))
    url = PageAddressField(
        lambda file: file.box.budget.url_of("file", slug_of(file.name)), help_text=_("Where it is.")
    )


class ResultSerializer(serializers.Serializer):
    """What one count of one area says."""

    id = serializers.IntegerField(help_text=_("Its number."))
    budget = serializers.IntegerField(source="box.budget_id", help_text=_("The number of its budget."))
    area = serializers.IntegerField(source="area_id", help_text=_("The number of its area."))
    is_official = serializers.BooleanField(
        help_text=_("Whether it decides; others show what another rule would have given.")
    )
    rule = serializers.JSONField(help_text=_("The rule with all its settings."))
    engine_version = serializers.CharField(help_text=_("The version of the counting program."))
    counted_at = serializers.DateTimeField(help_text=_("When it was counted."))
    published_at = serializers.DateTimeField(source="box.published_at", help_text=_("When it was published."))
    ballots = serializers.IntegerField(help_text=_("How many ballots were counted."))
    amount_cents = serializers.IntegerField(
        source="area.amount_cents", help_text=_("The money there was, in cents.")
    )
    spent_cents = serializers.IntegerField(help_text=_("What the funded projects cost, in cents."))
    comparison = serializers.JSONField(
        help_text=_(
            "Ties that were met, and for an imported election the official winners beside these, as data."
        )
    )
    currency = serializers.CharField(source="box.budget.currency", help_text=_("The currency (ISO 4217)."))
    funded_projects = serializers.SerializerMethodField(help_text=_("The numbers of the funded projects."))
    files = serializers.SerializerMethodField(
        help_text=_("The files to count again from and to compare with.")
    )
    url = PageAddressField(
        lambda count: count.box.budget.url_of("area_results", count.area_id),
        help_text=_("The page of the result."),
    )

    def get_funded_projects(self, count) -> list[int]:
        return sorted(line.project_id for line in count.results.all() if line.is_funded)

    def get_files(self, count) -> FileSerializer(many=True):
        files = [count.ballots_file, count.outcome_file]
        for file in files:
            file.box = count.box
        return FileSerializer(files, many=True, context=self.context).data


class ProjectLineSerializer(serializers.Serializer):
    """What a count says of one project."""

    project = serializers.IntegerField(source="project_id", help_text=_("The number of the project."))
    code = serializers.CharField(source="project.code", help_text=_("Its number on the ballot."))
    title = serializers.CharField(source="project.title", help_text=_("Its title."))
    cost_cents = serializers.IntegerField(
        source="project.cost_cents", help_text=_("What it costs, in cents.")
    )
    position = serializers.IntegerField(help_text=_("Its place in the list of the result."))
    votes = serializers.IntegerField(help_text=_("How many ballots name it."))
    score = serializers.IntegerField(help_text=_("Its votes, or its points where ballots give points."))
    is_funded = serializers.BooleanField(help_text=_("Whether it gets its money."))
    reason = serializers.JSONField(help_text=_("Why, as data: a kind and its numbers."))


class ResultEntrySerializer(ResultSerializer):
    """What one count of one area says, project by project."""

    projects = ProjectLineSerializer(source="results", many=True, help_text=_("Each project of the ballot."))
    analysis = serializers.JSONField(
        help_text=_(
            "Whose money paid, effective votes by round, what groups of voters got and what was missing."
        )
    )


class ResultListParameters(Parameters):
    """What one can ask of the list of results."""

    budget = IdField(required=False, help_text=_("Only of the budget with this number."))
    area = IdField(required=False, help_text=_("Only of the area with this number."))
    kind = serializers.ChoiceField(
        ["official", "comparison"],
        required=False,
        help_text=_("Only counts that decide, or only comparisons."),
    )
    ordering = OrderingField(
        {
            "newest": ("-box__published_at", "area__sort_order", "area_id", "-is_official", "pk"),
            "oldest": ("box__published_at", "area__sort_order", "area_id", "-is_official", "pk"),
            "ballots": ("ballots", "pk"),
            "-ballots": ("-ballots", "-pk"),
        },
        help_text=_("The order; newest first when left out."),
    )


@described(
    noun="result",
    listing=_("All published results, area by area, without the lines of each project."),
    entry=_("One result with the line of each project."),
)
class ResultView(OpenData):
    model = Count
    serializer_class = ResultSerializer
    entry_serializer_class = ResultEntrySerializer
    parameters = ResultListParameters
    default_order = ("-box__published_at", "area__sort_order", "area_id", "-is_official", "pk")

    def everything(self):
        return open_counts()

    def narrowed(self, rows, wanted):
        if "budget" in wanted:
            rows = rows.filter(box__budget=wanted["budget"])
        if "area" in wanted:
            rows = rows.filter(area=wanted["area"])
        if "kind" in wanted:
            rows = rows.filter(is_official=wanted["kind"] == "official")
        return rows

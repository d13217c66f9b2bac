"""Projects in the API: what is on the ballot, and what becomes of it."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from budgeting.api.fields import AreaParameters
from budgeting.enums import ProjectStatus
from budgeting.models import Project
from budgeting.queries.committee import add_adoptions
from budgeting.queries.open_data import open_projects
from participation.foundation.reading import OpenData, OrderingField, PageAddressField, described
from participation.foundation.search import matching


class MilestoneSerializer(serializers.Serializer):
    """A step a funded project has promised."""

    title = serializers.CharField(help_text=_("The step."))
    due_on = serializers.DateField(help_text=_("The day it is planned for."))
    done_on = serializers.DateField(allow_null=True, help_text=_("The day it was reached; null before."))


class AdoptionSerializer(serializers.Serializer):
    """The committee that looks after a project."""

    committee = serializers.IntegerField(source="committee_id", help_text=_("The number of the committee."))
    name = serializers.CharField(source="committee.title", help_text=_("The name of the committee."))
    since = serializers.DateTimeField(source="adopted_at", help_text=_("Since when."))


class ProjectSerializer(serializers.Serializer):
    """One entry of a ballot."""

    id = serializers.IntegerField(help_text=_("Its number; results name it."))
    budget = serializers.IntegerField(source="budget_id", help_text=_("The number of its budget."))
    area = serializers.IntegerField(source="area_id", help_text=_("The number of its area."))
    code = serializers.CharField(help_text=_("Its number on the ballot and in the published files."))
    title = serializers.CharField(help_text=_("Its title."))
    summary = serializers.CharField(help_text=_("One or two sentences; may be empty."))
    cost_cents = serializers.IntegerField(help_text=_("What it costs, in cents."))
    currency = serializers.CharField(source="budget.currency", help_text=_("The currency (ISO 4217)."))
    latitude = serializers.FloatField(
        allow_null=True, help_text=_("Degrees north (WGS 84); null without a place.")
    )
    longitude = serializers.FloatField(
        allow_null=True, help_text=_("Degrees east (WGS 84); null without a place.")
    )
    status = serializers.ChoiceField(ProjectStatus.values, help_text=_("What has become of it."))
    proposals = serializers.SerializerMethodField(help_text=_("The numbers of the proposals it was made of."))
    milestones = MilestoneSerializer(many=True, help_text=_("The steps it has promised."))
    looked_after_by = AdoptionSerializer(
        source="open_adoption",
        allow_null=True,
        help_text=_("The committee that looks after it and tells what becomes of it; null without one."),
    )
    url = PageAddressField(
        lambda project: project.budget.url_of("project", project.pk), help_text=_("Its page.")
    )

    def get_proposals(self, project) -> list[int]:
        return sorted(proposal.pk for proposal in project.proposals.all())


class ProjectListParameters(AreaParameters):
    """What one can ask of the list of projects."""

    status = serializers.ChoiceField(
        ProjectStatus.values, required=False, help_text=_("Only those in this state.")
    )
    ordering = OrderingField(
        {
            "id": ("pk",),
            "title": ("title", "pk"),
            "cost": ("cost_cents", "pk"),
            "-cost": ("-cost_cents", "-pk"),
        },
        help_text=_("The order; by number when left out."),
    )


@described(
    noun="project",
    listing=_("The projects on the ballots of all published budgets."),
    entry=_("One project."),
)
class ProjectView(OpenData):
    model = Project
    serializer_class = ProjectSerializer
    parameters = ProjectListParameters
    default_order = ("pk",)

    def everything(self):
        return open_projects()

    def narrowed(self, rows, wanted):
        for name in ("budget", "area", "status"):
            if name in wanted:
                rows = rows.filter(**{name: wanted[name]})
        return matching(rows, wanted.get("q", ""), ["title", "summary"])

    def completed(self, rows):
        add_adoptions(rows)

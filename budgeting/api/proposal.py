"""Proposals in the API: what everybody may read on their pages, without the names of people."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from budgeting.api.fields import AreaParameters
from budgeting.enums import ReviewOutcome, Stance, VoiceKind
from budgeting.models import Proposal
from budgeting.models.proposal import PUBLIC_STATUSES
from budgeting.queries.committee import add_voices
from budgeting.queries.open_data import add_counts, open_proposals
from budgeting.queries.proposal import SEARCHED
from participation.foundation.reading import OpenData, OrderingField, PageAddressField, described
from participation.foundation.search import matching

STATUSES = [status.value for status in PUBLIC_STATUSES]


class ReviewSerializer(serializers.Serializer):
    """What the city says to a proposal."""

    outcome = serializers.ChoiceField(ReviewOutcome.values, help_text=_("Whether it can be done."))
    cost_cents = serializers.IntegerField(
        allow_null=True,
        help_text=_("What it costs in the city's eyes, in cents; may be null when it cannot be done."),
    )
    public_reason = serializers.CharField(help_text=_("The city's reason."))
    decided_at = serializers.DateTimeField(help_text=_("When the city decided."))


class VoiceSerializer(serializers.Serializer):
    """What a committee says about a proposal."""

    committee = serializers.IntegerField(source="committee_id", help_text=_("The number of the committee."))
    name = serializers.CharField(source="committee.title", help_text=_("The name of the committee."))
    kind = serializers.ChoiceField(VoiceKind.values, help_text=_("In which way it speaks."))
    stance = serializers.ChoiceField(
        ["", *Stance.values], help_text=_("What it thinks in the review; empty for the other kinds.")
    )
    text = serializers.CharField(help_text=_("Its words; may be empty where it supports the proposal."))
    decision = serializers.IntegerField(
        source="decision_id", allow_null=True, help_text=_("The decision it rests on; null without one.")
    )
    given_at = serializers.DateTimeField(help_text=_("When it said so."))


class RankSerializer(serializers.Serializer):
    """The place a proposal has in the order of a committee."""

    committee = serializers.IntegerField(
        source="ranking.committee_id", help_text=_("The number of the committee.")
    )
    place = serializers.IntegerField(source="position", help_text=_("Its place; the first is 1."))
    out_of = serializers.IntegerField(help_text=_("How many proposals are in the order."))


class ProposalSerializer(serializers.Serializer):
    """A learning project somebody proposes."""

    id = serializers.IntegerField(help_text=_("Its number."))
    budget = serializers.IntegerField(source="budget_id", help_text=_("The number of its budget."))
    area = serializers.IntegerField(source="area_id", help_text=_("The number of its area."))
    title = serializers.CharField(help_text=_("Its title."))
    summary = serializers.CharField(help_text=_("One or two sentences."))
    description = serializers.CharField(help_text=_("What would happen, as plain text."))
    learning_goal = serializers.CharField(help_text=_("What people will learn."))
    learners = serializers.IntegerField(
        allow_null=True, help_text=_("How many people will learn, as estimated.")
    )
    cost_cents = serializers.IntegerField(help_text=_("What it costs as its authors estimate, in cents."))
    currency = serializers.CharField(source="budget.currency", help_text=_("The currency (ISO 4217)."))
    address = serializers.CharField(help_text=_("Where it would happen, in words; may be empty."))
    latitude = serializers.FloatField(
        allow_null=True, help_text=_("Degrees north (WGS 84); null without a place.")
    )
    longitude = serializers.FloatField(
        allow_null=True, help_text=_("Degrees east (WGS 84); null without a place.")
    )
    organisation = serializers.CharField(
        source="organisation.name",
        default=None,
        allow_null=True,
        help_text=_(
            "The organisation that proposes it; null when people propose it, whose names are not given here."
        ),
    )
    status = serializers.ChoiceField(STATUSES, help_text=_("How far it has come."))
    supports = serializers.IntegerField(source="support_count", help_text=_("How many people support it."))
    comments = serializers.IntegerField(source="comment_count", help_text=_("How many comments can be read."))
    submitted_at = serializers.DateTimeField(allow_null=True, help_text=_("When it was handed in."))
    review = ReviewSerializer(
        default=None,
        allow_null=True,
        help_text=_("What the city says to it; null while it has said nothing."),
    )
    committees = VoiceSerializer(
        source="open_voices",
        many=True,
        help_text=_("What committees say about it, those that support it first."),
    )
    ranks = RankSerializer(
        source="open_ranks", many=True, help_text=_("Its places in the orders of committees.")
    )
    projects = serializers.SerializerMethodField(help_text=_("The numbers of the projects made of it."))
    url = PageAddressField(
        lambda proposal: proposal.budget.url_of("proposal", proposal.pk), help_text=_("Its page.")
    )

    def get_projects(self, proposal) -> list[int]:
        return sorted(project.pk for project in proposal.projects.all())


class ProposalListParameters(AreaParameters):
    """What one can ask of the list of proposals."""

    status = serializers.ChoiceField(
        STATUSES, required=False, help_text=_("Only those that have come this far.")
    )
    ordering = OrderingField(
        {
            "newest": ("-submitted_at", "-pk"),
            "oldest": ("submitted_at", "pk"),
            "title": ("title", "pk"),
            "cost": ("cost_cents", "pk"),
            "-cost": ("-cost_cents", "-pk"),
        },
        help_text=_("The order; newest first when left out."),
    )


@described(
    noun="proposal",
    listing=_("What people have proposed in all published budgets, without drafts and what was withdrawn."),
    entry=_("One proposal."),
)
class ProposalView(OpenData):
    model = Proposal
    serializer_class = ProposalSerializer
    parameters = ProposalListParameters
    default_order = ("-submitted_at", "-pk")

    def everything(self):
        return open_proposals()

    def narrowed(self, rows, wanted):
        for name in ("budget", "area", "status"):
            if name in wanted:
                rows = rows.filter(**{name: wanted[name]})
        return matching(rows, wanted.get("q", ""), SEARCHED)

    def completed(self, rows):
        add_counts(rows)
        add_voices(rows)

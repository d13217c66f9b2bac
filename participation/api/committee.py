"""Committees in the API: those that everybody may know of, with their seats and members."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from participation.enums import CommitteeKind, Privacy, SeatRole
from participation.foundation.reading import (
    OpenData,
    OrderingField,
    PageAddressField,
    Parameters,
    WordsField,
    described,
)
from participation.foundation.search import matching
from participation.models import Committee
from participation.queries.committee import open_committees


class SeatSerializer(serializers.Serializer):
    """A seat and who has it today."""

    role = serializers.ChoiceField(
        SeatRole.values, help_text=_("The role of the seat; advisers have no vote.")
    )
    title = serializers.CharField(help_text=_("The name of the seat; may be empty."))
    member = serializers.SerializerMethodField(
        help_text=_("The public name of who has it; null where it is vacant.")
    )
    from_on = serializers.SerializerMethodField(
        help_text=_("The first day of the term; null where it is vacant.")
    )
    until_on = serializers.SerializerMethodField(
        help_text=_("The last day of the term; null where none is set.")
    )

    def get_member(self, seat) -> str | None:
        return seat.holders[0].name if seat.holders else None

    def get_from_on(self, seat) -> str | None:
        return seat.holders[0].from_on.isoformat() if seat.holders else None

    def get_until_on(self, seat) -> str | None:
        day = seat.holders[0].until_on if seat.holders else None
        return day.isoformat() if day else None


class CommitteeSerializer(serializers.Serializer):
    """A committee, council or study circle."""

    id = serializers.IntegerField(help_text=_("Its number; meetings and decisions name it."))
    title = serializers.CharField(help_text=_("Its name."))
    kind = serializers.ChoiceField(CommitteeKind.values, help_text=_("What it is."))
    privacy = serializers.ChoiceField(
        [Privacy.OPEN, Privacy.TRANSPARENT], help_text=_("Whether everybody may take part, or read only.")
    )
    neighbourhood = serializers.SerializerMethodField(
        help_text=_("Short name of its neighbourhood; null for the whole city.")
    )
    part_of = serializers.SerializerMethodField(
        help_text=_("Number of the committee it reports to; null where there is none.")
    )
    summary = serializers.CharField(help_text=_("Its purpose in one sentence; may be empty."))
    topic = serializers.CharField(help_text=_("What a study circle learns about; may be empty."))
    meets = serializers.CharField(help_text=_("When and where it usually meets; may be empty."))
    takes_join_requests = serializers.BooleanField(help_text=_("Whether people can ask to join."))
    seats = SeatSerializer(many=True, source="seats_today", help_text=_("Its seats in their order."))
    url = PageAddressField(lambda committee: committee.url, help_text=_("Its page."))

    def get_neighbourhood(self, committee) -> str | None:
        return committee.neighbourhood.slug if committee.neighbourhood else None

    def get_part_of(self, committee) -> int | None:
        return committee.open_parent_id


class CommitteeListParameters(Parameters):
    """What one can ask of the list of committees."""

    kind = serializers.ChoiceField(
        CommitteeKind.values, required=False, help_text=_("Only those of this kind.")
    )
    neighbourhood = serializers.SlugField(
        required=False, help_text=_("Only those of the neighbourhood with this short name.")
    )
    q = WordsField(required=False, help_text=_("Only those with all these words in name, purpose or topic."))
    ordering = OrderingField(
        {"title": ("title", "pk"), "newest": ("-first_published_at", "-pk")},
        help_text=_("The order; by name when left out."),
    )


@described(
    noun="committee",
    listing=_("All committees that everybody may know of."),
    entry=_("One committee."),
)
class CommitteeView(OpenData):
    model = Committee
    serializer_class = CommitteeSerializer
    parameters = CommitteeListParameters
    default_order = ("title", "pk")

    def everything(self):
        return open_committees(timezone.localdate())

    def narrowed(self, rows, wanted):
        if wanted.get("kind"):
            rows = rows.filter(kind=wanted["kind"])
        if wanted.get("neighbourhood"):
            rows = rows.filter(neighbourhood__slug=wanted["neighbourhood"])
        return matching(rows, wanted.get("q", ""), ["title", "summary", "topic"])

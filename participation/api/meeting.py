"""Meetings, decisions and action items in the API: those of committees that everybody may know of."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from participation.enums import ActionState, MeetingForm, MeetingState, VoteMethod
from participation.foundation.reading import (
    IdField,
    OpenData,
    OrderingField,
    PageAddressField,
    Parameters,
    WordsField,
    described,
)
from participation.foundation.search import matching
from participation.models import ActionItem, Decision, Meeting
from participation.queries.decision import public_actions, public_decisions
from participation.queries.meeting import path_of, public_meetings

STATES = [state for state in MeetingState.values if state != MeetingState.DRAFT]


class MeetingSerializer(serializers.Serializer):
    """A meeting of a committee; the address of a video call is never told here."""

    id = serializers.IntegerField(help_text=_("Its number; decisions and action items name it."))
    uid = serializers.CharField(help_text=_("Its name in calendars (RFC 5545)."))
    committee = serializers.IntegerField(source="committee_id", help_text=_("Number of the committee."))
    title = serializers.CharField(help_text=_("Its title."))
    text = serializers.CharField(help_text=_("What it is about; may be empty."))
    form = serializers.ChoiceField(MeetingForm.values, help_text=_("How people meet."))
    state = serializers.ChoiceField(STATES, help_text=_("Where it stands."))
    starts_at = serializers.DateTimeField(help_text=_("When it begins."))
    ends_at = serializers.DateTimeField(help_text=_("When it ends."))
    zone = serializers.CharField(help_text=_("On whose clock people read these times (IANA name)."))
    venue_name = serializers.CharField(help_text=_("The place; may be empty."))
    venue_address = serializers.CharField(help_text=_("Its address; may be empty."))
    latitude = serializers.FloatField(help_text=_("Degrees north (EPSG:4326); null where unknown."))
    longitude = serializers.FloatField(help_text=_("Degrees east (EPSG:4326); null where unknown."))
    is_step_free = serializers.BooleanField(help_text=_("Reached without steps; null where nobody has said."))
    has_hearing_loop = serializers.BooleanField(help_text=_("Hearing loop; null where nobody has said."))
    interpretation = serializers.CharField(
        help_text=_("Languages into which somebody interprets; may be empty.")
    )
    access_note = serializers.CharField(help_text=_("Help with taking part; may be empty."))
    takes_registrations = serializers.BooleanField(help_text=_("Whether people register."))
    capacity = serializers.IntegerField(help_text=_("Seats for guests; null for as many as come."))
    cancelled_because = serializers.CharField(help_text=_("Why it is cancelled; empty when it is not."))
    changed_at = serializers.DateTimeField(help_text=_("When something of it last changed."))
    url = PageAddressField(path_of, help_text=_("Its page."))


class DecisionSerializer(serializers.Serializer):
    """What a committee decided, with the numbers of its vote."""

    id = serializers.IntegerField(help_text=_("Its number in this API."))
    committee = serializers.IntegerField(source="committee_id", help_text=_("Number of the committee."))
    meeting = serializers.IntegerField(
        source="meeting_id", help_text=_("Number of the meeting; null when it is gone.")
    )
    number = serializers.CharField(help_text=_("Year and number by which the committee calls it."))
    title = serializers.CharField(help_text=_("Its title."))
    text = serializers.CharField(help_text=_("What was decided."))
    decided_on = serializers.DateField(help_text=_("The day."))
    method = serializers.ChoiceField(
        VoteMethod.values,
        source="motion.method",
        default=None,
        help_text=_("How people voted; null for no vote."),
    )
    yes = serializers.IntegerField(
        source="motion.yes", default=None, help_text=_("Votes for it; null for no vote.")
    )
    no = serializers.IntegerField(
        source="motion.no", default=None, help_text=_("Votes against it; null for no vote.")
    )
    abstain = serializers.IntegerField(
        source="motion.abstain", default=None, help_text=_("Abstentions; null for no vote.")
    )
    entitled = serializers.IntegerField(
        source="motion.entitled", default=None, help_text=_("How many had a vote; null for no vote.")
    )
    replaced_by = serializers.IntegerField(
        source="replaced_by_id", help_text=_("Number of the decision that took its place; null for none.")
    )
    url = PageAddressField(
        lambda decision: decision.committee.url_of("decision", decision.pk), help_text=_("Its page.")
    )


class ActionItemSerializer(serializers.Serializer):
    """What is to be done, by whom and until when."""

    id = serializers.IntegerField(help_text=_("Its number."))
    committee = serializers.IntegerField(source="committee_id", help_text=_("Number of the committee."))
    meeting = serializers.IntegerField(
        source="meeting_id", help_text=_("Number of the meeting; null for none.")
    )
    text = serializers.CharField(help_text=_("What is to be done."))
    who = serializers.CharField(help_text=_("By whom: a public name."))
    due_on = serializers.DateField(help_text=_("Until when; null where no day is set."))
    state = serializers.ChoiceField(ActionState.values, help_text=_("Where it stands."))
    report = serializers.CharField(help_text=_("What became of it; may be empty."))
    closed_on = serializers.DateField(help_text=_("The day on which it was closed; null while it is open."))
    url = PageAddressField(
        lambda action: action.committee.url_of("actions"), help_text=_("The page that lists it.")
    )


class _OfCommittee(Parameters):
    committee = IdField(required=False, help_text=_("Only those of the committee with this number."))
    q = WordsField(required=False, help_text=_("Only those with all these words."))


class MeetingListParameters(_OfCommittee):
    """What one can ask of the list of meetings."""

    state = serializers.ChoiceField(STATES, required=False, help_text=_("Only those that stand there."))
    starts_after = serializers.DateTimeField(
        required=False, help_text=_("Only those that begin at this moment or later.")
    )
    ordering = OrderingField(
        {"starts": ("starts_at", "pk"), "-starts": ("-starts_at", "-pk")},
        help_text=_("The order; the latest first when left out."),
    )


class DecisionListParameters(_OfCommittee):
    """What one can ask of the list of decisions."""

    ordering = OrderingField(
        {"newest": ("-decided_on", "-pk"), "oldest": ("decided_on", "pk")},
        help_text=_("The order; newest first when left out."),
    )


class ActionListParameters(_OfCommittee):
    """What one can ask of the list of action items."""

    state = serializers.ChoiceField(
        ActionState.values, required=False, help_text=_("Only those that stand there.")
    )
    ordering = OrderingField(
        {"due": ("due_on", "pk"), "newest": ("-created_at", "-pk")},
        help_text=_("The order; what is due soonest first when left out."),
    )


class _OpenWork(OpenData):
    searched: tuple[str, ...] = ("title", "text")

    def narrowed(self, rows, wanted):
        rows = matching(rows, wanted.get("q", ""), list(self.searched))
        if "committee" in wanted:
            rows = rows.filter(committee=wanted["committee"])
        if "state" in wanted:
            rows = rows.filter(state=wanted["state"])
        if "starts_after" in wanted:
            rows = rows.filter(starts_at__gte=wanted["starts_after"])
        return rows


@described(
    noun="meeting",
    listing=_("All announced and past meetings of committees that everybody may know of."),
    entry=_("One meeting."),
)
class MeetingView(_OpenWork):
    model = Meeting
    serializer_class = MeetingSerializer
    parameters = MeetingListParameters
    default_order = ("-starts_at", "-pk")

    def everything(self):
        return public_meetings()


@described(
    noun="decision",
    listing=_("All decisions of committees that everybody may know of."),
    entry=_("One decision."),
)
class DecisionView(_OpenWork):
    model = Decision
    serializer_class = DecisionSerializer
    parameters = DecisionListParameters
    default_order = ("-decided_on", "-pk")

    def everything(self):
        return public_decisions()


@described(
    noun="action_item",
    listing=_("All action items of committees that everybody may know of."),
    entry=_("One action item."),
)
class ActionItemView(_OpenWork):
    model = ActionItem
    serializer_class = ActionItemSerializer
    parameters = ActionListParameters
    default_order = ("due_on", "pk")
    searched = ("text", "who")

    def everything(self):
        return public_actions()

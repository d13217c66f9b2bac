"""What a secretary writes down during a meeting: small forms, each complete by itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.enums import ActionState, MajorityRule, VoteChoice, VoteMethod
from participation.foundation.fields import DayField
from participation.models import Committee, Decision, Meeting, Membership, Participant, Seat


def members_of(meeting: Meeting):
    """Return the members on the attendance list."""
    return Membership.objects.filter(pk__in=meeting.attendances.values("membership")).order_by("name")


def people_of_committee(committee: Committee):
    """Return who has access to the committee."""
    return Participant.objects.filter(committee_accesses__committee=committee).order_by("display_name")


def _offer(form: forms.Form, name: str, meeting: Meeting, listed: list[tuple]) -> None:
    """Let a field take members of the meeting; `listed` are (key, name), read once for all forms of the page."""
    chosen = form.fields[name]
    chosen.queryset = members_of(meeting)
    chosen.widget.choices = [("", chosen.empty_label), *listed]


class GuestForm(forms.Form):
    """A guest by name."""

    name = forms.CharField(label=_("Name of the guest"), max_length=80)
    is_online = forms.BooleanField(label=_("online"), required=False)


class RecusalForm(forms.Form):
    """Who stays out of an item, and why."""

    membership = forms.ModelChoiceField(Membership.objects.none(), label=_("Who stays out of this item?"))
    reason = forms.CharField(label=_("Conflict of interest"), max_length=300)

    def __init__(self, *args, meeting: Meeting, listed: list[tuple], **kwargs):
        super().__init__(*args, **kwargs)
        _offer(self, "membership", meeting, listed)


class AmendmentForm(forms.Form):
    """Another text for a motion."""

    title = forms.CharField(label=_("Title"), max_length=160)
    text = forms.CharField(
        label=_("The whole text, as it should be"), max_length=5000, widget=forms.Textarea({"rows": 4})
    )
    moved_by = forms.ModelChoiceField(
        Membership.objects.none(), label=_("Moved by"), required=False, empty_label=_("nobody in particular")
    )
    seconded_by = forms.ModelChoiceField(
        Membership.objects.none(),
        label=_("Seconded by"),
        required=False,
        empty_label=_("nobody in particular"),
    )
    method = forms.ChoiceField(label=_("Way of voting"), choices=VoteMethod.choices)
    majority = forms.ChoiceField(label=_("Majority"), choices=MajorityRule.choices)

    def __init__(self, *args, meeting: Meeting, listed: list[tuple], **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("moved_by", "seconded_by"):
            _offer(self, name, meeting, listed)


class MotionForm(AmendmentForm):
    """Something moved for decision, or an election."""

    text = forms.CharField(label=_("Text of the motion"), max_length=5000, widget=forms.Textarea({"rows": 4}))
    elects_seat = forms.ModelChoiceField(
        Seat.objects.none(),
        label=_("It elects somebody to the seat"),
        required=False,
        empty_label=_("no election"),
    )
    candidate = forms.ModelChoiceField(
        Participant.objects.none(), label=_("Candidate"), required=False, empty_label=_("no election")
    )

    def __init__(self, *args, meeting: Meeting, listed: list[tuple], elections: bool = True, **kwargs):
        super().__init__(*args, meeting=meeting, listed=listed, **kwargs)
        if elections:
            self.fields["elects_seat"].queryset = meeting.committee.seats.filter(is_abolished=False)
            self.fields["candidate"].queryset = people_of_committee(meeting.committee)
        else:
            del self.fields["elects_seat"], self.fields["candidate"]


class CountForm(forms.Form):
    """The numbers of a show of hands."""

    yes = forms.IntegerField(
        label=_("Yes"), min_value=0, max_value=10_000, widget=forms.NumberInput({"class": "input--short"})
    )
    no = forms.IntegerField(
        label=_("No"), min_value=0, max_value=10_000, widget=forms.NumberInput({"class": "input--short"})
    )
    abstain = forms.IntegerField(
        label=_("Abstained"),
        min_value=0,
        max_value=10_000,
        widget=forms.NumberInput({"class": "input--short"}),
    )


class VoteForm(forms.Form):
    """One's own vote."""

    choice = forms.ChoiceField(label=_("Your vote"), choices=VoteChoice.choices, widget=forms.RadioSelect)


class DecisionForm(forms.Form):
    """What was decided without a vote."""

    title = forms.CharField(label=_("Title"), max_length=160)
    text = forms.CharField(label=_("What was decided"), max_length=5000, widget=forms.Textarea({"rows": 3}))
    replaces = forms.ModelChoiceField(
        Decision.objects.none(),
        label=_("It takes the place of"),
        required=False,
        empty_label=_("no earlier decision"),
    )

    def __init__(self, *args, committee: Committee, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["replaces"].queryset = committee.decisions.filter(replaced_by=None)


class ActionForm(forms.Form):
    """What is to be done."""

    text = forms.CharField(label=_("What is to be done?"), max_length=300)
    participant = forms.ModelChoiceField(
        Participant.objects.none(),
        label=_("By whom?"),
        required=False,
        empty_label=_("somebody else, by name"),
    )
    who = forms.CharField(label=_("Name, if it is somebody else"), max_length=80, required=False)
    due_on = DayField(label=_("Until when?"), required=False)

    def __init__(self, *args, committee: Committee, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participant"].queryset = people_of_committee(committee)


class ActionReportForm(forms.Form):
    """What became of an action item."""

    state = forms.ChoiceField(label=_("State"), choices=ActionState.choices)
    report = forms.CharField(label=_("What became of it"), max_length=300, required=False)

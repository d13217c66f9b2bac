"""The forms around committees: the editor's page, coming in, and what those who lead decide."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from participation.enums import AccessLevel, CommitteeKind, Privacy, SeatRole, TermEnd
from participation.models import Committee, Neighbourhood, Participant, Seat


class CommitteePageForm(WagtailAdminPageForm):
    """Who may know of a committee is chosen here once; later it is changed at once and on record, by its settings page."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "privacy" in self.fields:
            self.fields["privacy"].disabled = True
            self.fields["privacy"].help_text = _(
                "Changed on the committee's own settings page, so that publishing an old version cannot open what is private."
            )


class JoinForm(forms.Form):
    """Why somebody would like to join."""

    why = forms.CharField(
        label=_("Why I would like to join"),
        help_text=_("A few sentences. Only those who lead the committee read them."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class InterestForm(forms.Form):
    """What others should know to judge conflicts of interest."""

    text = forms.CharField(
        label=_("What I declare"),
        help_text=_("For example: I work for the school whose project we may support."),
        max_length=300,
    )


class AnswerForm(forms.Form):
    """The committee's answer to a request: a reason is needed for no, an end of the term is offered for a seat."""

    until_on = forms.DateField(
        label=_("Last day of the term"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    answer = forms.CharField(
        label=_("Reason, if you say no"),
        help_text=_("The person reads it."),
        required=False,
        max_length=300,
    )

    def __init__(self, *args, seat: Seat | None, **kwargs):
        super().__init__(*args, **kwargs)
        if seat is None:
            del self.fields["until_on"]


class InvitationForm(forms.Form):
    """Whom to invite, and into what."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    seat = forms.ModelChoiceField(
        label=_("Seat"), queryset=Seat.objects.none(), required=False, empty_label=_("No seat")
    )
    until_on = forms.DateField(
        label=_("Last day of the term"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    level = forms.TypedChoiceField(
        label=_("What the person may do"),
        choices=AccessLevel.choices,
        coerce=int,
        initial=AccessLevel.TAKE_PART,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, committee: Committee, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = committee.seats.filter(is_abolished=False)


class SeatForm(forms.Form):
    """A seat; its role is chosen once, when it is added."""

    role = forms.ChoiceField(label=_("Role"), choices=SeatRole.choices, initial=SeatRole.MEMBER)
    title = forms.CharField(
        label=_("Name of the seat"),
        help_text=_("For example: parents of the primary school."),
        required=False,
        max_length=120,
    )
    is_open = forms.BooleanField(label=_("People can apply when it is vacant"), required=False, initial=True)

    def __init__(self, *args, new: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not new:
            del self.fields["role"]


class SeatPersonForm(forms.Form):
    """Who gets a seat: somebody inside the committee, or somebody without an account by name."""

    participant = forms.ModelChoiceField(
        label=_("Person"),
        queryset=Participant.objects.none(),
        required=False,
        empty_label=_("Somebody without an account"),
    )
    name = forms.CharField(label=_("Name, of somebody without an account"), required=False, max_length=80)
    from_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    until_on = forms.DateField(
        label=_("Last day of the term"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args, committee: Committee, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participant"].queryset = Participant.objects.filter(
            committee_accesses__committee=committee
        ).order_by("display_name")


class EndTermForm(forms.Form):
    """When and why a term ends."""

    on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
    because = forms.ChoiceField(label=_("Because"), choices=TermEnd.choices)


class SettingsForm(forms.Form):
    """Who may know of the committee, and how it works."""

    privacy = forms.ChoiceField(
        label=_("Who may know of it"), choices=Privacy.choices, widget=forms.RadioSelect
    )
    takes_join_requests = forms.BooleanField(label=_("People can ask to join"), required=False)
    quorum_percent = forms.IntegerField(
        label=_("Quorum, in percent of the members with a vote"),
        help_text=_("More than this share must be there: 50 means more than half. 0: no quorum."),
        min_value=0,
        max_value=100,
    )


class AccessForm(forms.Form):
    """What somebody may do inside."""

    level = forms.TypedChoiceField(
        label=_("What the person may do"), choices=AccessLevel.choices, coerce=int, widget=forms.RadioSelect
    )


class MemberFileForm(forms.Form):
    """A list of members to look at: nobody is seated yet."""

    file = forms.FileField(
        label=_("List as CSV (UTF-8)"),
        help_text=_(
            "Columns: name, role (chair, deputy, secretary, member or adviser), seat, from_on and until_on "
            "(like 2026-03-31), email. "
            "The last four may be empty."
        ),
    )


class MemberImportForm(MemberFileForm):
    """The same file once more, to bring it in: the site does not keep it between the two steps."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64, min_length=64)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("The same file once more")
        self.fields["file"].help_text = _("We keep no copy of it, so please choose it again.")


class CommitteeFilterForm(forms.Form):
    """Which committees to list; what cannot be understood is left out."""

    q = forms.CharField(label=_("Name or topic"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    neighbourhood = forms.ChoiceField(label=_("Neighbourhood"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        everything = [("", _("All"))]
        self.fields["kind"].choices = everything + CommitteeKind.choices
        self.fields["neighbourhood"].choices = everything + list(
            Neighbourhood.objects.values_list("slug", "name")
        )

    @property
    def wanted(self) -> dict[str, str]:
        self.is_valid()
        cleaned = self.cleaned_data
        return {
            "words": cleaned.get("q", ""),
            "kind": cleaned.get("kind", ""),
            "neighbourhood": cleaned.get("neighbourhood", ""),
        }


class CircleForm(forms.Form):
    """A study circle somebody would like to start."""

    title = forms.CharField(label=_("Name of the circle"), max_length=120)
    topic = forms.CharField(label=_("What you would like to learn together"), max_length=120)
    summary = forms.CharField(
        label=_("In one or two sentences"),
        help_text=_("For whom it is, and what people can expect."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    neighbourhood = forms.ModelChoiceField(
        label=_("Neighbourhood"),
        queryset=Neighbourhood.objects.all(),
        required=False,
        empty_label=_("The whole city"),
    )
    meets = forms.CharField(
        label=_("When and where you would meet"),
        help_text=_("For example: Tuesdays at seven, in the library."),
        required=False,
        max_length=200,
    )

"""Writing a proposal, and finding one in the list."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from budgeting.domain.proposal import ProposalContent, content_of
from budgeting.enums import ProposalStatus
from budgeting.models import Area, ParticipatoryBudget, Proposal
from budgeting.queries.budget import Signposts
from budgeting.queries.proposal import ProposalSearch
from budgeting.validators import missing_for_submission, place_outside_area
from mapping.widgets import PointField
from participation.foundation.errors import Refused
from participation.foundation.fields import MoneyField
from participation.foundation.search import MAX_LENGTH
from participation.foundation.text import clean_line, clean_text
from participation.models import Organisation


def _length(name: str) -> int:
    return Proposal._meta.get_field(name).max_length


class PlainNumberField(forms.IntegerField):
    """A whole number in plain digits: no sign, no exponent, no other alphabet's digits (D4)."""

    widget = forms.TextInput
    default_validators = [MinValueValidator(1), MaxValueValidator(10_000_000)]

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off", "class": "input--short"})

    def to_python(self, value):
        if value not in self.empty_values:
            RegexValidator(r"^[0-9]{1,9}\Z", _("Please write a whole number in figures, for example 40."))(
                str(value).strip()
            )
        return super().to_python(value)


class ProposalForm(forms.Form):
    """What people write into a proposal. As a draft only a title is needed; `handing_in` asks for all of it."""

    title = forms.CharField(
        label=_("Title"),
        max_length=_length("title"),
        help_text=_("A few words, such as “Repair café at the harbour”."),
        error_messages={"required": _("Please give your proposal a title.")},
    )
    summary = forms.CharField(
        label=_("Summary"),
        max_length=_length("summary"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is it about, in one or two sentences? They stand in the list and on the ballot."),
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=_length("description"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("What would happen, how often, who takes part, who helps?"),
    )
    learning_goal = forms.CharField(
        label=_("What will people learn?"),
        max_length=_length("learning_goal"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What can they do or understand afterwards that they could not before?"),
    )
    learners = PlainNumberField(
        label=_("How many people will learn?"), required=False, help_text=_("Your estimate for one year.")
    )
    area = forms.ModelChoiceField(
        Area.objects.none(),
        label=_("Area"),
        required=False,
        empty_label=_("Choose an area"),
        help_text=_("Choose a neighbourhood if the project is for its people, otherwise the whole city."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("On behalf of"),
        required=False,
        empty_label=_("Myself"),
        help_text=_("You can propose for an organisation that you act for."),
    )
    address = forms.CharField(
        label=_("Address or place"),
        max_length=_length("address"),
        required=False,
        help_text=_(
            "Where will people learn? An address, or words such as “library, first floor”. Or set a point on the map."
        ),
    )
    place = PointField(
        label=_("Point on the map"),
        required=False,
        help_text=_("Only if there is one place. You can leave the numbers empty."),
    )
    cost_cents = MoneyField(label=_("Cost"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data=None,
        *,
        budget: ParticipatoryBudget,
        user,
        proposal: Proposal | None = None,
        handing_in=False,
    ):
        self.budget, self.proposal, self.handing_in = budget, proposal, handing_in
        initial: dict[str, Any] = {"version": 1}
        if proposal is not None:
            content = content_of(proposal)
            initial = {name: getattr(content, name) for name in content.__dataclass_fields__}
            initial["version"] = proposal.version
        super().__init__(data, initial=initial)
        self.fields["area"].queryset = budget.areas.get_queryset().select_related("neighbourhood")
        self.fields["cost_cents"].help_text = _(
            "What it costs in %(currency)s, as well as you can tell. The city checks it and helps you."
        ) % {"currency": budget.currency}
        organisations = Organisation.objects.filter(roles__participant=user.participant)
        if proposal is not None and proposal.organisation_id:
            organisations = organisations | Organisation.objects.filter(pk=proposal.organisation_id)
        self.fields["organisation"].queryset = organisations.distinct()
        if not organisations.exists():
            del self.fields["organisation"]

    def clean(self):
        cleaned = super().clean()
        for name in ("title", "summary", "address"):
            cleaned[name] = clean_line(cleaned.get(name, ""))
        for name in ("description", "learning_goal"):
            cleaned[name] = clean_text(cleaned.get(name, ""))
        if not cleaned["title"] and "title" not in self.errors:
            self.add_error("title", self.fields["title"].error_messages["required"])
        if self.handing_in:
            for name, words in missing_for_submission(cleaned).items():
                if name not in self.errors:
                    self.add_error(name, words)
        if outside := place_outside_area(cleaned.get("place"), cleaned.get("area")):
            self.add_error("place", outside)
        return cleaned

    def content(self) -> ProposalContent:
        """Return what was written, for the domain."""
        names = [name for name in ProposalContent.__dataclass_fields__ if name in self.fields]
        return ProposalContent(**{name: self.cleaned_data[name] for name in names})

    def tell(self, refusal: Refused) -> None:
        """Show a refusal of the domain at the field it is about."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


class ProposalSearchForm(forms.Form):
    """The filter of the list; what makes no sense in an address is ignored."""

    q = forms.CharField(
        label=_("Search for words"), required=False, max_length=MAX_LENGTH, widget=forms.SearchInput
    )
    area = forms.ChoiceField(label=_("Area"), required=False)
    status = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All states")),
            (ProposalStatus.SUBMITTED, _("Waiting for review")),
            (ProposalStatus.ACCEPTED, _("On the ballot")),
            (ProposalStatus.REJECTED, _("Not feasible")),
        ],
    )
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("", pgettext_lazy("order of a list", "Mixed")),
            ("newest", _("Newest first")),
            ("supported", _("Most supported first")),
        ],
    )

    def __init__(self, data, *, posts: Signposts):
        super().__init__(data)
        self.posts = posts
        self.fields["area"].choices = [("", _("All areas")), *posts.areas]
        self.fields["organisation"].choices = [("", _("All organisations and people")), *posts.organisations]

    @property
    def is_untouched(self) -> bool:
        """Whether nothing is chosen: then the form looks the same to everybody."""
        return not any(name in self.data for name in self.fields)

    def search(self) -> ProposalSearch:
        """Return what to look for, from the fields that make sense."""
        self.is_valid()
        found = self.cleaned_data
        return ProposalSearch(
            words=found.get("q", ""),
            area=int(found.get("area") or 0),
            status=found.get("status", ""),
            organisation=int(found.get("organisation") or 0),
        )

    @property
    def chosen_order(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("order", "")

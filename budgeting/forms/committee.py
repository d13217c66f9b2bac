"""What a committee says about a proposal, in which order it would like proposals, and which project it looks after."""

from django import forms
from django.utils.translation import gettext_lazy as _

from budgeting.domain.committee import MAX_TEXT, MOST_RANKED
from budgeting.enums import Stance
from participation.foundation.errors import Refused
from participation.models import Committee, Decision


class DecidedForm(forms.Form):
    """A form that may name the decision of a meeting on which something rests."""

    decision = forms.ModelChoiceField(
        Decision.objects.none(),
        label=_("Decided in a meeting"),
        required=False,
        empty_label=_("No decision to name"),
        help_text=_("Then everybody can read how the committee came to this."),
    )

    def __init__(self, data=None, *, committee: Committee, **kwargs):
        super().__init__(data, **kwargs)
        field = self.fields["decision"]
        field.queryset = Decision.objects.filter(committee=committee).order_by("-decided_on", "-pk")
        field.label_from_instance = lambda decision: f"{decision.number}: {decision.title}"

    def tell(self, refusal: Refused) -> None:
        """Show a refusal of the domain at the field it is about."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


def _text(label, **kwargs) -> forms.CharField:
    return forms.CharField(label=label, max_length=MAX_TEXT, widget=forms.Textarea({"rows": 4}), **kwargs)


class SponsorForm(DecidedForm):
    """Support, with or without a word."""

    text = _text(_("Why the committee supports it"), required=False)
    field_order = ["text", "decision"]


class StatementForm(DecidedForm):
    """A comment in the committee's name."""

    text = _text(_("What the committee says"))
    field_order = ["text", "decision"]


class OpinionForm(DecidedForm):
    """The opinion in the review."""

    stance = forms.ChoiceField(
        label=_("What the committee thinks"), choices=Stance.choices, widget=forms.RadioSelect
    )
    text = _text(_("Why, for everybody to read"))
    field_order = ["stance", "text", "decision"]


class OrderForm(DecidedForm):
    """A place for each proposal: the smallest number is the first; without a number it is not in the order."""

    expected = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, proposals, places: dict[int, int], **kwargs):
        super().__init__(data, **kwargs)
        self.proposals = list(proposals)
        for proposal in self.proposals:
            self.fields[f"place_{proposal.pk}"] = forms.IntegerField(
                label=proposal.title,
                required=False,
                min_value=1,
                max_value=MOST_RANKED,
                initial=places.get(proposal.pk),
                widget=forms.NumberInput({"class": "input--short", "inputmode": "numeric"}),
            )
        self.order_fields([*(f"place_{proposal.pk}" for proposal in self.proposals), "decision"])

    def clean(self):
        given: dict[int, str] = {}
        for proposal in self.proposals:
            name = f"place_{proposal.pk}"
            place = self.cleaned_data.get(name)
            if place is None:
                continue
            if place in given:
                self.add_error(
                    name,
                    _("“%(other)s” has this place already. Please give each its own number.")
                    % {"other": given[place]},
                )
            given.setdefault(place, proposal.title)
        return self.cleaned_data

    def chosen(self) -> list:
        """Return the proposals with a place, in their order."""
        placed = [(self.cleaned_data.get(f"place_{each.pk}"), each) for each in self.proposals]
        return [each for _place, each in sorted((row for row in placed if row[0]), key=lambda row: row[0])]

"""What a reviewer decides, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from budgeting.domain.review import MAX_REASON
from budgeting.enums import ReviewOutcome
from participation.foundation.errors import Refused
from participation.foundation.fields import MoneyField


class ReviewForm(forms.Form):
    """Feasible or not, the cost that stands on the ballot, and the reason everybody reads."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[
            (ReviewOutcome.FEASIBLE, _("Feasible: it goes on the ballot")),
            (ReviewOutcome.NOT_FEASIBLE, _("Not feasible: it stays in the list with your reason")),
        ],
        widget=forms.RadioSelect,
    )
    cost_cents = MoneyField(label=_("Cost after review"), required=False)
    public_reason = forms.CharField(
        label=_("Reason, for everybody to read"),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "In plain words: why it is feasible or not, and what would have to change. The author is told at once."
        ),
    )

    def tell(self, refusal: Refused) -> None:
        """Show a refusal of the domain at the field it is about."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


class HideForm(forms.Form):
    """Why a proposal is taken out of sight."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the author reads it."),
    )

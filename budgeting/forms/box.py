"""What an officer sends to move, end and finish a vote."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from participation.foundation.errors import Refused

MAX_REASON = 300


class StepForm(forms.Form):
    """A step that needs no more than the press of its button."""

    def tell(self, refusal: Refused) -> None:
        """Show a refusal of the domain at the field it is about."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


class ReasonForm(StepForm):
    """Why voting ends at another time than announced; everybody can read it in the log."""

    reason = forms.CharField(
        label=_("Reason, for everybody to read"),
        max_length=MAX_REASON,
        help_text=_("For example: “The site could not be reached on Monday morning.”"),
    )


class ExtendForm(ReasonForm):
    """The later end of voting."""

    closes_at = forms.DateTimeField(label=_("Voting closes"), widget=AdminDateTimeInput)
    field_order = ["closes_at", "reason"]


class CountForm(StepForm):
    """The count, with a box to tick where so few people voted that their ballots could be guessed."""

    small_areas_confirmed = forms.BooleanField(
        label=_("Count and publish areas in which very few people voted all the same"), required=False
    )

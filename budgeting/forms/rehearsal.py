"""What an officer fills in to rehearse a count."""

from django import forms
from django.utils.translation import gettext_lazy as _

from budgeting.domain.rehearsal import RULES_TO_TRY
from budgeting.enums import RehearsalBallots
from budgeting.models import Area, Rehearsal
from budgeting.queries.rehearsal import areas_to_rehearse
from participation.foundation.errors import Refused

RULE_LABELS = {
    "most-votes": _("most votes first"),
    "votes-per-cost": _("most votes for each unit of cost first"),
    "equal-shares": _("equal shares, the rest by votes"),
    "equal-shares-by-number": _("equal shares that count projects, not their cost"),
    "equal-shares-bare": _("equal shares, the rest of the money kept"),
    "phragmen": _("Phragmén’s method"),
    "maximin": _("maximin support"),
}


class AreaChoice(forms.ModelChoiceField):
    def label_from_instance(self, area: Area) -> str:
        return f"{area.budget.title}: {area.name}"


class RehearsalForm(forms.Form):
    """Which projects, which ballots and which rules."""

    area = AreaChoice(label=_("Projects of"), queryset=Area.objects.none())
    ballots = forms.ChoiceField(
        label=_("Ballots"),
        choices=RehearsalBallots.choices,
        initial=RehearsalBallots.FEW,
        help_text=_("The ballots of a vote can be tried only once its result is published."),
    )
    voters = forms.IntegerField(
        label=_("Number of invented voters"),
        min_value=1,
        max_value=Rehearsal.MAX_VOTERS,
        initial=2000,
        required=False,
    )
    seed = forms.CharField(
        label=_("Seed"),
        max_length=60,
        required=False,
        initial="1",
        help_text=_("The same seed gives the same ballots; with another one you see what is chance."),
    )
    rules = forms.MultipleChoiceField(
        label=_("Rules to try"),
        choices=[(name, RULE_LABELS[name]) for name in RULES_TO_TRY],
        initial=["most-votes", "equal-shares"],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas_to_rehearse()

    def tell(self, refusal: Refused) -> None:
        """Show a refusal of the domain at the field it is about."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))

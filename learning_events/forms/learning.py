"""Writing down something about one's own learning."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learning_events.domain.pathway import NOTE_AT_MOST
from learning_events.forms.badge import TellingForm


class NoteForm(TellingForm):
    """A day, and what one learned."""

    learned_on = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Please say on which day."),
            "invalid": _("Please write the day like 2026-09-14."),
        },
    )
    text = forms.CharField(
        label=_("What did you learn?"),
        max_length=NOTE_AT_MOST,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Only you see this."),
        error_messages={"required": _("Please write what you learned.")},
    )

"""A plan of sessions, and what is shared."""

import datetime as dt

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from participation.domain.agenda.documents import KINDS
from participation.domain.circle import MOST_SESSIONS
from participation.foundation.fields import ClockField, DayField
from participation.foundation.text import clean_line


class SessionPlanForm(forms.Form):
    """All sessions of a circle at once: what each is about, when the first is, and how far they are apart."""

    topics = forms.CharField(
        label=_("What each session is about, one line each"),
        widget=forms.Textarea({"rows": 8}),
        max_length=6000,
        help_text=_("The first line is the first session."),
    )
    first_on = DayField(label=_("Day of the first session"))
    begins = ClockField(label=_("Begin"))
    ends = ClockField(label=_("End"))
    every_weeks = forms.TypedChoiceField(
        label=_("How often"),
        choices=[(1, _("every week")), (2, _("every second week")), (4, _("every fourth week"))],
        coerce=int,
    )
    venue_name = forms.CharField(label=_("Place"), max_length=160, required=False)
    venue_address = forms.CharField(label=_("Address"), max_length=200, required=False)

    def clean_topics(self):
        topics = [clean_line(line) for line in self.cleaned_data["topics"].splitlines()]
        topics = [topic for topic in topics if topic]
        if not topics:
            raise forms.ValidationError(_("Please write at least one line."))
        if len(topics) > MOST_SESSIONS:
            raise forms.ValidationError(
                _("Please plan at most %(most)d sessions at once.") % {"most": MOST_SESSIONS}
            )
        return topics

    def clean(self):
        begins, ends = self.cleaned_data.get("begins"), self.cleaned_data.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("The end lies before the begin. Please choose a later one."))
        return self.cleaned_data

    def length(self) -> dt.timedelta:
        """Return how long a session lasts."""
        day = dt.date(2000, 1, 1)
        ends, begins = self.cleaned_data["ends"], self.cleaned_data["begins"]
        return dt.datetime.combine(day, ends) - dt.datetime.combine(day, begins)


class ResourceForm(forms.Form):
    """A link or a document."""

    title = forms.CharField(label=_("Title"), max_length=160)
    address = forms.URLField(
        label=_("Address of a page"), max_length=300, required=False, assume_scheme="https"
    )
    upload = forms.FileField(
        label=_("Or a document"),
        required=False,
        help_text=format_lazy("{} {}", _("At most 5 MB, of these kinds:"), ", ".join(KINDS)),
        widget=forms.ClearableFileInput({"accept": ",".join(f".{kind}" for kind in KINDS)}),
    )
    note = forms.CharField(label=_("What it is good for"), max_length=300, required=False)

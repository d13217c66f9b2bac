"""Giving a calendar: its address or its file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learning_events.domain.calendars import MAX_BYTES
from learning_events.domain.calendars.source import Given
from learning_events.models import EventKind
from participation.foundation.errors import Refused
from participation.foundation.text import validate_plain_line

TYPES = ".ics,.ical,.json,.jsonld,.xml"


class _FileForm(forms.Form):
    def tell(self, refusal: Refused) -> None:
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, str(refusal.message))

    def clean_file(self):
        file = self.cleaned_data.get("file")
        if file is not None and file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(limit)d MB. Export a shorter time, or split it.")
                % {"limit": MAX_BYTES // 1_000_000}
            )
        return file

    @property
    def content(self) -> bytes | None:
        file = self.cleaned_data.get("file")
        return file.read() if file is not None else None


class CalendarForm(_FileForm):
    """A calendar at an address that is kept up to date, or in a file that is read once."""

    address = forms.CharField(
        label=_("Address of your calendar"),
        max_length=1000,
        required=False,
        strip=True,
        widget=forms.URLInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "Often it ends in .ics. We ask it about once an hour. A page of schema.org events in JSON-LD, a schedule of pretalx "
            "or frab, and courses in XCRI-CAP are fine, too."
        ),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        widget=forms.FileInput({"accept": TYPES}),
        help_text=_("At most 10 MB. You can give the next one any time; what has changed is found."),
    )
    title = forms.CharField(
        label=_("What you call it"), max_length=120, required=False, validators=[validate_plain_line]
    )
    organisation = forms.ModelChoiceField(
        None, label=_("Who organises the events"), required=False, empty_label=_("I myself")
    )
    kind = forms.ModelChoiceField(
        EventKind.objects.all(),
        label=_("Kind of event, where the calendar does not say"),
        required=False,
        empty_label=_("I say it for each event"),
    )
    any_day = forms.BooleanField(
        label=_("Also bring in what lies outside of the festival's days"), required=False
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        if not organisations:
            del self.fields["organisation"]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("address") and cleaned.get("file") is None:
            self.add_error("address", _("Please give the address of a calendar, or choose a file."))
        if cleaned.get("address") and cleaned.get("file") is not None:
            self.add_error("file", _("Please give either an address or a file."))
        return cleaned

    def given(self) -> Given:
        """Return what was given, for the domain."""
        cleaned = self.cleaned_data
        file = cleaned.get("file")
        return Given(
            title=cleaned["title"],
            address=cleaned["address"],
            content=self.content,
            file_name=file.name if file is not None else "",
            any_day=cleaned["any_day"],
            kind=cleaned["kind"],
            organisation=cleaned.get("organisation"),
        )


class NextFileForm(_FileForm):
    """The next file of a calendar that comes in files."""

    file = forms.FileField(
        label=_("The file as it is now"), required=True, widget=forms.FileInput({"accept": TYPES})
    )

    def given(self) -> Given:
        """Return the file, for the domain."""
        return Given(content=self.content, file_name=self.cleaned_data["file"].name)

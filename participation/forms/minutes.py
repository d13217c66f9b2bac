"""Writing minutes in a plain notation that needs no script, and correcting published ones."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.foundation.rich_text import html_from


class MinutesForm(forms.Form):
    """The text of minutes; `body` is its HTML once the form is valid."""

    text = forms.CharField(
        label=_("Minutes"),
        max_length=100_000,
        widget=forms.Textarea({"rows": 24}),
        help_text=_(
            "A line that begins with ## is a heading, with - a point of a list, with 1. a numbered one, with > a quotation. "
            "**Two stars** make bold, *one star* italic, [words](https://example.org) a link. An empty line parts paragraphs."
        ),
        error_messages={"required": _("The minutes are empty. Please write at least a sentence.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**62)

    @property
    def body(self) -> str:
        return html_from(self.cleaned_data["text"])

    @property
    def seen(self) -> int:
        version = self.cleaned_data["version"]
        return -1 if version is None else version


class CorrectionForm(MinutesForm):
    """A correction of published minutes."""

    why = forms.CharField(
        label=_("What did you correct, and why?"),
        max_length=500,
        help_text=_("This stays below the minutes for everybody to read."),
        error_messages={"required": _("Please say what you corrected and why.")},
    )
    field_order = ["why", "text", "version"]

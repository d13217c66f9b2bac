"""The forms of a discussion; what they may contain is decided by the domain."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.domain.comment import MAX_LENGTH, MAX_REASON


class CommentForm(forms.Form):
    """What somebody wants to say. Nobody sees `website`: only programs that send advertising fill it in."""

    text = forms.CharField(
        label=_("Your comment"), max_length=MAX_LENGTH, widget=forms.Textarea(attrs={"rows": 4})
    )
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.cleaned_data.get("website"))


class EditForm(CommentForm):
    """A comment to mend, with the version its author saw."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)


class HideForm(forms.Form):
    """Why a comment is hidden."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=MAX_REASON,
        help_text=_("One or two sentences. The author of the comment reads them."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

"""The forms of a discussion; what they may contain is decided by the domain."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.domain.comment import MAX_LENGTH
from participation.domain.moderation import MAX_APPEAL, MAX_REASON
from participation.enums import FlagReason


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

    def __init__(self, *args, people_url: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if people_url:
            # Found by js/mention.js, which offers the names of whom one can mention.
            self.fields["text"].widget.attrs["data-mention"] = people_url

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
        help_text=_("One or two sentences. Everybody reads them in place of the comment."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class FlagForm(forms.Form):
    """What is wrong with a comment."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"), choices=FlagReason.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=MAX_REASON,
        help_text=_("Only moderators read this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AppealForm(forms.Form):
    """Why a hidden comment should be shown."""

    text = forms.CharField(
        label=_("Why should your comment be shown?"),
        max_length=MAX_APPEAL,
        help_text=_("A moderator who has not hidden it reads this and decides."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AppealAnswerForm(forms.Form):
    """What became of an appeal."""

    granted = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("yes", _("Show the comment again")), ("no", _("Keep it hidden"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Your reason"),
        max_length=MAX_REASON,
        help_text=_("The author of the comment reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

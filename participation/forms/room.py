"""Forms of a live room: what people say, and how it is run."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.enums import StatementChoice, WallView
from participation.models import Room


class VoteForm(forms.Form):
    """What somebody says to a statement; its buttons stand on the page."""

    statement = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    choice = forms.TypedChoiceField(
        choices=StatementChoice.choices,
        coerce=int,
        error_messages={"invalid_choice": _("Please choose agree, disagree or pass.")},
    )


class SayForm(forms.Form):
    """A statement of one's own."""

    text = forms.CharField(
        label=_("Your statement"),
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One thought that others can agree or disagree with."),
        error_messages={
            "required": _("Please write one statement of at most 280 characters."),
            "max_length": _("Please write one statement of at most 280 characters."),
        },
    )


class GuestForm(forms.Form):
    """By what name a guest is seen."""

    name = forms.CharField(
        label=_("Your name in this room"),
        max_length=40,
        help_text=_("A first name is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )


class CodeForm(forms.Form):
    """The short code from the wall."""

    code = forms.CharField(
        label=_("Code of the room"),
        max_length=16,
        help_text=_("Six letters and digits, as on the big screen."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class RoomForm(forms.ModelForm):
    """What a room is about and how it works."""

    class Meta:
        model = Room
        fields = ["prompt", "access", "check_statements", "groups_from"]
        labels = {"access": _("Who may write and vote"), "check_statements": _("New statements")}
        widgets = {"access": forms.RadioSelect, "check_statements": forms.RadioSelect}

    @property
    def facts(self) -> dict[str, Any]:
        """Return what was filled in, as the domain takes it."""
        return dict(self.cleaned_data)


class WallForm(forms.Form):
    """What the big screen shows."""

    wall = forms.ChoiceField(label=_("On the big screen"), choices=WallView.choices, widget=forms.RadioSelect)


class ReasonForm(forms.Form):
    """Why a statement is hidden."""

    reason = forms.CharField(
        label=_("Why it is hidden"), max_length=200, help_text=_("Its author reads this.")
    )

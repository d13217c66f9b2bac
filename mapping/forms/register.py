"""Registering a place: where the link goes, the last words before sending, and what moderators decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.foundation.errors import Refused


class AddressForm(forms.Form):
    """An e-mail address that a link goes to."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("Nobody else sees it."),
        error_messages={"required": _("Please write your e-mail address, such as name@example.org.")},
    )

    def tell(self, refusal: Refused) -> None:
        """Show a refusal of the domain at the field it is about."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


class SendForm(AddressForm):
    """The last words before a registration is sent; who has an account is not asked for an address."""

    message = forms.CharField(
        label=_("A word to the moderators"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Nobody else reads it."),
    )
    field_order = ["message", "email"]

    def __init__(self, *args, asks_address: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_address:
            del self.fields["email"]


class RequestForm(forms.Form):
    """For which organisation somebody would like to look after a place."""

    organisation = forms.ModelChoiceField(None, label=_("For which organisation?"), empty_label=None)
    message = forms.CharField(
        label=_("A word to the moderators"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("For example what you have to do with the place."),
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class DeclineForm(forms.Form):
    """What a moderator says to who asked to look after a place."""

    answer = forms.CharField(
        label=_("Why not?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Needed to say no. Who asked reads it, nobody else."),
    )

    def tell(self, refusal: Refused) -> None:
        """Show a refusal of the domain at the field it is about."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


class DecisionForm(forms.Form):
    """What a moderator says to who registered a place."""

    reason = forms.CharField(
        label=_("What do you say to the person?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "Needed to send it back or to refuse it: your question or your reason, in plain words. "
            "Who registered the place reads it, nobody else."
        ),
    )

    def tell(self, refusal: Refused) -> None:
        """Show a refusal of the domain at the field it is about."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))

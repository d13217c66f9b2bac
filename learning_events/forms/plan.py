"""Where the link to a personal programme goes."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LinkForm(forms.Form):
    """An e-mail address that the link is mailed to; it is not kept."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("We send one letter and forget the address."),
        error_messages={"required": _("Please write your e-mail address, such as name@example.org.")},
    )

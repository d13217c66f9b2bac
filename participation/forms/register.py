"""What staff bring to the residents' register and to the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.forms.participant import VerifyForm


class RegisterFileForm(forms.Form):
    """A file to look at: nothing is imported yet."""

    file = forms.FileField(
        label=_("Register as CSV (UTF-8)"),
        help_text=_(
            "Columns: register_number, date_of_birth (like 1984-07-31) and neighbourhood (name or short name)."
        ),
    )


class RegisterImportForm(RegisterFileForm):
    """The same file once more, to bring it in: the site does not keep it between the two steps."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64, min_length=64)
    is_complete = forms.BooleanField(
        label=_("The file is the whole register: people who are not in it no longer live in the city."),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("The same file once more")
        self.fields["file"].help_text = _("We keep no copy of it, so please choose it again.")


class DeskForm(VerifyForm):
    """A person at the desk: the address of their account, and what their papers say."""

    email = forms.EmailField(
        label=_("E-mail address of the account"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    has_seen_card = forms.BooleanField(label=_("I have seen the person's identity card."))
    field_order = ["email", "register_number", "born_on", "has_seen_card"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["register_number"].help_text = _("As in the residents' register.")
        self.fields["born_on"].help_text = _("From the identity card. It is compared and not kept.")
        self.fields["born_on"].widget.attrs["autocomplete"] = "off"

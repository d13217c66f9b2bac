"""Accepting, giving and checking badges, as forms."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from learning_events.domain.credential import NAME_AT_MOST, consent_age
from participation.foundation.errors import Refused

UPLOAD_AT_MOST = 1024 * 1024


class TellingForm(forms.Form):
    """A form that shows refusals of the domain at the fields they are about."""

    def tell(self, refusal: Refused) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


class AcceptForm(TellingForm):
    """What is printed on the badge, and whether somebody has to agree; `asks_address` for who has no account."""

    name = forms.CharField(
        label=_("Name on the badge"),
        max_length=NAME_AT_MOST,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text=_("As you want it. Without a name the badge says only what was achieved."),
    )
    age = forms.ChoiceField(
        label=_("How old are you?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please say how old you are."),
            "invalid_choice": _("Please choose one."),
        },
    )
    guardian_email = forms.EmailField(
        label=_("E-mail address of a parent or guardian"),
        required=False,
        help_text=_("We ask them whether they agree, and forget the address then."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address, if we shall send you the address of your badge"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("We send one letter and do not keep the address."),
    )

    def __init__(self, *args, asks_address: bool, **kwargs):
        super().__init__(*args, **kwargs)
        age = consent_age()
        self.fields["age"].choices = [
            ("adult", format_lazy(_("{age} or older"), age=age)),
            ("minor", format_lazy(_("Younger than {age}"), age=age)),
        ]
        self.fields["guardian_email"].label = format_lazy(
            _("If you are younger than {age}: e-mail address of a parent or guardian"), age=age
        )
        if not asks_address:
            del self.fields["email"]

    @property
    def wishes(self) -> dict:
        """Return what the domain's functions take."""
        said = dict(self.cleaned_data)
        is_minor = said.pop("age") == "minor"
        return {**said, "is_minor": is_minor}


class GiveForm(TellingForm):
    """Which badge of an event goes to whom."""

    achievement = forms.ModelChoiceField(
        None,
        label=_("Which badge?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Please choose a badge."),
            "invalid_choice": _("Please choose from the list."),
        },
    )
    email = forms.EmailField(
        label=_("E-mail address of the person"),
        error_messages={"required": _("Please write an e-mail address.")},
        help_text=_("They get a letter and decide. We forget the address then."),
    )

    def __init__(self, *args, achievements, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["achievement"].queryset = achievements


class CheckForm(forms.Form):
    """A credential, pasted or as a file."""

    text = forms.CharField(
        label=_("Paste the badge here"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        help_text=_("The long text that begins with “ey”, or the contents of a .json file."),
    )
    file = forms.FileField(
        label=_("Or choose its file"),
        required=False,
        help_text=_("A .jwt, .json or .svg file that somebody gave you."),
    )

    def clean(self):
        cleaned = super().clean()
        file = cleaned.get("file")
        if file is not None and file.size > UPLOAD_AT_MOST:
            self.add_error("file", _("This file is too large to be a badge."))
        elif file is None and not cleaned.get("text") and not self.errors:
            self.add_error("text", _("Please paste a badge or choose its file."))
        return cleaned

    @property
    def content(self) -> bytes | str:
        file = self.cleaned_data.get("file")
        return file.read() if file is not None else self.cleaned_data["text"]


class RevokeForm(TellingForm):
    """Why a badge is revoked."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        help_text=_("Whoever checks the badge reads this. Please write nothing private."),
        error_messages={"required": _("Please say why. Whoever checks the badge reads it.")},
    )

"""Forms of signing in, and the guess limits that hold under parallel requests."""

import datetime as dt

from allauth.account.forms import ConfirmEmailVerificationCodeForm, LoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from participation.domain.limits import spend_attempt

TOO_MANY = _("Too many tries. Please wait a while and try again.")


class EmailForm(forms.Form):
    """Where to send the code."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
    )


class CodeForm(forms.Form):
    """The six digits from the mail; spaces and dashes are forgiven."""

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "input--short"}
        ),
    )

    def clean_code(self):
        digits = "".join(
            character for character in self.cleaned_data["code"] if character not in " -\u2013\u00a0"
        )
        if len(digits) != 6 or not (digits.isascii() and digits.isdecimal()):
            raise ValidationError(_("The code has six digits. Please look at the mail again."), code="digits")
        return digits


class PasswordSignInForm(LoginForm):
    """E-mail and password, for people who have set one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def _setup_password_field(self):
        # allauth drops the field where sign-up asks for no password; here it is what the page is for.
        pass

    def clean(self):
        login = self.cleaned_data.get("login", "")
        if login and not spend_attempt("password", login.lower(), limit=10, per=dt.timedelta(minutes=15)):
            raise ValidationError(TOO_MANY, code="too_many")
        return super().clean()


class NewAddressCodeForm(ConfirmEmailVerificationCodeForm):
    """The code that proves a new e-mail address: five guesses a code, counted in the database (S4, S9)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the mail")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "class": "input--short"}

    def clean_code(self):
        person = self.user.pk if self.user else self.email
        if not (
            spend_attempt(
                "new address code", f"{person}:{self.expected_code}", limit=5, per=dt.timedelta(hours=1)
            )
            and spend_attempt("new address", person, limit=30, per=dt.timedelta(days=1))
        ):
            raise ValidationError(TOO_MANY, code="too_many")
        return super().clean_code()


class _CountedSecondFactor:
    """At most ten codes of the second factor in a quarter of an hour, on whichever server process."""

    def clean_code(self):
        if not spend_attempt("second factor", self.user.pk, limit=10, per=dt.timedelta(minutes=15)):
            raise ValidationError(TOO_MANY, code="too_many")
        return super().clean_code()


class SecondFactorForm(_CountedSecondFactor, AuthenticateForm):
    pass


class SecondFactorAgainForm(_CountedSecondFactor, ReauthenticateForm):
    pass

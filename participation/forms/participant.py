"""What people say about themselves."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.foundation.person_key import OLDEST, normal_number
from participation.foundation.text import clean_line
from participation.models import Neighbourhood
from participation.validators import validate_display_name


class WelcomeForm(forms.Form):
    """The public name and the part of the city."""

    display_name = forms.CharField(
        label=_("Name that others see"),
        max_length=80,
        help_text=_("Your name, a first name or a nickname. It stands beside what you propose and write."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    neighbourhood = forms.ModelChoiceField(
        label=_("Neighbourhood"),
        queryset=Neighbourhood.objects.none(),
        required=False,
        empty_label=_("I would rather not say"),
    )

    def __init__(self, *args, participant=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["neighbourhood"].queryset = Neighbourhood.objects.only("name")
        if participant is not None:
            self.initial = {
                "display_name": participant.display_name,
                "neighbourhood": participant.neighbourhood_id,
                "wants_mail": participant.wants_mail,
            }
            if participant.is_verified:
                self.fields["neighbourhood"].disabled = True
                self.fields["neighbourhood"].help_text = _("This is what the residents' register says.")

    def clean_display_name(self):
        name = clean_line(self.cleaned_data["display_name"])
        validate_display_name(name)
        return name


class ProfileForm(WelcomeForm):
    """The same, and whether notices go out by mail."""

    wants_mail = forms.BooleanField(label=_("Send me notices by e-mail"), required=False)


class VerifyForm(forms.Form):
    """What the letter from the city says."""

    register_number = forms.CharField(
        label=_("Register number"),
        max_length=60,
        help_text=_("It stands on the letter from the city. Spaces and dashes do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    born_on = forms.DateField(
        label=_("Date of birth"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "bday"}),
        help_text=_("We compare it and do not keep it. Without a calendar, write it like 1984-07-31."),
    )

    def clean_register_number(self):
        number = self.cleaned_data["register_number"]
        normal_number(number)
        return number

    def clean_born_on(self):
        born_on = self.cleaned_data["born_on"]
        today = timezone.localdate()
        if born_on > today or born_on < today - OLDEST:
            raise ValidationError(_("Please check the year of birth."), code="date_range")
        return born_on


class EraseForm(forms.Form):
    """The last question before an account is gone."""

    understood = forms.BooleanField(
        label=_("I have read this and want to delete my account."),
        error_messages={"required": _("Please tick the box if you really want to delete your account.")},
    )

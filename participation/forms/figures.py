"""What somebody says of themselves to be counted; everything is voluntary."""

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.enums import AgeBand, Gender

_NOTHING = ("", _("I would rather not say"))


class FiguresForm(forms.Form):
    """Age, gender and whether the neighbourhood counts."""

    age_band = forms.ChoiceField(label=_("Age"), choices=[_NOTHING, *AgeBand.choices], required=False)
    gender = forms.ChoiceField(label=_("Gender"), choices=[_NOTHING, *Gender.choices], required=False)
    with_neighbourhood = forms.BooleanField(
        label=_("Count the neighbourhood of my account too"), required=False
    )

    def __init__(self, data=None, *, own=None):
        initial = {name: getattr(own, name) for name in self.base_fields} if own else {}
        super().__init__(data, initial=initial)

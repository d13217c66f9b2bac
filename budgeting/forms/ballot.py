"""What a person sends from a ballot: the ticked projects, and the key of one press of the cast button."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from budgeting.domain.ballot import NOT_ON_THIS_BALLOT

MAX_DIGITS = 18


class ProjectChoices(forms.Field):
    """Project ids from checkboxes or hidden fields; the domain says which of them may be chosen."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value):
        texts = value or []
        if not all(text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS for text in texts):
            raise ValidationError(NOT_ON_THIS_BALLOT, code="foreign")
        return [int(text) for text in texts]


class BallotForm(forms.Form):
    """The ticked projects of a ballot."""

    choices = ProjectChoices(label=_("Projects"), required=False)


class CastForm(BallotForm):
    """The ballot as shown in the summary. A fresh key is drawn for each page, so that a repeat is known as one."""

    choices = ProjectChoices(label=_("Projects"), required=False, widget=forms.MultipleHiddenInput)
    idempotency_key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={
            "required": _("Please open your ballot again, check it and cast it once more."),
            "invalid": _("Please open your ballot again, check it and cast it once more."),
        },
    )

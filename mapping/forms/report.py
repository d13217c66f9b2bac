"""Saying that something is wrong on the map, answering that, and closing a place."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mapping.enums import ReportKind, ReportState
from participation.foundation.errors import Refused


class TellingForm(forms.Form):
    """A form that shows refusals of the domain at the fields they are about."""

    def tell(self, refusal: Refused) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


class WrongForm(TellingForm):
    """What is wrong."""

    kind = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=ReportKind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose what is wrong."),
            "invalid_choice": _("Please choose one of these."),
        },
    )
    text = forms.CharField(
        label=_("What should it say instead?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "Moderators and the people who look after the place read it, nobody else. Please write nothing private."
        ),
    )


class ReportForm(WrongForm):
    """What is wrong, and where an answer goes; who has an account gets it there."""

    email = forms.EmailField(
        label=_("Your e-mail address, if you would like an answer"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("We delete it as soon as you have been answered."),
    )

    def __init__(self, *args, asks_address: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_address:
            del self.fields["email"]


class AnswerForm(TellingForm):
    """What became of some reports, and what those who made them are told."""

    reports = forms.ModelMultipleChoiceField(
        None,
        label=_("Which reports?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Please choose the reports that you answer."),
            "invalid_choice": _("Somebody else has answered one of them meanwhile. Please look again."),
            "invalid_pk_value": _("Please choose from the list."),
        },
    )
    state = forms.ChoiceField(
        label=_("What have you done?"),
        choices=[
            (ReportState.MENDED, _("I have mended the entry")),
            (ReportState.KEPT, _("The entry is right and stays as it is")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please say whether you have mended the entry.")},
    )
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Whoever reported it reads this, nobody else. Needed if the entry stays as it is."),
    )

    def __init__(self, *args, reports, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reports"].queryset = reports
        self.fields["reports"].label_from_instance = report_words
        self.initial.setdefault("reports", [report.pk for report in reports])


def report_words(report) -> str:
    """Return a report in one line: what is wrong, and in whose words that is said."""
    words = report.get_kind_display()
    return f"{words}: {report.text}" if report.text else words


class CloseForm(TellingForm):
    """That a place has closed, why, and which place takes over."""

    successor = forms.TypedChoiceField(
        label=_("Which place has taken over?"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Please choose a place from the list.")},
    )
    reason = forms.CharField(
        label=_("What should people know?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Everybody can read it where the place was, for example “The group has moved to the town hall.”"
        ),
    )

    def __init__(self, *args, successors: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].choices = [("", _("None")), *successors]

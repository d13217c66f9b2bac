"""What editors say when they decide about events."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mapping.forms.report import TellingForm


class PublishForm(TellingForm):
    """Publishing, perhaps with a word for the history of the page."""

    comment = forms.CharField(
        label=_("A word to the organiser"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


class QuestionForm(TellingForm):
    """The question that goes back."""

    question = forms.CharField(
        label=_("Your question"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The organiser reads it, answers by changing the event, and hands it in again."),
    )


class ReasonForm(TellingForm):
    """Why an event is not accepted or is called off."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("If the event is public, everybody reads it; else the organiser does."),
    )


class DecisionForm(TellingForm):
    """One box for whatever the decision needs to say."""

    text = forms.CharField(
        label=_("Question or reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Needed when you send the event back or do not accept it. The organiser reads it."),
    )

    FIELDS = {"question": "text", "reason": "text", "comment": "text"}

    def tell(self, refusal) -> None:
        self.add_error(self.FIELDS.get(refusal.field), str(refusal.message))


class AnswerForm(TellingForm):
    """The answer to somebody who asks for a change."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The organiser reads it. Needed if you say no."),
    )

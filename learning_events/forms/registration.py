"""Getting a seat: how many people, who they are, and what the organisers ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learning_events.enums import Channel, QuestionKind
from learning_events.models import Question, Registration
from learning_events.models.registration import MOST_PEOPLE
from mapping.forms.report import TellingForm


def people_field(most: int = MOST_PEOPLE) -> forms.Field:
    return forms.TypedChoiceField(
        label=_("How many people?"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, max(1, min(most, MOST_PEOPLE)) + 1)],
        help_text=_("All of you get a seat, or none."),
        error_messages={"invalid_choice": _("Please choose a number from the list.")},
    )


class PeopleForm(TellingForm):
    """How many seats are to be held."""

    def __init__(self, *args, most: int = MOST_PEOPLE, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"] = people_field(most)


class PersonForm(TellingForm):
    """Who registers, and the answers to the organiser's questions."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Please write your name.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("We send you the confirmation, and write if something changes."),
        error_messages={"required": _("Please write your e-mail address. Without one, please call us.")},
    )
    phone = forms.CharField(
        label=_("Your telephone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel"}),
        help_text=_("Only for news in the last hours."),
    )

    def __init__(self, *args, questions: list[Question], asks_people: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if asks_people:
            self.fields = {"people": people_field(), **self.fields}
        for question in questions:
            self.fields[f"question_{question.pk}"] = _question_field(question)

    @property
    def facts(self) -> dict[str, Any]:
        """Return what `domain.registration` takes as facts."""
        answers = {
            int(name.removeprefix("question_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("question_")
        }
        plain = {name: value for name, value in self.cleaned_data.items() if not name.startswith("question_")}
        return {**plain, "answers": answers}


class ChangeForm(PersonForm):
    """What somebody can change of their registration; the address stays, for the link went there."""

    def __init__(self, *args, registration: Registration, questions: list[Question], **kwargs):
        given = {row["question"]: row["answer"] for row in registration.answers}
        kwargs.setdefault("initial", {}).update(
            people=registration.people,
            name=registration.name,
            phone=registration.phone,
            **{f"question_{pk}": answer for pk, answer in given.items()},
        )
        super().__init__(*args, questions=questions, asks_people=True, **kwargs)
        del self.fields["email"]


class DeskForm(PersonForm):
    """Booking for somebody at the telephone or at the door: only the name is needed."""

    channel = forms.ChoiceField(
        label=_("Where is the person?"),
        choices=[
            (Channel.DESK, _("On the telephone or at a desk")),
            (Channel.WALK_IN, _("Here, at the door")),
        ],
        initial=Channel.DESK,
        widget=forms.RadioSelect,
    )
    waits = forms.BooleanField(label=_("Put on the waiting list"), required=False)
    note = forms.CharField(label=_("Note for the people at the door"), max_length=300, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, asks_people=True, **kwargs)
        self.fields["name"].label = _("Name")
        for name, label in (("email", _("E-mail")), ("phone", _("Telephone"))):
            self.fields[name].required = False
            self.fields[name].label, self.fields[name].help_text = label, ""
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        for field in self.fields:
            if field.startswith("question_"):
                self.fields[field].required = False


class MessageForm(TellingForm):
    """What everybody who is registered is told."""

    subject = forms.CharField(
        label=_("What is it about?"),
        max_length=120,
        error_messages={"required": _("Please say in a few words what it is about.")},
    )
    text = forms.CharField(
        label=_("Your message"),
        max_length=3000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("It goes out by mail at once. Answers do not reach you: say how people can reach you."),
        error_messages={"required": _("Please write what people need to know.")},
    )
    with_waiting = forms.BooleanField(label=_("Also to the waiting list"), required=False)


class QuestionForm(TellingForm):
    """One question more to everybody who registers."""

    text = forms.CharField(
        label=_("What do you need to know?"),
        max_length=200,
        help_text=_("Ask only what you need, and nothing about health or belief."),
        error_messages={"required": _("Please write the question.")},
    )
    kind = forms.ChoiceField(
        label=_("How do people answer?"),
        choices=QuestionKind.choices,
        initial=QuestionKind.TEXT,
        widget=forms.RadioSelect,
    )
    choices = forms.CharField(
        label=_("Answers to choose from"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One on each line; only for a question with answers to choose from."),
    )
    required = forms.BooleanField(label=_("Everybody must answer"), required=False)


class DrawForm(TellingForm):
    """Until when people can take part in the draw, on the clock of the session."""

    closes_at = forms.DateTimeField(
        label=_("Until when can people take part?"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": _("Please choose a day and a time.")},
    )


def _question_field(question: Question) -> forms.Field:
    common = {
        "label": question.text,
        "required": question.required,
        "error_messages": {"required": _("Please answer this question of the organisers.")},
    }
    if question.kind == QuestionKind.TEXT:
        return forms.CharField(max_length=500, **common)
    options = [("yes", _("yes")), ("no", _("no"))]
    if question.kind == QuestionKind.CHOICE:
        options = [(option, option) for option in question.options]
    return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **common)

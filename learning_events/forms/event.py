"""An event as its organiser writes it, in small steps; every step can be saved empty but the first, which has the title."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from learning_events.domain.event import LONGEST_TITLE, version_of
from learning_events.enums import Attendance, Booking
from learning_events.forms.place_search import PlaceSearchForm
from learning_events.models import EventKind, EventPage
from mapping.languages import OFFERED, name_of_language
from mapping.models import Audience, Topic
from participation.foundation.errors import Refused
from participation.models import Organisation

USUAL_LANGUAGES = ("en", "de", "ar", "fr", "pl", "ru", "es", "tr", "uk")


def _column(name: str) -> Any:
    return EventPage._meta.get_field(name)


def _line(name: str, label, **kwargs) -> forms.CharField:
    return forms.CharField(label=label, max_length=_column(name).max_length, required=False, **kwargs)


def _text(name: str, label, rows: int, **kwargs) -> forms.CharField:
    attrs = {"rows": rows, "maxlength": _column(name).max_length}
    return _line(name, label, widget=forms.Textarea(attrs=attrs), **kwargs)


def _answer(name: str, label, **kwargs) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=_column(name).choices, required=False, **kwargs)


class StepForm(forms.Form):
    """Facts of an event as somebody writes them; `event` is what is written already, None before it has begun."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, data=None, *, event: EventPage | None = None, user=None):
        self.event, self.user = event, user
        super().__init__(data, initial={} if event is None else self.initial_of(event))
        self.prepare()

    def initial_of(self, event: EventPage) -> dict[str, Any]:
        """Return what is written by the names of the fields."""
        known = {field.name for field in EventPage._meta.concrete_fields}
        facts = {name: getattr(event, name) for name in self.base_fields if name in known}
        return {**facts, "version": version_of(event)}

    def prepare(self) -> None:
        """Fill in what can be chosen."""

    @property
    def searches(self) -> bool:
        """Whether something is to be shown before anything is saved."""
        return False

    def facts(self) -> dict[str, Any]:
        """Return what was written, the way `domain.event` takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "words")}

    def tell(self, refusal: Refused) -> None:
        """Show a refusal of the domain at the fields it is about."""
        details = refusal.details if refusal.details and set(refusal.details) <= set(self.fields) else {}
        for name, words in (details or {refusal.field: str(refusal.message)}).items():
            self.add_error(name if name in self.fields else None, str(words))


class WhatForm(StepForm):
    """What it is, and who organises it."""

    title = forms.CharField(
        label=_("What is the event called?"),
        max_length=LONGEST_TITLE,
        help_text=_("Short and plain, for example “Bake your first loaf”."),
        error_messages={"required": _("Please give the event a title.")},
    )
    kind = forms.ModelChoiceField(
        EventKind.objects.all(),
        label=_("What kind of event is it?"),
        empty_label=_("Choose a kind"),
        required=False,
        error_messages={"invalid_choice": _("Please choose a kind from the list.")},
    )
    summary = _line(
        "summary",
        _("What happens, in one sentence?"),
        help_text=_("It stands in the programme below the title."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Who organises it?"),
        required=False,
        empty_label=_("I do it myself"),
        help_text=_("You can choose an organisation that you act for. Its people can change the event, too."),
    )

    def prepare(self) -> None:
        participant = getattr(self.user, "participant", None)
        theirs = (
            Organisation.objects.filter(roles__participant=participant)
            if participant
            else Organisation.objects.none()
        )
        if self.event is not None and self.event.organisation_id:
            theirs = theirs | Organisation.objects.filter(pk=self.event.organisation_id)
        if theirs.exists():
            self.fields["organisation"].queryset = theirs.distinct()
        else:
            del self.fields["organisation"]


class AboutForm(StepForm):
    """More about it: what happens, what one learns, who leads it."""

    description = _text(
        "description",
        _("What happens there?"),
        6,
        help_text=_("What do people do? What should they bring or know before they come?"),
    )
    what_to_learn = _text("what_to_learn", _("What can people learn?"), 3)
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    leaders = _line(
        "leaders",
        _("Who leads it?"),
        help_text=_("Names as they may be printed, with commas between. Please ask people first."),
    )

    def initial_of(self, event: EventPage) -> dict[str, Any]:
        return {**super().initial_of(event), "topics": event.topics.all()}

    def prepare(self) -> None:
        if not self.fields["topics"].queryset.exists():
            del self.fields["topics"]


class PeopleForm(StepForm):
    """For whom it is."""

    audiences = forms.ModelMultipleChoiceField(
        Audience.objects.all(),
        label=_("For whom especially?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose nothing if it is for everybody alike."),
    )
    age_from = forms.IntegerField(label=_("From age"), required=False, min_value=0, max_value=120)
    age_to = forms.IntegerField(label=_("Up to age"), required=False, min_value=0, max_value=120)
    languages = forms.MultipleChoiceField(
        label=_("In which languages?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more_languages = forms.MultipleChoiceField(
        label=_("More languages"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def initial_of(self, event: EventPage) -> dict[str, Any]:
        codes = event.language_codes
        return {
            **super().initial_of(event),
            "audiences": event.audiences.all(),
            "languages": codes,
            "more_languages": codes,
        }

    def prepare(self) -> None:
        spoken = {*USUAL_LANGUAGES, *(self.event.language_codes if self.event else ())}
        self.fields["languages"].choices = _named(spoken)
        self.fields["more_languages"].choices = _named(set(OFFERED) - spoken)
        if not self.fields["audiences"].queryset.exists():
            del self.fields["audiences"]

    @property
    def more_is_open(self) -> bool:
        return bool(self.is_bound and self.data.getlist("more_languages"))

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        codes = [*facts.pop("languages"), *facts.pop("more_languages")]
        return {**facts, "languages": " ".join(dict.fromkeys(codes))}


class WhereForm(PlaceSearchForm, StepForm):
    """Where it happens: organiser and venue are two things."""

    attendance = forms.ChoiceField(
        label=_("How do people take part?"),
        choices=[(value, capfirst(label)) for value, label in Attendance.choices],
        widget=forms.RadioSelect,
        initial=Attendance.IN_PERSON,
    )
    venue_name = _line(
        "venue_name",
        _("Name of the other place"),
        help_text=_("Only for a place that is not on the map, such as a private yard or a ship."),
    )
    venue_address = _line("venue_address", _("Its address"))
    online_url = forms.URLField(
        label=_("Address of the online meeting"),
        max_length=_column("online_url").max_length,
        required=False,
        assume_scheme="https",
        help_text=_("Where people register, only they see it. You can add it later."),
    )
    field_order = ["attendance", "words", "place", "venue_name", "venue_address", "online_url"]

    def initial_of(self, event: EventPage) -> dict[str, Any]:
        return {**super().initial_of(event), "place": event.place_id or ""}

    def prepare(self) -> None:
        self.prepare_places(self.event.place if self.event else None)

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        if facts["place"] is not None:
            # One event is at one place; what was typed for another one would contradict it.
            facts["venue_name"] = facts["venue_address"] = ""
        return facts


class AccessForm(StepForm):
    """How accessible this event is, and what it costs."""

    step_free = _answer("step_free", _("Can one get there without steps?"))
    accessible_toilet = _answer("accessible_toilet", _("Is there a toilet for wheelchair users?"))
    hearing_loop = _answer("hearing_loop", _("Is there a hearing loop?"))
    quiet_space = _answer("quiet_space", _("Is there a quiet space?"))
    sign_language = _answer("sign_language", _("Is there a sign language interpreter?"))
    access_note = _line(
        "access_note",
        _("More on accessibility"),
        help_text=_("For example “ramp at the back, please ring”."),
    )
    cost = _answer("cost", _("Does it cost anything?"))
    cost_note = _line(
        "cost_note", _("What does it cost?"), help_text=_("For example “3 euros for material”.")
    )


class BookingForm(StepForm):
    """How people get a seat, and whom they ask."""

    booking = forms.ChoiceField(
        label=_("Do people register?"),
        choices=[(value, capfirst(label)) for value, label in Booking.choices],
        widget=forms.RadioSelect,
        help_text=_(
            "Where people register here or seats are drawn, you say in the next step how many there are, and you see who comes."
        ),
    )
    booking_url = forms.URLField(
        label=_("Where do people register?"),
        max_length=_column("booking_url").max_length,
        required=False,
        assume_scheme="https",
        help_text=_("Only if they register with you and not here."),
    )
    contact_email = forms.EmailField(
        label=_("E-mail for questions"), required=False, help_text=_("For everybody to see.")
    )
    contact_phone = _line(
        "contact_phone",
        _("Telephone for questions"),
        help_text=_("For everybody to see. Many people have no e-mail."),
        widget=forms.TextInput({"inputmode": "tel", "class": "input--short"}),
    )
    website = forms.URLField(
        label=_("Website"), max_length=_column("website").max_length, required=False, assume_scheme="https"
    )


class PictureStepForm(StepForm):
    """The step with the picture; the picture has a form of its own."""


class SendForm(forms.Form):
    """The last words before an event is handed in."""

    message = forms.CharField(
        label=_("A word to the editors"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Nobody else reads it."),
    )


class ReasonForm(forms.Form):
    """Why something is cancelled, for everybody to read."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("One sentence that everybody who planned to come may read."),
        error_messages={"required": _("Please say why, so that people understand it.")},
    )

    def tell(self, refusal: Refused) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


def _named(codes: Iterable[str]) -> list[tuple[str, str]]:
    return sorted(((code, name_of_language(code)) for code in codes), key=lambda pair: pair[1])

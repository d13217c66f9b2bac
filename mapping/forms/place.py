"""Writing about a place in sections; registering shows them one by one, changing a place shows them all."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mapping.forms.hours import HoursField, HoursShown, show_hours
from mapping.languages import OFFERED, name_of_language
from mapping.models import Audience, LearningPlace, PlaceCategory, Topic
from mapping.queries.neighbourhood import is_near_the_city
from mapping.queries.places import place_index
from mapping.queries.places_page import choices
from mapping.widgets import PointField
from participation.foundation.errors import Refused
from participation.models import Neighbourhood, Organisation

USUAL_LANGUAGES = ("en", "de")
MOST_SPOKEN = 10


def _column(name: str) -> Any:
    return LearningPlace._meta.get_field(name)


def _line(name: str, label, **kwargs) -> forms.CharField:
    return forms.CharField(label=label, max_length=_column(name).max_length, required=False, **kwargs)


def _text(name: str, label, rows: int, **kwargs) -> forms.CharField:
    return _line(name, label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def _answer(name: str, label, **kwargs) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=_column(name).choices, required=False, **kwargs)


class SectionForm(forms.Form):
    """Facts of a place as somebody writes them. `place` is what is there already, `user` decides what may be chosen."""

    sections: tuple[str, ...] = ()

    def __init__(self, data=None, files=None, *, place: LearningPlace | None = None, user=None):
        self.place, self.user = place, user
        initial = {} if place is None else self.initial_of(place)
        super().__init__(data, files, initial=initial)
        self.prepare()

    def initial_of(self, place: LearningPlace) -> dict[str, Any]:
        """Return the present facts by the names of the fields."""
        return {
            name: getattr(place, name)
            for name in self.base_fields
            if name in {field.name for field in LearningPlace._meta.concrete_fields}
        }

    def prepare(self) -> None:
        """Fill in what can be chosen."""

    def facts(self) -> dict[str, Any]:
        """Return what was written, the way `mapping.domain.place` takes it."""
        return dict(self.cleaned_data)

    def tell(self, refusal: Refused) -> None:
        """Show a refusal of the domain at the fields it is about."""
        details = refusal.details if set(refusal.details) <= set(self.fields) else {}
        for name, words in (details or {refusal.field: str(refusal.message)}).items():
            self.add_error(name if name in self.fields else None, str(words))


class WhatForm(SectionForm):
    """What it is, and who registers it."""

    name = forms.CharField(
        label=_("What is the place called?"),
        max_length=_column("name").max_length,
        help_text=_("As people know it, for example “Repair café in the old tram shed”."),
        error_messages={"required": _("Please write the name of the place.")},
    )
    category = forms.ModelChoiceField(
        PlaceCategory.objects.all(),
        label=_("What kind of place is it?"),
        empty_label=_("Choose a kind"),
        error_messages={
            "required": _("Please choose what kind of place it is."),
            "invalid_choice": _("Please choose a kind from the list."),
        },
    )
    summary = _line(
        "summary",
        _("What do people find here, in one sentence?"),
        help_text=_("It stands in the list below the name."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Which organisation looks after it?"),
        required=False,
        empty_label=_("None, I do it myself"),
        help_text=_("You can choose an organisation that you act for. Its people can change the entry, too."),
    )

    def prepare(self) -> None:
        super().prepare()
        kinds = choices(place_index()).kinds
        self.fields["category"].choices = [
            ("", self.fields["category"].empty_label),
            *((kind.pk, f"{'– ' * kind.level}{kind.name}") for kind in kinds),
        ]
        participant = getattr(self.user, "participant", None)
        theirs = Organisation.objects.filter(roles__participant=participant) if participant else None
        if self.place is not None and self.place.organisation_id:
            present = Organisation.objects.filter(pk=self.place.organisation_id)
            theirs = present if theirs is None else theirs | present
        if theirs is None or not theirs.exists():
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = theirs.distinct()


class WhereForm(SectionForm):
    """Where it is: a point, an address, or nowhere because it is digital."""

    is_online = forms.BooleanField(
        label=_("It is a digital space without an address"),
        required=False,
        help_text=_("For example an online course or a meeting by video."),
    )
    street = _line("street", _("Street and number"), widget=forms.TextInput({"autocomplete": "off"}))
    postal_code = _line("postal_code", _("Postal code"), widget=forms.TextInput({"class": "input--short"}))
    locality = _line("locality", _("Town"))
    point = PointField(
        label=_("Point on the map"),
        required=False,
        help_text=_(
            "Set it at the entrance. Without a point the place stands in the list, but not on the map."
        ),
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.all(),
        label=_("Neighbourhood"),
        required=False,
        empty_label=_("I do not know"),
        help_text=_("Only for a place without a point; otherwise we find it from the map."),
    )

    def initial_of(self, place: LearningPlace) -> dict[str, Any]:
        point = (place.latitude, place.longitude) if place.has_point else None
        return {**super().initial_of(place), "point": point}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_online") and cleaned.get("point"):
            self.add_error(
                "is_online",
                _("A digital space has no point on the map. Please remove the point, or this mark."),
            )
        if point := cleaned.get("point"):
            self._check_point(*point)
        return cleaned

    def _check_point(self, latitude, longitude) -> None:
        """Refuse a point far from the city, unless it stands there already."""
        if (
            self.place and (self.place.latitude, self.place.longitude) == (latitude, longitude)
        ) or is_near_the_city(latitude, longitude):
            return
        if abs(longitude) <= 90 and is_near_the_city(longitude, latitude):
            words = _("Latitude and longitude stand in each other's place. Please swap them.")
        else:
            words = _("This point is far from the city. Please set it anew, or remove it.")
        self.add_error("point", words)


class HoursForm(SectionForm):
    """When it is open, as people write it; saved only once they have seen how we understand it.

    `hours_seen` is the notation that the page has shown; a browser sends it back.
    """

    opening_hours = HoursField(label=_("When is it open?"), required=False)
    hours_remark = _line(
        "hours_remark",
        _("Anything else about the hours?"),
        help_text=_("For people to read, for example “by appointment in August”."),
    )
    hours_seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        cleaned = super().clean()
        if self.is_not_understood and "as_remark" in self.data:
            del self._errors["opening_hours"]
            self._remark([self.data["opening_hours"]])
        elif hours := cleaned.get("opening_hours"):
            self._remark(hours.remarks)
        return cleaned

    def _remark(self, words: Iterable[str]) -> None:
        """Keep these words with the remark, unless they are there already."""
        known = self.cleaned_data.get("hours_remark", "")
        remark = "; ".join(filter(None, [known, *(each for each in words if each not in known)]))
        most = self.fields["hours_remark"].max_length
        if len(remark) > most:
            self.add_error(
                "hours_remark",
                _(
                    "Together with the words from the hours this is too long. Please shorten it to %(most)d characters."
                )
                % {"most": most},
            )
        self.cleaned_data["hours_remark"] = remark

    @property
    def is_not_understood(self) -> bool:
        return self.is_bound and self.has_error("opening_hours", "not_understood")

    @property
    def shown(self) -> HoursShown | None:
        """What the page shows of the hours that were sent, or of those that are kept."""
        if self.is_bound:
            hours = getattr(self, "cleaned_data", {}).get("opening_hours")
            return show_hours(hours.osm, hours.remarks) if hours else None
        return show_hours(self.place.opening_hours) if self.place else None

    @property
    def is_to_be_looked_at(self) -> bool:
        """Whether hours were sent that nobody has seen the way we understand them."""
        hours = self.cleaned_data.get("opening_hours")
        kept = self.place.opening_hours if self.place else ""
        return hours is not None and hours.osm not in (kept, self.cleaned_data["hours_seen"])

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        facts.pop("hours_seen")
        hours = facts.get("opening_hours")
        return {**facts, "opening_hours": "" if hours is None else hours.osm}


class PeopleForm(SectionForm):
    """For whom it is, what one can learn, what it costs, which languages, and how accessible it is."""

    what_to_learn = _text("what_to_learn", _("What can people learn here?"), 3)
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    audiences = forms.ModelMultipleChoiceField(
        Audience.objects.all(),
        label=_("For whom especially?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose nothing if it is for everybody alike."),
    )
    cost = _answer("cost", _("Does it cost anything?"))
    languages = forms.MultipleChoiceField(
        label=_("Which languages are spoken?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more_languages = forms.MultipleChoiceField(
        label=_("More languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    step_free = _answer("step_free", _("Is there an entrance without steps?"))
    accessible_toilet = _answer("accessible_toilet", _("Is there a toilet for wheelchair users?"))
    hearing_loop = _answer("hearing_loop", _("Is there a hearing loop?"))
    quiet_space = _answer("quiet_space", _("Is there a quiet space?"))
    access_note = _line(
        "access_note",
        _("More on accessibility"),
        help_text=_("For example “ramp at the back, please ring”."),
    )
    ACCESS = ("step_free", "accessible_toilet", "hearing_loop", "quiet_space")

    def initial_of(self, place: LearningPlace) -> dict[str, Any]:
        return {
            **super().initial_of(place),
            "topics": place.topics.all(),
            "audiences": place.audiences.all(),
            "languages": place.language_codes,
            "more_languages": place.language_codes,
        }

    def prepare(self) -> None:
        super().prepare()
        spoken = set(self.place.language_codes) if self.place else set()
        usual = {*USUAL_LANGUAGES, *_most_spoken(), *spoken}
        self.fields["languages"].choices = _named(usual)
        self.fields["more_languages"].choices = _named({*OFFERED, *place_index().languages} - usual)
        for name in ("topics", "audiences"):
            if not self.fields[name].queryset.exists():
                del self.fields[name]

    @property
    def more_is_open(self) -> bool:
        return bool(self.is_bound and self.data.getlist("more_languages"))

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        more = facts.pop("more_languages")
        return {**facts, "languages": [*facts["languages"], *more]}


class ContactForm(SectionForm):
    """More about the place, and how to reach it; pictures have forms of their own."""

    description = _text(
        "description",
        _("Description"),
        6,
        help_text=_("What happens here, who runs it, what should people know before they come?"),
    )
    website = forms.URLField(
        label=_("Website"), max_length=_column("website").max_length, required=False, assume_scheme="https"
    )
    email = forms.EmailField(
        label=_("E-mail of the place"), required=False, help_text=_("For everybody to see.")
    )
    phone = _line(
        "phone",
        _("Telephone of the place"),
        help_text=_("For everybody to see."),
        widget=forms.TextInput({"inputmode": "tel", "class": "input--short"}),
    )


class PlaceForm(WhatForm, WhereForm, HoursForm, PeopleForm, ContactForm):
    """All that can be written about a place, on one page."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        facts.pop("version")
        return facts


def _most_spoken() -> list[str]:
    """Return the languages that most places of the city speak."""
    places = {code: int(mask.sum()) for code, mask in place_index().languages.items()}
    return sorted(places, key=lambda code: (-places[code], code))[:MOST_SPOKEN]


def _named(codes: Iterable[str]) -> list[tuple[str, str]]:
    return sorted(((code, name_of_language(code)) for code in codes), key=lambda pair: pair[1])

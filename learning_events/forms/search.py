"""Looking through the programme: the one reading of a search's address, used by pages, feeds and blocks."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from learning_events.enums import Attendance
from learning_events.queries.choices import Choices
from learning_events.queries.programme import ACCESS, ProgrammeSearch
from learning_events.queries.where import name_of_place
from mapping.forms.search import Flag, OneOfSeveral, SlugsField
from mapping.languages import name_of_language
from participation.foundation.search import MAX_LENGTH

OLDEST = 120


class DayField(forms.DateField):
    """A day as an address writes it, 2026-09-12."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not 2000 <= value.year <= 2100:
            raise forms.ValidationError(_("Write a day like 2026-09-12."), code="day")


class PlaceField(forms.IntegerField):
    """The number of a public place; the place's name is kept for who reads the search."""

    name = ""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        self.name = name_of_place(value) or ""
        if not self.name:
            raise forms.ValidationError(_("There is no such place."), code="place")


class ProgrammeSearchForm(forms.Form):
    """What to look for. On pages, what makes no sense in an address is ignored; `left_out` tells it.

    `days` are those that can be chosen on a page that shows several; without any the field is hidden.
    """

    q = forms.CharField(
        label=_("Search for words"), required=False, max_length=MAX_LENGTH, widget=forms.SearchInput
    )
    day = DayField(label=_("Day"), required=False, widget=forms.Select)
    kind = SlugsField(label=_("Kind of event"), required=False, widget=OneOfSeveral)
    neighbourhood = SlugsField(label=_("Neighbourhood"), required=False, widget=OneOfSeveral)
    audience = SlugsField(label=_("For whom"), required=False, widget=OneOfSeveral)
    topic = SlugsField(label=_("What you want to learn"), required=False, widget=OneOfSeveral)
    language = SlugsField(label=_("Language"), required=False, widget=OneOfSeveral)
    how = forms.ChoiceField(
        label=_("Where"),
        required=False,
        choices=[
            ("", _("Anywhere")),
            (Attendance.IN_PERSON, _("At a place")),
            (Attendance.ONLINE, _("Online")),
        ],
    )
    age = forms.IntegerField(
        label=_("Age of who comes, in years"),
        required=False,
        min_value=0,
        max_value=OLDEST,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    free = forms.BooleanField(label=_("Free of charge"), required=False, widget=Flag)
    seats = forms.BooleanField(label=_("With free seats"), required=False, widget=Flag)
    step_free = forms.BooleanField(label=_("Without steps"), required=False, widget=Flag)
    accessible_toilet = forms.BooleanField(
        label=_("Toilet for wheelchair users"), required=False, widget=Flag
    )
    hearing_loop = forms.BooleanField(label=_("Hearing loop"), required=False, widget=Flag)
    quiet_space = forms.BooleanField(label=_("Quiet space"), required=False, widget=Flag)
    sign_language = forms.BooleanField(label=_("Sign language interpreter"), required=False, widget=Flag)

    place = PlaceField(label=_("Place"), required=False, min_value=1, widget=forms.HiddenInput)
    past = forms.BooleanField(label=_("Also what is over"), required=False, widget=Flag)

    FLAGS = ("free", "seats", *ACCESS, "past")
    SLUGS = ("kind", "neighbourhood", "audience", "topic", "language")
    # What the page keeps folded, because fewer people ask for it.
    FURTHER = ("audience", "topic", "language", "how", "age", *ACCESS)

    def __init__(self, data: Mapping[str, Any], *, choices: Choices, days: list[dt.date] | None = None):
        super().__init__(data)
        terms = {
            "kind": (_("All kinds"), choices.kinds),
            "neighbourhood": (_("The whole city"), choices.neighbourhoods),
            "audience": (_("For everybody"), choices.audiences),
            "topic": (_("Anything"), choices.topics),
        }
        self.ids = {name: {slug: pk for pk, slug, _name in rows} for name, (_words, rows) in terms.items()}
        offered = {name: (words, [row[1:] for row in rows]) for name, (words, rows) in terms.items()}
        languages = sorted(
            ((code, name_of_language(code)) for code in choices.languages), key=lambda each: each[1]
        )
        offered["language"] = (_("Any language"), languages)
        for name, (empty, rows) in offered.items():
            self.fields[name].choices = [("", empty), *rows]  # type: ignore[attr-defined]
            if not rows:
                self.fields[name].widget = forms.MultipleHiddenInput()
        if days:
            words = [(day.isoformat(), date_format(day, "l, j F")) for day in days]
            self.fields["day"].widget.choices = [("", _("Every day")), *words]  # type: ignore[attr-defined]
        else:
            self.fields["day"].widget = forms.HiddenInput()

    @property
    def _found(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data

    def _ids_of(self, name: str) -> frozenset[int]:
        return frozenset(self.ids[name][slug] for slug in self._found.get(name, ()) if slug in self.ids[name])

    @property
    def on_day(self) -> dt.date | None:
        return self._found.get("day")

    @property
    def wants_past(self) -> bool:
        return self._found.get("past", False)

    def search(self) -> ProgrammeSearch:
        """Return what to look for, from the fields that make sense."""
        found = self._found
        return ProgrammeSearch(
            words=found.get("q", ""),
            kinds=self._ids_of("kind"),
            neighbourhoods=self._ids_of("neighbourhood"),
            audiences=self._ids_of("audience"),
            topics=self._ids_of("topic"),
            languages=frozenset(found.get("language", ())),
            access=frozenset(name for name in ACCESS if found.get(name)),
            attendance=found.get("how", ""),
            age=found.get("age"),
            free=found.get("free", False),
            free_seats=found.get("seats", False),
            place=found.get("place") or 0,
        )

    def query(self, *, without: tuple[str, str] | None = None, day: bool = True, place: int = 0) -> str:
        """Return the search as a query string, always in the same order, "" for none.

        `without` leaves out one (name, value); `place` takes the place of the one that was looked for.
        """
        query = QueryDict(mutable=True)
        for name, value in self._parts():
            if (name, value) != without and (day or name != "day") and not (place and name == "place"):
                query.appendlist(name, value)
        if place:
            query["place"] = str(place)
        return query.urlencode()

    def _parts(self) -> list[tuple[str, str]]:
        found = self._found
        parts = [("q", found["q"])] if found.get("q") else []
        if found.get("day"):
            parts.append(("day", found["day"].isoformat()))
        for name in self.SLUGS:
            parts += [(name, slug) for slug in found.get(name, ())]
        if found.get("how"):
            parts.append(("how", found["how"]))
        if found.get("age") is not None:
            parts.append(("age", str(found["age"])))
        if found.get("place"):
            parts.append(("place", str(found["place"])))
        return parts + [(name, "1") for name in self.FLAGS if found.get(name)]

    @property
    def left_out(self) -> list[str]:
        """The labels of the fields whose values make no sense, so that they narrow nothing."""
        return [str(self.fields[name].label) for name in self.errors]

    def active(self) -> list[tuple[str, str]]:
        """Return (words, query string without it) of each filter that is set."""
        return [
            (self._words(name, value), self.query(without=(name, value))) for name, value in self._parts()
        ]

    @property
    def first_flags(self) -> list[forms.BoundField]:
        return [self["free"], self["seats"]]

    @property
    def access_flags(self) -> list[forms.BoundField]:
        return [self[name] for name in ACCESS]

    @property
    def further(self) -> list[forms.BoundField]:
        return [self[name] for name in ("audience", "topic", "language", "how", "age")]

    @property
    def further_chosen(self) -> int:
        """How many values are set among the filters that the page keeps folded."""
        return sum(name in self.FURTHER for name, _value in self._parts())

    def _words(self, name: str, value: str) -> str:
        if name == "q":
            return str(_("“%(words)s”") % {"words": value})
        if name == "day" and self.on_day is not None:
            return date_format(self.on_day, "l, j F")
        if name == "age":
            return str(_("for somebody of %(age)s years") % {"age": value})
        if name == "place":
            return self.fields["place"].name  # type: ignore[attr-defined]
        if name in self.FLAGS:
            return str(self.fields[name].label)
        if name == "language":
            return name_of_language(value)
        return str(dict(self.fields[name].choices).get(value, value))  # type: ignore[attr-defined]

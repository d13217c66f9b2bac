"""Looking for places: the one reading of a search's address, used by list, map, files, coverage and embedded frames."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundWidget
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mapping.languages import name_of_language
from mapping.queries.places import PlaceSearch
from mapping.queries.places_page import Choices, Kind, Scope
from participation.foundation.errors import Invalid
from participation.foundation.search import MAX_LENGTH

SUNDAY = 6
NEAR_DECIMALS = 3  # about a hundred metres: an address shows where its reader is no closer than that
_NEAR = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,9})?),(-?[0-9]{1,3}(?:\.[0-9]{1,9})?)", re.ASCII)
MOST_SLUGS = 40


class SlugsField(forms.MultipleChoiceField):
    """Short names, each once; only those that exist count."""

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(super().to_python(value)))[:MOST_SLUGS]

    def validate(self, value: list[str]) -> None:
        if wrong := [slug for slug in value if not self.valid_value(slug)]:
            raise ValidationError(
                _("There is nothing here with the short name “%(name)s”.") % {"name": wrong[0][:80]},
                code="unknown",
            )


class OneOfSeveral(forms.Select):
    """A list of which one is chosen on the page, though an address may name several."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return [
            each for each in (data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]) if each
        ]


class Flag(forms.CheckboxInput):
    """A checkbox that an address sets by `1`, and not by any other word."""

    def __init__(self) -> None:
        super().__init__({"value": "1"})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> bool:
        return data.get(name) in ("1", "on", "true")


class NearField(forms.CharField):
    """`latitude,longitude` in degrees, rounded to three decimals; becomes a pair of floats or None."""

    def to_python(self, value: Any) -> Any:
        text = (super().to_python(value) or "").replace(" ", "")
        if not text:
            return None
        match = _NEAR.fullmatch(text)
        numbers = tuple(round(float(part), NEAR_DECIMALS) for part in match.groups()) if match else None
        if numbers is None or abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
            raise ValidationError(
                _("Write latitude and longitude in degrees, for example 53.551,9.994."), code="near"
            )
        return numbers


def near_text(near: tuple[float, float]) -> str:
    """Return (latitude, longitude) in degrees as an address carries it."""
    return ",".join(f"{number:.{NEAR_DECIMALS}f}" for number in near)


class PlaceSearchForm(forms.Form):
    """What to look for among the places. On pages, what makes no sense in an address is ignored; `errors` tells it others.

    `choices` and `scope` are what can be chosen and what the page is about, from `mapping.queries.places_page`.
    """

    q = forms.CharField(
        label=_("Search for words"), required=False, max_length=MAX_LENGTH, widget=forms.SearchInput
    )
    neighbourhood = SlugsField(label=_("Neighbourhood"), required=False, widget=OneOfSeveral)
    open = forms.ChoiceField(
        label=_("Opening hours"),
        required=False,
        choices=[
            ("", _("At any time")),
            ("now", _("Open now")),
            ("sunday", _("Open on Sundays")),
            ("evening", _("Open in the evening")),
        ],
    )
    category = SlugsField(label=_("Kinds of places"), required=False, widget=forms.CheckboxSelectMultiple)
    step_free = forms.BooleanField(label=_("Entrance without steps"), required=False, widget=Flag)
    free = forms.BooleanField(label=_("Free of charge"), required=False, widget=Flag)
    online = forms.BooleanField(label=_("Digital spaces"), required=False, widget=Flag)
    language = SlugsField(label=_("Language spoken there"), required=False, widget=OneOfSeveral)
    audience = SlugsField(label=_("For whom"), required=False, widget=OneOfSeveral)
    topic = SlugsField(label=_("What you want to learn"), required=False, widget=OneOfSeveral)
    near = NearField(label=_("Nearest first, seen from"), required=False, widget=forms.Select)

    FLAGS = ("step_free", "free", "online")
    SLUGS = ("category", "neighbourhood", "language", "audience", "topic")

    def __init__(self, data: Mapping[str, Any], *, choices: Choices, scope: Scope | None = None):
        super().__init__(data)
        self.kinds = choices.kinds
        scope = scope or Scope()
        kinds = scope.categories or frozenset(kind.pk for kind in choices.kinds)
        hoods = scope.neighbourhoods or frozenset(pk for pk, _slug, _name in choices.neighbourhoods)
        self.ids = {
            "category": {kind.slug: kind.pk for kind in choices.kinds if kind.pk in kinds},
            "neighbourhood": {slug: pk for pk, slug, _name in choices.neighbourhoods if pk in hoods},
            "audience": {slug: pk for pk, slug, _name in choices.audiences},
            "topic": {slug: pk for pk, slug, _name in choices.topics},
        }
        names = {
            "category": [(kind.slug, kind.name) for kind in choices.kinds if kind.pk in kinds],
            "neighbourhood": [(slug, name) for pk, slug, name in choices.neighbourhoods if pk in hoods],
            "audience": [(slug, name) for _pk, slug, name in choices.audiences],
            "topic": [(slug, name) for _pk, slug, name in choices.topics],
            "language": sorted(
                ((code, name_of_language(code)) for code in choices.languages), key=lambda each: each[1]
            ),
        }
        empty = {
            "neighbourhood": _("The whole city"),
            "language": _("Any language"),
            "audience": _("For everybody"),
            "topic": _("Anything"),
        }
        for name, offered in names.items():
            first = [("", empty[name])] if name in empty else []
            self.fields[name].choices = [*first, *offered]
            if not offered and name != "category":
                self.fields[name].widget = forms.MultipleHiddenInput()
        self.middles = {near_text((lat, lon)): name for _slug, name, lat, lon in choices.middles}
        self.fields["near"].widget.choices = [("", _("No matter: by name")), *self._near_choices()]

    def _near_choices(self) -> list[tuple[str, Any]]:
        offered = [
            (value, _("the middle of %(name)s") % {"name": name}) for value, name in self.middles.items()
        ]
        near = self.seen_from
        if near is not None and near_text(near) not in self.middles:
            return [(self.data.get("near", ""), _("where I am")), *offered]
        return offered

    @property
    def _found(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data

    def ids_of(self, name: str) -> frozenset[int]:
        return frozenset(self.ids[name][slug] for slug in self._found.get(name, ()))

    def search(self, *, now: dt.datetime | None = None) -> PlaceSearch:
        """Return what to look for, from the fields that make sense; `now` is the moment of "open now", UTC or aware."""
        found = self._found
        opening = found.get("open", "")
        moment = (now or timezone.now()).replace(second=0, microsecond=0)
        return PlaceSearch(
            words=found.get("q", ""),
            categories=self.ids_of("category"),
            neighbourhoods=self.ids_of("neighbourhood"),
            audiences=self.ids_of("audience"),
            topics=self.ids_of("topic"),
            languages=frozenset(found.get("language", ())),
            open_at=moment if opening == "now" else None,
            open_on=SUNDAY if opening == "sunday" else None,
            open_in_evening=opening == "evening",
            step_free=found.get("step_free", False),
            free=found.get("free", False),
            online=found.get("online", False),
        )

    @property
    def seen_from(self) -> tuple[float, float] | None:
        """Where to measure distances from, (latitude, longitude) in degrees."""
        return self._found.get("near")

    def query(
        self,
        *,
        without: tuple[str, str] | None = None,
        near: bool = True,
        instead: Mapping[str, str] | None = None,
    ) -> str:
        """Return the search as a query string, always in the same order, "" for none.

        `without` leaves out one (name, value), `near=False` the point that distances are measured from, and `instead` sets
        other values for some names.
        """
        found = self._found
        query = QueryDict(mutable=True)
        for name, value in self._parts(found):
            if (name, value) != without and (near or name != "near"):
                query.appendlist(name, value)
        for name, value in (instead or {}).items():
            query[name] = value
        return query.urlencode(safe=",")

    def _parts(self, found: dict[str, Any]) -> list[tuple[str, str]]:
        parts = [("q", found["q"])] if found.get("q") else []
        for name in self.SLUGS:
            parts += [(name, slug) for slug in found.get(name, ())]
        if found.get("open"):
            parts.append(("open", found["open"]))
        parts += [(name, "1") for name in self.FLAGS if found.get(name)]
        if found.get("near"):
            parts.append(("near", near_text(found["near"])))
        return parts

    @property
    def left_out(self) -> list[str]:
        """The labels of the fields whose values make no sense, so that they narrow nothing."""
        return [str(self.fields[name].label) for name in self.errors]

    def nonsense(self) -> dict[str, str]:
        """Return what is wrong with each name that this search does not know or whose value makes no sense."""
        unknown = sorted(set(self.data) - set(self.fields))
        return {name: str(_("There is no such filter.")) for name in unknown} | {
            name: " ".join(str(words) for words in errors) for name, errors in self.errors.items()
        }

    def refuse_nonsense(self) -> None:
        """Raise Invalid where a page would say beside its list what it has ignored: a file cannot say that."""
        if wrong := self.nonsense():
            name, words = next(iter(wrong.items()))
            raise Invalid(
                _("Part of this address makes no sense (%(name)s): %(words)s")
                % {"name": name[:80], "words": words},
                field=name,
                details=wrong,
            )

    def active(self) -> list[tuple[str, str]]:
        """Return (words, query string without it) of each filter that is set."""
        found = self._found
        return [
            (self._words(name, value), self.query(without=(name, value)))
            for name, value in self._parts(found)
        ]

    @property
    def kind_boxes(self) -> list[tuple[Kind, BoundWidget]]:
        """Each kind of place with its checkbox, in the order of their tree."""
        by_slug = {kind.slug: kind for kind in self.kinds}
        return [(by_slug[str(box.data["value"])], box) for box in self["category"]]

    @property
    def flags(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FLAGS]

    @property
    def lists(self) -> list[forms.BoundField]:
        return [self[name] for name in ("language", "audience", "topic", "near")]

    @property
    def more_chosen(self) -> int:
        """How many values are set among the further filters, which the page keeps folded."""
        further = {"category", "language", "audience", "topic", "near"}
        return sum(name in further for name, _value in self._parts(self._found))

    def _words(self, name: str, value: str) -> str:
        if name == "q":
            return str(_("“%(words)s”") % {"words": value})
        if name == "near":
            middle = self.middles.get(value)
            return str(_("Near the middle of %(name)s") % {"name": middle} if middle else _("Near me"))
        if name in self.FLAGS:
            return str(self.fields[name].label)
        if name == "language":
            return str(_("%(language)s is spoken") % {"language": name_of_language(value)})
        return str(dict(self.fields[name].choices).get(value, value))

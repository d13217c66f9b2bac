"""What one can ask of coverage: which places, for whom, how near, and where one more might stand."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mapping.forms.search import PlaceSearchForm
from mapping.spatial.age_groups import EVERYONE
from mapping.spatial.coverage import DISTANCES_M
from mapping.validators import read_place

USUAL_M = 800
ORDERS = ("people", "share")


class CoverageForm(PlaceSearchForm):
    """The part of a search that makes sense for coverage, and how the figures are shown; what makes no sense is ignored."""

    distance = forms.TypedChoiceField(
        label=_("Distance"),
        coerce=int,
        required=False,
        choices=[(distance, distance) for distance in DISTANCES_M],
        widget=forms.HiddenInput,
    )
    group = forms.CharField(label=_("Group"), max_length=100, required=False, widget=forms.HiddenInput)
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[(order, order) for order in ORDERS],
        widget=forms.HiddenInput,
    )

    NOT_ASKED = ("q", "neighbourhood", "online", "language", "audience", "topic", "near")

    def __init__(self, data: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name in self.NOT_ASKED:
            del self.fields[name]
        # The figures are kept for days: what is open just now cannot be among them.
        opening: Any = self.fields["open"]
        opening.choices = [each for each in opening.choices if each[0] != "now"]
        kinds: Any = self.fields["category"]
        if not kinds.choices:
            del self.fields["category"]

    @property
    def distance_m(self) -> int:
        return self._found.get("distance") or USUAL_M

    @property
    def by_share(self) -> bool:
        return self._found.get("order") == "share"

    def group_among(self, groups: Sequence[str]) -> str:
        """Return the group that is asked about if the figures have it, else everyone."""
        asked = self._found.get("group", "")
        return asked if asked in groups else EVERYONE

    def names_of_kinds(self) -> list[str]:
        """Return the names of the chosen kinds of places."""
        names = {kind.slug: kind.name for kind in self.kinds}
        return [names[slug] for slug in self._found.get("category", ())]

    def pairs(self) -> list[tuple[str, str]]:
        """Return the question as (name, value), for the hidden fields of another form on the page."""
        return self._parts(self._found)

    def query_with(self, **parts: str) -> str:
        """Return the question as a query string with other values of these parts; "" leaves a part out."""
        kept = [(name, value) for name, value in self.pairs() if name not in parts]
        return urlencode(kept + [(name, value) for name, value in parts.items() if value])

    def _parts(self, found: dict[str, Any]) -> list[tuple[str, str]]:
        parts = super()._parts(found)
        if found.get("distance") and found["distance"] != USUAL_M:
            parts.append(("distance", str(found["distance"])))
        parts += [(name, found[name]) for name in ("group", "order") if found.get(name)]
        return parts


def _number_box() -> forms.TextInput:
    return forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "input--short"})


class OneMoreForm(forms.Form):
    """Where one more place might stand: in the middle of a neighbourhood, or at typed coordinates."""

    at = forms.ChoiceField(label=_("In the middle of"), required=False)
    latitude = forms.CharField(label=_("Latitude"), required=False, widget=_number_box())
    longitude = forms.CharField(label=_("Longitude"), required=False, widget=_number_box())

    def __init__(self, data: Mapping[str, Any], *, middles: Mapping[str, tuple[str, tuple[float, float]]]):
        """`middles` has name and (latitude, longitude) in degrees by short name."""
        super().__init__(data if any(data.get(name) for name in self.base_fields) else None)
        self.middles = middles
        at: Any = self.fields["at"]
        at.choices = [
            ("", _("Choose a neighbourhood")),
            *sorted(((slug, name) for slug, (name, _place) in middles.items()), key=lambda each: each[1]),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            place = read_place(cleaned)
        except ValidationError as error:
            self.add_error("latitude", error)
            return cleaned
        if place is not None:
            cleaned["place"], cleaned["name"] = (float(place[0]), float(place[1])), ""
        elif cleaned.get("at"):
            cleaned["name"], cleaned["place"] = self.middles[cleaned["at"]]
        return cleaned

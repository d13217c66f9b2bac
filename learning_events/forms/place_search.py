"""Choosing a place of the map by its name, in a form that works without JavaScript: search, look, choose, save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mapping.enums import PlaceStatus
from mapping.models import LearningPlace
from mapping.queries.places import PlaceSearch, place_index

MOST_FOUND = 10


class PlaceSearchForm(forms.Form):
    """The fields `words` and `place` of a form whose event or session may have a place of the map.

    `searches` says whether the person pressed "Search": then nothing is to be saved, and the places found can be chosen.
    """

    words = forms.CharField(label=_("Look for a place on the map"), max_length=120, required=False)
    place = forms.CharField(label=_("Which place?"), max_length=12, required=False, widget=forms.RadioSelect)
    none_label = _("Another place, or none")

    def prepare_places(self, present: LearningPlace | None) -> None:
        """Offer the present place, the one chosen a moment ago and those that the words find."""
        wanted = [present.pk] if present is not None else []
        if self.is_bound:
            chosen = self.data.get("place", "")
            wanted += [int(chosen)] if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else []
            wanted += self._found(self.data.get("words", ""))
        places = LearningPlace.objects.filter(status=PlaceStatus.PUBLISHED).in_bulk(wanted)
        if present is not None:
            places[present.pk] = present
        self.places = places
        listed = [places[pk] for pk in dict.fromkeys(wanted) if pk in places]
        self.fields["place"].widget.choices = [
            *(
                (str(place.pk), f"{place.name}, {place.address}" if place.address else place.name)
                for place in listed
            ),
            ("", self.none_label),
        ]
        self.fields["place"].initial = str(present.pk) if present is not None else ""

    @property
    def searches(self) -> bool:
        return self.is_bound and "search" in self.data

    @property
    def finds_nothing(self) -> bool:
        return self.searches and bool(self.data.get("words", "").strip()) and not self.found

    def _found(self, words: str) -> list[int]:
        index = place_index()
        self.found = index.ids_of(index.find(PlaceSearch(words=words))[:MOST_FOUND]) if words.strip() else []
        return self.found

    def clean_place(self) -> LearningPlace | None:
        chosen = self.cleaned_data["place"]
        if not chosen:
            return None
        place = self.places.get(int(chosen)) if chosen.isascii() and chosen.isdigit() else None
        if place is None:
            raise forms.ValidationError(
                _("This place is not on the map any more. Please choose another one.")
            )
        return place

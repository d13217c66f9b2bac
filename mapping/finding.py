"""A search that came in by an address, what it finds on one map page, and what list, map and blocks show of that."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, cached_property
from typing import Any

from django.utils import timezone

from mapping.forms.search import PlaceSearchForm
from mapping.layers import ON_MAP, count_of, layers
from mapping.models import LearningPlace, PlacesPage
from mapping.queries.clusters import Found, found_by
from mapping.queries.place import cards_of, lines_of
from mapping.queries.places import Positions, place_index
from mapping.queries.places_page import Choices, Kind, choices, scope_of
from mapping.words import distance_words, opening_now, shown_address, timetable_of, week_words

MOST_KINDS = 12


class Finding:
    """A search and what it finds; `query` is that of an address, `PlaceSearchForm` says what it may hold."""

    def __init__(self, page: PlacesPage, query: Mapping[str, Any]):
        self.index = place_index()
        self.choices: Choices = choices(self.index)
        scope = scope_of(page)
        self.form = PlaceSearchForm(query, choices=self.choices, scope=scope)
        self.search = scope.narrow(self.form.search())

    def only_open_now(self) -> None:
        """Keep only what is open at this moment."""
        self.search = replace(self.search, open_at=timezone.now().replace(second=0, microsecond=0))

    @cached_property
    def positions(self) -> Positions:
        return self.index.find(self.search, near=self.form.seen_from)

    @cached_property
    def found(self) -> Found:
        return found_by(self.index, self.positions)

    def cards(self, positions: Positions) -> list[dict[str, Any]]:
        """Return what a list shows of the places at these positions."""
        distances = self._distances(positions)
        places = cards_of(self.index.ids_of(positions))
        return [card_of(place, distance=distances.get(place.pk, "")) for place in places]

    def lines(self, positions: Positions, today: dt.date) -> list[dict[str, Any]]:
        """Return what paper shows of the places at these positions, with the hours of the seven days from `today` on."""
        distances = self._distances(positions)
        week_of = cache(lambda osm: week_words(table, today) if (table := timetable_of(osm)) else "")
        return [
            {
                "place": place,
                "hours": week_of(place.opening_hours),
                "distance": distances.get(place.pk, ""),
                "contacts": [
                    each for each in (place.phone, place.email, shown_address(place.website)) if each
                ],
            }
            for place in lines_of(self.index.ids_of(positions))
        ]

    def _distances(self, positions: Positions) -> dict[int, str]:
        if self.form.seen_from is None:
            return {}
        ids, metres = self.index.ids_of(positions), self.index.distances_m(positions, self.form.seen_from)
        return {pk: distance_words(far) for pk, far in zip(ids, metres, strict=True) if math.isfinite(far)}

    def kinds(self) -> list[tuple[Kind, int]]:
        """Return the next kinds of places to choose, with how many of what was found belong there, most first.

        They are those that belong to no other, or that belong to the one kind that is chosen.
        """
        chosen = self.form.ids_of("category")
        if len(chosen) > 1:
            return []
        above = next(iter(chosen), 0)
        roots: dict[int, int] = {}
        for kind in self.choices.kinds:  # parents come before their children
            roots[kind.pk] = kind.pk if kind.parent == above else roots.get(kind.parent, 0)
        numbers = Counter(roots.get(pk, 0) for pk in self.index.categories[self.positions].tolist())
        known = [(kind, numbers[kind.pk]) for kind in self.choices.kinds if numbers[kind.pk]]
        return sorted(known, key=lambda each: -each[1])[:MOST_KINDS]

    def symbols(self) -> list[tuple[str, str]]:
        """Return (symbol, names of its kinds) of all that was found, for the legend."""
        present = set(self.index.categories[self.positions].tolist())
        names: dict[str, list[str]] = {}
        for kind in self.choices.kinds:
            if kind.pk in present:
                names.setdefault(kind.symbol, []).append(kind.name)
        return [(symbol, ", ".join(words)) for symbol, words in names.items()]


def card_of(place: LearningPlace, *, distance: str = "") -> dict[str, Any]:
    """Return what `{% place_card %}` draws of a place."""
    return {
        "place": place,
        "opening": opening_now(place.opening_hours, place.hours_remark),
        "distance": distance,
    }


def map_context(page: PlacesPage, asked: Finding) -> dict[str, Any]:
    """Return what `mapping/components/places_map.html` shows for a search."""
    query = asked.form.query(near=False)
    box = asked.found.box
    return {
        "cells_url": page.url_of("cells") + (f"?{query}" if query else ""),
        "places_url": page.url,
        "box": ",".join(f"{number:.5f}" for number in box) if box else "",
        "found": asked.found,
        "legend": asked.symbols(),
        "layers": [
            {
                "layer": layer,
                "count": count,
                "on_map": min(count, ON_MAP),
                "url": page.url_of("layer", layer.key),
                "points_url": page.url_of("layer_points", layer.key),
            }
            for layer in layers()
            if (count := count_of(layer))
        ],
    }

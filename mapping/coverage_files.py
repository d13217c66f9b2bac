"""Figures of coverage for other programs: one shape for the JSON file and the API, one table for spreadsheets."""

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mapping.city import population_source
from mapping.coverage_words import group_label, places_words
from mapping.queries.coverage import AreaFigures, Figures
from mapping.spatial.writing import CONTENT_TYPES, write_table

# The table is long: a line for each neighbourhood, group and distance, and first those of the whole city.
COVERAGE_COLUMNS = (
    "neighbourhood",
    "name",
    "group",
    "residents",
    "distance_m",
    "within",
    "without",
    "share",
    "places",
    "places_per_10000",
    "one_more_place",
)
KINDS = {"csv": CONTENT_TYPES["csv"], "xlsx": CONTENT_TYPES["xlsx"], "json": "application/json"}
METHOD = "straight line; residents spread evenly over their neighbourhood"


def coverage_json(figures: Figures, *, kinds: Mapping[int, str]) -> dict[str, Any]:
    """Return all figures as data; `kinds` are the short names of kinds of places by id. People are estimates."""
    choice = figures.choice
    return {
        "method": METHOD,
        "computed_at": figures.computed_at.isoformat(),
        "is_stale": figures.is_stale,
        "population_source": population_source(),
        "choice": {
            "category": sorted(kinds[pk] for pk in choice.categories if pk in kinds),
            "open_in_evening": choice.open_in_evening,
            "open_on_sunday": choice.open_on_sunday,
            "step_free": choice.step_free,
            "free": choice.free,
        },
        "distances_m": list(figures.distances_m),
        "groups": figures.groups,
        "places": figures.places,
        "places_without_point": figures.places_without_point,
        "places_outside": figures.places_outside,
        "without_outline": figures.without_outline,
        "without_population": figures.without_population,
        "totals": [
            {
                "group": group,
                "residents": _people(figures.residents(group)),
                "within": {str(d): _people(figures.near(group, d)) for d in figures.distances_m},
                "share": {str(d): _share(figures.share(group, d)) for d in figures.distances_m},
                "places_per_10000": _rate(figures.per_10_000(group)),
            }
            for group in figures.groups
        ],
        "neighbourhoods": [_neighbourhood(area, figures) for area in figures.areas],
    }


def _neighbourhood(area: AreaFigures, figures: Figures) -> dict[str, Any]:
    groups = [group for group in figures.groups if group in area.population]
    return {
        "id": area.pk,
        "slug": area.slug,
        "name": area.name,
        "places": area.places,
        "places_per_10000": _rate(area.per_10_000()),
        "residents": {group: _people(area.population[group]) for group in groups},
        "share": {str(d): _share(area.shares[d]) for d in figures.distances_m},
        "within": {
            str(d): {group: _people(area.near(group, d)) for group in groups} for d in figures.distances_m
        },
        "middle": list(area.middle),
        "one_more_place": {
            str(d): {
                "latitude": one.latitude,
                "longitude": one.longitude,
                "people": {
                    group: _people(one.people[group]) for group in figures.groups if group in one.people
                },
            }
            for d, one in area.one_more.items()
            if one is not None
        },
    }


def coverage_rows(figures: Figures) -> Iterator[dict[str, Any]]:
    """Yield the lines of the table."""
    inside = sum(area.places for area in figures.areas)
    for group in figures.groups:
        for d in figures.distances_m:
            yield {
                "neighbourhood": "",
                "name": _("Whole city"),
                "group": group,
                "residents": _people(figures.residents(group)),
                "distance_m": d,
                "within": _people(figures.near(group, d)),
                "without": _people(figures.without(group, d)),
                "share": _share(figures.share(group, d)),
                "places": inside,
                "places_per_10000": _rate(figures.per_10_000(group)),
                "one_more_place": None,
            }
    for area in figures.areas:
        for group in (each for each in figures.groups if each in area.population):
            for d in figures.distances_m:
                yield {
                    "neighbourhood": area.slug,
                    "name": area.name,
                    "group": group,
                    "residents": _people(area.population[group]),
                    "distance_m": d,
                    "within": _people(area.near(group, d)),
                    "without": _people(area.without(group, d)),
                    "share": _share(area.shares[d]),
                    "places": area.places,
                    "places_per_10000": _rate(area.per_10_000(group)),
                    "one_more_place": _people(area.gain(group, d)),
                }


def coverage_file(figures: Figures, kind: str, *, kinds: Mapping[int, tuple[str, str]]) -> bytes:
    """Return the figures as a file of one of KINDS; `kinds` are short name and name of kinds of places by id."""
    if kind == "json":
        told = coverage_json(figures, kinds={pk: slug for pk, (slug, _name) in kinds.items()})
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    file = io.BytesIO()
    note = method_note(
        figures, [name for pk, (_slug, name) in kinds.items() if pk in figures.choice.categories]
    )
    write_table(
        coverage_rows(figures),
        COVERAGE_COLUMNS,
        kind,
        file,
        attribution=note if kind == "xlsx" else "",
        sheets=("Coverage", "Method"),
    )
    return file.getvalue()


def method_note(figures: Figures, kinds: list[str]) -> str:
    """Return what somebody who only has the file must know to read it."""
    told = {
        "places": places_words(figures.choice, kinds),
        "date": date_format(localtime(figures.computed_at), "DATETIME_FORMAT"),
        "groups": ", ".join(f"{group} = {group_label(group)}" for group in figures.groups),
        "source": population_source() or _("not stated"),
    }
    return (
        _(
            "Residents who live near %(places)s, computed on %(date)s. Distances are straight lines, and residents are "
            "spread evenly over their neighbourhood: estimates, not measurements. Groups: %(groups)s. Population: %(source)s."
        )
        % told
    )


def _people(people: float) -> float:
    return round(people, 1)


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _rate(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 2)

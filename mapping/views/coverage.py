"""Who is left out: the page that shows where the next learning place helps most."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from mapping.city import population_source
from mapping.coverage_files import KINDS, coverage_file
from mapping.coverage_words import group_label, left_out, of_100, people_of, sentence
from mapping.domain.coverage import CoverageChoice, coverage_of, one_more_place
from mapping.forms.coverage import USUAL_M, CoverageForm, OneMoreForm
from mapping.queries.coverage import AreaFigures, Figures, chosen_places, drawing_of
from mapping.queries.places import place_index
from mapping.queries.places_page import choices, scope_of
from mapping.spatial.age_groups import CHILDREN, EVERYONE
from participation.foundation.errors import Missing
from participation.foundation.pages import page_view
from participation.foundation.trail import breadcrumbs

LISTED = 10
HELPED = 5
# More would hide the neighbourhoods under them.
MOST_DOTS = 400
# Names narrower than this many units of the drawing (of 1,000) would not fit.
NAME_FITS, SHARE_FITS = 130, 60
BANDS = 5


@dataclass(frozen=True)
class Asked:
    """What somebody asks this page: the form, the figures that answer it, and how they are to be shown."""

    form: CoverageForm
    figures: Figures
    group: str
    distance_m: int
    kinds: dict[int, tuple[str, str]]

    @property
    def words(self) -> dict[str, Any]:
        return {"group": self.group, "distance_m": self.distance_m}


def _asked(page, request) -> Asked:
    if not page.shows_coverage:
        raise Missing
    offered, scope = choices(place_index()), scope_of(page)
    form = CoverageForm(request.GET, choices=offered, scope=scope)
    figures = coverage_of(CoverageChoice.of(scope.narrow(form.search())))
    kinds = {kind.pk: (kind.slug, kind.name) for kind in offered.kinds}
    return Asked(form, figures, form.group_among(figures.groups), form.distance_m, kinds)


@page_view("GET")
def coverage(page, request):
    asked = _asked(page, request)
    form, figures, group, distance = asked.form, asked.figures, asked.group, asked.distance_m
    names = form.names_of_kinds() or [category.name for category in page.categories.all()]
    address = page.url_of("coverage")
    shown = [(name, value) for name, value in form.pairs() if name in ("distance", "group", "order")]
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, (address, _("Who is left out"))),
        "form": form,
        "figures": figures,
        "address": address,
        "is_narrow": len(shown) < len(form.pairs()),
        "distance": distance,
        "people": people_of(group),
        "shown": shown,
        "population_source": population_source(),
    }
    if not figures.has_people:
        return TemplateResponse(request, "mapping/pages/coverage.html", context)
    try_form = OneMoreForm(
        request.GET, middles={area.slug: (area.name, area.middle) for area in figures.areas}
    )
    change = _one_more(asked, try_form)
    context |= {
        "sentence": sentence(figures, kinds=names, **asked.words),
        "left_out": left_out(figures, **asked.words),
        "stats": [
            (_within(d), _("%(number)s of 100") % {"number": of_100(figures.share(group, d) or 0)})
            for d in figures.distances_m
        ],
        **_tabs_of(address, asked),
        **_lists(asked),
        "map": _map(asked, change),
        "try_form": try_form,
        "change": change,
        "downloads": [
            (kind.upper(), page.url_of("coverage_file", kind) + _question(form.query_with()))
            for kind in KINDS
        ],
    }
    return TemplateResponse(request, "mapping/pages/coverage.html", context)


def _metres(distance_m: int) -> str:
    return number_format(distance_m, force_grouping=True)


def _within(distance_m: int) -> str:
    return _("within %(distance)s m") % {"distance": _metres(distance_m)}


def _lists(asked: Asked) -> dict[str, Any]:
    """Return the rows of the page's tables."""
    figures, group, distance = asked.figures, asked.group, asked.distance_m
    order = figures.least_served(group, distance, by_share=asked.form.by_share)
    most = max((area.without(group, distance) for area in order), default=0) or 1
    rows = [_row(area, asked, most) for area in order]
    return {
        "within": [_within(d) for d in figures.distances_m],
        "least": rows[:LISTED],
        "all": rows,
        "by_group": [_group_row(each, figures, distance) for each in figures.groups],
        "helped": [_helped(area, asked) for area in figures.most_helped(group, distance)[:HELPED]],
    }


def _tabs_of(address: str, asked: Asked) -> dict[str, list[tuple]]:
    """Return the links that ask the same of another distance, group or order, as the names of their rows on the page."""
    form, figures = asked.form, asked.figures
    distances = [(str(d), _("%(distance)s metres") % {"distance": _metres(d)}) for d in figures.distances_m]
    groups = [(group, group_label(group)) for group in figures.groups]
    orders = [("people", _("Most people first")), ("share", _("Smallest share first"))]
    order = "share" if form.by_share else "people"

    def tabs(name: str, offered, current: str, usual: str, anchor: str) -> list[tuple]:
        return [
            (
                address + _question(form.query_with(**{name: "" if value == usual else value})) + anchor,
                words,
                value == current,
            )
            for value, words in offered
        ]

    return {
        "distances": tabs("distance", distances, str(asked.distance_m), str(USUAL_M), "#figures"),
        "groups": tabs("group", groups, asked.group, EVERYONE, "#figures"),
        "orders": tabs("order", orders, order, "people", "#least"),
    }


def _question(query: str) -> str:
    return f"?{query}" if query else ""


def _row(area: AreaFigures, asked: Asked, most: float) -> dict:
    group, distance = asked.group, asked.distance_m
    without = area.without(group, distance)
    return {
        "area": area,
        "people": area.population[group],
        "without": without,
        "without_bar": without / most,
        "of_100": of_100(area.shares[distance]),
        "shares": [of_100(area.shares[d]) for d in asked.figures.distances_m],
        "per_10_000": area.per_10_000(),
    }


def _group_row(group: str, figures: Figures, distance: int) -> dict:
    return {
        "label": group_label(group),
        "people": figures.residents(group),
        "shares": [of_100(figures.share(group, d) or 0) for d in figures.distances_m],
        "share": figures.share(group, distance) or 0,
        "without": figures.without(group, distance),
    }


def _helped(area: AreaFigures, asked: Asked) -> dict:
    one = area.one_more[asked.distance_m]
    point = {"latitude": f"{one.latitude:.6f}", "longitude": f"{one.longitude:.6f}"}
    return {
        "name": area.name,
        "people": one.people[asked.group],
        "children": one.people.get(CHILDREN) if asked.group == EVERYONE else None,
        "url": f"?{asked.form.query_with(**point)}#one-more",
    }


@dataclass(frozen=True)
class Change:
    """What one more place would change, as the page tells it."""

    name: str
    latitude: float
    longitude: float
    is_inside: bool
    people: float
    children: float | None
    before: str
    after: str
    areas: list[tuple[str, list[float]]]
    groups: list[tuple[str, list[float]]]


def _one_more(asked: Asked, form: OneMoreForm) -> Change | None:
    if not form.is_bound or not form.is_valid() or "place" not in form.cleaned_data:
        return None
    figures, group, distance = asked.figures, asked.group, asked.distance_m
    latitude, longitude = form.cleaned_data["place"]
    effect = one_more_place(figures.choice, latitude=latitude, longitude=longitude)
    names = {area.pk: area.name for area in figures.areas}
    people = effect.people[distance].get(group, 0)
    everyone = figures.residents(group)
    near = figures.near(group, distance)
    return Change(
        name=form.cleaned_data["name"],
        latitude=latitude,
        longitude=longitude,
        is_inside=effect.is_inside,
        people=people,
        children=effect.people[distance].get(CHILDREN) if group == EVERYONE else None,
        before=number_format(near / everyone * 100, decimal_pos=1),
        after=number_format((near + people) / everyone * 100, decimal_pos=1),
        areas=[
            (names[pk], [effect.areas[pk][d].get(group, 0) for d in figures.distances_m])
            for pk, _gain in effect.most_helped(group, figures.distances_m[-1])
            if pk in names
        ],
        groups=[
            (group_label(each), [effect.people[d].get(each, 0) for d in figures.distances_m])
            for each in figures.groups
        ],
    )


def _map(asked: Asked, change: Change | None) -> dict | None:
    """Return what the drawing of the city needs: a path, a band and words for each neighbourhood, dots and the new place."""
    figures, group, distance = asked.figures, asked.group, asked.distance_m
    drawing, paths = drawing_of(figures.choice)
    if drawing is None:
        return None
    by_pk = {area.pk: area for area in figures.areas}
    shapes, labels, counts = [], [], [0] * BANDS
    for pk, (outline, width) in paths.items():
        area = by_pk.get(pk)
        if area is None or not area.population.get(group):
            shapes.append(
                {
                    "path": outline,
                    "band": 0,
                    "title": _("%(name)s: nothing known") % {"name": area.name} if area else "",
                }
            )
            continue
        share = area.shares[distance]
        band = min(int(share * BANDS), BANDS - 1) + 1
        counts[band - 1] += 1
        told = {"name": area.name, "number": of_100(share)}
        shapes.append({"path": outline, "band": band, "title": _("%(name)s: %(number)s of 100") % told})
        x, y = drawing.place(*area.middle)
        if width >= SHARE_FITS:
            words = _("%(number)s of 100") % told if width >= NAME_FITS else of_100(share)
            labels.append({"x": x, "y": y, "name": area.name if width >= NAME_FITS else "", "words": words})
    points = chosen_places(figures.choice).points
    dots = [drawing.place(lat, lon) for lon, lat in points.tolist()] if len(points) <= MOST_DOTS else []
    return {
        "drawing": drawing,
        "shapes": shapes,
        "labels": labels,
        "dots": [(x, y) for x, y in dots if 0 <= x <= drawing.width and 0 <= y <= drawing.height],
        "legend": [
            (band + 1, band * 100 // BANDS, (band + 1) * 100 // BANDS, counts[band]) for band in range(BANDS)
        ],
        "new": drawing.place(change.latitude, change.longitude) if change and change.is_inside else None,
        "reach": drawing.length(distance),
    }


@page_view("GET")
def download(page, request, kind):
    """The figures of this page as a file."""
    if kind not in KINDS:
        raise Missing
    asked = _asked(page, request)
    asked.form.refuse_nonsense()
    response = HttpResponse(coverage_file(asked.figures, kind, kinds=asked.kinds), content_type=KINDS[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="coverage.{kind}"'
    response.headers["Cache-Control"] = "no-cache"
    return response


urls = [
    path("coverage/", coverage, name="coverage"),
    path("coverage/files/<slug:kind>/", download, name="coverage_file"),
]

"""Finding places: the list with its map, what the map fetches, the list as a frame for other sites, and other layers."""

import datetime as dt
import json
import re
from hashlib import sha256

from django.conf import settings
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from mapping.finding import Finding, map_context
from mapping.layers import ON_MAP, layer_of, points_of
from mapping.queries.clusters import MAX_ZOOM, map_features
from mapping.queries.version import present_version
from mapping.views.answers import json_text
from participation.foundation.errors import Invalid
from participation.foundation.pages import page_view
from participation.foundation.trail import breadcrumbs

PER_PAGE = 30
# About forty sheets: more is for a spreadsheet.
MOST_ON_PAPER = 500
FILES = (
    ("geojson", "GeoJSON"),
    ("csv", "CSV"),
    ("xlsx", "Excel"),
    ("gpkg", "GeoPackage"),
    ("kml", "KML"),
)
_DEGREES = re.compile(r"-?[0-9]{1,4}(\.[0-9]{1,15})?", re.ASCII)


def _listed(page, request, asked: Finding) -> dict:
    numbers = Paginator(asked.positions, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "form": asked.form,
        "numbers": numbers,
        "cards": asked.cards(numbers.object_list),
        "map": map_context(page, asked),
        "list_url": page.url,
    }


@page_view("GET")
def place_list(page, request):
    asked = Finding(page, request.GET)
    form = asked.form
    context = {
        **page.get_context(request),
        **_listed(page, request, asked),
        "breadcrumbs": breadcrumbs(page),
        "active": form.active(),
        "is_narrow": bool(form.active()),
        "kinds": [
            (kind, number, form.query(instead={"category": kind.slug})) for kind, number in asked.kinds()
        ],
        "query": form.query(),
        "query_by_name": form.query(near=False),
        "register_url": page.url_of("register") if page.takes_registrations else "",
        "mine_url": page.url_of("own_places") if request.user.is_authenticated else "",
        "coverage_url": page.url_of("coverage") if page.shows_coverage else "",
        "files": [(page.url_of("file", kind), words) for kind, words in FILES],
        "scout_url": page.url_of("scout"),
        "embed_url": page.url_of("embed"),
        "print_url": page.url_of("places_print"),
    }
    return TemplateResponse(request, "mapping/pages/places.html", context)


@page_view("GET")
def places_print(page, request):
    """The whole list on one page for paper, as far as paper makes sense, saying what was looked for."""
    asked = Finding(page, request.GET)
    today = timezone.localdate()
    count = len(asked.positions)
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, ("", _("The list for paper"))),
        "form": asked.form,
        "active": [words for words, _without in asked.form.active()],
        "lines": asked.lines(asked.positions[:MOST_ON_PAPER], today),
        "count": count,
        "is_cut": count > MOST_ON_PAPER,
        "today": today,
        "last_day": today + dt.timedelta(days=6),
        "address": request.build_absolute_uri(page.url),
        "list_url": page.url,
        "csv_url": page.url_of("file", "csv"),
        "query": asked.form.query(),
        "query_by_name": asked.form.query(near=False),
    }
    return TemplateResponse(request, "mapping/pages/places_print.html", context)


@page_view("GET")
def cells(page, request):
    """Return what the map shows in `bbox` (west,south,east,north in degrees) at `zoom`, for the filters of the list."""
    try:
        bbox, zoom = _viewport(request.GET)
    except Invalid as refusal:
        return JsonResponse({"error": {"field": refusal.field, "message": str(refusal.message)}}, status=400)
    tag = _tag_of_cells(page, request)
    if tag in request.headers.get("If-None-Match", ""):
        return json_text(request, "", max_age=60, tag=tag)
    asked = Finding(page, request.GET)
    features = map_features(asked.index, asked.search, asked.choices, bbox=bbox, zoom=zoom)
    text = json.dumps(features, separators=(",", ":"), ensure_ascii=False)
    return json_text(request, text, max_age=60, tag=tag)


def _tag_of_cells(page, request) -> str:
    """Return an ETag that is known without any search: the version of the map, the page and the address decide."""
    parts = [
        present_version().stamp,
        page.pk,
        page.live_revision_id,
        page.last_published_at,
        request.GET.urlencode(),
    ]
    if request.GET.get("open") == "now":
        parts.append(timezone.now().strftime("%Y-%m-%dT%H:%M"))
    return f'"{sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _viewport(query) -> tuple[tuple[float, float, float, float], int]:
    words = _(
        "Write four numbers in degrees with commas between: west,south,east,north, for example 9.7,53.4,10.3,53.7."
    )
    parts = query.get("bbox", "")[:200].split(",")
    numbers = [float(part) for part in parts if _DEGREES.fullmatch(part)]
    # A map that was dragged around the globe names degrees beyond 180.
    if len(parts) != 4 or len(numbers) != 4 or max(map(abs, numbers)) > 3600 or numbers[1] > numbers[3]:
        raise Invalid(words, field="bbox")
    west, south, east, north = numbers
    zoom = query.get("zoom", "")
    if not (zoom.isascii() and zoom.isdigit() and len(zoom) <= 2):
        raise Invalid(_("Write a zoom from 0 to 18."), field="zoom")
    return (west, south, east, north), min(int(zoom), MAX_ZOOM)


@page_view("GET")
def embed(page, request):
    """The list and its map as a frame for other sites: nothing to send, no cookie, nobody signed in."""
    asked = Finding(page, request.GET)
    context = _listed(page, request, asked) | {"address": request.build_absolute_uri(page.url)}
    response = TemplateResponse(request, "mapping/pages/embed.html", context)
    response.xframe_options_exempt = True
    # Read by django-csp's middleware; its decorators set the same.
    response._csp_replace = {"frame-ancestors": list(settings_for_frames())}
    return response


def settings_for_frames() -> tuple[str, ...]:
    """Return who may show the map in a frame: MAPPING_EMBED_ANCESTORS, sources of the content policy; everybody by default.

    The frame has nothing to press that changes anything, and browsers send no cookies of this site into it.
    """
    return tuple(getattr(settings, "MAPPING_EMBED_ANCESTORS", ("*",)))


@page_view("GET")
def layer_list(page, request, key):
    """List what a layer shows on the map."""
    layer = layer_of(key)
    points = points_of(layer)
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, ("", layer.label)),
        "layer": layer,
        "numbers": Paginator(points, PER_PAGE).get_page(request.GET.get("page")),
        "points_url": page.url_of("layer_points", layer.key),
        "on_map": min(len(points), ON_MAP),
    }
    return TemplateResponse(request, "mapping/pages/layer.html", context)


@page_view("GET")
def layer_points(page, request, key):
    """Return `{"points": [[path, latitude, longitude, title], ...]}` of a layer, as many as a map draws."""
    points = [
        [point.path, round(point.latitude, 5), round(point.longitude, 5), point.title]
        for point in points_of(layer_of(key))[:ON_MAP]
    ]
    text = json.dumps({"points": points}, separators=(",", ":"), ensure_ascii=False)
    return json_text(request, text, max_age=60)


urls = [
    path("", place_list, name="places"),
    path("cells/", cells, name="cells"),
    path("print/", places_print, name="places_print"),
    path("embed/", embed, name="embed"),
    path("layers/<slug:key>/", layer_list, name="layer"),
    path("layers/<slug:key>/points/", layer_points, name="layer_points"),
]

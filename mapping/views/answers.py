"""What maps fetch: the outlines of the city, and the answer in which every list gives its points."""

import json
from collections.abc import Sequence
from hashlib import sha256

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from mapping.queries.outline import outlines_json
from mapping.tiles import archive


@require_safe
def neighbourhoods(request: HttpRequest) -> HttpResponse:
    """Return the neighbourhoods' outlines as GeoJSON."""
    return json_text(request, outlines_json(), max_age=300, content_type="application/geo+json")


def points_response(request: HttpRequest, *, base: str, points: Sequence[Sequence]) -> HttpResponse:
    """Return `{"base", "points": [[id, latitude, longitude, title], ...]}`; the page of a point is base + id + "/"."""
    text = json.dumps({"base": base, "points": points}, separators=(",", ":"), ensure_ascii=False)
    return json_text(request, text, max_age=60)


def json_text(
    request: HttpRequest, text: str, *, max_age: int, content_type: str = "application/json", tag: str = ""
) -> HttpResponse:
    """Return JSON that caches may keep for `max_age` seconds and browsers ask for again by its ETag.

    `tag` is an ETag that was known before the text; without one it is the text's digest.
    What was made for a visitor with a session, such as one who knows a page's password, is kept by that browser alone.
    It travels compressed to whoever reads that: it holds no secret and repeats nothing of a form (BREACH).
    """
    tag = tag or f'"{sha256(text.encode()).hexdigest()[:32]}"'
    if tag in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(text, content_type=content_type)
    response.headers["ETag"] = tag
    scope = "private" if settings.SESSION_COOKIE_NAME in request.COOKIES else "public"
    response.headers["Cache-Control"] = f"{scope}, max-age={max_age}"
    patch_vary_headers(response, ["Cookie"])
    return GZipMiddleware(lambda _request: response)(request)


@require_safe
def tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """Return one tile of the PMTiles file that MAPPING_TILES names; 404 where there is none."""
    path = (getattr(settings, "MAPPING_TILES", None) or {}).get("pmtiles")
    stored = archive(str(path)) if path else None
    content = stored.tile(z, x, y) if stored else None
    if stored is None or content is None:
        raise Http404
    response = HttpResponse(content, content_type=stored.content_type)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response

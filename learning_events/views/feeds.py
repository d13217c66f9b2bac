"""The programme for other programs: kept by its version, and not sent again to who has it."""

import zlib
from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language

from learning_events.feeds import programme as feeds
from learning_events.finding import Finding
from learning_events.queries.version import Version, closed_pages, present_version
from participation.foundation.pages import page_view

MAX_AGE_S = 60
# Names of places and kinds are not in the version: a feed is made anew within the hour.
KEPT_FOR_S = 3600
_MOST_KEPT = 8_000_000


def answer(
    request: HttpRequest,
    page,
    version: Version,
    make: Callable[[], bytes],
    *,
    content_type: str,
    filename: str,
) -> HttpResponse:
    """Return what `make` makes, unless whoever asks has it already: by ETag, or by the time of the last change."""
    counts_seats = "seats" in request.GET  # seats are taken without a new version
    tag = f'"{_digest(version, page, request, request.GET.urlencode())}"'
    changed = int(version.changed_at.timestamp()) if version.changed_at else None
    response = None if counts_seats else get_conditional_response(request, etag=tag, last_modified=changed)
    if response is None:
        response = HttpResponse(make(), content_type=content_type)
        response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    if not counts_seats:
        response.headers["ETag"] = tag
        if changed is not None:
            response.headers["Last-Modified"] = http_date(changed)
    scope = "private" if settings.SESSION_COOKIE_NAME in request.COOKIES else "public"
    response.headers["Cache-Control"] = f"{scope}, max-age={MAX_AGE_S}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Cookie"])
    return response


def _digest(version: Version, page, request: HttpRequest, query: str) -> str:
    hour = int(timezone.now().timestamp()) // KEPT_FOR_S
    where = (request.get_host(), request.path, get_language(), query)
    parts = (version.tag, closed_pages(), page.pk, page.live_revision_id, where, hour)
    return sha256(repr(parts).encode()).hexdigest()[:32]


def _kept(asked: Finding, page, request: HttpRequest, make: Callable[[], bytes]) -> bytes:
    """Return what was made before for this version and search; searches for words are made each time."""
    form = asked.form
    search = asked.search
    if search.words or search.age is not None or search.free_seats or search.place:
        return make()
    key = f"learning_events.feed.{_digest(asked.version, page, request, form.query())}"
    found = cache.get(key)
    if found is not None:
        return zlib.decompress(found)
    made = make()
    if len(made) <= _MOST_KEPT:
        cache.set(key, zlib.compress(made, 1), KEPT_FOR_S)
    return made


def _feed(page, request: HttpRequest, make, content_type: str, filename: str) -> HttpResponse:
    version = present_version()

    def made() -> bytes:
        asked = Finding(page, request.GET, version=version)
        return _kept(asked, page, request, lambda: make(asked, request.build_absolute_uri))

    return answer(request, page, version, made, content_type=content_type, filename=filename)


@page_view("GET")
def calendar(page, request):
    """All sessions that fit the search of the address, for calendars that subscribe."""
    return _feed(page, request, feeds.calendar, "text/calendar; charset=utf-8", f"{page.slug}.ics")


@page_view("GET")
def schedule_json(page, request):
    return _feed(page, request, feeds.schedule_as_json, "application/json", f"{page.slug}.json")


@page_view("GET")
def schedule_xml(page, request):
    return _feed(page, request, feeds.schedule_as_xml, "application/xml; charset=utf-8", f"{page.slug}.xml")


@page_view("GET")
def atom(page, request):
    return _feed(page, request, feeds.atom, "application/atom+xml; charset=utf-8", f"{page.slug}.atom")


urls = [
    path("calendar.ics", calendar, name="calendar"),
    path("schedule.json", schedule_json, name="schedule_json"),
    path("schedule.xml", schedule_xml, name="schedule_xml"),
    path("feed.atom", atom, name="atom"),
]

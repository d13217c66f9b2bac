"""Finding events: the programme of a festival by day, by week, as a list, and what changed late."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning_events.finding import Finding, days_of, week_of
from learning_events.models import Festival, Session
from learning_events.programme_words import by_hour, tracks_of
from learning_events.queries.on_map import SessionsByPlace
from learning_events.queries.plan import COOKIE, planned_ids
from learning_events.queries.programme import first_of_each_day, late_changes, on_day
from learning_events.views.frame import breadcrumbs
from mapping.views.answers import points_response
from participation.foundation.clock import database_now
from participation.foundation.errors import Missing
from participation.foundation.pages import page_view

PER_PAGE = 40
PER_DAY_OF_WEEK = 8
LATE_ON_TOP = 5


class Counted(Paginator):
    """Pages of rows whose number is known already."""

    def __init__(self, rows, per_page: int, count: int):
        super().__init__(rows, per_page)
        self.count = count


def present_day(festival: Festival, now: dt.datetime, zone) -> dt.date:
    """Return today on the festival's clock, moved into its days."""
    return min(max(now.astimezone(zone).date(), festival.starts_on), festival.ends_on)


def _day_from(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise Missing from None
    if not 2000 <= day.year <= 2100 or text != day.isoformat():
        raise Missing
    return day


def frame_of(page: Festival, request, asked: Finding, *more: tuple) -> dict:
    """Return what every page of the programme shows around its sessions."""
    query = asked.form.query()
    query_of_all_days = asked.form.query(day=False)
    return {
        **page.get_context(request),
        "breadcrumbs": breadcrumbs(page, *more),
        "festival": page,
        "asked": asked,
        "form": asked.form,
        "active": asked.form.active(),
        "query": query,
        "query_of_all_days": query_of_all_days,
        "list_url": page.url_of("list"),
        "changes_url": page.url_of("changes"),
        "calendar_url": request.build_absolute_uri(page.url_of("calendar")),
        "atom_url": page.url_of("atom"),
        "planned": planned_ids(request.user, request.COOKIES.get(COOKIE, "")),
        "star_url": page.url_of("star"),
        "here": request.get_full_path(),
    }


def _tabs(page: Festival, asked: Finding, day: dt.date, current: str) -> list[tuple[str, str, bool]]:
    """Return (address, title, is this the page) of the ways to look at the programme; all keep the filters."""
    ways = [
        ("day", _("By day"), page.url_of("day", day.isoformat())),
        ("week", _("By week"), page.url_of("week_of", day.isoformat())),
        ("list", _("As a list"), page.url_of("list")),
        ("map", _("On the map"), page.url_of("map")),
    ]
    query = asked.form.query(day=False)
    return [
        (address + (f"?{query}" if query else ""), title, name == current) for name, title, address in ways
    ]


def _around(
    asked: Finding, address: Callable[[str], str], first: dt.date, last: dt.date
) -> dict[str, tuple | None]:
    """Return (address, day) of the programme's nearest days before and after these, None where there are none."""
    before, after = asked.day_before(first), asked.day_after(last)
    return {
        "before": (address(before.isoformat()), before) if before else None,
        "after": (address(after.isoformat()), after) if after else None,
    }


def _day_context(page: Festival, request, asked: Finding, day: dt.date, *, late=None) -> dict:
    """Return what the page of a day shows; `late` are late changes that stand on top of it."""
    days = days_of(page)
    days = days if day in days else week_of(day)
    counts = asked.count_by_day(days)
    sessions = asked.sessions.filter(on_day(day, asked.zone)).order_by("starts_at", "pk")
    numbers = Counted(sessions, PER_PAGE, counts[day]).get_page(request.GET.get("page"))
    rows, changed = asked.shown(numbers.object_list, late if late is not None else asked.sessions.none())
    tracks = tracks_of(rows)
    query = asked.form.query(day=False)
    return {
        "day": day,
        "days": [
            (each, page.url_of("day", each.isoformat()) + (f"?{query}" if query else ""), counts[each])
            for each in days
        ],
        **_around(asked, partial(page.url_of, "day"), day, day),
        "numbers": numbers,
        "hours": by_hour(rows, day),
        "tracks": tracks,
        "track_of": {kind.pk: number for kind, number in tracks},
        "tabs": _tabs(page, asked, day, "day"),
        "found": counts[day],
        "late": changed[:LATE_ON_TOP],
        "more_late": len(changed) > LATE_ON_TOP,
    }


@page_view("GET")
def programme(page, request):
    """The festival's first page: late changes on top, then today, or its first or last day."""
    asked = Finding(page, request.GET)
    now = database_now()
    day = present_day(page, now, asked.zone)
    late = late_changes(asked.sessions, now)[: LATE_ON_TOP + 1]
    context = {
        **frame_of(page, request, asked),
        **_day_context(page, request, asked, day, late=late),
        "is_over": now.astimezone(asked.zone).date() > page.ends_on,
        "is_overview": True,
        "partners": page.partners.select_related("logo").prefetch_related("logo__renditions"),
        # Who searches from here searches all days.
        "action": page.url_of("list"),
    }
    return TemplateResponse(request, "learning_events/pages/programme.html", context)


@page_view("GET")
def day_view(page, request, day):
    day = _day_from(day)
    asked = Finding(page, request.GET)
    title = _("By day")
    context = {
        **frame_of(page, request, asked, ("", title)),
        **_day_context(page, request, asked, day),
        "action": page.url_of("day", day.isoformat()),
    }
    return TemplateResponse(request, "learning_events/pages/day.html", context)


@page_view("GET")
def week_view(page, request, day=""):
    asked = Finding(page, request.GET)
    chosen = _day_from(day) if day else present_day(page, database_now(), asked.zone)
    days = week_of(chosen)
    counts = asked.count_by_day(days)
    (rows,) = asked.shown(first_of_each_day(asked.sessions, days, asked.zone, most=PER_DAY_OF_WEEK))
    query = asked.form.query(day=False)
    address = partial(page.url_of, "week_of")
    context = {
        **frame_of(page, request, asked, ("", _("By week"))),
        "days": [
            (
                each,
                page.url_of("day", each.isoformat()) + (f"?{query}" if query else ""),
                counts[each],
                [row for row in rows if row.session.starts_at.astimezone(asked.zone).date() == each],
            )
            for each in days
        ],
        **_around(asked, address, days[0], days[-1]),
        "tabs": _tabs(page, asked, chosen, "week"),
        "found": sum(counts.values()),
        "action": address(days[0].isoformat()),
    }
    return TemplateResponse(request, "learning_events/pages/week.html", context)


def _of_day(asked: Finding, now: dt.datetime) -> QuerySet[Session]:
    """Return what fits on the chosen day, or on all, without what is over unless that is wanted."""
    sessions = asked.sessions_of_day
    return sessions if asked.form.wants_past else sessions.filter(ends_at__gt=now)


@page_view("GET")
def list_view(page, request):
    """Everything that fits, day by day: what is still to come, with `past` what is over too."""
    asked = Finding(page, request.GET, offers_days=True)
    now = database_now()
    sessions = _of_day(asked, now)
    numbers = Paginator(sessions.order_by("starts_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **frame_of(page, request, asked, ("", _("As a list"))),
        "numbers": numbers,
        "rows": asked.shown(numbers.object_list)[0],
        "tabs": _tabs(page, asked, asked.form.on_day or present_day(page, now, asked.zone), "list"),
        "found": numbers.paginator.count,
        "action": page.url_of("list"),
    }
    return TemplateResponse(request, "learning_events/pages/list.html", context)


@page_view("GET")
def map_view(page, request):
    """The places at which something that fits happens: on a map, and by name in a list that says the same."""
    asked = Finding(page, request.GET, offers_days=True)
    now = database_now()
    found = SessionsByPlace(_of_day(asked, now))
    numbers = Paginator(found.places, PER_PAGE).get_page(request.GET.get("page"))
    query = asked.form.query()
    context = {
        **frame_of(page, request, asked, ("", _("On the map"))),
        "numbers": numbers,
        "places": [
            (
                place,
                _sessions_at(page, asked, place.pk),
                found.at(place).count,
                found.at(place).first.astimezone(asked.zone),
            )
            for place in numbers.object_list
        ],
        "points_url": page.url_of("map_points") + (f"?{query}" if query else ""),
        "tabs": _tabs(page, asked, asked.form.on_day or present_day(page, now, asked.zone), "map"),
        "found": found.total,
        "elsewhere": found.elsewhere,
        "action": page.url_of("map"),
    }
    return TemplateResponse(request, "learning_events/pages/map.html", context)


def _sessions_at(page: Festival, asked: Finding, place: int) -> str:
    """Return the address of the list of what fits at one place."""
    query = asked.form.query(place=place)
    return f"{page.url_of('list')}?{query}#found"


@page_view("GET")
def map_points(page, request):
    asked = Finding(page, request.GET, offers_days=True)
    found = SessionsByPlace(_of_day(asked, database_now()))
    points = [
        [
            _sessions_at(page, asked, pk),
            latitude,
            longitude,
            ngettext("%(place)s: %(number)s session", "%(place)s: %(number)s sessions", count)
            % {"place": name, "number": count},
        ]
        for pk, latitude, longitude, name, count in found.points()
    ]
    return points_response(request, base="", points=points)


@page_view("GET")
def changes(page, request):
    """What was cancelled, moved or put back in the last two weeks."""
    asked = Finding(page, request.GET)
    sessions = late_changes(asked.sessions, database_now())
    numbers = Paginator(sessions, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **frame_of(page, request, asked, ("", _("Late changes"))),
        "numbers": numbers,
        "rows": asked.shown(numbers.object_list)[0],
    }
    return TemplateResponse(request, "learning_events/pages/changes.html", context)


urls = [
    path("", programme, name="programme"),
    path("day/<slug:day>/", day_view, name="day"),
    path("week/", week_view, name="week"),
    path("week/<slug:day>/", week_view, name="week_of"),
    path("list/", list_view, name="list"),
    path("map/", map_view, name="map"),
    path("map/points/", map_points, name="map_points"),
    path("changes/", changes, name="changes"),
]

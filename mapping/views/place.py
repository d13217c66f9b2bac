"""The page of one place, and what has changed on it."""

from django.http import HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mapping.enums import PlaceStatus
from mapping.languages import name_of_language
from mapping.queries.place import pictures_of, place_for
from mapping.queries.place_history import history_of
from mapping.queries.verification import truth_of
from mapping.rules import may_change_place, may_moderate_places, may_say_if_correct
from mapping.structured import json_ld, schema_org
from mapping.things import things_at
from mapping.words import opening_now, span_words, timetable_of, week_rows
from participation.foundation.errors import Missing
from participation.foundation.pages import page_view
from participation.foundation.trail import breadcrumbs

ACCESS = ("step_free", "accessible_toilet", "hearing_loop", "quiet_space")
OPENINGS = 5


@page_view("GET")
def place_detail(page, request, pk):
    place = place_for(request.user, pk)
    gone = _gone(page, request, place)
    if gone is not None:
        return gone
    now = timezone.localtime()
    table = timetable_of(place.opening_hours)
    address = page.url_of("place", place.pk)
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, ("", place.name)),
        "place": place,
        "pictures": pictures_of(place),
        "opening": opening_now(place.opening_hours, place.hours_remark, now=now),
        "week": week_rows(table, now.date()) if table else [],
        "coming": [(span, span_words(span)) for span in table.next_openings(now, OPENINGS)] if table else [],
        "leaves_holidays_out": table is not None and table.leaves_holidays_out,
        "access": [(name, *_stated(place, name)) for name in ACCESS],
        "languages": [name_of_language(code) for code in place.language_codes],
        "truth": truth_of(place),
        "things": things_at(place) if place.is_public else [],
        "json_ld": json_ld(schema_org(place, url=request.build_absolute_uri(address), today=now.date()))
        if place.is_public
        else "",
        "edit_url": page.url_of("edit_place", place.pk) if may_change_place(request.user, place) else "",
        "look_url": page.url_of("look", place.pk) if may_say_if_correct(request.user, place) else "",
        "look_after_url": page.url_of("look_after", place.pk) if place.is_public else "",
        "report_url": page.url_of("report_place", place.pk) if place.is_public else "",
        "history_url": page.url_of("place_history", place.pk) if place.is_public else "",
        "kind_url": f"{page.url}?category={place.category.slug}",
        "neighbourhood_url": f"{page.url}?neighbourhood={place.neighbourhood.slug}"
        if place.neighbourhood
        else "",
    }
    return TemplateResponse(request, "mapping/pages/place.html", context)


def _gone(page, request, place):
    """Return where a closed or merged place leads to, or the page that says it has closed; None for any other."""
    if place.status not in (PlaceStatus.CLOSED, PlaceStatus.MERGED):
        return None
    if place.successor_id:
        return HttpResponsePermanentRedirect(page.url_of("place", place.successor_id))
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, ("", place.name)),
        "place": place,
        "kind_url": f"{page.url}?category={place.category.slug}",
        "reopen_url": page.url_of("close_place", place.pk) if may_moderate_places(request.user) else "",
        "near_url": f"{page.url}?near={place.latitude:.3f},{place.longitude:.3f}" if place.has_point else "",
    }
    return TemplateResponse(request, "mapping/pages/place_closed.html", context, status=410)


def _stated(place, name: str) -> tuple[str, str]:
    """Return (question, answer) of one fact about accessibility; a missing answer is "not stated"."""
    question = capfirst(str(place._meta.get_field(name).verbose_name))
    return question, getattr(place, f"get_{name}_display")()


@page_view("GET")
def place_history(page, request, pk):
    place = place_for(request.user, pk)
    if not place.is_public:
        raise Missing
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, (page.url_of("place", place.pk), place.name), ("", _("History"))),
        "place": place,
        "place_url": page.url_of("place", place.pk),
        "history": history_of(place),
    }
    return TemplateResponse(request, "mapping/pages/place_history.html", context)


urls = [
    path("<int:pk>/", place_detail, name="place"),
    path("<int:pk>/history/", place_history, name="place_history"),
]

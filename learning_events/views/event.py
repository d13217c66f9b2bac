"""One event with everything that is known of it, its sessions, and its calendars."""

from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from learning_events.calendar.writing import calendar_of, json_ld_of
from learning_events.enums import Booking
from learning_events.feeds.programme import NEVER
from learning_events.models import EventPage
from learning_events.queries.plan import COOKIE, planned_ids
from learning_events.queries.programme import ACCESS, ACCESS_OF_PLACES, ShownSession
from learning_events.queries.session import sessions_of
from learning_events.queries.source import source_event
from learning_events.queries.version import present_version
from learning_events.repetition_words import series_words
from learning_events.views.feeds import answer
from learning_events.views.frame import breadcrumbs
from mapping.enums import Stated
from mapping.languages import name_of_language
from mapping.queries.open_data import addresses_of
from mapping.structured import json_ld
from participation.foundation.clock import database_now
from participation.foundation.errors import Missing
from participation.foundation.pages import page_view

MOST_DESCRIBED = 30
SHOWN_AT_ONCE = 8


@page_view("GET")
def event(page, request):
    """The page of an event; what is over stands folded below what is to come."""
    festival = page.get_parent().specific
    now = database_now()
    rows = [
        ShownSession(session, page, names_zone=session.zone != festival.zone)
        for session in sessions_of(page).select_related("place__neighbourhood", "event", "recurrence")
    ]
    coming = [row for row in rows if row.session.ends_at > now]
    context = {
        **page.get_context(request),
        "breadcrumbs": breadcrumbs(page),
        "event": page,
        "festival": festival,
        "coming": coming[:SHOWN_AT_ONCE],
        "later": coming[SHOWN_AT_ONCE:],
        "repeated": _repeated(coming),
        "over": [row for row in rows if row.session.ends_at <= now],
        "place_url": _place_url(page),
        "access": access_of(page),
        "languages": [name_of_language(code) for code in page.language_codes],
        "ages": ages_of(page),
        "shows_meeting": bool(page.is_online and page.online_url and page.booking == Booking.OPEN),
        "address": request.build_absolute_uri(page.url or "/"),
        "calendar_url": request.build_absolute_uri(page.url_of("event_calendar")),
        "json_ld": structured(page, coming or rows, request) if page.live else "",
        "planned": planned_ids(request.user, request.COOKIES.get(COOKIE, "")),
        "star_url": festival.url_of("star"),
        "here": request.get_full_path(),
    }
    return TemplateResponse(request, "learning_events/pages/event.html", context)


def _repeated(rows: list[ShownSession]) -> list[str]:
    """Return the rules in words by which sessions of these repeat, each once."""
    series = {row.session.recurrence_id: row.session.recurrence for row in rows if row.session.recurrence}
    return list(dict.fromkeys(capfirst(series_words(each)) for each in series.values()))


def _place_url(page: EventPage) -> str:
    return addresses_of([page.place]).get(page.place_id, "") if page.place else ""


def access_of(page: EventPage) -> list[tuple[str, str, bool]]:
    """Return (question, answer, does the place say so) for each fact; a missing answer is "not stated"."""
    found = []
    for name in ACCESS:
        said, of_place = getattr(page, name), False
        if not said and page.place and page.is_in_person and name in ACCESS_OF_PLACES:
            said = getattr(page.place, name)
            of_place = bool(said)
        found.append((capfirst(str(page._meta.get_field(name).verbose_name)), Stated(said).label, of_place))
    return found


def ages_of(page: EventPage) -> str:
    """Return for what ages it is, in words; "" where it is for all."""
    if page.age_from is not None and page.age_to is not None:
        return _("%(from)d to %(to)d years") % {"from": page.age_from, "to": page.age_to}
    if page.age_from is not None:
        return _("from %(from)d years") % {"from": page.age_from}
    return _("up to %(to)d years") % {"to": page.age_to} if page.age_to is not None else ""


def structured(page: EventPage, rows: list[ShownSession], request):
    """Return the sessions in schema.org's words, for search engines."""
    url = request.build_absolute_uri(page.url or "/")
    source = source_event(page, [row.session for row in rows[:MOST_DESCRIBED]], lambda _event: url)
    said = [
        json_ld_of(source, session, url=url, seats_left=row.seats_left)
        for session, row in zip(source.sessions, rows, strict=False)
    ]
    return json_ld(said) if said else ""  # type: ignore[arg-type]


@page_view("GET")
def event_calendar(page, request):
    """All sessions of the event."""
    return _calendar(page, request, lambda: list(sessions_of(page).select_related("place")), page.slug)


@page_view("GET")
def session_calendar(page, request, pk):
    """One session."""
    found = sessions_of(page).select_related("place").filter(pk=pk)
    if not found.exists():
        raise Missing
    return _calendar(page, request, lambda: list(found), f"{page.slug}-{pk}")


def _calendar(page: EventPage, request, sessions, name: str):
    version = present_version()

    def made() -> bytes:
        source = source_event(page, sessions(), lambda event: request.build_absolute_uri(event.url or "/"))
        return b"".join(calendar_of([source], name=page.title, made_at=version.changed_at or NEVER))

    return answer(
        request, page, version, made, content_type="text/calendar; charset=utf-8", filename=f"{name}.ics"
    )


urls = [
    path("", event, name="event"),
    path("calendar.ics", event_calendar, name="event_calendar"),
    path("<int:pk>.ics", session_calendar, name="session_calendar"),
]

"""Getting a seat without an account and without JavaScript: the form, the page of the registration, and its ticket."""

import datetime as dt
import io

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from learning_events.domain import registration as domain
from learning_events.enums import Booking, RegistrationState
from learning_events.feeds.plan import calendar_of_session
from learning_events.forms.registration import ChangeForm, PeopleForm, PersonForm
from learning_events.models import Draw, Festival, Registration, Session
from learning_events.models.registration import MOST_PEOPLE
from learning_events.queries.registration import (
    WITH_SEATS,
    before_in_line,
    free_for_web,
    questions_of,
    registration_by_key,
)
from learning_events.queries.session import public_sessions
from learning_events.rules import may_see_bookings
from learning_events.views.frame import breadcrumbs
from learning_events.views.plan import private
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Missing, Refused
from participation.foundation.pages import page_view

_HELD = "learning_events.held"


@page_view("GET", "POST")
@private
def book(page, request, pk):
    """Hold seats, or join the waiting list or the draw; who already holds seats here goes on with those."""
    session = _public_session(page, pk)
    asks_line = _asks_line(session) or (request.method == "POST" and request.POST.get("action") == "wait")
    if request.method == "POST" and request.POST.get("action") == "wait":
        form = PersonForm(request.POST, questions=questions_of(session), asks_people=True)
        if form.is_valid():
            facts = dict(form.facts)
            return _done(
                page,
                request,
                form,
                lambda: domain.join_waiting_list(
                    session, people=facts.pop("people"), facts=facts, by=_person(request)
                ),
            ) or _book_page(page, request, session, form, asks_line)
    elif request.method == "POST":
        form = PeopleForm(request.POST)
        if form.is_valid():
            return _hold(page, request, session, form)
    elif asks_line:
        form = PersonForm(questions=questions_of(session), asks_people=True, initial=_known(request))
    else:
        form = PeopleForm(most=_most(session))
    return _book_page(page, request, session, form, asks_line)


def _hold(page, request, session, form):
    people = form.cleaned_data["people"]
    kept = registration_by_key(request.session.get(_HELD, {}).get(str(session.pk), ""))
    if kept is not None and kept.session_id == session.pk and kept.state == RegistrationState.HELD:
        if kept.people == people and kept.held_until > database_now():
            return redirect(page.url_of("registration", kept.key))
        domain.cancel_registration(kept)
    try:
        held = domain.hold_seats(session, people, by=_person(request))
    except Conflict as refusal:
        if refusal.code in ("full", "draw"):
            line = PersonForm(
                questions=questions_of(session),
                asks_people=True,
                initial={**_known(request), "people": people},
            )
            messages.warning(request, str(refusal.message))
            return _book_page(page, request, session, line, True, status=409)
        form.tell(refusal)
        return _book_page(page, request, session, form, False, status=refusal.status)
    except Missing:
        raise
    except Refused as refusal:
        form.tell(refusal)
        return _book_page(page, request, session, form, False)
    request.session[_HELD] = {**request.session.get(_HELD, {}), str(session.pk): held.key}
    return redirect(page.url_of("registration", held.key))


def _book_page(page, request, session, form, asks_line, *, status: int = 0):
    session.refresh_from_db(fields=["taken", "taken_kept", "waiting"])
    event = session.event
    context = {
        **page.get_context(request),
        "breadcrumbs": breadcrumbs(page, (event.url, event.title), ("", _("Get a seat"))),
        "session": session,
        "event": event,
        "form": form,
        "asks_line": asks_line,
        "is_open": session.starts_at > database_now() and not session.is_cancelled,
        "is_draw": event.booking == Booking.DRAW and not _is_drawn(session),
        "draw": Draw.objects.filter(session=session).first() if event.booking == Booking.DRAW else None,
        "free": free_for_web(session),
        "hold_minutes": page.hold_minutes,
    }
    status = status or (400 if form.is_bound else 200)
    return TemplateResponse(request, "learning_events/pages/book.html", context, status=status)


@page_view("GET", "POST")
@private
def registration(page, request, key):
    """Show where a registration stands and what can be done; a POST does it."""
    found = _found(page, key)
    form = None
    if request.method == "POST":
        action = request.POST.get("action", "")
        if action == "confirm":
            form = PersonForm(request.POST, questions=questions_of(found.session))
            if form.is_valid():
                facts = form.facts
                done = _done(
                    page,
                    request,
                    form,
                    lambda: domain.confirm_registration(found, facts=facts, by=_person(request)),
                )
                if done:
                    messages.success(
                        request, _("Your seat is yours. We have sent you a letter with everything.")
                    )
                    return done
        elif action == "accept":
            domain.accept_offer(found)
            messages.success(request, _("The seat is yours."))
            return redirect(page.url_of("registration", key))
        elif action == "decline":
            domain.decline_offer(found)
            return redirect(page.url_of("registration", key))
    elif _is_being_written(found):
        form = PersonForm(questions=questions_of(found.session), initial=_known(request))
    event = found.session.event
    is_over = found.state == RegistrationState.HELD and found.held_until <= database_now()
    context = {
        **page.get_context(request),
        "breadcrumbs": breadcrumbs(page, (event.url, event.title), ("", _("Your registration"))),
        "registration": found,
        "session": found.session,
        "event": event,
        "draw": getattr(found.session, "draw", None),
        "form": form if _is_being_written(found) else None,
        "is_held_too_long": is_over or found.state == RegistrationState.EXPIRED,
        "place_in_line": before_in_line(found)[0] + 1 if found.state == RegistrationState.WAITING else 0,
        "has_begun": found.session.starts_at <= database_now(),
        "is_staff": may_see_bookings(request.user, event),
        "late_seat": _late_seat(page, found),
        "book_url": page.url_of("book", found.session_id),
        "cancel_url": page.url_of("cancel_registration", key),
        "change_url": page.url_of("change_registration", key),
        "calendar_url": page.url_of("registration_calendar", key),
        "code_url": page.url_of("registration_code", key),
        "door_url": page.url_of("door", found.session_id),
        "draw_url": page.url_of("draw", found.session_id),
    }
    status = 400 if form is not None and form.is_bound else 200
    return TemplateResponse(request, "learning_events/pages/registration.html", context, status=status)


@page_view("GET", "POST")
@private
def change(page, request, key):
    """Change how many people come, the name, the telephone number and the answers."""
    found = _found(page, key)
    if not found.is_live:
        return redirect(page.url_of("registration", key))
    form = ChangeForm(request.POST or None, registration=found, questions=questions_of(found.session))
    if request.method == "POST" and form.is_valid():
        facts = form.facts
        done = _done(page, request, form, lambda: domain.change_registration(found, facts=facts))
        if done:
            messages.success(request, _("Your registration is changed."))
            return done
    return _small_page(page, request, found, "change_registration", _("Change your registration"), form=form)


@page_view("GET", "POST")
@private
def cancel(page, request, key):
    """Ask once, then give the seats back."""
    found = _found(page, key)
    if request.method == "POST":
        domain.cancel_registration(found)
        messages.success(request, _("Your registration is cancelled. Thank you for telling us."))
        return redirect(page.url_of("registration", key))
    if not found.is_live and found.state != RegistrationState.HELD:
        return redirect(page.url_of("registration", key))
    return _small_page(page, request, found, "cancel_registration", _("Cancel your registration"))


def _small_page(page, request, found: Registration, name: str, title: str, *, form=None):
    event = found.session.event
    url = page.url_of("registration", found.key)
    context = {
        **page.get_context(request),
        "breadcrumbs": breadcrumbs(
            page, (event.url, event.title), (url, _("Your registration")), ("", title)
        ),
        "registration": found,
        "session": found.session,
        "event": event,
        "form": form,
        "url": url,
    }
    status = 400 if form is not None and form.is_bound else 200
    return TemplateResponse(request, f"learning_events/pages/{name}.html", context, status=status)


@page_view("GET")
@private
def calendar(page, request, key):
    """Return the session as a file for the calendar; it leads to the page of the registration."""
    found = _found(page, key)
    body = calendar_of_session(page, found.session, absolute=request.build_absolute_uri)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="registration.ics"'
    return response


@page_view("GET")
@private
def code(page, request, key):
    """Return the ticket's address as a square code, an image that the door's people scan."""
    found = _found(page, key)
    out = io.BytesIO()
    segno.make(request.build_absolute_uri(page.url_of("registration", found.key)), micro=False).save(
        out, kind="svg", scale=4, border=4, light="#fff", xmldecl=True
    )
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


def _public_session(page: Festival, pk: int) -> Session:
    session = (
        public_sessions()
        .filter(event__path__startswith=page.path, pk=pk)
        .select_related("event__place", "place")
        .first()
    )
    if session is None or session.event.booking not in WITH_SEATS:
        raise Missing
    return session


def _found(page: Festival, key: str) -> Registration:
    found = registration_by_key(key)
    if found is None or not found.session.event.path.startswith(page.path):
        raise Missing
    return found


def _done(page, request, form, act):
    """Do it and go to the page of the registration; a refusal is told in the form, and nothing is returned."""
    try:
        registration = act()
    except Missing:
        raise
    except Refused as refusal:
        form.tell(refusal)
        return None
    return redirect(page.url_of("registration", registration.key))


def _asks_line(session: Session) -> bool:
    if session.event.booking == Booking.DRAW and not _is_drawn(session):
        return True
    return free_for_web(session) == 0


def _is_drawn(session: Session) -> bool:
    return Draw.objects.filter(session=session, drawn_at__isnull=False).exists()


def _most(session: Session) -> int:
    free = free_for_web(session)
    return MOST_PEOPLE if free is None else free


def _is_being_written(found: Registration) -> bool:
    return found.state == RegistrationState.HELD or (
        found.state == RegistrationState.EXPIRED and not found.name
    )


def _late_seat(page: Festival, found: Registration) -> bool:
    """Say whether who waits can take a free seat at once: no offers are made any more."""
    session, now = found.session, database_now()
    ends = session.starts_at - dt.timedelta(hours=page.offers_end_hours)
    if (
        found.state != RegistrationState.WAITING
        or session.is_cancelled
        or not ends <= now < session.starts_at
    ):
        return False
    left = session.seats - session.taken - (session.seats_kept - session.taken_kept) if session.seats else 0
    return found.people <= left


def _person(request):
    return request.user if getattr(request.user, "participant", None) is not None else None


def _known(request) -> dict[str, str]:
    """Return what the form can fill in for who is signed in."""
    person = getattr(request.user, "participant", None)
    return {"name": person.display_name, "email": request.user.email} if person is not None else {}


urls = [
    path("book/<int:pk>/", book, name="book"),
    path("registration/<slug:key>/", registration, name="registration"),
    path("registration/<slug:key>/change/", change, name="change_registration"),
    path("registration/<slug:key>/cancel/", cancel, name="cancel_registration"),
    path("registration/<slug:key>/calendar/", calendar, name="registration_calendar"),
    path("registration/<slug:key>/code/", code, name="registration_code"),
]

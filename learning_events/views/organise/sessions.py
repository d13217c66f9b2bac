"""When an event happens: sessions added one by one or by a rule, changed, cancelled, put back and removed."""

from dataclasses import replace

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning_events.domain import session as sessions
from learning_events.domain.change import ask_for_change
from learning_events.enums import Booking
from learning_events.forms.event import ReasonForm
from learning_events.forms.session import ChangeRequestForm, NewSessionsForm, SeatsForm, SessionForm
from learning_events.models import EventPage, Recurrence, Session
from learning_events.queries.deadline import changes_are_closed
from learning_events.queries.event import standing_of
from learning_events.queries.session import sessions_of
from learning_events.repetition_words import repetition_words, series_words
from learning_events.rules import may_run_festival
from learning_events.session_words import when_words
from learning_events.views.organise import steps
from learning_events.views.organise.frame import organiser_view, own_event_of, trail
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Missing, Refused


@organiser_view("GET", "POST")
def event_sessions(page, request, pk):
    """List the sessions, and add one or many: a repetition is shown as dates before it is kept."""
    event = own_event_of(page, request.user, pk)
    written = event.get_latest_revision_as_object()
    is_sent = request.method == "POST"
    form = NewSessionsForm(
        request.POST if is_sent else None,
        initial={"day": page.starts_on, "begin": "18:00", "end": "20:00"},
        zone=page.zone,
        with_seats=_counts_seats(written),
    )
    looks = False
    if is_sent and form.is_valid() and not form.searches:
        looks = form.is_to_be_looked_at
        if not looks:
            try:
                added = _add(event, form, request)
            except Refused as refusal:
                form.tell(refusal)
            else:
                words = ngettext("%(number)d session is added.", "%(number)d sessions are added.", len(added))
                messages.success(request, words % {"number": len(added)})
                return redirect(page.url_of("event_sessions", event.pk))
    if looks:
        form.data = form.data.copy()
        form.data["seen"] = form.signature
    if form.searches:
        form.errors.clear()
    context = {
        **_context(page, request, event, ("", steps.SESSIONS)),
        "form": form,
        "looks": looks,
        "rule_words": repetition_words(form.rule, form.moments[0].date()) if looks else "",
        "rows": _rows(page, event),
        "seats_form": SeatsForm() if _counts_seats(written) else None,
        "steps": steps.listed_steps(page, written, "sessions"),
        "next_url": steps.step_url(page, event, steps.step_after("sessions")),
        "back_url": steps.step_url(page, event, steps.step_before("sessions")),
        "seats_url": page.url_of("event_seats", event.pk),
        "number": steps.order_of_steps().index("sessions") + 1,
        "most": len(steps.order_of_steps()),
    }
    status = 400 if is_sent and not looks and not form.searches else 200
    return TemplateResponse(request, "learning_events/pages/organise/sessions.html", context, status=status)


def _add(event: EventPage, form: NewSessionsForm, request) -> list[Session]:
    left_out = set(request.POST.getlist("leave_out"))
    without = tuple(moment.date() for moment in form.moments if moment.date().isoformat() in left_out)
    return sessions.repeat_sessions(
        event,
        rule=replace(form.rule, without=without),
        starts_at=form.cleaned_data["starts_at"],
        minutes=form.minutes,
        facts={**form.shared_facts(), "zone": form.zone},
        by=request.user,
    )


def _counts_seats(event: EventPage) -> bool:
    return event.booking in (Booking.SEATS, Booking.DRAW)


def _rows(page, event: EventPage) -> list[dict]:
    said: dict[int, str] = {}
    rows = []
    for session in sessions_of(event).select_related("place", "recurrence"):
        series = session.recurrence
        if series is not None and series.pk not in said:
            said[series.pk] = series_words(series)
        rows.append(
            {
                "session": session,
                "when": when_words(session),
                "series": said[series.pk] if series is not None else "",
                "url": page.url_of("session_change", event.pk, session.pk),
            }
        )
    return rows


def _context(page, request, event: EventPage, *more: tuple) -> dict:
    return {
        "page": page,
        "event": event,
        "breadcrumbs": trail(page, (page.url_of("own_event", event.pk), event.title), *more),
        "own_url": page.url_of("own_event", event.pk),
        "sessions_url": page.url_of("event_sessions", event.pk),
        "standing": standing_of(event),
        "is_closed": event.live and changes_are_closed(page) and not may_run_festival(request.user),
        "ask_url": page.url_of("event_ask", event.pk),
    }


@organiser_view("POST")
def event_seats(page, request, pk):
    """Give all coming sessions the same number of seats."""
    event = own_event_of(page, request.user, pk)
    form = SeatsForm(request.POST)
    if form.is_valid():
        try:
            sessions.set_seats(
                event,
                seats=form.cleaned_data["seats"],
                seats_kept=form.cleaned_data["seats_kept"] or 0,
                by=request.user,
            )
        except Refused as refusal:
            form.tell(refusal)
    if form.errors:
        messages.error(request, " ".join(words for errors in form.errors.values() for words in errors))
    else:
        messages.success(request, _("All coming sessions have these seats now."))
    return redirect(page.url_of("event_sessions", event.pk))


def _session_of(event: EventPage, pk: int) -> Session:
    session = sessions_of(event).select_related("event", "place", "recurrence").filter(pk=pk).first()
    if session is None:
        raise Missing
    return session


@organiser_view("GET", "POST")
def session_change(page, request, pk, session_pk):
    """Change one session; the others of its series stay as they are."""
    event = own_event_of(page, request.user, pk)
    session = _session_of(event, session_pk)
    is_sent = request.method == "POST"
    form = SessionForm(request.POST if is_sent else None, session=session, with_seats=_counts_seats(event))
    conflict = None
    if is_sent and form.is_valid() and not form.searches:
        try:
            sessions.change_session(
                session,
                facts=form.facts(),
                by=request.user,
                expected_sequence=form.cleaned_data["sequence"],
            )
        except Conflict as refusal:
            conflict = refusal
        except Refused as refusal:
            form.tell(refusal)
        else:
            messages.success(request, _("The session is changed."))
            return redirect(page.url_of("event_sessions", event.pk))
    if conflict is not None and conflict.code == "changed_meanwhile":
        form.data = form.data.copy()
        form.data["sequence"] = conflict.details["sequence"]
    if form.searches:
        form.errors.clear()
    context = {
        **_context(page, request, event, ("", when_words(session))),
        "session": session,
        "when": when_words(session),
        "series": series_words(session.recurrence) if session.recurrence else "",
        "form": form,
        "conflict": conflict,
        "cancel_url": page.url_of("session_cancel", event.pk, session.pk),
        "restore_url": page.url_of("session_restore", event.pk, session.pk),
        "remove_url": page.url_of("session_remove", event.pk, session.pk),
        "series_url": page.url_of("series_remove", event.pk, session.recurrence_id)
        if session.recurrence_id
        else "",
    }
    status = conflict.status if conflict else 400 if is_sent and not form.searches else 200
    return TemplateResponse(request, "learning_events/pages/organise/session.html", context, status=status)


@organiser_view("GET", "POST")
def session_cancel(page, request, pk, session_pk):
    """Ask why, then cancel one session; it stays in the programme as cancelled."""
    event = own_event_of(page, request.user, pk)
    session = _session_of(event, session_pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sessions.cancel_session(session, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.tell(refusal)
        else:
            messages.success(request, _("The session is cancelled, and the programme says so."))
            return redirect(page.url_of("event_sessions", event.pk))
    context = {
        **_context(page, request, event, ("", _("Cancel a session"))),
        "form": form,
        "title": _("Cancel this session?"),
        "words": _(
            "%(when)s. It stays in the programme with your reason, and people who registered are told."
        )
        % {"when": when_words(session)},
        "button": _("Cancel the session"),
        "is_bad": True,
        "back_url": page.url_of("session_change", event.pk, session.pk),
    }
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "learning_events/pages/organise/ask.html", context, status=status)


@organiser_view("POST")
def session_restore(page, request, pk, session_pk):
    """Let a cancelled session take place after all."""
    event = own_event_of(page, request.user, pk)
    sessions.restore_session(_session_of(event, session_pk), by=request.user)
    messages.success(request, _("The session takes place, and the programme says so."))
    return redirect(page.url_of("event_sessions", event.pk))


@organiser_view("POST")
def session_remove(page, request, pk, session_pk):
    """Remove a session that nobody has seen."""
    event = own_event_of(page, request.user, pk)
    sessions.remove_session(_session_of(event, session_pk), by=request.user)
    messages.success(request, _("The session is removed."))
    return redirect(page.url_of("event_sessions", event.pk))


@organiser_view("POST")
def series_remove(page, request, pk, series_pk):
    """Remove all sessions of a repetition that nobody has seen."""
    event = own_event_of(page, request.user, pk)
    series = Recurrence.objects.filter(pk=series_pk, event__translation_key=event.translation_key).first()
    if series is None:
        raise Missing
    sessions.remove_series(series, by=request.user)
    messages.success(request, _("The sessions of this repetition are removed."))
    return redirect(page.url_of("event_sessions", event.pk))


@organiser_view("GET", "POST")
def event_ask(page, request, pk):
    """Ask the editors for a change of what is public."""
    event = own_event_of(page, request.user, pk)
    coming = sessions_of(event).filter(status="planned", ends_at__gt=database_now())
    form = ChangeRequestForm(
        request.POST or None,
        sessions=[(session, when_words(session)) for session in coming],
        initial={"session": request.GET.get("session", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_change(
                event,
                by=request.user,
                text=form.cleaned_data["text"],
                session=form.sessions.get(form.cleaned_data["session"]),
                wishes=form.wishes(),
            )
        except Refused as refusal:
            form.tell(refusal)
        else:
            messages.success(request, _("Your wish is with the editors. They tell you what they decide."))
            return redirect(page.url_of("own_event", event.pk))
    context = {
        **_context(page, request, event, ("", _("Ask for a change"))),
        "form": form,
        "back_url": page.url_of("own_event", event.pk),
    }
    status = 400 if form.is_bound else 200
    return TemplateResponse(
        request, "learning_events/pages/organise/ask_for_change.html", context, status=status
    )


urls = [
    path("my-events/<int:pk>/sessions/", event_sessions, name="event_sessions"),
    path("my-events/<int:pk>/seats/", event_seats, name="event_seats"),
    path("my-events/<int:pk>/ask/", event_ask, name="event_ask"),
    path("my-events/<int:pk>/series/<int:series_pk>/remove/", series_remove, name="series_remove"),
    path("my-events/<int:pk>/sessions/<int:session_pk>/", session_change, name="session_change"),
    path("my-events/<int:pk>/sessions/<int:session_pk>/cancel/", session_cancel, name="session_cancel"),
    path("my-events/<int:pk>/sessions/<int:session_pk>/restore/", session_restore, name="session_restore"),
    path("my-events/<int:pk>/sessions/<int:session_pk>/remove/", session_remove, name="session_remove"),
]

"""The bookings of a session for its organisers and the festival's desk: list, print, file, letters, questions, the lot."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning_events.domain import registration as domain
from learning_events.enums import Booking, RegistrationState
from learning_events.forms.registration import DeskForm, DrawForm, MessageForm, QuestionForm
from learning_events.models import Draw, Festival, Registration, Session
from learning_events.queries.registration import (
    attendance_of,
    bookings_of,
    free_at_desk,
    free_for_web,
    questions_of,
    session_below,
    sessions_at_desk,
)
from learning_events.queries.session import public_sessions
from learning_events.rules import may_change_event, may_keep_desk, may_run_festival, may_see_bookings
from learning_events.views.frame import breadcrumbs
from learning_events.views.plan import private
from participation.foundation.clock import database_now
from participation.foundation.errors import Missing, Refused
from participation.foundation.pages import page_view
from participation.foundation.spreadsheets import write_csv
from participation.foundation.text import clean_line

A_PAGE = 30


def session_for_staff(page: Festival, request, pk: int) -> Session:
    """Return the session whose bookings this user may see; raises Missing for everybody else."""
    session = session_below(page, pk)
    if session is None or not may_see_bookings(request.user, session.event):
        raise Missing
    return session


def frame_of(page: Festival, request, session: Session, title: str) -> dict:
    """Return what every page about the bookings of a session shows around its subject."""
    event = session.event
    here = (page.url_of("bookings", session.pk), _("Bookings"))
    more = [here, ("", title)] if title else [("", here[1])]
    return {
        **page.get_context(request),
        "breadcrumbs": breadcrumbs(page, (event.url or "", event.title), *more),
        "session": session,
        "event": event,
        "title": title or here[1],
        "links": [
            (page.url_of("bookings", session.pk), _("List")),
            (page.url_of("door", session.pk), _("At the door")),
            (page.url_of("book_for", session.pk), _("Book for somebody")),
            (page.url_of("write_to_booked", session.pk), _("Write to all")),
            *(
                [(page.url_of("questions", session.pk), _("Questions"))]
                if may_change_event(request.user, event)
                else []
            ),
            *([(page.url_of("draw", session.pk), _("Draw"))] if event.booking == Booking.DRAW else []),
        ],
        "here": request.path,
    }


@page_view("GET", sign_in=True)
@private
def desk(page, request):
    """Find the session that somebody on the telephone wants, or the one at whose door one stands."""
    words = clean_line(request.GET.get("q", ""))[:80]
    rows = sessions_at_desk(page, request.user, words, database_now())
    if not (may_run_festival(request.user) or may_keep_desk(request.user) or rows.exists() or words):
        raise Missing
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        **page.get_context(request),
        "breadcrumbs": breadcrumbs(page, ("", _("Desk"))),
        "words": words,
        "shown": shown,
        "rows": [
            {
                "session": session,
                "free": free_at_desk(session),
                "book_url": page.url_of("book_for", session.pk),
                "bookings_url": page.url_of("bookings", session.pk),
                "door_url": page.url_of("door", session.pk),
            }
            for session in shown
        ],
    }
    return TemplateResponse(request, "learning_events/pages/desk.html", context)


@page_view("GET", "POST", sign_in=True)
@private
def bookings(page, request, pk):
    """Show who has a seat and who waits; a POST cancels, or answers an offer for somebody on the telephone."""
    session = session_for_staff(page, request, pk)
    if request.method == "POST":
        number = request.POST.get("registration", "")
        found = (
            bookings_of(session).filter(pk=int(number)).first()
            if number.isascii() and number.isdigit() and len(number) < 19
            else None
        )
        if found is None:
            raise Missing
        found.session = session
        act = {
            "cancel": domain.cancel_registration,
            "accept": domain.accept_offer,
            "decline": domain.decline_offer,
        }.get(request.POST.get("action", ""))
        if act is None:
            raise Missing
        act(found, by=request.user)
        messages.success(request, _("Done: %(name)s.") % {"name": found.name})
        return redirect(page.url_of("bookings", pk))
    rows = list(bookings_of(session))
    context = {
        **frame_of(page, request, session, ""),
        "rows": rows,
        "figures": _figures(session),
        "file_url": page.url_of("bookings_file", pk),
        "has_questions": any(row.answers for row in rows),
    }
    return TemplateResponse(request, "learning_events/pages/bookings.html", context)


def _figures(session: Session) -> list[tuple[str, str]]:
    numbers = attendance_of([session.pk]).get(session.pk)
    seats = [(_("Seats"), session.seats)] if session.seats is not None else []
    free = [(_("Free on the web"), free_for_web(session)), (_("Free at the desk"), free_at_desk(session))]
    return [
        *seats,
        (_("People with a seat"), numbers.registered if numbers else 0),
        *(free if session.seats is not None else []),
        (_("People waiting"), session.waiting),
        *([(_("People who came"), numbers.came)] if numbers and numbers.came is not None else []),
    ]


@page_view("POST", sign_in=True)
@private
def bookings_file(page, request, pk):
    """Return the list as a table; taking names out of the site is logged."""
    session = session_for_staff(page, request, pk)
    domain.record_export(session, by=request.user)
    questions = questions_of(session)
    zone = ZoneInfo(session.zone)
    columns = ["name", "people", "state", "line", "email", "phone", "channel", "came_at", "note"]

    def cells(row: Registration) -> list:
        answers = {given["question"]: given["answer"] for given in row.answers}
        came = timezone.localtime(row.checked_in_at, zone).strftime("%H:%M") if row.checked_in_at else ""
        waits = row.line if row.state == RegistrationState.WAITING else ""
        return [
            row.name, row.people, row.get_state_display(), waits, row.email, row.phone, row.get_channel_display(),
            came, row.note, *(answers.get(question.pk, "") for question in questions),
        ]  # fmt: skip

    text = write_csv([*columns, *(question.text for question in questions)], map(cells, bookings_of(session)))
    response = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="bookings-{session.pk}.csv"'
    return response


@page_view("GET", "POST", sign_in=True)
@private
def book_for(page, request, pk):
    """Book for somebody on the telephone or at the door."""
    session = session_for_staff(page, request, pk)
    form = DeskForm(request.POST or None, questions=questions_of(session))
    if request.method == "POST" and form.is_valid():
        facts = dict(form.facts)
        people, channel, waits = facts.pop("people"), facts.pop("channel"), facts.pop("waits")
        try:
            booked = domain.book_at_desk(
                session, people=people, facts=facts, by=request.user, channel=channel, waits=waits
            )
        except Missing:
            raise
        except Refused as refusal:
            form.tell(refusal)
        else:
            messages.success(
                request,
                _("%(name)s: %(state)s. Characters for the door: %(code)s")
                % {"name": booked.name, "state": booked.get_state_display(), "code": booked.code},
            )
            return redirect(page.url_of("book_for", pk))
    session.refresh_from_db(fields=["taken", "taken_kept", "waiting"])
    context = {
        **frame_of(page, request, session, _("Book for somebody")),
        "form": form,
        "free": free_at_desk(session),
        "kept": max(0, session.seats_kept - session.taken_kept),
    }
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "learning_events/pages/book_for.html", context, status=status)


@page_view("GET", "POST", sign_in=True)
@private
def write(page, request, pk):
    """Write to everybody who is registered."""
    session = session_for_staff(page, request, pk)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            number = domain.write_to_booked(session, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.tell(refusal)
        else:
            messages.success(
                request,
                ngettext(
                    "Your message is on its way to %(number)d address.",
                    "Your message is on its way to %(number)d addresses.",
                    number,
                )
                % {"number": number},
            )
            return redirect(page.url_of("bookings", pk))
    without = bookings_of(session).filter(email="").values_list("name", "phone")
    context = {**frame_of(page, request, session, _("Write to all")), "form": form, "without": list(without)}
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "learning_events/pages/write_to_booked.html", context, status=status)


@page_view("GET", "POST", sign_in=True)
@private
def questions(page, request, pk):
    """Ask those who register something, or stop asking it."""
    session = session_for_staff(page, request, pk)
    if not may_change_event(request.user, session.event):
        raise Missing
    asked = questions_of(session)
    form = QuestionForm(request.POST if "text" in request.POST else None)
    if request.method == "POST" and "remove" in request.POST:
        question = next((each for each in asked if str(each.pk) == request.POST["remove"]), None)
        if question is None:
            raise Missing
        domain.remove_question(question, by=request.user)
        return redirect(page.url_of("questions", pk))
    if form.is_bound and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            domain.ask_question(
                session.event, by=request.user, **{**facts, "choices": facts["choices"].splitlines()}
            )
        except Refused as refusal:
            form.tell(refusal)
        else:
            return redirect(page.url_of("questions", pk))
    context = {**frame_of(page, request, session, _("Questions")), "form": form, "asked": asked}
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "learning_events/pages/questions.html", context, status=status)


@page_view("GET", "POST")
def draw(page, request, pk):
    """Show everybody how the seats are drawn; its organisers set the time and have them drawn."""
    session = session_below(page, pk)
    is_staff = session is not None and may_change_event(request.user, session.event)
    if session is None or session.event.booking != Booking.DRAW:
        raise Missing
    if not is_staff and not public_sessions().filter(pk=pk).exists():
        raise Missing
    found = Draw.objects.filter(session=session).first()
    form = None
    if is_staff and not (found and found.drawn_at):
        form = _draw_form(request, session, found)
        if request.method == "POST" and request.POST.get("action") == "draw":
            domain.draw_seats(session, by=request.user)
            messages.success(request, _("The seats are drawn, and everybody is told."))
            return redirect(page.url_of("draw", pk))
        if form.is_bound and form.is_valid():
            try:
                domain.plan_draw(session, closes_at=form.cleaned_data["closes_at"], by=request.user)
            except Refused as refusal:
                form.tell(refusal)
            else:
                return redirect(page.url_of("draw", pk))
    elif request.method == "POST":
        raise Missing
    context = {
        **page.get_context(request),
        "breadcrumbs": breadcrumbs(page, (session.event.url or "", session.event.title), ("", _("Draw"))),
        "session": session,
        "event": session.event,
        "draw": found,
        "form": form,
        "is_due": found is not None and found.drawn_at is None and found.closes_at <= database_now(),
        "entries": Registration.objects.filter(session=session, lot__isnull=False).count(),
    }
    status = 400 if form is not None and form.is_bound else 200
    return TemplateResponse(request, "learning_events/pages/draw.html", context, status=status)


def _draw_form(request, session: Session, found: Draw | None) -> DrawForm:
    """Return the form with times on the session's clock."""
    with timezone.override(ZoneInfo(session.zone)):
        form = DrawForm(
            request.POST if "closes_at" in request.POST else None,
            initial={"closes_at": found.closes_at if found else None},
        )
        if form.is_bound:
            form.is_valid()
        return form


urls = [
    path("desk/", desk, name="desk"),
    path("bookings/<int:pk>/", bookings, name="bookings"),
    path("bookings/<int:pk>/file/", bookings_file, name="bookings_file"),
    path("bookings/<int:pk>/book/", book_for, name="book_for"),
    path("bookings/<int:pk>/write/", write, name="write_to_booked"),
    path("bookings/<int:pk>/questions/", questions, name="questions"),
    path("draw/<int:pk>/", draw, name="draw"),
]
